UNWIND $members AS member
MATCH (n:Resource {iri: member})
CALL (n) {
  MATCH (n)-[link]->(named)-[:canonical]->(entity) WHERE type(link) <> 'canonical'
  RETURN type(link) AS predicate, null AS role, entity
  UNION
  MATCH (n)-[:contribution]->(contribution)-[:agent]->()-[:canonical]->(entity)
  OPTIONAL MATCH (contribution)-[:role]->(role)
  RETURN 'contribution' AS predicate, role, entity
}
WITH DISTINCT predicate, role, entity
RETURN predicate, role.iri AS role, entity.iri AS entity ORDER BY predicate, entity, role LIMIT 500
