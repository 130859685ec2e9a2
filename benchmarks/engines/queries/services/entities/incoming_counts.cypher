UNWIND $members AS member
MATCH (node:Resource)-[link]->(:Resource {iri: member})
WHERE NOT type(link) IN ['canonical', 'member', 'resolvedTo', 'associationSource', 'associationTarget']
RETURN type(link) AS predicate, count(DISTINCT node) ORDER BY predicate
