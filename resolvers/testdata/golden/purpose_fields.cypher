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
MATCH (dea1:Deal)
  USING INDEX dea1:Deal(id)
  WHERE NOT dea1.closedAt - (dea1.closedAt % (86400000000) + 86400000000) % (86400000000) > dea1.expectedClose
    AND dea1.id IS NOT NULL
WITH dea1, dea1.id AS k1
  ORDER BY k1
  LIMIT $p.v0
RETURN collect([0, k1, dea1.name]) AS l1

{
  "p": {
    "v0": 2
  }
}
