MATCH (a:Resource {iri: $agent})<-[:agent]-()<-[:contribution]-(work)
MATCH (work)-[:contribution]->()-[:agent]->(other) WHERE other <> a
RETURN other.iri AS other, count(DISTINCT work) AS works ORDER BY works DESC, other LIMIT 20
