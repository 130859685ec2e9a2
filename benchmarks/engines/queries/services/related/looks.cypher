UNWIND $hits AS hit
MATCH (n:Resource {iri: hit})
OPTIONAL MATCH (n)-[:expressionOf]->()-[:canonical]->(hub)
UNWIND coalesce(nullIf([key IN keys(n) WHERE key IN [`label@`]], []), ['label']) AS key
UNWIND coalesce([] + n[key], [null]) AS label
RETURN hit, hub.iri, label
