MATCH (dea1:Deal)
WITH *, CASE WHEN dea1.amount_currency = $p.v0 THEN dea1.amount END AS t1
CALL (dea1) {
  MATCH (dea1)-[r1:`WITH`]->(acc1)
  WITH acc1 LIMIT 1
  CALL (acc1) {
    MATCH (acc1)-[r2:DESCRIBED_BY]->(fir1)
      WHERE coalesce(r2.from <= $p.now AND $p.now < r2.to, true)
    WITH fir1 LIMIT 1
    WITH min(fir1.industry) AS o2, count(*) AS n1
    RETURN o2
  }
  WITH min(o2) AS o1, count(*) AS n2
  RETURN o1
}
WITH CASE WHEN t1 IS NOT NULL THEN size([b1 IN $l0 WHERE b1 <= t1]) END AS g1, o1 AS g2
WITH g1, g2, count(*) AS n3
WITH collect([g1, g2, 0, n3]) AS s1
CALL (s1) {
  UNWIND CASE WHEN size(s1) > $p.v1 THEN s1 ELSE [] END AS e1
  WITH e1[0] AS g4, e1[1] AS g5, sum(e1[3]) AS v1
  WITH coalesce($p.begin + toString(g4) + $p.end, $p.end) + coalesce($p.begin + toString(g5) + $p.end, $p.end) AS g3
    ORDER BY v1 IS NULL, v1 DESC, g4, g5
  WITH collect(g3) AS s2
  RETURN CASE WHEN size(s2) > $p.v1 THEN [s2[..$p.v1], size(s2) - $p.v1] ELSE [[], 0] END AS l2
}
CALL (s1, l2) {
  UNWIND CASE WHEN size(l2[0]) > 0 THEN s1 ELSE [] END AS e2
  WITH e2, coalesce($p.begin + toString(e2[0]) + $p.end, $p.end) + coalesce($p.begin + toString(e2[1]) + $p.end, $p.end) IN l2[0] AS a1
  WITH CASE WHEN a1 THEN e2[0] END AS m1, CASE WHEN a1 THEN e2[1] END AS m2, CASE WHEN a1 THEN 0 ELSE l2[1] END AS m3, sum(e2[3]) AS m4
  RETURN collect([m1, m2, m3, m4]) AS l3
}
RETURN CASE WHEN size(l2[0]) = 0 THEN s1 ELSE l3 END AS l1

{
  "l0": [
    0,
    10000000,
    100000000
  ],
  "p": {
    "begin": "v",
    "end": "\u0000",
    "now": 1780315200000000,
    "v0": "EUR",
    "v1": 1000
  }
}
