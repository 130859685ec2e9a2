UNWIND $works AS work
MATCH (:Resource {iri: work})<-[:canonical]-(member)
CALL (member) {
  MATCH (member)-[:subject]->()-[:canonical]->(thing:Place) RETURN thing
  UNION
  MATCH (member)-[:geographicCoverage]->(thing) RETURN thing
}
WITH DISTINCT work, thing
RETURN work, thing.iri
