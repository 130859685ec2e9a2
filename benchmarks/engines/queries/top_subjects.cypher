MATCH (work)-[:subject]->(subject) RETURN subject.iri AS subject, count(work) AS works
ORDER BY works DESC, subject LIMIT 10
