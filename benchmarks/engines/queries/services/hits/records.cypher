UNWIND $things AS thing
MATCH (:Resource {iri: thing})-[:adminMetadata]->(record) WHERE record.controlNumber IS NOT NULL
RETURN DISTINCT thing, record.`https://w3id.org/bibliograph/ontology#source`, record.controlNumber, record.`modified^^dateTime`
