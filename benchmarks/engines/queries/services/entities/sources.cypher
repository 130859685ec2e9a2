UNWIND $graphs AS graph
MATCH (record:Resource {iri: graph}) WHERE record.controlNumber IS NOT NULL
RETURN graph, record.`https://w3id.org/bibliograph/ontology#source` AS source, record.controlNumber AS number,
  record.`modified^^dateTime` AS modified
ORDER BY graph, source, number, modified
