"""Ingest: a file of records to a graph, archived, validated and queryable on disk.

Peers of the same run: the straightforward chain of libraries with the same mapping, and bare bulk load of the quads.
"""
