MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)<-[r1:ABOUT]-(cla1)
    WHERE cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
  WITH cla1, cla1.recordedAt AS k1, cla1.id AS k2
    ORDER BY k1 IS NULL, k1 DESC, k2
    LIMIT $p.v1
  CALL (cla1) {
    MATCH (cla1)-[r2:`ON`]->(n1)
    CALL (n1) {
      MATCH (n1:Deal)-[r3:`WITH`]->(acc1)
      RETURN collect([0, acc1.id])[..1] AS l4
    }
    CALL (n1) {
      MATCH (n1:Deal)<-[r4:`ON`]-(cla2)
        WHERE NOT EXISTS { MATCH (cla2)-[r5:ABOUT]->(cus2) WHERE NOT (cus2.objectedAt_SALES IS NULL AND cus2.restrictedAt IS NULL) }
      WITH cla2, cla2.recordedAt AS k3, cla2.id AS k4
        ORDER BY k3 IS NULL, k3 DESC, k4
        LIMIT $p.v2
      CALL (cla2) {
        MATCH (cla2)-[r6:CITES]->(int1)
          WHERE (EXISTS { MATCH (int1)-[r7:PARTICIPANT]->(cus3:Customer) WHERE cus3.objectedAt_SALES IS NULL AND cus3.restrictedAt IS NULL } OR NOT EXISTS { (int1)-[r8:PARTICIPANT]->(cus4:Customer) })
            AND int1.at <= $p.v3
        WITH int1, int1.at AS k5, int1.sequence AS k6, int1.id AS k7
          ORDER BY k5 IS NULL, k5 DESC, k6 IS NULL, k6 DESC, k7
          LIMIT $p.v4
        CALL (int1) {
          MATCH (int1)-[r9:PARTICIPANT]->(cus5:Customer)
            WHERE cus5.objectedAt_SALES IS NULL
              AND cus5.restrictedAt IS NULL
          WITH cus5, cus5.id AS k8
            ORDER BY k8
            LIMIT $p.v5
          RETURN collect([0, k8]) AS l7
        }
        WITH [0, k7, int1.at, l7] AS v1, k5, k6, k7
          ORDER BY k5 IS NULL, k5 DESC, k6 IS NULL, k6 DESC, k7
        RETURN collect(v1) AS l6
      }
      CALL (cla2) {
        MATCH (cla2)-[r10:ABOUT]->(cus6)
          WHERE cus6.objectedAt_SALES IS NULL
            AND cus6.restrictedAt IS NULL
        CALL (cus6) {
          MATCH (cus6)-[r11:WORKS_AT]->(acc2)
          WITH acc2, r11, acc2.id AS k9, r11.key AS k10
            ORDER BY k9, k10
            LIMIT $p.v6
          RETURN collect([0, k9, r11.from, r11.to]) AS l9
        }
        CALL (cus6) {
          MATCH (cus6)-[r12:KNOWS]->(n2)
            WHERE CASE WHEN NOT n2:Customer THEN true WHEN n2:Customer AND n2.objectedAt_SALES IS NULL AND n2.restrictedAt IS NULL THEN true ELSE false END
          WITH n2, r12, r12.asOf AS k11, n2.id AS k12, cus6.id + '|' + n2.id AS k13
            ORDER BY k11 IS NULL, k11 DESC, k12, k13
            LIMIT $p.v7
          RETURN collect(CASE WHEN n2:Employee THEN [0, k12, r12.sumIn, r12.sumOut, r12.n, r12.lastIn, r12.lastOut, r12.asOf] ELSE [1, k12, r12.sumIn, r12.sumOut, r12.n, r12.lastIn, r12.lastOut, r12.asOf] END) AS l10
        }
        RETURN collect([0, cus6.id, cus6.name, cus6.erasedAt, l9, l10])[..1] AS l8
      }
      CALL (cla2) {
        MATCH (cla2)-[r13:ABOUT]->(cus7)
          WHERE cus7.objectedAt_SALES IS NULL
            AND cus7.restrictedAt IS NULL
        RETURN collect([0, cus7.id])[..1] AS l11
      }
      WITH [0, k4, cla2.role, cla2.stance, cla2.confidence, cla2.from, cla2.to, cla2.recordedAt, cla2.retractedAt, cla2.erasedAt, l6, l8, l11] AS v2, k3, k4
        ORDER BY k3 IS NULL, k3 DESC, k4
      RETURN collect(v2) AS l5
    }
    RETURN collect(CASE WHEN n1:Deal THEN [0, n1.id, n1.recordedAt, n1.stage, [n1.versions_of, n1.versions_at, n1.versions_as], n1.amount, n1.amount_currency, [n1.versions_of, n1.versions_at, n1.versions_as], n1.name, l4, l5] ELSE [1, n1.id] END)[..1] AS l3
  }
  WITH [0, k2, cla1.role, cla1.from, cla1.to, cla1.recordedAt, cla1.retractedAt, cla1.erasedAt, l3] AS v3, k1, k2
    ORDER BY k1 IS NULL, k1 DESC, k2
  RETURN collect(v3) AS l2
}
RETURN collect([0, cus1.id, cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL, cus1.restrictedAt, cus1.party, cus1.objectedAt_SALES, cus1.consentUntil_SALES, cus1.withdrawnAt_SALES, cus1.erasedAt, l2]) AS l1

{
  "p": {
    "v0": "cus_1",
    "v1": 101,
    "v2": 50,
    "v3": 253402300799999999,
    "v4": 20,
    "v5": 200,
    "v6": 50,
    "v7": 100
  }
}
