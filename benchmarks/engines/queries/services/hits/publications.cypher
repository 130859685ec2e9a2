UNWIND $instances AS instance
MATCH (:Resource {iri: instance})-[:provisionActivity]->(publication:Publication)
UNWIND [key IN keys(publication) WHERE key IN [`$predicate@`]] AS key
UNWIND publication[key] AS value
RETURN instance, publication.iri, value
