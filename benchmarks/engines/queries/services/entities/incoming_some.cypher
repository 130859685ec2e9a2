// A sample.
UNWIND $members AS member
MATCH (node)-[:`$predicate`]->(:Resource {iri: member})
WITH node LIMIT 500
RETURN DISTINCT node.iri AS node ORDER BY node LIMIT 25
