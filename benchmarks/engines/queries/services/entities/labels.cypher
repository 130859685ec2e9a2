UNWIND $things AS thing
MATCH (n:Resource {iri: thing})
CALL (n) {
  UNWIND labels(n) AS value
  WITH value WHERE value <> 'Resource'
  RETURN 'type' AS predicate, value
  UNION ALL
  MATCH (n)-[link:inScheme|canonical]->(value)
  RETURN type(link) AS predicate, value.iri AS value
  UNION ALL
  UNWIND [key IN keys(n) WHERE key IN [`label@`, `prefLabel@`, 'callNumber']] AS predicate
  UNWIND n[predicate] AS value
  RETURN predicate, value
}
RETURN thing, predicate, value
