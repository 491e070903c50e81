CALL () {
  MATCH (cus1:Customer)
    USING INDEX cus1:Customer(name, id)
    WHERE cus1.id IS NOT NULL
      AND cus1.name IS NOT NULL
  WITH cus1, cus1.name AS k1, cus1.id AS k2
    ORDER BY k1, k2
    LIMIT $p.v0
  RETURN collect(cus1) AS s1
}
CALL (s1) {
  UNWIND CASE WHEN size(s1) < $p.v0 THEN [true] ELSE [] END AS more1
  MATCH (cus2:Customer)
    WHERE cus2.id IS NOT NULL
      AND cus2.name IS NULL
  WITH cus2, null AS k3, cus2.id AS k4
    ORDER BY k4
    LIMIT $p.v0
  RETURN collect(cus2) AS s2
}
UNWIND s1 + s2 AS cus3
WITH cus3, cus3.name AS k5, cus3.id AS k6
  ORDER BY k5, k6
  LIMIT $p.v0
RETURN collect([0, k6, cus3.name, cus3.erasedAt]) AS l1

{
  "p": {
    "v0": 4
  }
}
