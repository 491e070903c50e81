CALL () {
  MATCH (n2:Customer) WHERE n2.id IN $p0
  RETURN collect([0, n2.id, n2.name]) AS l1
}
CALL () {
  MATCH (n4:Account {id: $p1})
  RETURN collect([0, n4.id, n4.domain]) AS l3
}
RETURN l1, l3

{
  "p0": [
    "cus_1",
    "cus_2"
  ],
  "p1": "acc_1"
}
