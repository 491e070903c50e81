CALL () {
  MATCH (ord1:`Order`)
    WHERE ord1.orderStatus = $p.v0
  WITH ord1.total AS v1, ord1.total_currency AS g1, ord1.placedAt AS v2, ord1.shippedAt - ord1.placedAt AS v3
  WITH g1, count(*) AS n1, count(v1) AS m1, sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) AS m2, min(v1) AS m3, max(v1) AS m4, count(v2) AS m5, min(v2) AS m6, max(v2) AS m7, count(v3) AS m8, sum(v3 / 4294967296) * 4294967296 + sum(v3 % 4294967296) AS m9, min(v3) AS m10, max(v3) AS m11, collect(v3) AS m12
  RETURN collect([n1, g1, m1, m2, m3, m4, null, m5, null, m6, m7, null, m8, m9, m10, m11, m12]) AS l1
}
CALL () {
  MATCH (ord2:`Order`)
    WHERE ord2.orderStatus = $p.v0
  MATCH (ord2)-[r1:`CONTAINS`]->(pro1)
  WITH r1.net AS v4, r1.net_currency AS g2, r1.quantity AS v5
  WITH g2, count(*) AS n2, count(v4) AS m13, sum(v4 / 4294967296) * 4294967296 + sum(v4 % 4294967296) AS m14, min(v4) AS m15, max(v4) AS m16, count(v5) AS m17, sum(v5) AS m18, min(v5) AS m19, max(v5) AS m20
  RETURN collect([n2, g2, m13, m14, m15, m16, null, m17, m18, m19, m20]) AS l2
}
CALL () {
  MATCH (ord3:`Order`)
    WHERE ord3.orderStatus = $p.v0
  WITH *, ord3.placedAt AS t1
  WITH *, CASE WHEN t1 IS NOT NULL THEN t1 + datetime({epochMillis: (t1 - (t1 % (1000) + 1000) % (1000)) / 1000, timezone: $p.v1}).offsetSeconds * 1000000 END AS t2
  CALL (ord3) {
    MATCH (ord3)-[r2:PLACED_BY]->(n3)
    WITH min(n3.id) AS o1, count(*) AS n4
    RETURN o1
  }
  WITH CASE WHEN t2 IS NOT NULL THEN datetime.truncate('month', datetime({epochMillis: (t2 - (t2 % (1000) + 1000) % (1000)) / 1000})).epochMillis * 1000 END AS g3, o1 AS g4, ord3.total AS v6, ord3.total_currency AS g5
  WITH g3, g4, g5, count(*) AS n5, count(v6) AS m21, sum(v6 / 4294967296) * 4294967296 + sum(v6 % 4294967296) AS m22, min(v6) AS m23, max(v6) AS m24, collect(v6) AS m25
  RETURN collect([g3, g4, n5, g5, m21, m22, m23, m24, m25]) AS l3
}
RETURN l1, l2, l3

{
  "p": {
    "v0": "SHIPPED",
    "v1": "Europe/Oslo"
  }
}
