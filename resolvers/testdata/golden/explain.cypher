CALL () {
  MATCH (dea1:Deal)
    WHERE any(x1 IN COLLECT { MATCH (dea1)<-[r1:ABOUT]-(int1) WITH int1.at AS v1 WHERE v1 IS NOT NULL RETURN v1 ORDER BY v1 DESC LIMIT 1 } WHERE x1 < $p.v0)
      AND dea1.stage = $p.v1
      AND dea1.id IS NOT NULL
  MATCH (dea1)-[r2:`WITH`]->(acc1:Account)
    WHERE acc1.name STARTS WITH $p.v2
      AND acc1.id IS NOT NULL
  WITH count(*) AS n1
  RETURN collect([n1]) AS l1
}
CALL () {
  MATCH (dea2:Deal)
  MATCH (dea2)-[r3:`WITH`]->(acc2:Account)
    WHERE acc2.name STARTS WITH $p.v3
      AND acc2.id IS NOT NULL
  WITH count(*) AS n2
  RETURN collect([n2]) AS l2
}
CALL () {
  MATCH (dea3:Deal)
    WHERE any(x2 IN COLLECT { MATCH (dea3)<-[r4:ABOUT]-(int2) WITH int2.at AS v2 WHERE v2 IS NOT NULL RETURN v2 ORDER BY v2 DESC LIMIT 1 } WHERE x2 < $p.v4)
      AND dea3.stage = $p.v5
      AND dea3.id IS NOT NULL
  WITH count(*) AS n3
  RETURN collect([n3]) AS l3
}
CALL () {
  MATCH (dea4:Deal)
    WHERE any(x3 IN COLLECT { MATCH (dea4)<-[r5:ABOUT]-(int3) WITH int3.at AS v3 WHERE v3 IS NOT NULL RETURN v3 ORDER BY v3 DESC LIMIT 1 } WHERE x3 < $p.v6)
  WITH count(*) AS n4
  RETURN collect([n4]) AS l4
}
CALL () {
  MATCH (dea5:Deal)
    WHERE dea5.stage = $p.v7
      AND dea5.id IS NOT NULL
  MATCH (dea5)-[r6:`WITH`]->(acc3:Account)
    WHERE acc3.name STARTS WITH $p.v8
      AND acc3.id IS NOT NULL
  WITH count(*) AS n5
  RETURN collect([n5]) AS l5
}
CALL () {
  MATCH (dea6:Deal)
    WHERE dea6.stage = $p.v9
      AND dea6.id IS NOT NULL
  WITH count(*) AS n6
  RETURN collect([n6]) AS l6
}
CALL () {
  MATCH (dea7:Deal)
    WHERE any(x4 IN COLLECT { MATCH (dea7)<-[r7:ABOUT]-(int4) WITH int4.at AS v4 WHERE v4 IS NOT NULL RETURN v4 ORDER BY v4 DESC LIMIT 1 } WHERE x4 < $p.v10)
  MATCH (dea7)-[r8:`WITH`]->(acc4:Account)
    WHERE acc4.name STARTS WITH $p.v11
      AND acc4.id IS NOT NULL
  WITH count(*) AS n7
  RETURN collect([n7]) AS l7
}
RETURN l1, l2, l3, l4, l5, l6, l7

{
  "p": {
    "v0": 1779105600000000,
    "v1": "PROPOSAL",
    "v10": 1779105600000000,
    "v11": "A",
    "v2": "A",
    "v3": "A",
    "v4": 1779105600000000,
    "v5": "PROPOSAL",
    "v6": 1779105600000000,
    "v7": "PROPOSAL",
    "v8": "A",
    "v9": "PROPOSAL"
  }
}
