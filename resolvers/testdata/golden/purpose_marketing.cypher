MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)<-[r1:PARTICIPANT]-(int1)
    WHERE cus1.consentUntil_MARKETING > $p.now
      AND cus1.restrictedAt IS NULL
      AND int1.origin IN $l0
      AND (r1.role IS NULL OR r1.role IN $l1)
  WITH int1, int1.at AS k1, int1.sequence AS k2, int1.id AS k3
    ORDER BY k1 IS NULL, k1 DESC, k2 IS NULL, k2 DESC, k3
    LIMIT $p.v1
  RETURN collect([0, k3, int1.at, int1.channel, int1.origin]) AS l2
}
CALL (cus1) {
  MATCH (cus1)<-[r2:PLACED_BY]-(ord1)
    WHERE cus1.consentUntil_MARKETING > $p.now
      AND cus1.restrictedAt IS NULL
  RETURN collect(ord1) AS s1
}
CALL (s1) {
  UNWIND s1 AS ord2
  WITH ord2, ord2.id AS k4
    ORDER BY k4
    LIMIT $p.v2
  RETURN collect([0, k4, ord2.number, ord2.total, ord2.total_currency]) AS l3
}
RETURN collect([0, cus1.id, coalesce(cus1.consentUntil_MARKETING > $p.now AND cus1.restrictedAt IS NULL, false), cus1.name, cus1.email, cus1.gender, cus1.restrictedAt, cus1.party, cus1.objectedAt_MARKETING, cus1.consentUntil_MARKETING, cus1.withdrawnAt_MARKETING, cus1.erasedAt, l2, l3, [[size(s1)]]]) AS l1

{
  "l0": [
    "CUSTOMER",
    "BUSINESS"
  ],
  "l1": [
    "FROM",
    "TO",
    "CC",
    "ATTENDEE"
  ],
  "p": {
    "now": 1780315200000000,
    "v0": "cus_1",
    "v1": 200,
    "v2": 2
  }
}
