MATCH (work)-[:subject]->(subject) WITH subject, count(work) AS works
ORDER BY works DESC, subject.iri LIMIT 10 RETURN subject.iri AS subject, works
