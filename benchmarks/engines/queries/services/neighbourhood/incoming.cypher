// A sample.
CALL () {
  UNWIND $members AS member
  MATCH (node)-[link]->(:Resource {iri: member})
  WHERE NOT type(link) IN ['canonical', 'member', 'resolvedTo', 'associationSource', 'associationTarget']
  MATCH (node)-[:canonical]->(entity)
  RETURN type(link) AS predicate, null AS role, entity LIMIT 500
  UNION ALL
  UNWIND $members AS member
  MATCH (entity)<-[:canonical]-()-[:contribution]->(contribution)-[:agent]->(:Resource {iri: member})
  OPTIONAL MATCH (contribution)-[:role]->(role)
  RETURN 'agent' AS predicate, role, entity LIMIT 500
}
WITH DISTINCT predicate, role, entity
RETURN predicate, role.iri AS role, entity.iri AS entity ORDER BY predicate, entity, role
