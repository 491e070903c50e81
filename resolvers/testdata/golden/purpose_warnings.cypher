MATCH (emp1:Employee {id: $p.v0})
CALL (emp1) {
  MATCH (emp1)<-[r1:WORKED_BY]-(dea1)
    WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
      AND dea1.amount >= $p.v1
      AND dea1.amount_currency = $p.v2
      AND NOT dea1.stage IN $l0
      AND dea1.stage IS NOT NULL
  WITH dea1, dea1.expectedClose AS k1, dea1.id AS k2
    ORDER BY k1, k2
    LIMIT $p.v3
  CALL (dea1) {
    MATCH (dea1)-[r2:`WITH`]->(acc1)
    RETURN collect([0, acc1.id])[..1] AS l3
  }
  CALL (dea1) {
    MATCH (dea1)<-[r3:`ON`]-(cla1)
      WHERE NOT EXISTS { MATCH (cla1)-[r4:ABOUT]->(cus1) WHERE NOT (cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL) }
    WITH cla1, cla1.recordedAt AS k3, cla1.id AS k4
      ORDER BY k3 IS NULL, k3 DESC, k4
      LIMIT $p.v4
    CALL (cla1) {
      MATCH (cla1)-[r5:CITES]->(int1)
        WHERE (EXISTS { MATCH (int1)-[r6:PARTICIPANT]->(cus2:Customer) WHERE cus2.objectedAt_SALES IS NULL AND cus2.restrictedAt IS NULL } OR NOT EXISTS { (int1)-[r7:PARTICIPANT]->(cus3:Customer) })
          AND int1.at <= $p.v5
      WITH int1, int1.at AS k5, int1.sequence AS k6, int1.id AS k7
        ORDER BY k5 IS NULL, k5 DESC, k6 IS NULL, k6 DESC, k7
        LIMIT $p.v6
      CALL (int1) {
        MATCH (int1)-[r8:PARTICIPANT]->(cus4:Customer)
          WHERE cus4.objectedAt_SALES IS NULL
            AND cus4.restrictedAt IS NULL
        WITH cus4, cus4.id AS k8
          ORDER BY k8
          LIMIT $p.v7
        RETURN collect([0, k8]) AS l6
      }
      WITH [0, k7, int1.at, l6] AS v1, k5, k6, k7
        ORDER BY k5 IS NULL, k5 DESC, k6 IS NULL, k6 DESC, k7
      RETURN collect(v1) AS l5
    }
    CALL (cla1) {
      MATCH (cla1)-[r9:ABOUT]->(cus5)
        WHERE cus5.objectedAt_SALES IS NULL
          AND cus5.restrictedAt IS NULL
      CALL (cus5) {
        MATCH (cus5)-[r10:WORKS_AT]->(acc2)
        WITH acc2, r10, acc2.id AS k9, r10.key AS k10
          ORDER BY k9, k10
          LIMIT $p.v8
        RETURN collect([0, k9, r10.title, r10.seniority, r10.approvalLimit, r10.approvalLimit_currency, r10.from, r10.to]) AS l8
      }
      CALL (cus5) {
        MATCH (cus5)-[r11:KNOWS]->(n1)
          WHERE CASE WHEN NOT n1:Customer THEN true WHEN n1:Customer AND n1.objectedAt_SALES IS NULL AND n1.restrictedAt IS NULL THEN true ELSE false END
        WITH n1, r11, r11.asOf AS k11, n1.id AS k12, cus5.id + '|' + n1.id AS k13
          ORDER BY k11 IS NULL, k11 DESC, k12, k13
          LIMIT $p.v9
        RETURN collect(CASE WHEN n1:Employee THEN [0, k12, r11.sumIn, r11.sumOut, r11.n, r11.lastIn, r11.lastOut, r11.asOf] ELSE [1, k12, r11.sumIn, r11.sumOut, r11.n, r11.lastIn, r11.lastOut, r11.asOf] END) AS l9
      }
      CALL (cus5) {
        MATCH (cus5)<-[r12:PARTICIPANT]-(int2)
          WHERE int2.at <= $p.v10
        WITH int2, r12, int2.at AS k14, int2.sequence AS k15, int2.id AS k16, r12.key AS k17
          ORDER BY k14 IS NULL, k14 DESC, k15 IS NULL, k15 DESC, k16, k17
          LIMIT $p.v11
        CALL (int2) {
          MATCH (int2)-[r13:PARTICIPANT]->(n2)
            WHERE CASE WHEN NOT n2:Customer THEN true WHEN n2:Customer AND n2.objectedAt_SALES IS NULL AND n2.restrictedAt IS NULL THEN true ELSE false END
              AND n2:Employee
          WITH n2, r13, n2.id AS k18, r13.key AS k19
            ORDER BY k18, k19
            LIMIT $p.v12
          RETURN collect(CASE WHEN n2:Customer THEN [0, k18, r13.role] ELSE [1, k18, r13.role] END) AS l11
        }
        WITH [0, k16, int2.at, int2.origin, int2.crowded, r12.role, l11] AS v2, k14, k15, k16, k17
          ORDER BY k14 IS NULL, k14 DESC, k15 IS NULL, k15 DESC, k16, k17
        RETURN collect(v2) AS l10
      }
      RETURN collect([0, cus5.id, cus5.name, cus5.erasedAt, l8, l9, l10])[..1] AS l7
    }
    CALL (cla1) {
      MATCH (cla1)-[r14:ABOUT]->(cus6)
        WHERE cus6.objectedAt_SALES IS NULL
          AND cus6.restrictedAt IS NULL
      RETURN collect([0, cus6.id])[..1] AS l12
    }
    WITH [0, k4, cla1.role, cla1.stance, cla1.confidence, cla1.from, cla1.to, cla1.recordedAt, cla1.retractedAt, cla1.erasedAt, l5, l7, l12] AS v3, k3, k4
      ORDER BY k3 IS NULL, k3 DESC, k4
    RETURN collect(v3) AS l4
  }
  WITH [0, k2, dea1.recordedAt, dea1.stage, [dea1.versions_of, dea1.versions_at, dea1.versions_as], dea1.amount, dea1.amount_currency, [dea1.versions_of, dea1.versions_at, dea1.versions_as], dea1.expectedClose, [dea1.versions_of, dea1.versions_at, dea1.versions_as], dea1.name, l3, l4] AS v4, k1, k2
    ORDER BY k1, k2
  RETURN collect(v4) AS l2
}
RETURN collect([0, emp1.id, l2]) AS l1

{
  "l0": [
    "WON",
    "LOST"
  ],
  "p": {
    "now": 1780315200000000,
    "v0": "emp_1",
    "v1": 10000000,
    "v10": 253402300799999999,
    "v11": 50,
    "v12": 12,
    "v2": "EUR",
    "v3": 51,
    "v4": 51,
    "v5": 253402300799999999,
    "v6": 20,
    "v7": 200,
    "v8": 50,
    "v9": 50
  }
}
MATCH (dea1:Deal)
  WHERE dea1.stage = $p.v0
    AND dea1.id IS NOT NULL
WITH dea1, dea1.closedAt AS k1, dea1.id AS k2
  ORDER BY k1 IS NULL, k1 DESC, k2
  LIMIT $p.v1
RETURN collect([0, k2, dea1.stage, [dea1.versions_of, dea1.versions_at, dea1.versions_as], dea1.closedAt]) AS l1

{
  "p": {
    "v0": "WON",
    "v1": 1000
  }
}
