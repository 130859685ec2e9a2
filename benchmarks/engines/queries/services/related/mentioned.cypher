MATCH (entity:Resource {iri: $entity})
UNWIND $hits AS hit
MATCH (n:Resource {iri: hit})
WHERE EXISTS { (n)<-[:canonical]-()-->(entity) }
  OR EXISTS { (n)<-[:canonical]-()-->()-[:canonical]->(entity) }
  OR EXISTS { (n)<-[:canonical]-()-[:contribution]->()-[:agent]->(entity) }
  OR EXISTS { (n)<-[:canonical]-()-[:contribution]->()-[:agent]->()-[:canonical]->(entity) }
RETURN hit
