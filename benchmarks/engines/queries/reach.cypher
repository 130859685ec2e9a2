MATCH (:Resource {iri: $work})-[:contribution|agent|subject|expressionOf|title*1..]->(thing)
RETURN DISTINCT thing.iri
