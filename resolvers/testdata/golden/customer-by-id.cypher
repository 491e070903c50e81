CALL () {
  MATCH (n2:Customer {id: $p0})
  CALL (n2) {
    MATCH (n2)-[r5:WORKS_AT]->(n4:Account) WHERE (r5.from IS NULL OR r5.from <= $now) AND (r5.to IS NULL OR $now < r5.to)
    WITH n4, r5, n4.id AS k6, r5.key AS k7 ORDER BY k6, k7 LIMIT $p1
    RETURN collect([0, n4.id, n4.name, r5.title]) AS l3
  }
  RETURN collect([0, n2.id, n2.name, n2.email, l3]) AS l1
}
RETURN l1

{
  "now": 1780315200000000,
  "p0": "cus_1",
  "p1": 20
}
