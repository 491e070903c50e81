MATCH (cus1:Customer)
  WHERE NOT COUNT { MATCH (cus1)-[r1:WORKS_AT]->(acc1) WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true) AND r1.seniority IN $l0 } IN $l1
    AND EXISTS { MATCH (cus1)<-[r2:PARTICIPANT]-(int1) WHERE int1.at IS NOT NULL }
    AND any(x1 IN COLLECT { MATCH (cus1)<-[r3:PARTICIPANT]-(int2) WITH int2.at AS v1 WHERE v1 IS NOT NULL RETURN v1 ORDER BY v1 DESC LIMIT 1 } WHERE x1 < $p.v0)
    AND NOT COUNT { (cus1)<-[r4:`OF`]-(cas1) } > $p.v1
    AND COUNT { MATCH (cus1)<-[r5:PLACED_BY]-(ord1) WHERE ord1.placedAt >= $p.v2 AND ord1.placedAt <= $p.v3 } >= $p.v4
    AND any(x2 IN [s1 IN [s1 IN [s1 IN [s1 IN [COLLECT { MATCH (cus1)<-[r6:PLACED_BY]-(ord2) WHERE ord2.placedAt >= $p.v5 AND ord2.placedAt <= $p.v6 WITH CASE WHEN ord2.total_currency = $p.v7 THEN ord2.total END AS v2 WHERE v2 IS NOT NULL RETURN v2 }] WHERE size(s1) > 0 | [reduce(n1 = 0, v3 IN s1 | n1 + v3 / 4294967296), reduce(n1 = 0, v3 IN s1 | n1 + v3 % 4294967296)]] | [s1[0], s1[1], (s1[1] % 4294967296 + 4294967296) % 4294967296]] | [s1[0] + (s1[1] - s1[2]) / 4294967296, s1[2]]] | CASE WHEN s1[0] > 2147483647 THEN 9223372036854775807 WHEN s1[0] < -2147483648 THEN -9223372036854775808 ELSE s1[0] * 4294967296 + s1[1] END] WHERE x2 >= $p.v8)
    AND cus1.id IS NOT NULL
WITH collect(cus1) AS s2
CALL (s2) {
  UNWIND s2 AS cus1
  CALL (cus1) {
    MATCH (cus1)<-[r7:PARTICIPANT]-(int3)
      WHERE int3.channel = $p.v9
    WITH int3.at AS v4
    WITH max(v4) AS o1, count(*) AS n2
    RETURN o1
  }
  CALL (cus1) {
    MATCH (cus1)<-[r8:PLACED_BY]-(ord3)
    WITH ord3.placedAt AS v5
    WITH min(v5) AS o2, count(*) AS n3
    RETURN o2
  }
  WITH cus1, o1 AS k1, o2 AS k2, cus1.id AS k3
    ORDER BY k1 IS NULL, k1 DESC, k2, k3
    LIMIT $p.v10
  RETURN collect([0, k3, cus1.name, cus1.erasedAt]) AS l2
}
RETURN [l2, size(s2)] AS l1

{
  "l0": [
    "VP",
    "C_LEVEL"
  ],
  "l1": [
    0
  ],
  "p": {
    "now": 1780315200000000,
    "v0": 1779105600000000,
    "v1": 3,
    "v10": 20,
    "v2": 1748779200000000,
    "v3": 1780315200000000,
    "v4": 2,
    "v5": 1748779200000000,
    "v6": 1780315200000000,
    "v7": "EUR",
    "v8": 10000000,
    "v9": "PHONE"
  }
}
