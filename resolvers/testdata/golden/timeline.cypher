MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  CALL (cus1) {
    MATCH (cus1)<-[r2:PARTICIPANT|PLACED_BY|TARGETED|AFFECTS]-(n1)
    RETURN n1, {at: coalesce(n1[$p.v1[type(r2)]], r2[$p.v2[type(r2)]]), kind: $p.v3[type(r2)], key: $p.v3[type(r2)]} AS r1
    UNION ALL
    CALL (cus1) {
      MATCH (cus1)-[r4:LOCATED_AT]->(loc1)
      RETURN loc1 AS x1
      UNION
      MATCH (cus1)<-[r5:HELD_BY]-(sub1)
      RETURN sub1 AS x1
      UNION
      MATCH (cus1)<-[r6:HELD_BY]-(sub2)
      MATCH (sub2)-[r7:`OF`]->(pro1)
      RETURN pro1 AS x1
    }
    MATCH (x1)<-[r3:AFFECTS]-(n1)
    RETURN n1, {at: n1.at, kind: $p.v4, key: $p.v4} AS r1
  }
  WITH DISTINCT n1, r1
    WHERE r1.at IS NOT NULL
      AND r1.at >= $p.v5
  WITH n1, r1, r1.at AS k1, CASE WHEN n1:Interaction THEN n1.sequence END AS k2, n1.id AS k3, r1.key AS k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
    LIMIT $p.v6
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r8:AFFECTS]->(loc2:Location)
    WITH loc2, loc2.id AS k5
      ORDER BY k5
      LIMIT $p.v7
    CALL (loc2) {
      MATCH (loc2)<-[r9:LOCATED_AT]-(cus2:Customer)
      WITH cus2, cus2.id AS k6
        ORDER BY k6
        LIMIT $p.v8
      RETURN collect([0, k6]) AS l4
    }
    WITH [0, k5, l4] AS v1, k5
      ORDER BY k5
    RETURN collect(v1) AS l3
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r10:AFFECTS]->(sub3:SubscriptionContract)
    WITH sub3, sub3.id AS k7
      ORDER BY k7
      LIMIT $p.v9
    CALL (sub3) {
      MATCH (sub3)-[r11:HELD_BY]->(cus3:Customer)
      RETURN collect([0, cus3.id])[..1] AS l6
    }
    WITH [0, k7, l6] AS v2, k7
      ORDER BY k7
    RETURN collect(v2) AS l5
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r12:AFFECTS]->(cus4:Customer)
    WITH cus4, cus4.id AS k8
      ORDER BY k8
      LIMIT $p.v10
    RETURN collect([0, k8]) AS l7
  }
  WITH CASE WHEN n1:Interaction THEN [0, k3, n1.subject, n1.erasedAt, r1.at, r1.kind, k1, k2, k3, k4] WHEN n1:`Order` THEN [1, k3, n1.number, r1.at, r1.kind, k1, k2, k3, k4] WHEN n1:Campaign THEN [2, k3, n1.name, r1.at, r1.kind, k1, k2, k3, k4] ELSE [3, k3, n1.description, n1.erasedAt, r1.at, r1.kind, k1, k2, k3, k4, l3, l5, l7] END AS v3, k1, k2, k3, k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
  RETURN collect(v3) AS l2
}
RETURN collect([0, cus1.id, cus1.restrictedAt, cus1.party, cus1.objectedAt_COMPLIANCE, cus1.consentUntil_COMPLIANCE, cus1.withdrawnAt_COMPLIANCE, l2]) AS l1

{
  "p": {
    "v0": "cus_1",
    "v1": {
      "AFFECTS": "at",
      "PARTICIPANT": "at",
      "PLACED_BY": "placedAt"
    },
    "v10": 200,
    "v2": {
      "TARGETED": "at"
    },
    "v3": {
      "AFFECTS": "HIDDEN_EVENT",
      "PARTICIPANT": "INTERACTION",
      "PLACED_BY": "ORDER",
      "TARGETED": "CAMPAIGN"
    },
    "v4": "HIDDEN_EVENT",
    "v5": 1767225600000000,
    "v6": 6,
    "v7": 200,
    "v8": 200,
    "v9": 200
  }
}
