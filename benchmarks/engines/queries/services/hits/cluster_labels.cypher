UNWIND $entities AS entity
MATCH (n:Resource {iri: entity})
UNWIND [key IN keys(n) WHERE key IN [`prefLabel@`]] AS key
UNWIND n[key] AS label
RETURN entity, 0 AS rank, label, key
UNION
UNWIND $entities AS entity
MATCH (n:Resource {iri: entity})
UNWIND [key IN keys(n) WHERE key IN [`label@`]] AS key
UNWIND n[key] AS label
RETURN entity, 1 AS rank, label, key
UNION
UNWIND $entities AS entity
MATCH (member)-[:canonical]->(n:Resource {iri: entity}) WHERE member <> n
WITH entity, member LIMIT 300
UNWIND [key IN keys(member) WHERE key IN [`label@`]] AS key
UNWIND member[key] AS label
RETURN entity, 2 AS rank, label, key
