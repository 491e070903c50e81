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
CALL (s2) {
  UNWIND s2 AS cus3
  WITH cus3, cus3.id AS k1
    ORDER BY k1
    LIMIT $p.v3
  RETURN collect([0, k1, cus3.name, cus3.erasedAt]) AS l2
}
RETURN collect([0, cus1.id, cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL, cus1.restrictedAt, cus1.party, cus1.objectedAt_SALES, cus1.consentUntil_SALES, cus1.withdrawnAt_SALES, cus1.erasedAt, l2]) AS l1

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
    "v3": 10
  }
}
