MATCH (acc1:Account {id: $p.v0})
CALL (acc1) {
  CALL (acc1) {
    MATCH (acc1)<-[r3:WORKS_AT]-(cus1)
      WHERE coalesce(CASE WHEN r3.versions_last_from > $p.now OR r3.versions_last_known > $p.v1 OR r3.recordedAt > $p.v1 THEN CASE WHEN 'from' IN r3.versions_of THEN head([all1 IN [[r3.versions_of, r3.versions_at, r3.versions_as]] | head([i1 IN range(0, size(all1[0]) - 1) WHERE all1[0][i1] = 'from' AND all1[1][4 * i1] <= $p.now AND all1[1][4 * i1 + 1] <= $p.v1 AND $p.v1 < all1[1][4 * i1 + 2] | CASE all1[1][4 * i1 + 3] WHEN 1 THEN toInteger(all1[2][4 * i1 + 0]) END])]) ELSE CASE WHEN coalesce(r3.recordedAt <= $p.v1, true) THEN r3.from END END ELSE r3.from END <= $p.v2 AND $p.v2 < CASE WHEN r3.versions_last_from > $p.now OR r3.versions_last_known > $p.v1 OR r3.recordedAt > $p.v1 THEN CASE WHEN 'to' IN r3.versions_of THEN head([all2 IN [[r3.versions_of, r3.versions_at, r3.versions_as]] | head([i2 IN range(0, size(all2[0]) - 1) WHERE all2[0][i2] = 'to' AND all2[1][4 * i2] <= $p.now AND all2[1][4 * i2 + 1] <= $p.v1 AND $p.v1 < all2[1][4 * i2 + 2] | CASE all2[1][4 * i2 + 3] WHEN 1 THEN toInteger(all2[2][4 * i2 + 0]) END])]) ELSE CASE WHEN coalesce(r3.recordedAt <= $p.v1, true) THEN r3.to END END ELSE r3.to END, true)
        AND coalesce(r3.recordedAt <= $p.v1, true)
    MATCH (cus1)<-[r2:PARTICIPANT]-(n1)
    RETURN n1, {at: CASE WHEN n1.versions_last_from > $p.v3 OR n1.versions_last_known > $p.v1 OR n1.recordedAt > $p.v1 THEN CASE WHEN 'at' IN n1.versions_of THEN head([all3 IN [[n1.versions_of, n1.versions_at, n1.versions_as]] | head([i3 IN range(0, size(all3[0]) - 1) WHERE all3[0][i3] = 'at' AND all3[1][4 * i3] <= $p.v3 AND all3[1][4 * i3 + 1] <= $p.v1 AND $p.v1 < all3[1][4 * i3 + 2] | CASE all3[1][4 * i3 + 3] WHEN 1 THEN toInteger(all3[2][4 * i3 + 0]) END])]) ELSE CASE WHEN coalesce(n1.recordedAt <= $p.v1, true) THEN n1.at END END ELSE n1.at END, kind: $p.v4, key: $p.v4} AS r1
    UNION ALL
    MATCH (acc1)<-[r4:`WITH`|AFFECTS]-(n1)
    RETURN n1, {at: n1[$p.v5[type(r4)]], kind: $p.v6[type(r4)], key: $p.v6[type(r4)]} AS r1
    UNION ALL
    CALL (acc1) {
      MATCH (acc1)-[r6:LOCATED_AT]->(loc1)
      RETURN loc1 AS x1
      UNION
      MATCH (acc1)<-[r7:HELD_BY]-(sub1)
        WHERE NOT coalesce(sub1.recordedAt > $p.v7, false)
      RETURN sub1 AS x1
      UNION
      MATCH (acc1)<-[r8:HELD_BY]-(sub2)
        WHERE NOT coalesce(sub2.recordedAt > $p.v8, false)
      MATCH (sub2)-[r9:`OF`]->(pro1)
      RETURN pro1 AS x1
    }
    MATCH (x1)<-[r5:AFFECTS]-(n1)
    RETURN n1, {at: n1.at, kind: $p.v9, key: $p.v9} AS r1
  }
  WITH DISTINCT n1, r1
    WHERE r1.at IS NOT NULL
      AND r1.at <= $p.v10
      AND CASE WHEN NOT n1:Interaction THEN true WHEN n1:Interaction AND NOT coalesce(n1.recordedAt > $p.v11, false) THEN true ELSE false END
      AND CASE WHEN NOT n1:Deal THEN true WHEN n1:Deal AND NOT coalesce(n1.recordedAt > $p.v12, false) THEN true ELSE false END
  WITH n1, r1, r1.at AS k1, CASE WHEN n1:Interaction THEN n1.sequence END AS k2, n1.id AS k3, r1.key AS k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
    LIMIT $p.v13
  CALL (n1) {
    MATCH (n1:Interaction)-[r10:PARTICIPANT]->(cus2:Customer)
    WITH cus2, cus2.id AS k5
      ORDER BY k5
      LIMIT $p.v14
    RETURN collect([0, k5]) AS l3
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r11:AFFECTS]->(loc2:Location)
    WITH loc2, loc2.id AS k6
      ORDER BY k6
      LIMIT $p.v15
    CALL (loc2) {
      MATCH (loc2)<-[r12:LOCATED_AT]-(cus3:Customer)
      WITH cus3, cus3.id AS k7
        ORDER BY k7
        LIMIT $p.v16
      RETURN collect([0, k7]) AS l5
    }
    WITH [0, k6, l5] AS v1, k6
      ORDER BY k6
    RETURN collect(v1) AS l4
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r13:AFFECTS]->(sub3:SubscriptionContract)
    WITH sub3, sub3.id AS k8
      ORDER BY k8
      LIMIT $p.v17
    CALL (sub3) {
      MATCH (sub3)-[r14:HELD_BY]->(cus4:Customer)
      RETURN collect([0, cus4.id])[..1] AS l7
    }
    WITH [0, k8, l7] AS v2, k8
      ORDER BY k8
    RETURN collect(v2) AS l6
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r15:AFFECTS]->(cus5:Customer)
    WITH cus5, cus5.id AS k9
      ORDER BY k9
      LIMIT $p.v18
    RETURN collect([0, k9]) AS l8
  }
  WITH CASE WHEN n1:Interaction THEN [0, k3, r1.at, r1.kind, l3] WHEN n1:Deal THEN [1, k3, n1.name, r1.at, r1.kind] ELSE [2, k3, r1.at, r1.kind, l4, l6, l8] END AS v3, k1, k2, k3, k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
  RETURN collect(v3) AS l2
}
RETURN collect([0, acc1.id, l2]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "acc_1",
    "v1": 1780272000000000,
    "v10": 1777593600000000,
    "v11": 1780272000000000,
    "v12": 1780272000000000,
    "v13": 5,
    "v14": 200,
    "v15": 200,
    "v16": 200,
    "v17": 200,
    "v18": 200,
    "v2": 1777593600000000,
    "v3": 1777593600000000,
    "v4": "INTERACTION",
    "v5": {
      "AFFECTS": "at",
      "WITH": "openedAt"
    },
    "v6": {
      "AFFECTS": "HIDDEN_EVENT",
      "WITH": "DEAL"
    },
    "v7": 1780272000000000,
    "v8": 1780272000000000,
    "v9": "HIDDEN_EVENT"
  }
}
