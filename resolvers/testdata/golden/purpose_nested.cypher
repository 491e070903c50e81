MATCH (acc1:Account)
  WHERE NOT EXISTS { MATCH (acc1)<-[r1:WORKS_AT]-(cus1) WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true) AND cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL AND NOT EXISTS { MATCH (cus1)<-[r2:PARTICIPANT]-(int1) WHERE NOT EXISTS { MATCH (int1)-[r3:ABOUT]->(pro1:Product) WHERE NOT coalesce(NOT pro1.name STARTS WITH $p.v0, false) } AND int1.sentiment > $p.v1 } }
WITH count(*) AS n1
RETURN collect([n1]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "X",
    "v1": 0
  }
}
