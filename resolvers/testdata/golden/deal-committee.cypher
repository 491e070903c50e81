CALL () {
  MATCH (n2:Deal {id: $p0})
  CALL (n2) {
    MATCH (n2)-[r5:`WITH`]->(n4:Account)
    WITH n4, r5 ORDER BY n4.id LIMIT 1
    RETURN collect([0, n4.id, n4.name]) AS l3
  }
  CALL (n2) {
    MATCH (n2)<-[r8:`ON`]-(n7:Claim)
    WITH n7, r8, n7.id AS k9, r8.key AS k10 ORDER BY k9, k10 LIMIT $p1
    CALL (n7) {
      MATCH (n7)-[r13:ABOUT]->(n12:Customer)
      WITH n12, r13 ORDER BY n12.id LIMIT 1
      CALL (n12) {
        MATCH (n12)<-[r16:PARTICIPANT]-(n15:Interaction)
        WITH count(*) AS c
        RETURN collect([c]) AS l14
      }
      CALL (n12) {
        MATCH (n12)<-[r19:PARTICIPANT]-(n18:Interaction)
        WITH n18, r19, n18.at AS k20, n18.id AS k21, r19.key AS k22 ORDER BY k20 IS NULL, k20 DESC, k21, k22 LIMIT $p2
        RETURN collect([0, n18.id, n18.at]) AS l17
      }
      RETURN collect([0, n12.id, n12.name, l14, l17]) AS l11
    }
    WITH [0, n7.id, n7.role, l11] AS v23, k9, k10 ORDER BY k9, k10
    RETURN collect(v23) AS l6
  }
  RETURN collect([0, n2.id, n2.name, l3, l6]) AS l1
}
RETURN l1

{
  "p0": "dea_1",
  "p1": 20,
  "p2": 1
}
