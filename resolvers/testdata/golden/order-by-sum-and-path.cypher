CALL () {
  MATCH (n2:Deal) WHERE n2.id IS NOT NULL
  CALL (n2) {
    MATCH (n2)-[r4:`WITH`]->(n5:Account)
    WITH n5 ORDER BY n5.id LIMIT 1
    CALL (n5) {
      MATCH (n5)<-[r7:`WITH`]-(n8:Deal) WHERE n8.outcome IS NULL
      WITH CASE WHEN n8.amount_currency = $p1 THEN n8.amount END AS v
      RETURN CASE count(v) WHEN 0 THEN null ELSE sum(v) END AS o6
    }
    RETURN collect(o6)[0] AS o3
  }
  WITH n2, o3 AS k9, CASE WHEN n2.amount_currency = $p2 THEN n2.amount END AS k10, n2.id AS k11
  WITH * ORDER BY k9 IS NULL, k9 DESC, k10, k11 LIMIT $p0
  RETURN collect([0, n2.id, n2.name]) AS l1
}
RETURN l1

{
  "p0": 5,
  "p1": "EUR",
  "p2": "EUR"
}
