CALL () {
  MATCH (n2:Account)-[r4:DESCRIBED_BY]->(n3:Firmographics) WHERE n2.id IS NOT NULL AND n3.id IS NOT NULL AND (r4.from IS NULL OR r4.from <= $now) AND (r4.to IS NULL OR $now < r4.to) AND n3.employees >= $p1 AND n3.employees < $p2 AND n3.industry = $p3
  WITH n2, CASE WHEN n3.revenue_currency = $p4 THEN n3.revenue END AS k5, n2.id AS k6
  WITH * ORDER BY k5 IS NULL, k5 DESC, k6 LIMIT $p0
  CALL (n2) {
    MATCH (n2)<-[r9:`WITH`]-(n8:Deal) WHERE n8.stage IN $p5
    WITH n8.amount AS v10, n8.amount_currency AS g11
    WITH g11, count(*) AS c, count(v10) AS n12, min(v10) AS lo13, max(v10) AS hi14, sum(v10) AS sum15
    RETURN collect([c, g11, n12, sum15, lo13, hi14]) AS l7
  }
  WITH [0, n2.id, n2.name, l7] AS v16, k5, k6 ORDER BY k5 IS NULL, k5 DESC, k6
  RETURN collect(v16) AS l1
}
CALL () {
  MATCH (n18:Account)-[r20:DESCRIBED_BY]->(n19:Firmographics) WHERE n18.id IS NOT NULL AND n19.id IS NOT NULL AND (r20.from IS NULL OR r20.from <= $now) AND (r20.to IS NULL OR $now < r20.to) AND n19.employees >= $p6 AND n19.employees < $p7 AND n19.industry = $p8
  WITH count(*) AS c
  RETURN collect([c]) AS l17
}
RETURN l1, l17

{
  "now": 1780315200000000,
  "p0": 20,
  "p1": 100,
  "p2": 1000,
  "p3": "Machinery",
  "p4": "EUR",
  "p5": [
    "PROSPECTING",
    "ENGAGING",
    "PROPOSAL",
    "NEGOTIATION"
  ],
  "p6": 100,
  "p7": 1000,
  "p8": "Machinery"
}
