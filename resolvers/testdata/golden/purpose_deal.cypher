MATCH (dea1:Deal {key: $p.v0})
CALL (dea1) {
  MATCH (dea1)-[r1:WORKED_BY]->(emp1)
    WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
  WITH emp1, r1, emp1.id AS k1, r1.key AS k2
    ORDER BY k1, k2
    LIMIT $p.v1
  RETURN collect([0, k1, emp1.name, r1.role]) AS l2
}
CALL (dea1) {
  MATCH (dea1)-[r2:`WITH`]->(acc1)
  CALL (acc1) {
    MATCH (acc1)-[r3:DESCRIBED_BY]->(fir1)
      WHERE coalesce(r3.from <= $p.now AND $p.now < r3.to, true)
    RETURN collect([0, fir1.id, fir1.industry, fir1.employeeCount, fir1.revenue, fir1.revenue_currency])[..1] AS l4
  }
  CALL (acc1) {
    MATCH (acc1)<-[r4:WORKS_AT]-(cus1)
      WHERE coalesce(r4.from <= $p.now AND $p.now < r4.to, true)
        AND cus1.objectedAt_SALES IS NULL
        AND cus1.restrictedAt IS NULL
    WITH cus1, r4, cus1.name AS k3, cus1.id AS k4, r4.key AS k5
      ORDER BY k3, k4, k5
      LIMIT $p.v2
    CALL (cus1) {
      MATCH (cus1) ((x1)-[r5:REPORTS_TO]->(y1) WHERE coalesce(r5.from <= $p.now AND $p.now < r5.to, true) AND y1.objectedAt_SALES IS NULL AND y1.restrictedAt IS NULL AND (COUNT { (x1)-[:REPORTS_TO]->() } = 1 OR NOT EXISTS { MATCH (x1)-[r6:REPORTS_TO]->(y2) WHERE coalesce(r6.from <= $p.now AND $p.now < r6.to, true) AND y2.objectedAt_SALES IS NULL AND y2.restrictedAt IS NULL AND CASE WHEN coalesce(r6.kind = r5.kind, r6.kind IS NULL AND r5.kind IS NULL) THEN [y2.id, r6.key] < [y1.id, r5.key] ELSE coalesce(r6.kind > r5.kind, r5.kind IS NULL) END })){0,20} (cus2)
      WITH cus2, size(r5) AS n1
        ORDER BY n1
      WITH collect(cus2) AS s1
      RETURN s1, CASE WHEN s1[-1] IN s1[..-1] THEN s1[1..-1] ELSE s1[1..21] END AS s2
    }
    CALL (s2) {
      UNWIND s2 AS cus3
      WITH cus3, cus3.id AS k6
        ORDER BY k6
        LIMIT $p.v3
      RETURN collect([0, k6, cus3.name, cus3.erasedAt]) AS l6
    }
    CALL (cus1) {
      MATCH (cus1)<-[r7:PARTICIPANT]-(int1)
      WITH int1, int1.at AS k7, int1.id AS k8
        ORDER BY k7 IS NULL, k7 DESC, k8
        LIMIT $p.v4
      RETURN collect([0, k8, NOT EXISTS { MATCH (int1)-[r8:PARTICIPANT]->(cus4:Customer) WHERE NOT (cus4.objectedAt_SALES IS NULL AND cus4.restrictedAt IS NULL) }, int1.at, int1.kind, int1.channel, int1.origin, int1.subject, int1.result, int1.erasedAt]) AS l7
    }
    WITH [0, k4, cus1.name, cus1.email, cus1.phone, cus1.erasedAt, r4.title, r4.seniority, r4.approvalLimit, r4.approvalLimit_currency, r4.from, r4.to, l6, l7] AS v1, k3, k4, k5
      ORDER BY k3, k4, k5
    RETURN collect(v1) AS l5
  }
  RETURN collect([0, acc1.id, acc1.name, acc1.domain, acc1.timeZone, l4, l5])[..1] AS l3
}
CALL (dea1) {
  MATCH (dea1)<-[r9:`ON`]-(cla1)
    WHERE NOT EXISTS { MATCH (cla1)-[r10:ABOUT]->(cus5) WHERE NOT (cus5.objectedAt_SALES IS NULL AND cus5.restrictedAt IS NULL) }
  WITH cla1, cla1.role AS k9, cla1.recordedAt AS k10, cla1.id AS k11
    ORDER BY k9, k10 IS NULL, k10 DESC, k11
    LIMIT $p.v5
  CALL (cla1) {
    MATCH (cla1)-[r11:ABOUT]->(cus6)
      WHERE cus6.objectedAt_SALES IS NULL
        AND cus6.restrictedAt IS NULL
    CALL (cus6) {
      MATCH (cus6)-[r12:WORKS_AT]->(acc2)
        WHERE coalesce(r12.from <= $p.now AND $p.now < r12.to, true)
      WITH acc2, r12, acc2.id AS k12, r12.key AS k13
        ORDER BY k12, k13
        LIMIT $p.v6
      RETURN collect([0, k12, acc2.name, r12.title, r12.from, r12.to]) AS l10
    }
    RETURN collect([0, cus6.id, cus6.name, cus6.erasedAt, l10])[..1] AS l9
  }
  CALL (cla1) {
    MATCH (cla1)-[r13:`BY`]->(emp2)
    RETURN collect([0, emp2.id, emp2.name])[..1] AS l11
  }
  CALL (cla1) {
    MATCH (cla1)-[r14:CITES]->(int2)
      WHERE (EXISTS { MATCH (int2)-[r15:PARTICIPANT]->(cus7:Customer) WHERE cus7.objectedAt_SALES IS NULL AND cus7.restrictedAt IS NULL } OR NOT EXISTS { (int2)-[r16:PARTICIPANT]->(cus8:Customer) })
    WITH int2, int2.id AS k14
      ORDER BY k14
      LIMIT $p.v7
    CALL (int2) {
      MATCH (int2)-[r17:PARTICIPANT]->(cus9:Customer)
        WHERE cus9.objectedAt_SALES IS NULL
          AND cus9.restrictedAt IS NULL
      WITH cus9, cus9.id AS k15
        ORDER BY k15
        LIMIT $p.v8
      RETURN collect([0, k15]) AS l13
    }
    WITH [0, k14, NOT EXISTS { MATCH (int2)-[r18:PARTICIPANT]->(cus10:Customer) WHERE NOT (cus10.objectedAt_SALES IS NULL AND cus10.restrictedAt IS NULL) }, int2.at, int2.kind, int2.subject, int2.erasedAt, l13] AS v2, k14
      ORDER BY k14
    RETURN collect(v2) AS l12
  }
  CALL (cla1) {
    MATCH (cla1)-[r19:DISPUTED_BY]->(cla2)
      WHERE NOT EXISTS { MATCH (cla2)-[r20:ABOUT]->(cus11) WHERE NOT (cus11.objectedAt_SALES IS NULL AND cus11.restrictedAt IS NULL) }
    WITH cla2, cla2.id AS k16
      ORDER BY k16
      LIMIT $p.v9
    CALL (cla2) {
      MATCH (cla2)-[r21:`BY`]->(emp3)
      RETURN collect([0, emp3.id, emp3.name])[..1] AS l15
    }
    CALL (cla2) {
      MATCH (cla2)-[r22:ABOUT]->(cus12)
        WHERE cus12.objectedAt_SALES IS NULL
          AND cus12.restrictedAt IS NULL
      RETURN collect([0, cus12.id])[..1] AS l16
    }
    WITH [0, k16, cla2.role, cla2.erasedAt, l15, l16] AS v3, k16
      ORDER BY k16
    RETURN collect(v3) AS l14
  }
  CALL (cla1) {
    MATCH (cla1)-[r23:ABOUT]->(cus13)
      WHERE cus13.objectedAt_SALES IS NULL
        AND cus13.restrictedAt IS NULL
    RETURN collect([0, cus13.id])[..1] AS l17
  }
  WITH [0, k11, cla1.role, cla1.stance, cla1.confidence, cla1.from, cla1.to, cla1.recordedAt, cla1.erasedAt, l9, l11, l12, l14, l17] AS v4, k9, k10, k11
    ORDER BY k9, k10 IS NULL, k10 DESC, k11
  RETURN collect(v4) AS l8
}
CALL (dea1) {
  MATCH (dea1)<-[r24:ABOUT]-(int3)
    WHERE (EXISTS { MATCH (int3)-[r25:PARTICIPANT]->(cus14:Customer) WHERE cus14.objectedAt_SALES IS NULL AND cus14.restrictedAt IS NULL } OR NOT EXISTS { (int3)-[r26:PARTICIPANT]->(cus15:Customer) })
  WITH int3, int3.at AS k17, int3.id AS k18
    ORDER BY k17 IS NULL, k17 DESC, k18
    LIMIT $p.v10
  CALL (int3) {
    MATCH (int3)-[r27:PARTICIPANT]->(cus16:Customer)
      WHERE cus16.objectedAt_SALES IS NULL
        AND cus16.restrictedAt IS NULL
    WITH cus16, cus16.id AS k19
      ORDER BY k19
      LIMIT $p.v11
    RETURN collect([0, k19]) AS l19
  }
  WITH [0, k18, NOT EXISTS { MATCH (int3)-[r28:PARTICIPANT]->(cus17:Customer) WHERE NOT (cus17.objectedAt_SALES IS NULL AND cus17.restrictedAt IS NULL) }, int3.at, int3.kind, int3.channel, int3.origin, int3.subject, int3.erasedAt, l19] AS v5, k17, k18
    ORDER BY k17 IS NULL, k17 DESC, k18
  RETURN collect(v5) AS l18
}
RETURN collect([0, dea1.id, dea1.name, dea1.stage, dea1.amount, dea1.amount_currency, dea1.expectedClose, dea1.openedAt, l2, l3, l8, l18]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "demo:dea-champion-2026",
    "v1": 3,
    "v10": 5,
    "v11": 200,
    "v2": 20,
    "v3": 3,
    "v4": 3,
    "v5": 30,
    "v6": 2,
    "v7": 3,
    "v8": 200,
    "v9": 3
  }
}
