MATCH (entity:Resource {iri: $entity})
CALL (entity) {
  MATCH (entity)-[link:broader|narrower|related]->()-[:canonical]->(hit)
  RETURN hit, type(link) AS relation
  UNION
  MATCH (entity)<-[link:broader|narrower|related]-()-[:canonical]->(hit)
  RETURN hit, CASE type(link) WHEN 'broader' THEN 'narrower' WHEN 'narrower' THEN 'broader' ELSE 'related' END AS relation
}
WITH hit, relation WHERE hit.iri IN $hits
RETURN hit.iri, relation
