MATCH (cus1:Customer)
  WHERE CASE WHEN cus1.party = $p.v0 THEN true WHEN cus1.objectedAt_SERVICE IS NULL THEN true ELSE false END
    AND cus1.restrictedAt IS NULL
    AND cus1.objectedAt_SERVICE IS NULL
    AND cus1.restrictedAt IS NULL
    AND cus1.updatedAt > $p.v1
    AND cus1.id IS NOT NULL
WITH cus1, CASE WHEN cus1.objectedAt_SERVICE IS NULL AND cus1.restrictedAt IS NULL THEN cus1.updatedAt END AS k1, cus1.id AS k2
  ORDER BY k1 IS NULL, k1 DESC, k2
  LIMIT $p.v2
RETURN collect([0, k2, cus1.objectedAt_SERVICE IS NULL AND cus1.restrictedAt IS NULL, cus1.name, cus1.updatedAt, cus1.restrictedAt, cus1.party, cus1.objectedAt_SERVICE, cus1.consentUntil_SERVICE, cus1.withdrawnAt_SERVICE, cus1.erasedAt]) AS l1

{
  "p": {
    "v0": true,
    "v1": 1767225600000000,
    "v2": 3
  }
}
