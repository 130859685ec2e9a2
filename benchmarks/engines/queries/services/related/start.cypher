// A sample: any statement shows that something is said.
MATCH (entity:Resource {iri: $entity})
OPTIONAL MATCH (entity)-[:canonical]->(canonical)
OPTIONAL MATCH (entity)-[:itemOf]->{0,1}()-[:instanceOf]->()-[:canonical]->(work)
RETURN DISTINCT head(keys(entity)), canonical.iri, CASE WHEN canonical:Work THEN 'Work' END, work.iri
