CALL () {
  MATCH (n2:`Order`) WHERE n2.id IS NOT NULL AND n2.status = $p0
  WITH n2.total AS v3, n2.total_currency AS g4, n2.placedAt AS v9
  WITH g4, count(*) AS c, count(v3) AS n5, min(v3) AS lo6, max(v3) AS hi7, sum(v3) AS sum8, count(v9) AS n10, min(v9) AS lo11, max(v9) AS hi12
  RETURN collect([c, g4, n5, sum8, lo6, hi7, null, n10, null, lo11, hi12]) AS l1
}
CALL () {
  MATCH (n14:`Order`) WHERE n14.id IS NOT NULL AND n14.status = $p1
  MATCH (n14)-[r16:CONTAINS]->(n15:Product)
  WITH r16.net AS v17, r16.net_currency AS g18, r16.quantity AS v23
  WITH g18, count(*) AS c, count(v17) AS n19, min(v17) AS lo20, max(v17) AS hi21, sum(v17) AS sum22, count(v23) AS n24, min(v23) AS lo25, max(v23) AS hi26, sum(v23) AS sum27
  RETURN collect([c, g18, n19, sum22, lo20, hi21, null, n24, sum27, lo25, hi26]) AS l13
}
CALL () {
  MATCH (n29:`Order`) WHERE n29.id IS NOT NULL AND n29.status = $p2
  CALL (n29) {
    MATCH (n29)-[r32:PLACED_BY]->(n33:Customer|Account)
    RETURN min(n33.id) AS o31
  }
  WITH datetime.truncate('month', datetime({epochMillis: ((n29.placedAt) - ((n29.placedAt) % 1000 + 1000) % 1000) / 1000})).epochMillis * 1000 AS g30, o31 AS g34, n29.total AS v35, n29.total_currency AS g36
  WITH g30, g34, g36, count(*) AS c, count(v35) AS n37, min(v35) AS lo38, max(v35) AS hi39, sum(v35) AS sum40
  RETURN collect([g30, g34, c, g36, n37, sum40, lo38, hi39]) AS l28
}
RETURN l1, l13, l28

{
  "p0": "SHIPPED",
  "p1": "SHIPPED",
  "p2": "SHIPPED"
}
