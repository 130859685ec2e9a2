UNWIND $middles AS middle
MATCH (association)-[:associationSource]->(:Resource {iri: middle})
MATCH (association)-[:associationTarget]->(hit) WHERE hit.iri IN $hits
MATCH (association)-[:basis]->(basis)
RETURN hit.iri, middle, basis.iri, toFloat(association.weight)
