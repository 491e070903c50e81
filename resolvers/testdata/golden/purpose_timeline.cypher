MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)
    WHERE cus1.consentUntil_MARKETING > $p.now
      AND cus1.restrictedAt IS NULL
  CALL (cus1) {
    MATCH (cus1)<-[r2:PLACED_BY]-(n1)
    RETURN n1, {at: n1.placedAt, kind: $p.v1, key: $p.v1} AS r1
  }
  WITH DISTINCT n1, r1
    WHERE r1.at IS NOT NULL
  WITH n1, r1, r1.at AS k1, n1.id AS k2, r1.key AS k3
    ORDER BY k1 DESC, k2, k3
    LIMIT $p.v2
  RETURN collect(CASE WHEN n1:`Order` THEN [0, k2, n1.number, r1.at] ELSE [1, k2, n1.name, r1.at] END) AS l2
}
RETURN collect([0, cus1.id, coalesce(cus1.consentUntil_MARKETING > $p.now AND cus1.restrictedAt IS NULL, false), cus1.restrictedAt, cus1.party, cus1.objectedAt_MARKETING, cus1.consentUntil_MARKETING, cus1.withdrawnAt_MARKETING, l2]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "cus_1",
    "v1": "ORDER",
    "v2": 5
  }
}
