MATCH (acc1:Account {id: $p.v0})
CALL (acc1) {
  MATCH (acc1)-[r1:DESCRIBED_BY]->(fir1)
    WHERE coalesce(r1.from <= $p.v1 AND $p.v1 < r1.to, true)
  RETURN collect([0, fir1.id, fir1.employeeCount])[..1] AS l2
}
CALL (acc1) {
  MATCH (acc1)<-[r2:WORKS_AT]-(cus1)
    WHERE coalesce(r2.from <= $p.v2 AND $p.v2 < r2.to, true)
  RETURN collect([cus1, r2]) AS s1
}
CALL (s1) {
  UNWIND s1 AS e1
  WITH e1[0] AS cus2, e1[1] AS r3
  WITH cus2, r3, cus2.id AS k1, r3.key AS k2
    ORDER BY k1, k2
    LIMIT $p.v3
  RETURN collect([0, k1, cus2.name, cus2.erasedAt, r3.title]) AS l3
}
CALL (acc1) {
  MATCH (acc1)<-[r4:WORKS_AT]-(cus3)
  WITH cus3, r4, r4.from AS k3, cus3.id AS k4, r4.key AS k5
    ORDER BY k3, k4, k5
    LIMIT $p.v4
  RETURN collect([0, k4, r4.from, r4.to]) AS l4
}
RETURN collect([0, acc1.id, l2, l3, [[size(s1)]], l4]) AS l1

{
  "p": {
    "v0": "acc_1",
    "v1": 1735689600000000,
    "v2": 1735689600000000,
    "v3": 3,
    "v4": 3
  }
}
