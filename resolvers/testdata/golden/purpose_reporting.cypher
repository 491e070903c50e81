MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1) ((x1)-[r1:REPORTS_TO]->(y1) WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true) AND y1.objectedAt_SALES IS NULL AND y1.restrictedAt IS NULL AND (COUNT { (x1)-[:REPORTS_TO]->() } = 1 OR NOT EXISTS { MATCH (x1)-[r2:REPORTS_TO]->(y2) WHERE coalesce(r2.from <= $p.now AND $p.now < r2.to, true) AND y2.objectedAt_SALES IS NULL AND y2.restrictedAt IS NULL AND CASE WHEN coalesce($p.v1[r2.kind] = $p.v2[r1.kind], $p.v1[r2.kind] IS NULL AND $p.v2[r1.kind] IS NULL) THEN [y2.id, r2.key] < [y1.id, r1.key] ELSE coalesce($p.v1[r2.kind] < $p.v2[r1.kind], $p.v2[r1.kind] IS NULL) END })){0,20} (cus2)
    WHERE cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
  WITH cus2, size(r1) AS n1
    ORDER BY n1
  WITH collect(cus2) AS s1
  RETURN s1, CASE WHEN s1[-1] IN s1[..-1] THEN s1[1..-1] ELSE s1[1..21] END AS s2
}
CALL (s1) {
  UNWIND s1[-1..] AS cus3
  MATCH (cus3) ((y3)<-[r3:REPORTS_TO]-(x2) WHERE coalesce(r3.from <= $p.now AND $p.now < r3.to, true) AND x2.objectedAt_SALES IS NULL AND x2.restrictedAt IS NULL AND y3.objectedAt_SALES IS NULL AND y3.restrictedAt IS NULL AND (COUNT { (x2)-[:REPORTS_TO]->() } = 1 OR NOT EXISTS { MATCH (x2)-[r4:REPORTS_TO]->(y4) WHERE coalesce(r4.from <= $p.now AND $p.now < r4.to, true) AND y4.objectedAt_SALES IS NULL AND y4.restrictedAt IS NULL AND CASE WHEN coalesce($p.v3[r4.kind] = $p.v4[r3.kind], $p.v3[r4.kind] IS NULL AND $p.v4[r3.kind] IS NULL) THEN [y4.id, r4.key] < [y3.id, r3.key] ELSE coalesce($p.v3[r4.kind] < $p.v4[r3.kind], $p.v4[r3.kind] IS NULL) END })){0,20} (cus4)
    WHERE NOT y3[0] IN x2
  RETURN collect(cus4) AS s3
}
CALL (s1) {
  UNWIND s1[-1..] AS cus5
  RETURN collect([0, cus5.id, cus5.name, cus5.erasedAt]) AS l2
}
CALL (s2) {
  UNWIND s2 AS cus6
  WITH cus6, cus6.id AS k1
    ORDER BY k1
    LIMIT $p.v5
  RETURN collect([0, k1, cus6.name, cus6.erasedAt]) AS l3
}
CALL (s3) {
  UNWIND s3 AS cus7
  WITH cus7, cus7.name_folded AS k2, cus7.name AS k3, cus7.id AS k4
  WITH cus7, k2, CASE WHEN k2 IS NOT NULL THEN k3 END AS k5, k4
    ORDER BY k2, k5, k4
    LIMIT $p.v6
  RETURN collect([0, k4, cus7.name, cus7.email, cus7.erasedAt]) AS l4
}
RETURN collect([0, cus1.id, cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL, cus1.name, cus1.restrictedAt, cus1.party, cus1.objectedAt_SALES, cus1.consentUntil_SALES, cus1.withdrawnAt_SALES, cus1.erasedAt, l2, l3, [[size(s2)]], l4, [[size(s3)]]]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "cus_1",
    "v1": {
      "DOTTED": 1,
      "LINE": 0
    },
    "v2": {
      "DOTTED": 1,
      "LINE": 0
    },
    "v3": {
      "DOTTED": 1,
      "LINE": 0
    },
    "v4": {
      "DOTTED": 1,
      "LINE": 0
    },
    "v5": 10,
    "v6": 20
  }
}
