UNWIND $things AS thing
MATCH (n:Resource {iri: thing})
UNWIND labels(n) AS class
UNWIND split(n[class + '#g'], ' ') AS graph
WITH DISTINCT thing, graph WHERE graph <> ''
OPTIONAL MATCH (record:Resource {iri: graph})
RETURN thing, graph, record.`https://w3id.org/bibliograph/ontology#source`, record.controlNumber
