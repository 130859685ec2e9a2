UNWIND $entities AS entity
MATCH (n:Resource {iri: entity})<-[:canonical]-(member)
CALL (n, member) {
  WITH * WHERE member <> n
  RETURN member AS part, 'canonical' AS link
  UNION ALL
  MATCH (part)-[:instanceOf]->(member)
  RETURN part, 'http://id.loc.gov/ontologies/bibframe/hasInstance' AS link
  UNION ALL
  MATCH (member)-[:instanceOf]->(part)
  RETURN part, 'instanceOf' AS link
}
WITH DISTINCT entity, part, link
RETURN entity, part.iri, link
