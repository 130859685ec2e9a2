MATCH (w:Resource {iri: $work})-[:subject]->(subject)<-[:subject]-(other)
MATCH (w)-[:classification]->(mine), (other)-[:classification]->(theirs)
WHERE any(number IN [] + mine.classificationPortion WHERE number IN [] + theirs.classificationPortion)
RETURN DISTINCT other.iri
