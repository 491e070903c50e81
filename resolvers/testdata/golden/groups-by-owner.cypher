MATCH (dea1:Deal)
  WHERE NOT dea1.stage IN $l0
    AND dea1.stage IS NOT NULL
CALL (dea1) {
  MATCH (dea1)-[r1:WORKED_BY]->(emp1)
    WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true)
  WITH emp1 ORDER BY $p.v0[r1.role], r1.from IS NULL, r1.from DESC, emp1.id, r1.key LIMIT 1
  WITH min(emp1.name) AS o1, min(emp1.id) AS o2, count(*) AS n1
  RETURN o1, o2
}
CALL (dea1) {
  MATCH (dea1)-[r2:`WITH`]->(acc1)
  WITH acc1 LIMIT 1
  CALL (acc1) {
    MATCH (acc1)-[r3:OWNED_BY]->(emp2)
      WHERE coalesce(r3.from <= $p.now AND $p.now < r3.to, true)
    WITH emp2 ORDER BY $p.v1[r3.role], r3.from IS NULL, r3.from DESC, emp2.id, r3.key LIMIT 1
    WITH min(emp2.team) AS o4, count(*) AS n2
    RETURN o4
  }
  WITH min(o4) AS o3, count(*) AS n3
  RETURN o3
}
WITH o1 AS g1, o2 AS g2, o3 AS g3, dea1.amount AS v1, dea1.amount_currency AS g4
WITH g1, g2, g3, g4, count(*) AS n4, count(v1) AS m1, sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) AS m2, min(v1) AS m3, max(v1) AS m4
WITH collect([g1, g2, g3, 0, n4, g4, m1, m2, m3, m4]) AS s1
CALL (s1) {
  UNWIND CASE WHEN size(s1) > $p.v2 THEN s1 ELSE [] END AS e1
  WITH e1[0] AS g6, e1[1] AS g7, e1[2] AS g8, sum(e1[4]) AS v2
  WITH coalesce($p.begin + toString(g6) + $p.end, $p.end) + coalesce($p.begin + toString(g7) + $p.end, $p.end) + coalesce($p.begin + toString(g8) + $p.end, $p.end) AS g5
    ORDER BY v2 IS NULL, v2 DESC, g6, g7, g8
  WITH collect(g5) AS s2
  RETURN CASE WHEN size(s2) > $p.v2 THEN [s2[..$p.v2], size(s2) - $p.v2] ELSE [[], 0] END AS l2
}
CALL (s1, l2) {
  UNWIND CASE WHEN size(l2[0]) > 0 THEN s1 ELSE [] END AS e2
  WITH e2, coalesce($p.begin + toString(e2[0]) + $p.end, $p.end) + coalesce($p.begin + toString(e2[1]) + $p.end, $p.end) + coalesce($p.begin + toString(e2[2]) + $p.end, $p.end) IN l2[0] AS a1
  WITH CASE WHEN a1 THEN e2[0] END AS m5, CASE WHEN a1 THEN e2[1] END AS m6, CASE WHEN a1 THEN e2[2] END AS m7, CASE WHEN a1 THEN 0 ELSE l2[1] END AS m8, sum(e2[4]) AS m9, e2[5] AS m10, sum(e2[6]) AS m11, sum(e2[7] / 4294967296) * 4294967296 + sum(e2[7] % 4294967296) AS m12, min(e2[8]) AS m13, max(e2[9]) AS m14
  RETURN collect([m5, m6, m7, m8, m9, m10, m11, m12, m13, m14]) AS l3
}
RETURN CASE WHEN size(l2[0]) = 0 THEN s1 ELSE l3 END AS l1

{
  "l0": [
    "WON",
    "LOST"
  ],
  "p": {
    "begin": "v",
    "end": "\u0000",
    "now": 1780315200000000,
    "v0": {
      "AE": 0,
      "CSM": 2,
      "MANAGER": 4,
      "OTHER": 5,
      "SE": 1,
      "SUPPORT": 3
    },
    "v1": {
      "AE": 0,
      "CSM": 2,
      "MANAGER": 4,
      "OTHER": 5,
      "SE": 1,
      "SUPPORT": 3
    },
    "v2": 1000
  }
}
