UNWIND $works AS work
MATCH (:Resource {iri: work})-[:contribution]->(contribution)-[:agent]->()-[:canonical]->(agent)
OPTIONAL MATCH (contribution)-[:role]->(role)
RETURN work, contribution.iri, CASE WHEN contribution:PrimaryContribution THEN 'PrimaryContribution' END, agent.iri, role.iri
