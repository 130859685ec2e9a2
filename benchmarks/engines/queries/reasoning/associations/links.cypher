UNWIND $works AS work
MATCH (n:Resource {iri: work})<-[:canonical]-(member)
CALL (member) {
  MATCH (member)-[:`$relations`]->(:Work)-[:canonical]->(thing) RETURN thing
  UNION
  MATCH (member)<-[:instanceOf]-()-[:`$relations`]->()-[:instanceOf]->()-[:canonical]->(thing) RETURN thing
}
WITH DISTINCT work, n, thing WHERE thing <> n
RETURN work, thing.iri
