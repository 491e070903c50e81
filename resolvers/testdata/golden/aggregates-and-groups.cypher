CALL () {
  MATCH (ord1:`Order`)
    WHERE ord1.orderStatus = $p.v0
  WITH ord1.total AS v1, ord1.total_currency AS g1, ord1.placedAt AS v2, ord1.shippedAt - ord1.placedAt AS v3
  WITH g1, count(*) AS n1, count(v1) AS m1, sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) AS m2, min(v1) AS m3, max(v1) AS m4, count(v2) AS m5, min(v2) AS m6, max(v2) AS m7, count(v3) AS m8, sum(v3 / 4294967296) * 4294967296 + sum(v3 % 4294967296) AS m9, min(v3) AS m10, max(v3) AS m11, collect(v3) AS m12
  WITH collect([n1, g1, m1, m2, m3, m4, null, m5, null, m6, m7, null, m8, m9, m10, m11, m12]) AS s1
  RETURN CASE WHEN reduce(n2 = 0, e1 IN s1 | n2 + e1[12]) > $p.v1 THEN [[reduce(n2 = 0, e1 IN s1 | n2 + e1[12])]] ELSE s1 END AS l1
}
CALL () {
  MATCH (ord2:`Order`)
    WHERE ord2.orderStatus = $p.v0
  MATCH (ord2)-[r1:`CONTAINS`]->(pro1)
  WITH r1.net AS v4, r1.net_currency AS g2, r1.quantity AS v5
  WITH g2, count(*) AS n3, count(v4) AS m13, sum(v4 / 4294967296) * 4294967296 + sum(v4 % 4294967296) AS m14, min(v4) AS m15, max(v4) AS m16, count(v5) AS m17, sum(v5) AS m18, min(v5) AS m19, max(v5) AS m20
  RETURN collect([n3, g2, m13, m14, m15, m16, null, m17, m18, m19, m20]) AS l2
}
CALL () {
  MATCH (ord3:`Order`)
    WHERE ord3.orderStatus = $p.v0
  WITH *, ord3.placedAt AS t1
  WITH *, CASE WHEN t1 IS NOT NULL THEN t1 + datetime({epochMillis: (t1 - (t1 % (1000) + 1000) % (1000)) / 1000, timezone: $p.v2}).offsetSeconds * 1000000 END AS t2
  CALL (ord3) {
    MATCH (ord3)-[r2:PLACED_BY]->(n4)
    WITH min(n4.id) AS o1, count(*) AS n5
    RETURN o1
  }
  WITH CASE WHEN t2 IS NOT NULL THEN datetime.truncate('month', datetime({epochMillis: (t2 - (t2 % (1000) + 1000) % (1000)) / 1000})).epochMillis * 1000 END AS g3, o1 AS g4, ord3.total AS v6, ord3.total_currency AS g5
  WITH g3, g4, g5, count(*) AS n6, count(v6) AS m21, sum(v6 / 4294967296) * 4294967296 + sum(v6 % 4294967296) AS m22, min(v6) AS m23, max(v6) AS m24, collect(v6) AS m25
  WITH collect([g3, g4, 0, n6, g5, m21, m22, m23, m24, m25]) AS s2
  WITH CASE WHEN reduce(n7 = 0, e2 IN s2 | n7 + e2[5]) > $p.v3 THEN [[reduce(n7 = 0, e2 IN s2 | n7 + e2[5])]] ELSE s2 END AS s3
  CALL (s3) {
    UNWIND CASE WHEN size(s3) > $p.v4 THEN s3 ELSE [] END AS e3
    WITH e3[0] AS g7, e3[1] AS g8, sum(e3[3]) AS v7
    WITH coalesce($p.begin + toString(g7) + $p.end, $p.end) + coalesce($p.begin + toString(g8) + $p.end, $p.end) AS g6
      ORDER BY v7 IS NULL, v7 DESC, g7, g8
    WITH collect(g6) AS s4
    RETURN CASE WHEN size(s4) > $p.v4 THEN [s4[..$p.v4], size(s4) - $p.v4] ELSE [[], 0] END AS l4
  }
  CALL (s3, l4) {
    UNWIND CASE WHEN size(l4[0]) > 0 THEN s3 ELSE [] END AS e4
    WITH e4, coalesce($p.begin + toString(e4[0]) + $p.end, $p.end) + coalesce($p.begin + toString(e4[1]) + $p.end, $p.end) IN l4[0] AS a1
    WITH CASE WHEN a1 THEN e4[0] END AS m26, CASE WHEN a1 THEN e4[1] END AS m27, CASE WHEN a1 THEN 0 ELSE l4[1] END AS m28, sum(e4[3]) AS m29, e4[4] AS m30, sum(e4[5]) AS m31, sum(e4[6] / 4294967296) * 4294967296 + sum(e4[6] % 4294967296) AS m32, min(e4[7]) AS m33, max(e4[8]) AS m34, collect(e4[9]) AS m35
    RETURN collect([m26, m27, m28, m29, m30, m31, m32, m33, m34, m35]) AS l5
  }
  RETURN CASE WHEN size(l4[0]) = 0 THEN s3 ELSE l5 END AS l3
}
RETURN l1, l2, l3

{
  "p": {
    "begin": "v",
    "end": "\u0000",
    "v0": "SHIPPED",
    "v1": 2000000,
    "v2": "Europe/Oslo",
    "v3": 2000000,
    "v4": 1000
  }
}
