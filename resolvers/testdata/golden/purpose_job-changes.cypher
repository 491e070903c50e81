MATCH (cus1:Customer)
  WHERE cus1.objectedAt_SALES IS NULL
    AND cus1.restrictedAt IS NULL
    AND cus1.id IS NOT NULL
MATCH (cus1)-[r1:WORKS_AT]->(acc1)
  USING INDEX r1:WORKS_AT(from)
  WHERE r1.from >= $p.v0
    AND coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
WITH cus1, max(r1.from) AS o1
  WHERE o1 <= $p.v1
WITH cus1, o1 AS k1, cus1.id AS k2
  ORDER BY k1 IS NULL, k1 DESC, k2
  LIMIT $p.v2
CALL (cus1) {
  MATCH (cus1)-[r2:WORKS_AT]->(acc2)
  WITH acc2, r2, acc2.id AS k3, r2.key AS k4
    ORDER BY k3, k4
    LIMIT $p.v3
  RETURN collect([0, k3, acc2.accountStage, acc2.name, r2.title, r2.seniority, r2.from, r2.to]) AS l2
}
CALL (cus1) {
  MATCH (cus1)<-[r3:ABOUT]-(cla1)
  WITH cla1, cla1.recordedAt AS k5, cla1.id AS k6
    ORDER BY k5 IS NULL, k5 DESC, k6
    LIMIT $p.v4
  CALL (cla1) {
    MATCH (cla1)-[r4:CITES]->(int1)
      WHERE (EXISTS { MATCH (int1)-[r5:PARTICIPANT]->(cus2:Customer) WHERE cus2.objectedAt_SALES IS NULL AND cus2.restrictedAt IS NULL } OR NOT EXISTS { (int1)-[r6:PARTICIPANT]->(cus3:Customer) })
        AND int1.at <= $p.v5
    WITH int1, int1.at AS k7, int1.sequence AS k8, int1.id AS k9
      ORDER BY k7 IS NULL, k7 DESC, k8 IS NULL, k8 DESC, k9
      LIMIT $p.v6
    CALL (int1) {
      MATCH (int1)-[r7:PARTICIPANT]->(cus4:Customer)
        WHERE cus4.objectedAt_SALES IS NULL
          AND cus4.restrictedAt IS NULL
      WITH cus4, cus4.id AS k10
        ORDER BY k10
        LIMIT $p.v7
      RETURN collect([0, k10]) AS l5
    }
    WITH [0, k9, int1.at, l5] AS v1, k7, k8, k9
      ORDER BY k7 IS NULL, k7 DESC, k8 IS NULL, k8 DESC, k9
    RETURN collect(v1) AS l4
  }
  CALL (cla1) {
    MATCH (cla1)-[r8:`ON`]->(n1)
    CALL (n1) {
      MATCH (n1:Deal)-[r9:`WITH`]->(acc3)
      RETURN collect([0, acc3.id])[..1] AS l7
    }
    RETURN collect(CASE WHEN n1:Deal THEN [0, n1.id, l7] ELSE [1, n1.id] END)[..1] AS l6
  }
  WITH [0, k6, cla1.role, cla1.stance, cla1.confidence, cla1.from, cla1.to, cla1.recordedAt, cla1.retractedAt, cla1.erasedAt, l4, l6] AS v2, k5, k6
    ORDER BY k5 IS NULL, k5 DESC, k6
  RETURN collect(v2) AS l3
}
CALL (cus1) {
  MATCH (cus1)-[r10:KNOWS]->(n2)
    WHERE CASE WHEN NOT n2:Customer THEN true WHEN n2:Customer AND n2.objectedAt_SALES IS NULL AND n2.restrictedAt IS NULL THEN true ELSE false END
  WITH n2, r10, r10.asOf AS k11, n2.id AS k12, cus1.id + '|' + n2.id AS k13
    ORDER BY k11 IS NULL, k11 DESC, k12, k13
    LIMIT $p.v8
  RETURN collect(CASE WHEN n2:Employee THEN [0, k12, n2.name, r10.sumIn, r10.sumOut, r10.n, r10.lastIn, r10.lastOut, r10.asOf] ELSE [1, k12, r10.sumIn, r10.sumOut, r10.n, r10.lastIn, r10.lastOut, r10.asOf] END) AS l8
}
WITH [0, k2, cus1.name, cus1.erasedAt, l2, l3, l8] AS v3, k1, k2
  ORDER BY k1 IS NULL, k1 DESC, k2
RETURN collect(v3) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": 1764763200000000,
    "v1": 1780315200000000,
    "v2": 201,
    "v3": 50,
    "v4": 20,
    "v5": 253402300799999999,
    "v6": 20,
    "v7": 200,
    "v8": 50
  }
}
