"""SPARQL compiled to Cypher beside Cypher written by hand, and how fast changesets come into Neo4j."""
