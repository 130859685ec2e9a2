UNWIND $things AS thing
MATCH (n:Resource {iri: thing})
CALL (n) {
  MATCH (n)-[:contribution]->(:PrimaryContribution)-[:agent]->(creator)
  RETURN creator.iri AS creator, null AS year
  UNION
  MATCH (n)-[:instanceOf]->()-[:contribution]->(:PrimaryContribution)-[:agent]->(creator)
  RETURN creator.iri AS creator, null AS year
  UNION
  WITH n WHERE n.startYear IS NOT NULL
  RETURN null AS creator, n.startYear AS year
  UNION
  MATCH (instance)-[:instanceOf]->(n) WHERE instance.startYear IS NOT NULL
  RETURN null AS creator, instance.startYear AS year
}
RETURN DISTINCT thing, creator, year ORDER BY thing, creator, year
