UNWIND $works AS work
MATCH (instance)-[:instanceOf]->(:Resource {iri: work})
OPTIONAL MATCH (item)-[:itemOf]->(instance)
RETURN DISTINCT instance.iri AS instance, item.iri AS item ORDER BY instance, item LIMIT 200
