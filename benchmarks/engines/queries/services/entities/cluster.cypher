MATCH (:Resource {iri: $entity})-[:canonical]->(canonical)
MATCH (member)-[:canonical]->(canonical)
RETURN canonical.iri, member.iri ORDER BY member.iri
