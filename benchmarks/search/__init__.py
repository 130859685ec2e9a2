"""Search, suggestions and association at 10,000 and 100,000 works, on an installation made of the samples' power law.

Peer of the same run: SQLite FTS5 over the same texts.
"""
