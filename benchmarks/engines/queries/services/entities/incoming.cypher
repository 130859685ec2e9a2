UNWIND $members AS member
MATCH (node)-[:`$predicate`]->(:Resource {iri: member}) WHERE node.iri > $after
RETURN DISTINCT node.iri AS node ORDER BY node LIMIT 26
