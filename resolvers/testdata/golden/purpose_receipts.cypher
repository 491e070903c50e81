MATCH (cus1:Customer {id: $p.v0})
CALL (cus1) {
  MATCH (cus1)<-[r1:DISCLOSED]-(dis1)
  WITH dis1, dis1.at AS k1, dis1.id AS k2
    ORDER BY k1 IS NULL, k1 DESC, k2
    LIMIT $p.v1
  RETURN collect([0, k2, dis1.at, dis1.purpose]) AS l2
}
RETURN collect([0, cus1.id, l2]) AS l1

{
  "p": {
    "v0": "cus_1",
    "v1": 20
  }
}
