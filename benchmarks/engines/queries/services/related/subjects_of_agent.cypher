// A sample.
MATCH (member)-[:canonical]->(:Resource {iri: $agent})
MATCH (member)<-[:agent]-()<-[:contribution]-()-[:subject]->()-[:canonical]->(subject)
WITH DISTINCT subject LIMIT 300
RETURN subject.iri
