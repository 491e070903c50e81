CALL () {
  MATCH (int1:Interaction)
    USING INDEX int1:Interaction(at, id)
    WHERE EXISTS { MATCH (int1)-[r1:PARTICIPANT]->(n1) WHERE n1:Employee AND n1.team = $p.v0 }
      AND int1.id IS NOT NULL
      AND int1.at IS NOT NULL
  WITH int1, int1.at AS k1, int1.id AS k2
    ORDER BY k1 DESC, k2
    LIMIT $p.v1
  RETURN collect(int1) AS s1
}
CALL (s1) {
  UNWIND CASE WHEN size(s1) < $p.v1 THEN [true] ELSE [] END AS more1
  MATCH (int2:Interaction)
    WHERE EXISTS { MATCH (int2)-[r2:PARTICIPANT]->(n2) WHERE n2:Employee AND n2.team = $p.v0 }
      AND int2.id IS NOT NULL
      AND int2.at IS NULL
  WITH int2, null AS k3, int2.id AS k4
    ORDER BY k4
    LIMIT $p.v1
  RETURN collect(int2) AS s2
}
UNWIND s1 + s2 AS int3
WITH int3, int3.at AS k5, int3.id AS k6
  ORDER BY k5 IS NULL, k5 DESC, k6
  LIMIT $p.v1
CALL (int3) {
  MATCH (int3)-[r3:PARTICIPANT]->(n3)
    WHERE n3:Customer
  WITH n3, r3, r3.role AS k7, n3.id AS k8, r3.key AS k9
    ORDER BY k7, k8, k9
    LIMIT $p.v2
  RETURN collect(CASE WHEN n3:Customer THEN [0, k8, n3.name, n3.erasedAt, r3.role] ELSE [1, k8, n3.team, r3.role] END) AS l2
}
CALL (int3) {
  MATCH (int3)-[r4:ABOUT]->(n4)
  WITH n4, n4.id AS k10
    ORDER BY k10
    LIMIT $p.v3
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
  WITH CASE WHEN n4:Product THEN [0, k10, n4.name] WHEN n4:`Order` THEN [1, k10, l4] WHEN n4:`Return` THEN [2, k10, l5] WHEN n4:SubscriptionContract THEN [3, k10, l6] WHEN n4:Deal THEN [4, k10] WHEN n4:`Case` THEN [5, k10, n4.number, l7] WHEN n4:Feedback THEN [6, k10, l8] WHEN n4:Campaign THEN [7, k10] ELSE [8, k10] END AS v1, k10
    ORDER BY k10
  RETURN collect(v1) AS l3
}
CALL (int3) {
  MATCH (int3)-[r10:PARTICIPANT]->(cus5:Customer)
  WITH cus5, cus5.id AS k11
    ORDER BY k11
    LIMIT $p.v4
  RETURN collect([0, k11]) AS l9
}
WITH [0, k6, l2, l3, l9] AS v2, k5, k6
  ORDER BY k5 IS NULL, k5 DESC, k6
RETURN collect(v2) AS l1

{
  "p": {
    "v0": "Support",
    "v1": 2,
    "v2": 20,
    "v3": 20,
    "v4": 200
  }
}
