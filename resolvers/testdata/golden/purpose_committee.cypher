CALL () {
  MATCH (dea1:Deal {id: $p.v0})
  CALL (dea1) {
    MATCH (dea1)-[r1:`WITH`]->(acc1)
    RETURN collect([0, acc1.id])[..1] AS l2
  }
  CALL (dea1) {
    MATCH (dea1)<-[r2:`ON`]-(cla1)
      WHERE NOT EXISTS { MATCH (cla1)-[r3:ABOUT]->(cus1) WHERE NOT (cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL) }
    WITH cla1, cla1.recordedAt AS k1, cla1.id AS k2
      ORDER BY k1 IS NULL, k1 DESC, k2
      LIMIT $p.v1
    CALL (cla1) {
      MATCH (cla1)-[r4:CITES]->(int1)
        WHERE (EXISTS { MATCH (int1)-[r5:PARTICIPANT]->(cus2:Customer) WHERE cus2.objectedAt_SALES IS NULL AND cus2.restrictedAt IS NULL } OR NOT EXISTS { (int1)-[r6:PARTICIPANT]->(cus3:Customer) })
          AND int1.at <= $p.v2
          AND NOT coalesce(int1.at > $p.v3, false)
      WITH int1, int1.at AS k3, int1.sequence AS k4, int1.id AS k5
        ORDER BY k3 IS NULL, k3 DESC, k4 IS NULL, k4 DESC, k5
        LIMIT $p.v4
      CALL (int1) {
        MATCH (int1)-[r7:PARTICIPANT]->(cus4:Customer)
          WHERE cus4.objectedAt_SALES IS NULL
            AND cus4.restrictedAt IS NULL
        WITH cus4, cus4.id AS k6
          ORDER BY k6
          LIMIT $p.v5
        RETURN collect([0, k6]) AS l5
      }
      WITH [0, k5, int1.at, l5] AS v1, k3, k4, k5
        ORDER BY k3 IS NULL, k3 DESC, k4 IS NULL, k4 DESC, k5
      RETURN collect(v1) AS l4
    }
    CALL (cla1) {
      MATCH (cla1)-[r8:ABOUT]->(cus5)
        WHERE cus5.objectedAt_SALES IS NULL
          AND cus5.restrictedAt IS NULL
      CALL (cus5) {
        MATCH (cus5)-[r9:WORKS_AT]->(acc2)
        WITH acc2, r9, acc2.id AS k7, r9.key AS k8
          ORDER BY k7, k8
          LIMIT $p.v6
        RETURN collect([0, k7, r9.title, r9.seniority, r9.approvalLimit, r9.approvalLimit_currency, r9.from, r9.to]) AS l7
      }
      CALL (cus5) {
        MATCH (cus5)-[r10:KNOWS]->(n1)
          WHERE CASE WHEN NOT n1:Customer THEN true WHEN n1:Customer AND n1.objectedAt_SALES IS NULL AND n1.restrictedAt IS NULL THEN true ELSE false END
        WITH n1, r10, r10.asOf AS k9, n1.id AS k10, cus5.id + '|' + n1.id AS k11
          ORDER BY k9 IS NULL, k9 DESC, k10, k11
          LIMIT $p.v7
        RETURN collect(CASE WHEN n1:Employee THEN [0, k10, n1.name, r10.sumIn, r10.sumOut, r10.n, r10.lastIn, r10.lastOut, r10.asOf] ELSE [1, k10, r10.sumIn, r10.sumOut, r10.n, r10.lastIn, r10.lastOut, r10.asOf] END) AS l8
      }
      CALL (cus5) {
        MATCH (cus5)<-[r11:PARTICIPANT]-(int2)
          WHERE int2.at <= $p.v8
            AND NOT coalesce(int2.at > $p.v9, false)
        WITH int2, r11, int2.at AS k12, int2.sequence AS k13, int2.id AS k14, r11.key AS k15
          ORDER BY k12 IS NULL, k12 DESC, k13 IS NULL, k13 DESC, k14, k15
          LIMIT $p.v10
        CALL (int2) {
          MATCH (int2)-[r12:PARTICIPANT]->(n2)
            WHERE CASE WHEN NOT n2:Customer THEN true WHEN n2:Customer AND n2.objectedAt_SALES IS NULL AND n2.restrictedAt IS NULL THEN true ELSE false END
              AND n2:Employee
          WITH n2, r12, n2.id AS k16, r12.key AS k17
            ORDER BY k16, k17
            LIMIT $p.v11
          RETURN collect(CASE WHEN n2:Customer THEN [0, k16, r12.role] ELSE [1, k16, n2.name, r12.role] END) AS l10
        }
        WITH [0, k14, int2.at, int2.origin, int2.crowded, r11.role, l10] AS v2, k12, k13, k14, k15
          ORDER BY k12 IS NULL, k12 DESC, k13 IS NULL, k13 DESC, k14, k15
        RETURN collect(v2) AS l9
      }
      RETURN collect([0, cus5.id, cus5.name, cus5.email, cus5.erasedAt, l7, l8, l9])[..1] AS l6
    }
    CALL (cla1) {
      MATCH (cla1)-[r13:`BY`]->(emp1)
      RETURN collect([0, emp1.id, emp1.name])[..1] AS l11
    }
    CALL (cla1) {
      MATCH (cla1)-[r14:ABOUT]->(cus6)
        WHERE cus6.objectedAt_SALES IS NULL
          AND cus6.restrictedAt IS NULL
      RETURN collect([0, cus6.id])[..1] AS l12
    }
    WITH [0, k2, cla1.role, cla1.stance, cla1.confidence, cla1.from, cla1.to, cla1.recordedAt, cla1.retractedAt, cla1.erasedAt, l4, l6, l11, l12] AS v3, k1, k2
      ORDER BY k1 IS NULL, k1 DESC, k2
    RETURN collect(v3) AS l3
  }
  RETURN collect([0, dea1.id, dea1.recordedAt, dea1.stage, [dea1.versions_of, dea1.versions_at, dea1.versions_as], dea1.amount, dea1.amount_currency, [dea1.versions_of, dea1.versions_at, dea1.versions_as], dea1.expectedClose, [dea1.versions_of, dea1.versions_at, dea1.versions_as], l2, l3]) AS l1
}
CALL () {
  OPTIONAL MATCH (w1:KithLock {id: 'write'})
  RETURN coalesce(w1.place, 0) AS l13
}
RETURN l1, l13

{
  "p": {
    "v0": "dea_1",
    "v1": 201,
    "v10": 100,
    "v11": 12,
    "v2": 1782777600000000,
    "v3": 1782777600000000,
    "v4": 20,
    "v5": 200,
    "v6": 50,
    "v7": 100,
    "v8": 1782777600000000,
    "v9": 1782777600000000
  }
}
