// A sample.
MATCH (member)-[:canonical]->(:Resource {iri: $entity})
CALL (member) {
  MATCH (work)-[:contribution]->()-[:agent]->(member) RETURN work
  UNION
  MATCH (work)-[:subject]->(member) RETURN work
}
WITH DISTINCT work LIMIT 200
CALL (work) {
  MATCH (work)-[:contribution]->()-[:agent]->()-[:canonical]->(hit) RETURN hit
  UNION
  MATCH (work)-[:subject]->()-[:canonical]->(hit) RETURN hit
}
WITH work, hit WHERE hit.iri IN $hits
MATCH (work)-[:canonical]->(shared)
WITH DISTINCT hit, shared
RETURN hit.iri, shared.iri
