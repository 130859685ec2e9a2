MATCH (entity:Resource {iri: $entity})
CALL (entity) {
  MATCH (one)-[:associationSource]->(entity)
  MATCH (one)-[:associationTarget]->(middle)
  WITH middle, max(toFloat(one.weight)) AS first ORDER BY first DESC, middle.iri LIMIT 6
  RETURN collect({node: middle, first: first}) AS middles
}
CALL (entity, middles) {
  MATCH (one)-[:associationSource]->(entity)
  MATCH (one)-[:associationTarget]->(hit)
  RETURN hit, toFloat(one.weight) AS part
  UNION ALL
  UNWIND $second AS decay
  UNWIND middles AS middle
  WITH decay, middle.node AS node, middle.first AS first
  MATCH (two)-[:associationSource]->(node)
  MATCH (two)-[:associationTarget]->(hit)
  RETURN hit, max(first * toFloat(two.weight) * toFloat(decay)) AS part
  UNION ALL
  UNWIND $third AS decay
  CALL (entity, middles) {
    UNWIND middles AS middle
    WITH entity, middle.node AS node, middle.first AS first
    MATCH (two)-[:associationSource]->(node)
    MATCH (two)-[:associationTarget]->(far) WHERE far <> entity
    WITH far, max(first * toFloat(two.weight)) AS second ORDER BY second DESC, far.iri LIMIT 6
    RETURN far, second
  }
  MATCH (three)-[:associationSource]->(far)
  MATCH (three)-[:associationTarget]->(hit)
  RETURN hit, max(second * toFloat(three.weight) * toFloat(decay)) AS part
  UNION ALL
  CALL () {
    UNWIND $things AS iri
    MATCH (thing:Resource {iri: iri})<-[:canonical]-{0,1}(alike)
    CALL (alike) {
      MATCH (other:Work)-[:contribution]->()-[:agent]->(alike) RETURN other
      UNION
      MATCH (other:Work)-[:subject|genreForm|geographicCoverage|hasSeries]->(alike) RETURN other
    }
    MATCH (other)-[:canonical]->(hit)
    RETURN DISTINCT thing, hit LIMIT 200
  }
  RETURN hit, sum(0.2) AS part
}
WITH entity, hit, part WHERE hit <> entity
WITH hit, round(sum(part), 9) AS score
WHERE score >= 0.2 AND any(chosen IN $hits WHERE chosen[0] IS NULL OR chosen[0] = hit.iri)
RETURN hit.iri AS hit, score ORDER BY score DESC, hit LIMIT 100
