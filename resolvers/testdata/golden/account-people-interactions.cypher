MATCH (acc1:Account {id: $p.v0})
CALL (acc1) {
  MATCH (acc1)<-[r1:WORKS_AT]-(cus1)
    WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
  WITH cus1, cus1.name AS k1, cus1.id AS k2
    ORDER BY k1, k2
    LIMIT $p.v1
  CALL (cus1) {
    MATCH (cus1)<-[r2:PARTICIPANT]-(int1)
    WITH int1, int1.at AS k3, int1.id AS k4
      ORDER BY k3 IS NULL, k3 DESC, k4
      LIMIT $p.v2
    CALL (int1) {
      MATCH (int1)-[r3:PARTICIPANT]->(emp1:Employee)
      WITH emp1, emp1.id AS k5
        ORDER BY k5
        LIMIT $p.v3
      RETURN collect([0, k5, emp1.name]) AS l4
    }
    CALL (int1) {
      MATCH (int1)-[r4:ABOUT]->(pro1:Product)
      WITH pro1, pro1.id AS k6
        ORDER BY k6
        LIMIT $p.v4
      RETURN collect([0, k6, pro1.name]) AS l5
    }
    WITH [0, k4, int1.at, int1.channel, l4, l5] AS v1, k3, k4
      ORDER BY k3 IS NULL, k3 DESC, k4
    RETURN collect(v1) AS l3
  }
  WITH [0, k2, cus1.name, cus1.erasedAt, l3] AS v2, k1, k2
    ORDER BY k1, k2
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
