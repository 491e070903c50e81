MATCH (dea1:Deal)
  WHERE dea1.id IS NOT NULL
CALL (dea1) {
  MATCH (dea1)-[r1:`WITH`]->(acc1)
  WITH acc1 LIMIT 1
  CALL (acc1) {
    MATCH (acc1)<-[r2:`WITH`]-(dea2)
      WHERE dea2.outcome IS NULL
    WITH CASE WHEN dea2.amount_currency = $p.v0 THEN dea2.amount END AS v1
    RETURN CASE count(v1) WHEN 0 THEN null ELSE sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) END AS o1
  }
  RETURN collect(o1)[0] AS o2
}
WITH dea1, o2 AS k1, CASE WHEN dea1.amount_currency = $p.v1 THEN dea1.amount END AS k2, dea1.id AS k3
  ORDER BY k1 IS NULL, k1 DESC, k2, k3
  LIMIT $p.v2
RETURN collect([0, k3, dea1.name]) AS l1

{
  "p": {
    "v0": "EUR",
    "v1": "EUR",
    "v2": 5
  }
}
