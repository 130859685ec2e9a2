UNWIND $entities AS entity
MATCH (n:Resource {iri: entity})
UNWIND [key IN keys(n) WHERE key IN [`altLabel@`]] AS key
UNWIND n[key] AS label
RETURN entity, label
