MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)-[r1:KNOWS]->(n1)
    WHERE cus1.objectedAt_SALES IS NULL
      AND cus1.restrictedAt IS NULL
      AND CASE WHEN NOT n1:Customer THEN true WHEN n1:Customer AND n1.objectedAt_SALES IS NULL AND n1.restrictedAt IS NULL THEN true ELSE false END
      AND r1.n >= $p.v1
  RETURN collect([n1, r1]) AS s1
}
CALL (s1, cus1) {
  UNWIND s1 AS e1
  WITH e1[0] AS n2, e1[1] AS r2
  WITH n2, r2, r2.sumIn AS k1, n2.id AS k2, cus1.id + '|' + n2.id AS k3
    ORDER BY k1 IS NULL, k1 DESC, k2, k3
    LIMIT $p.v2
  RETURN collect(CASE WHEN n2:Employee THEN [0, k2, n2.name, r2.sumIn, r2.sumOut, r2.n, r2.lastIn, r2.lastOut, r2.asOf] ELSE [1, k2, n2.name, n2.erasedAt, r2.sumIn, r2.sumOut, r2.n, r2.lastIn, r2.lastOut, r2.asOf] END) AS l2
}
RETURN collect([0, cus1.id, cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL, cus1.restrictedAt, cus1.party, cus1.objectedAt_SALES, cus1.consentUntil_SALES, cus1.withdrawnAt_SALES, cus1.erasedAt, l2, [[size(s1)]]]) AS l1

{
  "p": {
    "v0": "cus_1",
    "v1": 2,
    "v2": 5
  }
}
