MATCH (acc1:Account {id: $p0})
CALL (acc1) {
  MATCH (acc1)<-[r1:WORKS_AT]-(cus1)
    WHERE (r1.from IS NULL OR r1.from <= $now)
      AND (r1.to IS NULL OR $now < r1.to)
  WITH cus1, cus1.name AS k1, cus1.id AS k2, r1.key AS k3
    ORDER BY k1, k2, k3
    LIMIT $p1
  CALL (cus1) {
    MATCH (cus1)<-[r2:PARTICIPANT]-(int1)
    WITH int1, int1.at AS k4, int1.id AS k5, r2.key AS k6
      ORDER BY k4 IS NULL, k4 DESC, k5, k6
      LIMIT $p2
    CALL (int1) {
      MATCH (int1)-[r3:PARTICIPANT]->(emp1:Employee)
      WITH emp1, emp1.id AS k7, r3.key AS k8
        ORDER BY k7, k8
        LIMIT $p3
      RETURN collect([0, emp1.id, emp1.name]) AS l4
    }
    CALL (int1) {
      MATCH (int1)-[r4:ABOUT]->(pro1:Product)
      WITH pro1, pro1.id AS k9, r4.key AS k10
        ORDER BY k9, k10
        LIMIT $p4
      RETURN collect([0, pro1.id, pro1.name]) AS l5
    }
    WITH [0, int1.id, int1.at, int1.channel, l4, l5] AS v1, k4, k5, k6
      ORDER BY k4 IS NULL, k4 DESC, k5, k6
    RETURN collect(v1) AS l3
  }
  WITH [0, cus1.id, cus1.name, l3] AS v2, k1, k2, k3
    ORDER BY k1, k2, k3
  RETURN collect(v2) AS l2
}
RETURN collect([0, acc1.id, acc1.name, l2]) AS l1

{
  "now": 1780315200000000,
  "p0": "acc_1",
  "p1": 10,
  "p2": 5,
  "p3": 1,
  "p4": 1
}
