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
RETURN collect([g1, g2, n3]) AS l1

{
  "l0": [
    0,
    10000000,
    100000000
  ],
  "p": {
    "now": 1780315200000000,
    "v0": "EUR"
  }
}
