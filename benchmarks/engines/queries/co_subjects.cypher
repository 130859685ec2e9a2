MATCH (w:Resource {iri: $work})-[:subject]->(subject)<-[:subject]-(other) WHERE other <> w
RETURN other.iri AS other, count(subject) AS shared ORDER BY shared DESC, other LIMIT 20
