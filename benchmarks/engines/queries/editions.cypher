MATCH (instance)-[:instanceOf]->(:Resource {iri: $work})
OPTIONAL MATCH (instance)-[:provisionActivity]->()-[:place]->(place)
RETURN instance.iri, place.iri
