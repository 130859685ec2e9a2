MATCH (association)-[:associationSource]->(:Resource {iri: $entity})
MATCH (association)-[:associationTarget]->(target), (association)-[:basis]->(basis)
RETURN target.iri, basis.iri, toFloat(association.weight), association.evidenceCount
