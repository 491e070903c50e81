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
    WITH cus1, r4, cus1.name_folded AS k3, cus1.name AS k4, cus1.id AS k5, r4.key AS k6
    WITH cus1, r4, k3, CASE WHEN k3 IS NOT NULL THEN k4 END AS k7, k5, k6
      ORDER BY k3, k7, k5, k6
      LIMIT $p.v2
    CALL (cus1) {
      MATCH (cus1) ((x1)-[r5:REPORTS_TO]->(y1) WHERE coalesce(r5.from <= $p.now AND $p.now < r5.to, true) AND y1.objectedAt_SALES IS NULL AND y1.restrictedAt IS NULL AND (COUNT { (x1)-[:REPORTS_TO]->() } = 1 OR NOT EXISTS { MATCH (x1)-[r6:REPORTS_TO]->(y2) WHERE coalesce(r6.from <= $p.now AND $p.now < r6.to, true) AND y2.objectedAt_SALES IS NULL AND y2.restrictedAt IS NULL AND CASE WHEN coalesce($p.v3[r6.kind] = $p.v4[r5.kind], $p.v3[r6.kind] IS NULL AND $p.v4[r5.kind] IS NULL) THEN [y2.id, r6.key] < [y1.id, r5.key] ELSE coalesce($p.v3[r6.kind] < $p.v4[r5.kind], $p.v4[r5.kind] IS NULL) END })){0,20} (cus2)
      WITH cus2, size(r5) AS n1
        ORDER BY n1
      WITH collect(cus2) AS s1
      RETURN s1, CASE WHEN s1[-1] IN s1[..-1] THEN s1[1..-1] ELSE s1[1..21] END AS s2
    }
    CALL (s2) {
      UNWIND s2 AS cus3
      WITH cus3, cus3.id AS k8
        ORDER BY k8
        LIMIT $p.v5
      RETURN collect([0, k8, cus3.name, cus3.erasedAt]) AS l6
    }
    CALL (cus1) {
      MATCH (cus1)<-[r7:PARTICIPANT]-(int1)
      WITH int1, int1.at AS k9, int1.sequence AS k10, int1.id AS k11
        ORDER BY k9 IS NULL, k9 DESC, k10 IS NULL, k10 DESC, k11
        LIMIT $p.v6
      RETURN collect([0, k11, NOT EXISTS { MATCH (int1)-[r8:PARTICIPANT]->(cus4:Customer) WHERE NOT (cus4.objectedAt_SALES IS NULL AND cus4.restrictedAt IS NULL) }, int1.at, int1.kind, int1.channel, int1.origin, int1.subject, int1.result, int1.erasedAt]) AS l7
    }
    WITH [0, k5, cus1.name, cus1.email, cus1.phone, cus1.erasedAt, r4.title, r4.seniority, r4.approvalLimit, r4.approvalLimit_currency, r4.from, r4.to, l6, l7] AS v1, k3, k7, k5, k6
      ORDER BY k3, k7, k5, k6
    RETURN collect(v1) AS l5
  }
  RETURN collect([0, acc1.id, acc1.name, acc1.domain, acc1.timeZone, l4, l5])[..1] AS l3
}
CALL (dea1) {
  MATCH (dea1)<-[r9:`ON`]-(cla1)
    WHERE NOT EXISTS { MATCH (cla1)-[r10:ABOUT]->(cus5) WHERE NOT (cus5.objectedAt_SALES IS NULL AND cus5.restrictedAt IS NULL) }
  WITH cla1, cla1.role_rank AS k12, cla1.recordedAt AS k13, cla1.id AS k14
    ORDER BY k12, k13 IS NULL, k13 DESC, k14
    LIMIT $p.v7
  CALL (cla1) {
    MATCH (cla1)-[r11:ABOUT]->(cus6)
      WHERE cus6.objectedAt_SALES IS NULL
        AND cus6.restrictedAt IS NULL
    CALL (cus6) {
      MATCH (cus6)-[r12:WORKS_AT]->(acc2)
        WHERE coalesce(r12.from <= $p.now AND $p.now < r12.to, true)
      WITH acc2, r12, acc2.id AS k15, r12.key AS k16
        ORDER BY k15, k16
        LIMIT $p.v8
      RETURN collect([0, k15, acc2.name, r12.title, r12.from, r12.to]) AS l10
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
    WITH int2, int2.id AS k17
      ORDER BY k17
      LIMIT $p.v9
    CALL (int2) {
      MATCH (int2)-[r17:PARTICIPANT]->(cus9:Customer)
        WHERE cus9.objectedAt_SALES IS NULL
          AND cus9.restrictedAt IS NULL
      WITH cus9, cus9.id AS k18
        ORDER BY k18
        LIMIT $p.v10
      RETURN collect([0, k18]) AS l13
    }
    WITH [0, k17, NOT EXISTS { MATCH (int2)-[r18:PARTICIPANT]->(cus10:Customer) WHERE NOT (cus10.objectedAt_SALES IS NULL AND cus10.restrictedAt IS NULL) }, int2.at, int2.kind, int2.subject, int2.erasedAt, l13] AS v2, k17
      ORDER BY k17
    RETURN collect(v2) AS l12
  }
  CALL (cla1) {
    MATCH (cla1)-[r19:DISPUTED_BY]->(cla2)
      WHERE NOT EXISTS { MATCH (cla2)-[r20:ABOUT]->(cus11) WHERE NOT (cus11.objectedAt_SALES IS NULL AND cus11.restrictedAt IS NULL) }
    WITH cla2, cla2.id AS k19
      ORDER BY k19
      LIMIT $p.v11
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
    WITH [0, k19, cla2.role, cla2.erasedAt, l15, l16] AS v3, k19
      ORDER BY k19
    RETURN collect(v3) AS l14
  }
  CALL (cla1) {
    MATCH (cla1)-[r23:ABOUT]->(cus13)
      WHERE cus13.objectedAt_SALES IS NULL
        AND cus13.restrictedAt IS NULL
    RETURN collect([0, cus13.id])[..1] AS l17
  }
  WITH [0, k14, cla1.role, cla1.stance, cla1.confidence, cla1.from, cla1.to, cla1.recordedAt, cla1.erasedAt, l9, l11, l12, l14, l17] AS v4, k12, k13, k14
    ORDER BY k12, k13 IS NULL, k13 DESC, k14
  RETURN collect(v4) AS l8
}
CALL (dea1) {
  MATCH (dea1)<-[r24:ABOUT]-(int3)
    WHERE (EXISTS { MATCH (int3)-[r25:PARTICIPANT]->(cus14:Customer) WHERE cus14.objectedAt_SALES IS NULL AND cus14.restrictedAt IS NULL } OR NOT EXISTS { (int3)-[r26:PARTICIPANT]->(cus15:Customer) })
  WITH int3, int3.at AS k20, int3.sequence AS k21, int3.id AS k22
    ORDER BY k20 IS NULL, k20 DESC, k21 IS NULL, k21 DESC, k22
    LIMIT $p.v12
  CALL (int3) {
    MATCH (int3)-[r27:PARTICIPANT]->(cus16:Customer)
      WHERE cus16.objectedAt_SALES IS NULL
        AND cus16.restrictedAt IS NULL
    WITH cus16, cus16.id AS k23
      ORDER BY k23
      LIMIT $p.v13
    RETURN collect([0, k23]) AS l19
  }
  WITH [0, k22, NOT EXISTS { MATCH (int3)-[r28:PARTICIPANT]->(cus17:Customer) WHERE NOT (cus17.objectedAt_SALES IS NULL AND cus17.restrictedAt IS NULL) }, int3.at, int3.kind, int3.channel, int3.origin, int3.subject, int3.erasedAt, l19] AS v5, k20, k21, k22
    ORDER BY k20 IS NULL, k20 DESC, k21 IS NULL, k21 DESC, k22
  RETURN collect(v5) AS l18
}
RETURN collect([0, dea1.id, dea1.name, dea1.stage, dea1.amount, dea1.amount_currency, dea1.expectedClose, dea1.openedAt, l2, l3, l8, l18]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "demo:dea-champion-2026",
    "v1": 3,
    "v10": 200,
    "v11": 3,
    "v12": 5,
    "v13": 200,
    "v2": 20,
    "v3": {
      "DOTTED": 1,
      "LINE": 0
    },
    "v4": {
      "DOTTED": 1,
      "LINE": 0
    },
    "v5": 3,
    "v6": 3,
    "v7": 30,
    "v8": 2,
    "v9": 3
  }
}
