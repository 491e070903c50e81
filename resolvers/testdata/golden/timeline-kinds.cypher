MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)
    WHERE cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
  CALL (cus1) {
    MATCH (cus1)<-[r2:PLACED_BY|RETURNED_BY|`BY`]-(n1)
    RETURN n1, {at: n1[$p.v1[type(r2)]], kind: $p.v2[type(r2)], key: $p.v2[type(r2)]} AS r1
  }
  WITH DISTINCT n1, r1
    WHERE r1.at IS NOT NULL
  WITH count(*) AS n2
  RETURN collect([n2]) AS l2
}
CALL (cus1) {
  MATCH (cus1)
    WHERE cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
  CALL (cus1) {
    MATCH (cus1)<-[r4:PLACED_BY|RETURNED_BY|`BY`]-(n3)
    RETURN n3, {at: n3[$p.v3[type(r4)]], kind: $p.v4[type(r4)], key: $p.v4[type(r4)]} AS r3
  }
  WITH DISTINCT n3, r3
    WHERE r3.at IS NOT NULL
  WITH r3.kind AS g1
  WITH g1, count(*) AS n4
  RETURN collect([g1, 0, n4]) AS l3
}
RETURN collect([0, cus1.id, cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL, cus1.restrictedAt, cus1.party, cus1.objectedAt_SALES, cus1.consentUntil_SALES, cus1.withdrawnAt_SALES, l2, l3]) AS l1

{
  "p": {
    "v0": "cus_aaaaaaaaaaaaaaaaaaaaaaaaaa",
    "v1": {
      "BY": "at",
      "PLACED_BY": "placedAt",
      "RETURNED_BY": "requestedAt"
    },
    "v2": {
      "BY": "FEEDBACK",
      "PLACED_BY": "ORDER",
      "RETURNED_BY": "RETURN"
    },
    "v3": {
      "BY": "at",
      "PLACED_BY": "placedAt",
      "RETURNED_BY": "requestedAt"
    },
    "v4": {
      "BY": "FEEDBACK",
      "PLACED_BY": "ORDER",
      "RETURNED_BY": "RETURN"
    }
  }
}
