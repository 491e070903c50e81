MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)
    WHERE cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
  CALL (cus1) {
    MATCH (cus1)<-[r2:PARTICIPANT|PLACED_BY|RETURNED_BY|`OF`|HELD_BY|`BY`|TARGETED|RESPONDED|AFFECTS]-(n1)
    RETURN n1, {at: coalesce(n1[$p.v1[type(r2)]], r2[$p.v2[type(r2)]]), kind: $p.v3[type(r2)], key: $p.v3[type(r2)]} AS r1
    UNION ALL
    MATCH (cus1)<-[r4:ABOUT]-(cla1)
    MATCH (cla1)-[r3:`ON`]->(n1:Deal)
    RETURN n1, {at: n1.openedAt, kind: $p.v4, key: $p.v4} AS r1
    UNION ALL
    CALL (cus1) {
      MATCH (cus1)-[r6:LOCATED_AT]->(loc1)
      RETURN loc1 AS x1
      UNION
      MATCH (cus1)<-[r7:HELD_BY]-(sub1)
      RETURN sub1 AS x1
      UNION
      MATCH (cus1)<-[r8:HELD_BY]-(sub2)
      MATCH (sub2)-[r9:`OF`]->(pro1)
      RETURN pro1 AS x1
    }
    MATCH (x1)<-[r5:AFFECTS]-(n1)
    WITH DISTINCT n1, {at: n1.at, kind: $p.v5, key: $p.v5} AS r1
      WHERE (EXISTS { MATCH (n1)-[r10:AFFECTS]->(loc2:Location) WHERE EXISTS { MATCH (loc2)<-[r11:LOCATED_AT]-(cus2:Customer) WHERE cus2.objectedAt_SALES IS NULL AND cus2.restrictedAt IS NULL } } OR EXISTS { MATCH (n1)-[r12:AFFECTS]->(sub3:SubscriptionContract) WHERE EXISTS { MATCH (sub3)-[r13:HELD_BY]->(cus3:Customer) WHERE cus3.objectedAt_SALES IS NULL AND cus3.restrictedAt IS NULL } } OR EXISTS { MATCH (n1)-[r14:AFFECTS]->(cus4:Customer) WHERE cus4.objectedAt_SALES IS NULL AND cus4.restrictedAt IS NULL } OR NOT EXISTS { MATCH (n1)-[r15:AFFECTS]->(loc3:Location) WHERE NOT NOT EXISTS { (loc3)<-[r16:LOCATED_AT]-(cus5:Customer) } } AND NOT EXISTS { MATCH (n1)-[r17:AFFECTS]->(sub4:SubscriptionContract) WHERE NOT NOT EXISTS { (sub4)-[r18:HELD_BY]->(cus6:Customer) } } AND NOT EXISTS { (n1)-[r19:AFFECTS]->(cus7:Customer) })
    RETURN n1, r1
  }
  WITH DISTINCT n1, r1
    WHERE r1.at IS NOT NULL
  WITH n1, r1, r1.at AS k1, CASE WHEN n1:Interaction THEN n1.sequence END AS k2, n1.id AS k3, r1.key AS k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
    LIMIT $p.v6
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r20:AFFECTS]->(loc4:Location)
      WHERE (EXISTS { MATCH (loc4)<-[r21:LOCATED_AT]-(cus8:Customer) WHERE cus8.objectedAt_SALES IS NULL AND cus8.restrictedAt IS NULL } OR NOT EXISTS { (loc4)<-[r22:LOCATED_AT]-(cus9:Customer) })
    WITH loc4, loc4.id AS k5
      ORDER BY k5
      LIMIT $p.v7
    CALL (loc4) {
      MATCH (loc4)<-[r23:LOCATED_AT]-(cus10:Customer)
        WHERE cus10.objectedAt_SALES IS NULL
          AND cus10.restrictedAt IS NULL
      WITH cus10, cus10.id AS k6
        ORDER BY k6
        LIMIT $p.v8
      RETURN collect([0, k6]) AS l4
    }
    WITH [0, k5, l4] AS v1, k5
      ORDER BY k5
    RETURN collect(v1) AS l3
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r24:AFFECTS]->(sub5:SubscriptionContract)
      WHERE NOT EXISTS { MATCH (sub5)-[r25:HELD_BY]->(cus11:Customer) WHERE NOT (cus11.objectedAt_SALES IS NULL AND cus11.restrictedAt IS NULL) }
    WITH sub5, sub5.id AS k7
      ORDER BY k7
      LIMIT $p.v9
    CALL (sub5) {
      MATCH (sub5)-[r26:HELD_BY]->(cus12:Customer)
        WHERE cus12.objectedAt_SALES IS NULL
          AND cus12.restrictedAt IS NULL
      RETURN collect([0, cus12.id])[..1] AS l6
    }
    WITH [0, k7, l6] AS v2, k7
      ORDER BY k7
    RETURN collect(v2) AS l5
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r27:AFFECTS]->(cus13:Customer)
      WHERE cus13.objectedAt_SALES IS NULL
        AND cus13.restrictedAt IS NULL
    WITH cus13, cus13.id AS k8
      ORDER BY k8
      LIMIT $p.v10
    RETURN collect([0, k8]) AS l7
  }
  WITH CASE WHEN n1:Interaction THEN [0, k3, NOT EXISTS { MATCH (n1)-[r28:PARTICIPANT]->(cus14:Customer) WHERE NOT (cus14.objectedAt_SALES IS NULL AND cus14.restrictedAt IS NULL) }, n1.channel, n1.subject, n1.erasedAt, r1.at, r1.kind] WHEN n1:`Order` THEN [1, k3, n1.number, r1.at, r1.kind] WHEN n1:`Return` THEN [2, k3, r1.at, r1.kind] WHEN n1:`Case` THEN [3, k3, n1.severity, r1.at, r1.kind] WHEN n1:Deal THEN [4, k3, n1.name, r1.at, r1.kind] WHEN n1:SubscriptionContract THEN [5, k3, r1.at, r1.kind] WHEN n1:Feedback THEN [6, k3, r1.at, r1.kind] WHEN n1:Campaign THEN [7, k3, r1.at, r1.kind] ELSE [8, k3, r1.at, r1.kind, l3, l5, l7] END AS v3, k1, k2, k3, k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
  RETURN collect(v3) AS l2
}
RETURN collect([0, cus1.id, cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL, cus1.name, cus1.restrictedAt, cus1.party, cus1.objectedAt_SALES, cus1.consentUntil_SALES, cus1.withdrawnAt_SALES, cus1.erasedAt, l2]) AS l1

{
  "p": {
    "v0": "cus_1",
    "v1": {
      "AFFECTS": "at",
      "BY": "at",
      "HELD_BY": "from",
      "OF": "openedAt",
      "PARTICIPANT": "at",
      "PLACED_BY": "placedAt",
      "RETURNED_BY": "requestedAt"
    },
    "v10": 200,
    "v2": {
      "RESPONDED": "at",
      "TARGETED": "at"
    },
    "v3": {
      "AFFECTS": "HIDDEN_EVENT",
      "BY": "FEEDBACK",
      "HELD_BY": "SUBSCRIPTION_CONTRACT",
      "OF": "CASE",
      "PARTICIPANT": "INTERACTION",
      "PLACED_BY": "ORDER",
      "RESPONDED": "CAMPAIGN_RESPONSE",
      "RETURNED_BY": "RETURN",
      "TARGETED": "CAMPAIGN"
    },
    "v4": "DEAL",
    "v5": "HIDDEN_EVENT",
    "v6": 50,
    "v7": 200,
    "v8": 200,
    "v9": 200
  }
}
