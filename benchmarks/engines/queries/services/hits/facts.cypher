UNWIND $things AS thing
MATCH (n:Resource {iri: thing})
CALL (n) {
  UNWIND labels(n) AS value
  WITH value WHERE NOT value IN ['Resource', 'Work', 'Instance']
  RETURN 'type' AS predicate, value
  UNION ALL
  MATCH (n)-[link:carrier|formOfItem|materialDesignation|genreForm|electronicLocator|relatedElectronicLocator]->(value)
  RETURN type(link) AS predicate, value.iri AS value
  UNION ALL
  UNWIND [key IN keys(n) WHERE key IN [
    'startYear', `dissertationNote@`, `usageTermsNote@`, `copyrightNote@`, `accessRestrictionNote@`
  ]] AS predicate
  UNWIND n[predicate] AS value
  RETURN predicate, value
}
RETURN thing, predicate, value
