MATCH (acc1:Account)
  WHERE acc1.id IS NOT NULL
MATCH (acc1)-[r1:DESCRIBED_BY]->(fir1:Firmographics)
  USING INDEX fir1:Firmographics(industry, id)
  WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
    AND fir1.employeeCount >= $p.v0
    AND fir1.employeeCount < $p.v1
    AND fir1.industry = $p.v2
    AND fir1.id IS NOT NULL
WITH collect([acc1, fir1]) AS s1
CALL (s1) {
  UNWIND s1 AS e1
  WITH e1[0] AS acc1, e1[1] AS fir1
  WITH acc1, CASE WHEN fir1.revenue_currency = $p.v3 THEN fir1.revenue END AS k1, acc1.id AS k2
    ORDER BY k1 IS NULL, k1 DESC, k2
    LIMIT $p.v4
  CALL (acc1) {
    MATCH (acc1)<-[r2:`WITH`]-(dea1)
      WHERE dea1.stage IN $l0
    WITH dea1.amount AS v1, dea1.amount_currency AS g1
    WITH g1, count(*) AS n1, count(v1) AS m1, sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) AS m2, min(v1) AS m3, max(v1) AS m4
    RETURN collect([n1, g1, m1, m2, m3, m4]) AS l3
  }
  WITH [0, k2, acc1.name, l3] AS v2, k1, k2
    ORDER BY k1 IS NULL, k1 DESC, k2
  RETURN collect(v2) AS l2
}
RETURN [l2, size(s1)] AS l1

{
  "l0": [
    "PROSPECTING",
    "ENGAGING",
    "PROPOSAL",
    "NEGOTIATION"
  ],
  "p": {
    "now": 1780315200000000,
    "v0": 100,
    "v1": 1000,
    "v2": "Machinery",
    "v3": "EUR",
    "v4": 20
  }
}
