MATCH (work:Work)-[:language]->(language) RETURN language.iri AS language, count(*) AS works
ORDER BY works DESC, language
