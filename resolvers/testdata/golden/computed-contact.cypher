CALL () {
  MATCH (n2:Customer {id: $p0})
  CALL (n2) {
    MATCH (n2)<-[r5:PARTICIPANT]-(n4:Interaction) WHERE n4.origin IN $p2
    WITH n4, r5, n4.at AS k6, n4.id AS k7, r5.key AS k8 ORDER BY k6 IS NULL, k6 DESC, k7, k8 LIMIT $p1
    RETURN collect([0, n4.id, n4.at, n4.channel, n4.origin]) AS l3
  }
  RETURN collect([0, n2.id, l3]) AS l1
}
RETURN l1

{
  "p0": "cus_1",
  "p1": 200,
  "p2": [
    "CUSTOMER",
    "BUSINESS"
  ]
}
