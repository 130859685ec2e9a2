UNWIND $things AS thing
MATCH (:Resource {iri: thing})-[:identifiedBy]->(identifier)
WHERE identifier.value IS NOT NULL AND NOT EXISTS { (identifier)-[:status]->() }
UNWIND labels(identifier) AS class
WITH DISTINCT thing, class, identifier.value AS value WHERE class <> 'Resource'
RETURN thing, class, value
