MATCH (acc1:Account {key: $p.v0})
RETURN collect([0, acc1.id, acc1.name]) AS l1

{
  "p": {
    "v0": "northwind:ALFKI"
  }
}
