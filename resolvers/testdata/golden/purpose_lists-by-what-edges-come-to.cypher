CALL () {
  MATCH (cus1:Customer)
    WHERE cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
      AND any(x1 IN COLLECT { MATCH (cus1)<-[r1:PARTICIPANT]-(int1) WITH int1.at AS v1 WHERE v1 IS NOT NULL RETURN v1 ORDER BY v1 DESC LIMIT 1 } WHERE x1 < $p.v0)
      AND COUNT { (cus1)<-[r2:PLACED_BY]-(ord1) } >= $p.v1
      AND cus1.id IS NOT NULL
  CALL (cus1) {
    MATCH (cus1)<-[r3:PARTICIPANT]-(int2)
    WITH int2.at AS v2
    WITH max(v2) AS o1, count(*) AS n1
    RETURN o1
  }
  WITH cus1, o1 AS k1, cus1.id AS k2
    ORDER BY k1 IS NULL, k1 DESC, k2
    LIMIT $p.v2
  RETURN collect([0, k2, cus1.name, cus1.erasedAt]) AS l1
}
CALL () {
  MATCH (cus2:Customer)
    WHERE cus2.objectedAt_SALES IS NULL
      AND cus2.restrictedAt IS NULL
      AND any(x2 IN COLLECT { MATCH (cus2)<-[r4:PARTICIPANT]-(int3) WITH int3.at AS v3 WHERE v3 IS NOT NULL RETURN v3 ORDER BY v3 DESC LIMIT 1 } WHERE x2 < $p.v3)
      AND COUNT { (cus2)<-[r5:PLACED_BY]-(ord2) } >= $p.v4
  WITH count(*) AS n2
  RETURN collect([n2]) AS l2
}
RETURN l1, l2

{
  "p": {
    "v0": 1779105600000000,
    "v1": 2,
    "v2": 20,
    "v3": 1779105600000000,
    "v4": 2
  }
}
