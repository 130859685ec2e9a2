UNWIND $instances AS instance
MATCH (item)-[:itemOf]->(:Resource {iri: instance})
CALL (item) {
  MATCH (item)-[link:heldBy|adminMetadata]->(value)
  RETURN type(link) AS predicate, value.iri AS value
  UNION ALL
  UNWIND [key IN keys(item) WHERE key IN [
    'holdingInstitutionName', 'https://w3id.org/bibliograph/ontology#sublocation', 'shelvingLocation',
    'temporaryLocation', 'callNumber', 'itemStatus'
  ]] AS predicate
  UNWIND item[predicate] AS value
  RETURN predicate, value
}
RETURN instance, item.iri, predicate, value
