UNWIND $works AS work
MATCH (:Resource {iri: work})<-[:canonical]-()-[:`$relations`]->(:Hub)-[:canonical]->(thing)
WITH DISTINCT work, thing
RETURN work, thing.iri
