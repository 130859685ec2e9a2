UNWIND $entities AS entity
MATCH (n:Resource {iri: entity})
UNWIND [key IN keys(n) WHERE key IN [
  'birthDate', 'deathDate', 'beginningDate', 'endingDate', 'establishedDate', 'terminatedDate'
]] AS predicate
UNWIND n[predicate] AS value
RETURN entity, predicate, value
