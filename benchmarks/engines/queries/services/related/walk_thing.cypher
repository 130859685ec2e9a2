// A sample.
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
  MATCH (entity)-[:broader|narrower|related]-()-[:canonical]->(hit)
  WITH DISTINCT hit ORDER BY hit.iri LIMIT 50
  RETURN hit, 0.6 AS part
  UNION ALL
  MATCH (entity)<-[:canonical]-{0,1}()<-[:expressionOf]-()-[:canonical]->(hit)
  WITH DISTINCT hit LIMIT 100
  RETURN hit, 0.3 AS part
  UNION ALL
  MATCH (entity)<-[:canonical]-{0,1}(member)
  CALL (member) {
    MATCH (work:Work)-[:contribution]->()-[:agent]->(member) RETURN work
    UNION
    MATCH (work:Work)-[:subject|genreForm|geographicCoverage|hasSeries|expressionOf|hasPart|relatedTo|derivativeOf|translationOf]->(member)
    RETURN work
  }
  MATCH (work)-[:canonical]->(hit)
  WITH DISTINCT hit LIMIT 100
  RETURN hit, 0.5 AS part
  UNION ALL
  UNWIND $second AS decay
  UNWIND middles AS middle
  WITH decay, middle.node AS node, middle.first AS first
  MATCH (two)-[:associationSource]->(node)
  MATCH (two)-[:associationTarget]->(hit)
  RETURN hit, max(first * toFloat(two.weight) * toFloat(decay)) AS part
  UNION ALL
  UNWIND $second AS decay
  CALL (middles) {
    UNWIND middles AS middle
    WITH middle.node AS node, middle.first AS first
    MATCH (alike)-[:canonical]->(node)
    CALL (alike) {
      MATCH (work)-[:subject]->(alike) RETURN work
      UNION ALL
      MATCH (work)-[:contribution]->()-[:agent]->(alike) RETURN work
    }
    MATCH (work)-[:canonical]->(hit)
    RETURN DISTINCT node, first, hit LIMIT 200
  }
  RETURN hit, max(first * 0.5 * toFloat(decay)) AS part
  UNION ALL
  UNWIND $second AS decay
  CALL (entity) {
    MATCH (entity)<-[:canonical]-{0,1}(member)
    CALL (member) {
      MATCH (work)-[:contribution]->()-[:agent]->(member) RETURN work
      UNION
      MATCH (work)-[:subject|hasSeries|expressionOf]->(member) RETURN work
    }
    MATCH (work)-[:canonical]->(middle)
    RETURN DISTINCT middle LIMIT 6
  }
  MATCH (two)-[:associationSource]->(middle)
  MATCH (two)-[:associationTarget]->(hit)
  RETURN hit, max(0.5 * toFloat(two.weight) * toFloat(decay)) AS part
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
}
WITH entity, hit, part WHERE hit <> entity
WITH hit, round(sum(part), 9) AS score
WHERE score >= 0.2 AND any(chosen IN $hits WHERE chosen[0] IS NULL OR chosen[0] = hit.iri)
RETURN hit.iri AS hit, score ORDER BY score DESC, hit LIMIT 100
