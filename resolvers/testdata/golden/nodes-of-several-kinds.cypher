CALL () {
  MATCH (cus1:Customer)
    WHERE cus1.id IN $p.v0
  RETURN collect([0, cus1.id, cus1.name, cus1.erasedAt]) AS l1
}
CALL () {
  MATCH (acc1:Account {id: $p.v1})
  RETURN collect([0, acc1.id, acc1.domain]) AS l2
}
RETURN l1, l2

{
  "p": {
    "v0": [
      "cus_1",
      "cus_2"
    ],
    "v1": "acc_1"
  }
}
