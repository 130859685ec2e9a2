"""Neo4j servers for tests and trials, from the artifacts that Neo4j publishes: ``python -m tools.neo4j``."""
