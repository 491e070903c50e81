MATCH (acc1:Account {id: $p.v0})
CALL (acc1) {
  MATCH (acc1)<-[r1:WORKS_AT]-(cus1)
    WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
  WITH cus1, cus1.name_folded AS k1, cus1.name AS k2, cus1.id AS k3
  WITH cus1, k1, CASE WHEN k1 IS NOT NULL THEN k2 END AS k4, k3
    ORDER BY k1, k4, k3
    LIMIT $p.v1
  CALL (cus1) {
    MATCH (cus1)<-[r2:PARTICIPANT]-(int1)
    WITH int1, int1.at AS k5, int1.sequence AS k6, int1.id AS k7
      ORDER BY k5 IS NULL, k5 DESC, k6 IS NULL, k6 DESC, k7
      LIMIT $p.v2
    CALL (int1) {
      MATCH (int1)-[r3:PARTICIPANT]->(emp1:Employee)
      WITH emp1, emp1.id AS k8
        ORDER BY k8
        LIMIT $p.v3
      RETURN collect([0, k8, emp1.name]) AS l4
    }
    CALL (int1) {
      MATCH (int1)-[r4:ABOUT]->(pro1:Product)
      WITH pro1, pro1.id AS k9
        ORDER BY k9
        LIMIT $p.v4
      RETURN collect([0, k9, pro1.name]) AS l5
    }
    WITH [0, k7, int1.at, int1.channel, l4, l5] AS v1, k5, k6, k7
      ORDER BY k5 IS NULL, k5 DESC, k6 IS NULL, k6 DESC, k7
    RETURN collect(v1) AS l3
  }
  WITH [0, k3, cus1.name, cus1.erasedAt, l3] AS v2, k1, k4, k3
    ORDER BY k1, k4, k3
  RETURN collect(v2) AS l2
}
RETURN collect([0, acc1.id, acc1.name, l2]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "acc_1",
    "v1": 10,
    "v2": 5,
    "v3": 1,
    "v4": 1
  }
}
