UNWIND $hits AS hit
MATCH (association)-[:associationTarget]->(:Resource {iri: hit})
MATCH (association)-[:associationSource]->(middle) WHERE middle.iri IN $middles
MATCH (association)-[:basis]->(basis)
RETURN hit, middle.iri, basis.iri, toFloat(association.weight)
