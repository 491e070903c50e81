MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (p1:KithPage_DISCLOSED)
    USING INDEX SEEK p1:KithPage_DISCLOSED(of, from)
    WHERE p1.of = cus1.kith_DISCLOSED
      AND p1.from IS NOT NULL
  MATCH (p1)<-[r1:DISCLOSED]-(dis1)
  WITH dis1, p1.of AS k1, p1.from AS k2, dis1.at AS k3, dis1.id AS k4
    ORDER BY k1 DESC, k2 DESC, k3 IS NULL, k3 DESC, k4
    LIMIT $p.v1
  RETURN collect([0, k4, dis1.at, dis1.purpose]) AS l2
}
RETURN collect([0, cus1.id, l2]) AS l1

{
  "p": {
    "v0": "cus_1",
    "v1": 20
  }
}
