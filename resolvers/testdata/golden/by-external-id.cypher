MATCH (acc1:Account {key: $p0})
RETURN collect([0, acc1.id, acc1.name]) AS l1

{
  "p0": "northwind:ALFKI"
}
