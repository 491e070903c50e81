MATCH (acc1:Account)
  WHERE NOT EXISTS { MATCH (acc1)<-[r1:WORKS_AT]-(cus1) WHERE coalesce(r1.from <= $now AND $now < r1.to, true) AND cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL AND NOT EXISTS { MATCH (cus1)<-[r2:PARTICIPANT]-(int1) WHERE NOT EXISTS { MATCH (int1)-[r3:ABOUT]->(pro1:Product) WHERE NOT coalesce(NOT pro1.name STARTS WITH $p0, false) } AND int1.sentiment > $p1 } }
WITH count(*) AS n1
RETURN collect([n1]) AS l1

{
  "now": 1780315200000000,
  "p0": "X",
  "p1": 0
}
