MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)<-[r1:PARTICIPANT]-(int1)
    WHERE int1.origin IN $l0
      AND (r1.role IS NULL OR r1.role IN $l1)
  WITH int1, int1.at AS k1, int1.sequence AS k2, int1.id AS k3
    ORDER BY k1 IS NULL, k1 DESC, k2 IS NULL, k2 DESC, k3
    LIMIT $p.v1
  RETURN collect([0, k3, int1.at, int1.channel, int1.origin]) AS l2
}
RETURN collect([0, cus1.id, l2]) AS l1

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
    "v0": "cus_1",
    "v1": 200
  }
}
