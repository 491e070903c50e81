MATCH (acc1:Account {id: $p.v0})
CALL (acc1) {
  MATCH (acc1)<-[r1:WORKS_AT]-(cus1)
    WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
      AND cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
  RETURN collect([cus1, r1]) AS s1
}
CALL (s1) {
  UNWIND s1 AS e1
  WITH e1[0] AS cus2, e1[1] AS r2
  WITH cus2, r2, cus2.name_folded AS k1, cus2.name AS k2, cus2.id AS k3, r2.key AS k4
  WITH cus2, r2, k1, CASE WHEN k1 IS NOT NULL THEN k2 END AS k5, k3, k4
    ORDER BY k1, k5, k3, k4
    LIMIT $p.v1
  CALL (cus2) {
    MATCH (cus2)<-[r3:PARTICIPANT]-(int1)
    WITH int1, int1.at AS k6, int1.sequence AS k7, int1.id AS k8
      ORDER BY k6 IS NULL, k6 DESC, k7 IS NULL, k7 DESC, k8
      LIMIT $p.v2
    RETURN collect([0, k8, NOT EXISTS { MATCH (int1)-[r4:PARTICIPANT]->(cus3:Customer) WHERE NOT (cus3.objectedAt_SALES IS NULL AND cus3.restrictedAt IS NULL) }, int1.at, int1.text, int1.erasedAt]) AS l3
  }
  WITH [0, k3, cus2.name, cus2.email, cus2.erasedAt, r2.title, l3] AS v1, k1, k5, k3, k4
    ORDER BY k1, k5, k3, k4
  RETURN collect(v1) AS l2
}
RETURN collect([0, acc1.id, acc1.name, l2, [[size(s1)]]]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "acc_1",
    "v1": 10,
    "v2": 5
  }
}
