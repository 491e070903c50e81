CALL () {
  MATCH (n2:Account) WHERE n2.key IN $p0
  RETURN collect([0, n2.id, n2.name]) AS l1
}
RETURN l1

{
  "p0": [
    "northwind:ALFKI"
  ]
}
