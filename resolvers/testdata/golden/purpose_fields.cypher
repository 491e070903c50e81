MATCH (cas1:`Case`)
  USING INDEX cas1:`Case`(id)
  WHERE NOT EXISTS { MATCH (cas1)-[r1:`OF`]->(cus1:Customer) WHERE NOT (cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL) }
    AND cas1.resolvedAt < cas1.openedAt
    AND cas1.id IS NOT NULL
WITH cas1, cas1.id AS k1
  ORDER BY k1
  LIMIT $p.v0
CALL (cas1) {
  MATCH (cas1)-[r2:`OF`]->(cus2:Customer)
    WHERE cus2.objectedAt_SALES IS NULL
      AND cus2.restrictedAt IS NULL
  RETURN collect([0, cus2.id])[..1] AS l2
}
WITH [0, k1, cas1.number, l2] AS v1, k1
  ORDER BY k1
RETURN collect(v1) AS l1

{
  "p": {
    "v0": 2
  }
}
