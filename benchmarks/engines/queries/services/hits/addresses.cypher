UNWIND $instances AS instance
MATCH (:Resource {iri: instance})-[:electronicLink]->(link)-[:url]->(address)
UNWIND [key IN keys(link) WHERE key IN [`label@`, `appliesToPart@`, `electronicLocatorNote@`, `electronicFormat@`]] AS key
UNWIND link[key] AS words
RETURN DISTINCT instance, address.iri, words
