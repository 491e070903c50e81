CALL () {
  MATCH (int1:Interaction)
    USING INDEX int1:Interaction(at, id)
    WHERE EXISTS { MATCH (int1)-[r1:PARTICIPANT]->(n1) WHERE n1:Employee AND n1.team = $p.v0 }
      AND int1.id IS NOT NULL
      AND int1.at IS NOT NULL
  WITH int1, int1.at AS k1, int1.sequence AS k2, int1.id AS k3
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3
    LIMIT $p.v1
  RETURN collect(int1) AS s1
}
CALL (s1) {
  UNWIND CASE WHEN size(s1) < $p.v1 THEN [true] ELSE [] END AS more1
  MATCH (int2:Interaction)
    WHERE EXISTS { MATCH (int2)-[r2:PARTICIPANT]->(n2) WHERE n2:Employee AND n2.team = $p.v0 }
      AND int2.id IS NOT NULL
      AND int2.at IS NULL
  WITH int2, null AS k4, int2.sequence AS k5, int2.id AS k6
    ORDER BY k5 IS NULL, k5 DESC, k6
    LIMIT $p.v1
  RETURN collect(int2) AS s2
}
UNWIND s1 + s2 AS int3
WITH int3, int3.at AS k7, int3.sequence AS k8, int3.id AS k9
  ORDER BY k7 IS NULL, k7 DESC, k8 IS NULL, k8 DESC, k9
  LIMIT $p.v1
CALL (int3) {
  MATCH (int3)-[r3:PARTICIPANT]->(n3)
    WHERE n3:Customer
  WITH n3, r3, $p.v2[r3.role] AS k10, n3.id AS k11, r3.key AS k12
    ORDER BY k10, k11, k12
    LIMIT $p.v3
  RETURN collect(CASE WHEN n3:Customer THEN [0, k11, n3.name, n3.erasedAt, r3.role] ELSE [1, k11, n3.team, r3.role] END) AS l2
}
CALL (int3) {
  MATCH (int3)-[r4:ABOUT]->(n4)
  WITH n4, n4.id AS k13
    ORDER BY k13
    LIMIT $p.v4
  CALL (n4) {
    MATCH (n4:`Order`)-[r5:PLACED_BY]->(cus1:Customer)
    RETURN collect([0, cus1.id])[..1] AS l4
  }
  CALL (n4) {
    MATCH (n4:`Return`)-[r6:RETURNED_BY]->(cus2:Customer)
    RETURN collect([0, cus2.id])[..1] AS l5
  }
  CALL (n4) {
    MATCH (n4:SubscriptionContract)-[r7:HELD_BY]->(cus3:Customer)
    RETURN collect([0, cus3.id])[..1] AS l6
  }
  CALL (n4) {
    MATCH (n4:`Case`)-[r8:`OF`]->(n5)
    RETURN collect(CASE WHEN n5:Customer THEN [0, n5.id] ELSE [1, n5.id, n5.name] END)[..1] AS l7
  }
  CALL (n4) {
    MATCH (n4:Feedback)-[r9:`BY`]->(cus4)
    RETURN collect([0, cus4.id])[..1] AS l8
  }
  WITH CASE WHEN n4:Product THEN [0, k13, n4.name] WHEN n4:`Order` THEN [1, k13, l4] WHEN n4:`Return` THEN [2, k13, l5] WHEN n4:SubscriptionContract THEN [3, k13, l6] WHEN n4:Deal THEN [4, k13] WHEN n4:`Case` THEN [5, k13, n4.number, l7] WHEN n4:Feedback THEN [6, k13, l8] WHEN n4:Campaign THEN [7, k13] ELSE [8, k13] END AS v1, k13
    ORDER BY k13
  RETURN collect(v1) AS l3
}
CALL (int3) {
  MATCH (int3)-[r10:PARTICIPANT]->(cus5:Customer)
  WITH cus5, cus5.id AS k14
    ORDER BY k14
    LIMIT $p.v5
  RETURN collect([0, k14]) AS l9
}
WITH [0, k9, l2, l3, l9] AS v2, k7, k8, k9
  ORDER BY k7 IS NULL, k7 DESC, k8 IS NULL, k8 DESC, k9
RETURN collect(v2) AS l1

{
  "p": {
    "v0": "Support",
    "v1": 2,
    "v2": {
      "ATTENDEE": 3,
      "CC": 2,
      "FROM": 0,
      "SUBJECT": 4,
      "TO": 1
    },
    "v3": 20,
    "v4": 20,
    "v5": 200
  }
}
