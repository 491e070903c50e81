MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)-[r1:WORKS_AT]->(acc1)
    WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
  WITH acc1, r1, acc1.id AS k1, r1.key AS k2
    ORDER BY k1, k2
    LIMIT $p.v1
  RETURN collect([0, k1, acc1.name, r1.title]) AS l2
}
RETURN collect([0, cus1.id, cus1.name, cus1.email, cus1.erasedAt, l2]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "cus_1",
    "v1": 20
  }
}
