MATCH (identifier:Resource) WHERE identifier.value = $value
MATCH (instance)-[:identifiedBy]->(identifier) RETURN instance.iri
