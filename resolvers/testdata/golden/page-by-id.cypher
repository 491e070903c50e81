CALL () {
  MATCH (n2:Customer) WHERE n2.id IS NOT NULL
  WITH n2, n2.id AS k3 ORDER BY k3 LIMIT $p0
  RETURN collect([0, n2.id, n2.name, k3]) AS l1
}
CALL () {
  MATCH (n:Customer)
  WITH count(*) AS c
  RETURN [[c]] AS l4
}
RETURN l1, l4

{
  "p0": 3
}
