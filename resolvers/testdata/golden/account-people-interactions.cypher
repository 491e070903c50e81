CALL () {
  MATCH (n2:Account {id: $p0})
  CALL (n2) {
    MATCH (n2)<-[r5:WORKS_AT]-(n4:Customer) WHERE (r5.from IS NULL OR r5.from <= $now) AND (r5.to IS NULL OR $now < r5.to)
    WITH n4, r5, n4.name AS k6, n4.id AS k7, r5.key AS k8 ORDER BY k6, k7, k8 LIMIT $p1
    CALL (n4) {
      MATCH (n4)<-[r11:PARTICIPANT]-(n10:Interaction)
      WITH n10, r11, n10.at AS k12, n10.id AS k13, r11.key AS k14 ORDER BY k12 IS NULL, k12 DESC, k13, k14 LIMIT $p2
      CALL (n10) {
        MATCH (n10)-[r17:PARTICIPANT]->(n16:Employee)
        WITH n16, r17, n16.id AS k18, r17.key AS k19 ORDER BY k18, k19 LIMIT $p3
        RETURN collect([0, n16.id, n16.name]) AS l15
      }
      CALL (n10) {
        MATCH (n10)-[r22:ABOUT]->(n21:Product)
        WITH n21, r22, n21.id AS k23, r22.key AS k24 ORDER BY k23, k24 LIMIT $p4
        RETURN collect([0, n21.id, n21.name]) AS l20
      }
      WITH [0, n10.id, n10.at, n10.channel, l15, l20] AS v25, k12, k13, k14 ORDER BY k12 IS NULL, k12 DESC, k13, k14
      RETURN collect(v25) AS l9
    }
    WITH [0, n4.id, n4.name, l9] AS v26, k6, k7, k8 ORDER BY k6, k7, k8
    RETURN collect(v26) AS l3
  }
  RETURN collect([0, n2.id, n2.name, l3]) AS l1
}
RETURN l1

{
  "now": 1780315200000000,
  "p0": "acc_1",
  "p1": 10,
  "p2": 5,
  "p3": 1,
  "p4": 1
}
