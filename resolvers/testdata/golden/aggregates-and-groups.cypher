CALL () {
  MATCH (ord1:`Order`)
    WHERE ord1.orderStatus = $p.v0
  WITH ord1.total AS v1, ord1.total_currency AS g1, ord1.placedAt AS v2
  WITH g1, count(*) AS n1, count(v1) AS m1, sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) AS m2, min(v1) AS m3, max(v1) AS m4, count(v2) AS m5, min(v2) AS m6, max(v2) AS m7
  RETURN collect([n1, g1, m1, m2, m3, m4, null, m5, null, m6, m7]) AS l1
}
CALL () {
  MATCH (ord2:`Order`)
    WHERE ord2.orderStatus = $p.v0
  MATCH (ord2)-[r1:`CONTAINS`]->(pro1)
  WITH r1.net AS v3, r1.net_currency AS g2, r1.quantity AS v4
  WITH g2, count(*) AS n2, count(v3) AS m8, sum(v3 / 4294967296) * 4294967296 + sum(v3 % 4294967296) AS m9, min(v3) AS m10, max(v3) AS m11, count(v4) AS m12, sum(v4) AS m13, min(v4) AS m14, max(v4) AS m15
  RETURN collect([n2, g2, m8, m9, m10, m11, null, m12, m13, m14, m15]) AS l2
}
CALL () {
  MATCH (ord3:`Order`)
    WHERE ord3.orderStatus = $p.v0
  WITH *, ord3.placedAt AS t1
  WITH *, CASE WHEN t1 IS NOT NULL THEN t1 + datetime({epochMillis: (t1 - (t1 % (1000) + 1000) % (1000)) / 1000, timezone: $p.v1}).offsetSeconds * 1000000 END AS t2
  CALL (ord3) {
    MATCH (ord3)-[r2:PLACED_BY]->(n3)
    RETURN min(n3.id) AS o1
  }
  WITH CASE WHEN t2 IS NOT NULL THEN datetime.truncate('month', datetime({epochMillis: (t2 - (t2 % (1000) + 1000) % (1000)) / 1000})).epochMillis * 1000 END AS g3, o1 AS g4, ord3.total AS v5, ord3.total_currency AS g5
  WITH g3, g4, g5, count(*) AS n4, count(v5) AS m16, sum(v5 / 4294967296) * 4294967296 + sum(v5 % 4294967296) AS m17, min(v5) AS m18, max(v5) AS m19, collect(v5) AS m20
  RETURN collect([g3, g4, n4, g5, m16, m17, m18, m19, m20]) AS l3
}
RETURN l1, l2, l3

{
  "p": {
    "v0": "SHIPPED",
    "v1": "Europe/Oslo"
  }
}
