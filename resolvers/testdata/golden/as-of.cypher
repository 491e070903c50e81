MATCH (acc1:Account {id: $p0})
CALL (acc1) {
  MATCH (acc1)-[r1:DESCRIBED_BY]->(fir1)
    WHERE coalesce(r1.from <= $p1 AND $p1 < r1.to, true)
  WITH fir1 LIMIT 1
  RETURN collect([0, fir1.id, fir1.employees]) AS l2
}
CALL (acc1) {
  MATCH (acc1)<-[r2:WORKS_AT]-(cus1)
    WHERE coalesce(r2.from <= $p2 AND $p2 < r2.to, true)
  WITH cus1, r2, cus1.id AS k1, r2.key AS k2
    ORDER BY k1, k2
    LIMIT $p3
  RETURN collect([0, k1, cus1.name, cus1.erasedAt, r2.title]) AS l3
}
CALL (acc1) {
  MATCH (acc1)<-[r3:WORKS_AT]-(cus2)
    WHERE coalesce(r3.from <= $p4 AND $p4 < r3.to, true)
  WITH count(*) AS n1
  RETURN collect([n1]) AS l4
}
CALL (acc1) {
  MATCH (acc1)<-[r4:WORKS_AT]-(cus3)
  WITH cus3, r4, r4.from AS k3, cus3.id AS k4, r4.key AS k5
    ORDER BY k3, k4, k5
    LIMIT $p5
  RETURN collect([0, k4, r4.from, r4.to]) AS l5
}
RETURN collect([0, acc1.id, l2, l3, l4, l5]) AS l1

{
  "p0": "acc_1",
  "p1": 1735689600000000,
  "p2": 1735689600000000,
  "p3": 3,
  "p4": 1735689600000000,
  "p5": 3
}
