"""Retrieval: how well a search ranks the documents of two test collections that people have judged.

The collections go the way of any text collection: JSON Lines, ingest, index, search. Ranking is tuned on Cranfield
alone; CISI only reports. Peers of the same run: SQLite FTS5 with Porter stemming over the same texts.
"""
