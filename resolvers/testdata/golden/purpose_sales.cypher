MATCH (acc1:Account {id: $p0})
CALL (acc1) {
  MATCH (acc1)<-[r1:WORKS_AT]-(cus1)
    WHERE coalesce(r1.from <= $now AND $now < r1.to, true)
      AND cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
  WITH cus1, r1, cus1.name AS k1, cus1.id AS k2, r1.key AS k3
    ORDER BY k1, k2, k3
    LIMIT $p1
  CALL (cus1) {
    MATCH (cus1)<-[r2:PARTICIPANT]-(int1)
    WITH int1, int1.at AS k4, int1.id AS k5
      ORDER BY k4 IS NULL, k4 DESC, k5
      LIMIT $p2
    RETURN collect([0, k5, NOT EXISTS { MATCH (int1)-[r3:PARTICIPANT]->(cus2:Customer) WHERE NOT (cus2.objectedAt_SALES IS NULL AND cus2.restrictedAt IS NULL) }, EXISTS { MATCH (int1)-[r4:PARTICIPANT]->(cus3:Customer) WHERE cus3.restrictedAt IS NOT NULL }, EXISTS { MATCH (int1)-[r5:PARTICIPANT]->(cus4:Customer) WHERE cus4.objectedAt_SALES IS NOT NULL }, int1.at, int1.text, int1.erasedAt]) AS l3
  }
  WITH [0, k2, cus1.name, cus1.email, cus1.erasedAt, r1.title, l3] AS v1, k1, k2, k3
    ORDER BY k1, k2, k3
  RETURN collect(v1) AS l2
}
CALL (acc1) {
  MATCH (acc1)<-[r6:WORKS_AT]-(cus5)
    WHERE coalesce(r6.from <= $now AND $now < r6.to, true)
      AND cus5.objectedAt_SALES IS NULL
      AND cus5.restrictedAt IS NULL
  WITH count(*) AS n1
  RETURN collect([n1]) AS l4
}
RETURN collect([0, acc1.id, acc1.name, l2, l4]) AS l1

{
  "now": 1780315200000000,
  "p0": "acc_1",
  "p1": 10,
  "p2": 5
}
