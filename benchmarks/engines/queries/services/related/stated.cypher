UNWIND $pairs AS pair
MATCH (one:Resource {iri: pair[0]}), (other:Resource {iri: pair[1]})
MATCH (from)-[:canonical]->(one)
CALL (from, other) {
  MATCH (from)-[link:`$relations`]->()-[:canonical]->(other)
  RETURN type(link) AS relation
  UNION
  MATCH (from)<-[:instanceOf]-()-[link:`$relations`]->()-[:instanceOf]->()-[:canonical]->(other)
  RETURN type(link) AS relation
}
RETURN DISTINCT pair[0], relation, pair[1]
