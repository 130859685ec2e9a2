// Librarians have suppressed nothing in this data, which the generated Cypher knows: so nothing is looked for here.
UNWIND $subjects AS subject
MATCH (n:Resource {iri: subject})
CALL (n) {
  MATCH (n)-[link]->(object)
  UNWIND link.g AS graph
  RETURN type(link) AS predicate, object.iri AS object, graph
  UNION ALL
  UNWIND labels(n) AS object
  UNWIND split(n[object + '#g'], ' ') AS graph
  WITH object, graph WHERE graph <> ''
  RETURN 'type' AS predicate, object, graph
  UNION ALL
  UNWIND [key IN keys(n) WHERE n[key + '#g'] IS NOT NULL] AS predicate
  UNWIND range(0, size([] + n[predicate]) - 1) AS i
  UNWIND split(([] + n[predicate + '#g'])[i], ' ') AS graph
  WITH n, predicate, i, graph WHERE graph <> ''
  RETURN predicate, toString(([] + n[predicate])[i]) AS object, graph
}
RETURN subject, predicate, object, graph ORDER BY subject, predicate, object, graph
