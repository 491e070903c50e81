MATCH (cus1:Customer {id: $p0})
CALL (cus1) {
  CALL (cus1) {
    MATCH (cus1)<-[r2:PARTICIPANT]-(int1)
      WHERE int1.at IS NOT NULL
    WITH DISTINCT int1 AS n1, {at: int1.at, kind: $p1, key: $p1} AS r1
      WHERE r1.at >= $p2
    WITH n1, r1
      ORDER BY r1.at DESC, n1.id, r1.key
      LIMIT $p3
    RETURN n1, r1
    UNION ALL
    MATCH (cus1)<-[r3:PLACED_BY]-(ord1)
      WHERE ord1.placedAt IS NOT NULL
    WITH DISTINCT ord1 AS n1, {at: ord1.placedAt, kind: $p4, key: $p4} AS r1
      WHERE r1.at >= $p2
    WITH n1, r1
      ORDER BY r1.at DESC, n1.id, r1.key
      LIMIT $p3
    RETURN n1, r1
    UNION ALL
    MATCH (cus1)<-[r4:TARGETED]-(cam1)
      WHERE r4.at IS NOT NULL
    WITH DISTINCT cam1 AS n1, {at: r4.at, kind: $p5, key: $p5} AS r1
      WHERE r1.at >= $p2
    WITH n1, r1
      ORDER BY r1.at DESC, n1.id, r1.key
      LIMIT $p3
    RETURN n1, r1
    UNION ALL
    MATCH (cus1)<-[r5:AFFECTS]-(hid1)
      WHERE hid1.at IS NOT NULL
    WITH DISTINCT hid1 AS n1, {at: hid1.at, kind: $p6, key: $p6} AS r1
      WHERE r1.at >= $p2
    WITH n1, r1
      ORDER BY r1.at DESC, n1.id, r1.key
      LIMIT $p3
    RETURN n1, r1
    UNION ALL
    MATCH (cus1)-[r6:LOCATED_AT]->(loc1)
    MATCH (loc1)<-[r7:AFFECTS]-(hid2)
      WHERE hid2.at IS NOT NULL
    WITH DISTINCT hid2 AS n1, {at: hid2.at, kind: $p7, key: $p7} AS r1
      WHERE r1.at >= $p2
    WITH n1, r1
      ORDER BY r1.at DESC, n1.id, r1.key
      LIMIT $p3
    RETURN n1, r1
    UNION ALL
    MATCH (cus1)<-[r8:HELD_BY]-(sub1)
    MATCH (sub1)<-[r9:AFFECTS]-(hid3)
      WHERE hid3.at IS NOT NULL
    WITH DISTINCT hid3 AS n1, {at: hid3.at, kind: $p8, key: $p8} AS r1
      WHERE r1.at >= $p2
    WITH n1, r1
      ORDER BY r1.at DESC, n1.id, r1.key
      LIMIT $p3
    RETURN n1, r1
    UNION ALL
    MATCH (cus1)<-[r10:HELD_BY]-(sub2)
    MATCH (sub2)-[r11:`OF`]->(pro1)
    MATCH (pro1)<-[r12:AFFECTS]-(hid4)
      WHERE hid4.at IS NOT NULL
    WITH DISTINCT hid4 AS n1, {at: hid4.at, kind: $p9, key: $p9} AS r1
      WHERE r1.at >= $p2
    WITH n1, r1
      ORDER BY r1.at DESC, n1.id, r1.key
      LIMIT $p3
    RETURN n1, r1
  }
  WITH DISTINCT n1, r1
  WITH n1, r1, r1.at AS k1, n1.id AS k2, r1.key AS k3
    ORDER BY k1 DESC, k2, k3
    LIMIT $p3
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r13:AFFECTS]->(loc2:Location)
    WITH loc2, loc2.id AS k4
      ORDER BY k4
      LIMIT $p10
    CALL (loc2) {
      MATCH (loc2)<-[r14:LOCATED_AT]-(cus2:Customer)
      WITH cus2, cus2.id AS k5
        ORDER BY k5
        LIMIT $p11
      RETURN collect([0, k5]) AS l4
    }
    WITH [0, k4, l4] AS v1, k4
      ORDER BY k4
    RETURN collect(v1) AS l3
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r15:AFFECTS]->(sub3:Subscription)
    WITH sub3, sub3.id AS k6
      ORDER BY k6
      LIMIT $p12
    CALL (sub3) {
      MATCH (sub3)-[r16:HELD_BY]->(cus3:Customer)
      WITH cus3 LIMIT 1
      RETURN collect([0, cus3.id]) AS l6
    }
    WITH [0, k6, l6] AS v2, k6
      ORDER BY k6
    RETURN collect(v2) AS l5
  }
  CALL (n1) {
    MATCH (n1:HiddenEvent)-[r17:AFFECTS]->(cus4:Customer)
    WITH cus4, cus4.id AS k7
      ORDER BY k7
      LIMIT $p13
    RETURN collect([0, k7]) AS l7
  }
  WITH CASE WHEN n1:Interaction THEN [0, k2, n1.subject, n1.erasedAt, r1.at, r1.kind, k1, k2, k3] WHEN n1:`Order` THEN [1, k2, n1.number, r1.at, r1.kind, k1, k2, k3] WHEN n1:Campaign THEN [2, k2, n1.name, r1.at, r1.kind, k1, k2, k3] ELSE [3, k2, n1.description, n1.erasedAt, r1.at, r1.kind, k1, k2, k3, l3, l5, l7] END AS v3, k1, k2, k3
    ORDER BY k1 DESC, k2, k3
  RETURN collect(v3) AS l2
}
RETURN collect([0, cus1.id, cus1.restrictedAt, cus1.party, cus1.objectedAt_COMPLIANCE, cus1.consentUntil_COMPLIANCE, cus1.withdrawnAt_COMPLIANCE, l2]) AS l1

{
  "p0": "cus_1",
  "p1": "INTERACTION",
  "p10": 200,
  "p11": 200,
  "p12": 200,
  "p13": 200,
  "p2": 1767225600000000,
  "p3": 6,
  "p4": "ORDER",
  "p5": "CAMPAIGN",
  "p6": "HIDDEN_EVENT",
  "p7": "HIDDEN_EVENT",
  "p8": "HIDDEN_EVENT",
  "p9": "HIDDEN_EVENT"
}
