MATCH (cus1:Customer {id: $p0})
CALL (cus1) {
  MATCH (cus1) ((x1)-[r1:REPORTS_TO]->(y1) WHERE (r1.from IS NULL OR r1.from <= $now) AND (r1.to IS NULL OR $now < r1.to) AND y1.objectedAt_SALES IS NULL AND y1.restrictedAt IS NULL AND NOT EXISTS { MATCH (x1)-[r2:REPORTS_TO]->(y2) WHERE (r2.from IS NULL OR r2.from <= $now) AND (r2.to IS NULL OR $now < r2.to) AND y2.objectedAt_SALES IS NULL AND y2.restrictedAt IS NULL AND (r2.kind > r1.kind OR r2.kind IS NOT NULL AND r1.kind IS NULL OR (r2.kind = r1.kind OR r2.kind IS NULL AND r1.kind IS NULL) AND (y2.id < y1.id OR y2.id = y1.id AND r2.key < r1.key)) }){1,20} (cus2)
    WHERE cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
      AND NOT cus2 IN x1
      AND cus2.objectedAt_SALES IS NULL
      AND cus2.restrictedAt IS NULL
  WITH cus2, cus2.id AS k1
    ORDER BY k1
    LIMIT $p1
  RETURN collect([0, k1, cus2.name, cus2.erasedAt]) AS l2
}
RETURN collect([0, cus1.id, cus1.restrictedAt, cus1.party, cus1.objectedAt_SALES, cus1.consentUntil_SALES, cus1.withdrawnAt_SALES, cus1.erasedAt, l2]) AS l1

{
  "now": 1780315200000000,
  "p0": "cus_1",
  "p1": 10
}
