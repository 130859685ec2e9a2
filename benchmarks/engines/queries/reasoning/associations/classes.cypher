UNWIND $works AS work
MATCH (:Resource {iri: work})<-[:canonical]-()-[:classification]->(node) WHERE node.classificationPortion IS NOT NULL
OPTIONAL MATCH (node)-[:source]->(source)
UNWIND [kind IN labels(node) WHERE kind <> 'Resource'] AS kind
RETURN work, kind, source.iri, node.classificationPortion
