UNWIND $things AS thing
MATCH (n:Resource {iri: thing})
OPTIONAL MATCH (edition)-[:instanceOf]->(n)
WITH thing, n, min(edition.startYear) AS first
WITH thing, CASE WHEN first < n.startYear THEN first ELSE coalesce(n.startYear, first) END AS first
WHERE first IS NOT NULL
RETURN thing, first ORDER BY thing
