MATCH (dea1:Deal {id: $p.v0})
CALL (dea1) {
  MATCH (dea1)-[r1:`WITH`]->(acc1)
  RETURN collect([0, acc1.id, acc1.name])[..1] AS l2
}
CALL (dea1) {
  MATCH (dea1)<-[r2:`ON`]-(cla1)
  WITH cla1, cla1.id AS k1
    ORDER BY k1
    LIMIT $p.v1
  CALL (cla1) {
    MATCH (cla1)-[r3:ABOUT]->(cus1)
    CALL (cus1) {
      RETURN [[COUNT { (cus1)<-[r4:PARTICIPANT]-(int1) }]] AS l5
    }
    CALL (cus1) {
      MATCH (cus1)<-[r5:PARTICIPANT]-(int2)
      WITH int2, int2.at AS k2, int2.sequence AS k3, int2.id AS k4
        ORDER BY k2 IS NULL, k2 DESC, k3 IS NULL, k3 DESC, k4
        LIMIT $p.v2
      RETURN collect([0, k4, int2.at]) AS l6
    }
    RETURN collect([0, cus1.id, cus1.name, cus1.erasedAt, l5, l6])[..1] AS l4
  }
  WITH [0, k1, cla1.role, cla1.erasedAt, l4] AS v1, k1
    ORDER BY k1
  RETURN collect(v1) AS l3
}
RETURN collect([0, dea1.id, dea1.name, l2, l3]) AS l1

{
  "p": {
    "v0": "dea_1",
    "v1": 20,
    "v2": 1
  }
}
