"""Neo4j as a store: RDF as the property graph that a Cypher user expects, without loss."""
