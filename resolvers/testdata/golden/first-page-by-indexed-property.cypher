CALL () {
  MATCH (cus1:Customer)
    USING INDEX cus1:Customer(name_folded, name, id)
    WHERE cus1.id IS NOT NULL
      AND cus1.name_folded IS NOT NULL
      AND cus1.name IS NOT NULL
  WITH cus1, cus1.name_folded AS k1, cus1.name AS k2, cus1.id AS k3
    ORDER BY k1, k2, k3
    LIMIT $p.v0
  RETURN collect(cus1) AS s1
}
CALL (s1) {
  UNWIND CASE WHEN size(s1) < $p.v0 THEN [true] ELSE [] END AS more1
  MATCH (cus2:Customer)
    WHERE cus2.id IS NOT NULL
      AND cus2.name_folded IS NULL
  WITH cus2, null AS k4, null AS k5, cus2.id AS k6
    ORDER BY k6
    LIMIT $p.v0
  RETURN collect(cus2) AS s2
}
UNWIND s1 + s2 AS cus3
WITH cus3, cus3.name_folded AS k7, cus3.name AS k8, cus3.id AS k9
WITH cus3, k7, CASE WHEN k7 IS NOT NULL THEN k8 END AS k10, k9
  ORDER BY k7, k10, k9
  LIMIT $p.v0
RETURN collect([0, k9, cus3.name, cus3.erasedAt]) AS l1

{
  "p": {
    "v0": 4
  }
}
