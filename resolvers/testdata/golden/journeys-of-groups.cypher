CALL () {
  MATCH (cus1:Customer)
    USING INDEX cus1:Customer(id)
    WHERE cus1.objectedAt_ANALYSIS IS NULL
      AND cus1.restrictedAt IS NULL
      AND cus1.birthYear < $p.v0
      AND cus1.id IS NOT NULL
  WITH cus1, cus1.id AS k1
    ORDER BY k1
    LIMIT $p.v1
  RETURN collect([0, k1, k1]) AS l1
}
CALL () {
  MATCH (cus2:Customer)
    WHERE cus2.objectedAt_ANALYSIS IS NULL
      AND cus2.restrictedAt IS NULL
      AND cus2.birthYear < $p.v0
  WITH cus2 AS u1
  WITH count(DISTINCT u1) AS n1
  RETURN collect([n1]) AS l2
}
CALL () {
  MATCH (cus3:Customer)
    WHERE cus3.objectedAt_ANALYSIS IS NULL
      AND cus3.restrictedAt IS NULL
      AND NOT coalesce(cus3.birthYear < $p.v2, false)
  WITH cus3 AS u2
  WITH count(DISTINCT u2) AS n2
  RETURN collect([n2]) AS l3
}
RETURN l1, l2, l3

{
  "p": {
    "v0": 1980,
    "v1": 50001,
    "v2": 1980
  }
}
