UNWIND $works AS work
MATCH (:Resource {iri: work})<-[:canonical]-()-[:contribution]->(contribution)-[:agent]->()-[:canonical]->(thing)
WHERE NOT EXISTS { MATCH (contribution)-[:role]->(role) WHERE role.iri IN $roles }
WITH DISTINCT work, thing
UNWIND coalesce(nullIf([key IN keys(thing) WHERE key IN [`label@`]], []), ['label']) AS key
UNWIND coalesce([] + thing[key], [null]) AS label
RETURN work, thing.iri, label, key
