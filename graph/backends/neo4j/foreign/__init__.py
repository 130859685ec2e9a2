"""A database that holds somebody else's graph, mounted read-only under its own names.

``MOUNT`` in the setting ``store`` asks for it: ``neo4j://HOST/DATABASE?mount=foreign``.
"""
