MATCH (dea1:Deal {id: $p.v0})
CALL (dea1) {
  CALL (dea1) {
    MATCH (dea1)<-[r2:ABOUT|`ON`]-(n1)
    RETURN n1, {at: n1[$p.v1[type(r2)]], kind: $p.v2[type(r2)], key: $p.v2[type(r2)]} AS r1
    UNION ALL
    CALL (dea1) {
      MATCH (dea1)-[r4:`WITH`]->(acc1)
      RETURN acc1 AS x1
      UNION
      MATCH (dea1)-[r5:`FOR`]->(pro1)
      RETURN pro1 AS x1
    }
    MATCH (x1)<-[r3:AFFECTS]-(n1)
    RETURN n1, {at: n1.at, kind: $p.v3, key: $p.v3} AS r1
  }
  WITH DISTINCT n1, r1
    WHERE r1.at IS NOT NULL
  RETURN collect([n1, r1]) AS s1
}
CALL (s1) {
  UNWIND s1 AS e1
  WITH e1[0] AS n2, e1[1] AS r6
  WITH n2, r6, r6.at AS k1, CASE WHEN n2:Interaction THEN n2.sequence END AS k2, n2.id AS k3, r6.key AS k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
    LIMIT $p.v4
  CALL (n2) {
    MATCH (n2:Interaction)-[r7:PARTICIPANT]->(cus1:Customer)
    WITH cus1, cus1.id AS k5
      ORDER BY k5
      LIMIT $p.v5
    RETURN collect([0, k5]) AS l3
  }
  CALL (n2) {
    MATCH (n2:HiddenEvent)-[r8:AFFECTS]->(loc1:Location)
    WITH loc1, loc1.id AS k6
      ORDER BY k6
      LIMIT $p.v6
    CALL (loc1) {
      MATCH (loc1)<-[r9:LOCATED_AT]-(cus2:Customer)
      WITH cus2, cus2.id AS k7
        ORDER BY k7
        LIMIT $p.v7
      RETURN collect([0, k7]) AS l5
    }
    WITH [0, k6, l5] AS v1, k6
      ORDER BY k6
    RETURN collect(v1) AS l4
  }
  CALL (n2) {
    MATCH (n2:HiddenEvent)-[r10:AFFECTS]->(sub1:SubscriptionContract)
    WITH sub1, sub1.id AS k8
      ORDER BY k8
      LIMIT $p.v8
    CALL (sub1) {
      MATCH (sub1)-[r11:HELD_BY]->(cus3:Customer)
      RETURN collect([0, cus3.id])[..1] AS l7
    }
    WITH [0, k8, l7] AS v2, k8
      ORDER BY k8
    RETURN collect(v2) AS l6
  }
  CALL (n2) {
    MATCH (n2:HiddenEvent)-[r12:AFFECTS]->(cus4:Customer)
    WITH cus4, cus4.id AS k9
      ORDER BY k9
      LIMIT $p.v9
    RETURN collect([0, k9]) AS l8
  }
  CALL (n2) {
    MATCH (n2:Claim)-[r13:ABOUT]->(cus5)
    RETURN collect([0, cus5.id])[..1] AS l9
  }
  WITH CASE WHEN n2:Interaction THEN [0, k3, n2.channel, r6.at, r6.kind, l3] WHEN n2:HiddenEvent THEN [1, k3, r6.at, r6.kind, l4, l6, l8] ELSE [2, k3, n2.role, n2.erasedAt, r6.at, r6.kind, l9] END AS v3, k1, k2, k3, k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
  RETURN collect(v3) AS l2
}
RETURN collect([0, dea1.id, l2, [[size(s1)]]]) AS l1

{
  "p": {
    "v0": "dea_1",
    "v1": {
      "ABOUT": "at",
      "ON": "recordedAt"
    },
    "v2": {
      "ABOUT": "INTERACTION",
      "ON": "CLAIM"
    },
    "v3": "HIDDEN_EVENT",
    "v4": 20,
    "v5": 200,
    "v6": 200,
    "v7": 200,
    "v8": 200,
    "v9": 200
  }
}
