MATCH (:Resource {iri: $agent})<-[:canonical]-()<-[:agent]-()<-[:contribution]-()-[:canonical]->(work)
RETURN DISTINCT work.iri
