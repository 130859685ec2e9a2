UNWIND $works AS work
MATCH (:Resource {iri: work})<-[:canonical]-()-[:`$predicate`]->()-[:canonical]->(thing)
WITH DISTINCT work, thing
UNWIND coalesce(nullIf([key IN keys(thing) WHERE key IN [`label@`]], []), ['label']) AS key
UNWIND coalesce([] + thing[key], [null]) AS label
RETURN work, thing.iri, label, key
