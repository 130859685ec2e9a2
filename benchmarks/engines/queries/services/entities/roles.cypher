UNWIND $contributions AS contribution
MATCH (:Resource {iri: contribution})-[:role]->(role)
RETURN contribution, role.iri ORDER BY contribution, role.iri
