MATCH (cus1:Customer)
  WHERE CASE WHEN cus1.party = $p.v0 THEN true WHEN cus1.objectedAt_SERVICE IS NULL THEN true ELSE false END
    AND cus1.restrictedAt IS NULL
    AND (cus1.name STARTS WITH $p.v1 OR cus1.objectedAt_SERVICE IS NULL AND cus1.restrictedAt IS NULL AND NOT cus1.birthYear > $p.v2)
    AND cus1.id IS NOT NULL
WITH cus1, CASE WHEN cus1.objectedAt_SERVICE IS NULL AND cus1.restrictedAt IS NULL THEN cus1.birthYear END AS k1, cus1.name_folded AS k2, cus1.name AS k3, cus1.id AS k4
WITH cus1, k1, k2, CASE WHEN k2 IS NOT NULL THEN k3 END AS k5, k4
  ORDER BY k1 IS NULL, k1 DESC, k2, k5, k4
  LIMIT $p.v3
RETURN collect([0, k4, cus1.objectedAt_SERVICE IS NULL AND cus1.restrictedAt IS NULL, cus1.name, cus1.birthYear, cus1.restrictedAt, cus1.party, cus1.objectedAt_SERVICE, cus1.consentUntil_SERVICE, cus1.withdrawnAt_SERVICE, cus1.erasedAt, cus1.erasedOf]) AS l1

{
  "p": {
    "v0": true,
    "v1": "Ann",
    "v2": 1980,
    "v3": 3
  }
}
