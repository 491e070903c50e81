CALL () {
  MATCH (cus1:Customer)
    USING INDEX cus1:Customer(id)
    WHERE cus1.id IS NOT NULL
  WITH cus1, cus1.id AS k1
    ORDER BY k1
    LIMIT $p.v0
  RETURN collect([0, k1, cus1.name, cus1.erasedAt, k1]) AS l1
}
CALL () {
  MATCH (cus2:Customer)
  WITH count(*) AS n1
  RETURN collect([n1]) AS l2
}
RETURN l1, l2

{
  "p": {
    "v0": 3
  }
}
