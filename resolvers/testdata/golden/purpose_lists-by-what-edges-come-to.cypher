MATCH (cus1:Customer)
  WHERE cus1.objectedAt_SALES IS NULL
    AND cus1.restrictedAt IS NULL
    AND any(x1 IN COLLECT { MATCH (cus1)<-[r1:PARTICIPANT]-(int1) WITH int1.at AS v1 WHERE v1 IS NOT NULL RETURN v1 ORDER BY v1 DESC LIMIT 1 } WHERE x1 < $p.v0)
    AND COUNT { (cus1)<-[r2:PLACED_BY]-(ord1) } >= $p.v1
    AND cus1.id IS NOT NULL
WITH collect(cus1) AS s1
CALL (s1) {
  UNWIND s1 AS cus1
  CALL (cus1) {
    MATCH (cus1)<-[r3:PARTICIPANT]-(int2)
    WITH int2.at AS v2
    WITH max(v2) AS o1, count(*) AS n1
    RETURN o1
  }
  WITH cus1, o1 AS k1, cus1.id AS k2
    ORDER BY k1 IS NULL, k1 DESC, k2
    LIMIT $p.v2
  RETURN collect([0, k2, cus1.name, cus1.erasedAt]) AS l2
}
RETURN [l2, size(s1)] AS l1

{
  "p": {
    "v0": 1779105600000000,
    "v1": 2,
    "v2": 20
  }
}
