UNWIND $hits AS hit
MATCH (n:Resource {iri: hit}) WHERE n:Work
RETURN DISTINCT hit
