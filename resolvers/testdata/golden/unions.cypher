CALL () {
  CALL () {
    MATCH (n3:Interaction) WHERE n3.id IS NOT NULL AND EXISTS { MATCH (n3)-[r4:PARTICIPANT]->(n5:Customer|Employee) WHERE (n5:Employee AND n5.team = $p1) } AND n3.at IS NOT NULL
    WITH n3, n3.at AS k6, n3.id AS k7 ORDER BY k6 IS NULL, k6 DESC, k7 LIMIT $p0
    RETURN collect(n3) AS s2
  }
  CALL (s2) {
    UNWIND CASE WHEN size(s2) < $p0 THEN [1] ELSE [] END AS more
    MATCH (n8:Interaction) WHERE n8.id IS NOT NULL AND EXISTS { MATCH (n8)-[r9:PARTICIPANT]->(n10:Customer|Employee) WHERE (n10:Employee AND n10.team = $p2) } AND n8.at IS NULL
    WITH n8, n8.at AS k11, n8.id AS k12 ORDER BY k11 IS NULL, k11 DESC, k12 LIMIT $p0
    RETURN n8
    UNION ALL
    UNWIND s2 AS n8
    RETURN n8
  }
  WITH n8, n8.at AS k13, n8.id AS k14 ORDER BY k13 IS NULL, k13 DESC, k14 LIMIT $p0
  CALL (n8) {
    MATCH (n8)-[r17:PARTICIPANT]->(n16:Customer|Employee) WHERE (n16:Customer)
    WITH n16, r17, r17.role AS k18, n16.id AS k19, r17.key AS k20 ORDER BY k18, k19, k20 LIMIT $p3
    RETURN collect(CASE WHEN n16:Customer THEN [0, n16.id, n16.name, r17.role] ELSE [1, n16.id, n16.team, r17.role] END) AS l15
  }
  CALL (n8) {
    MATCH (n8)-[r23:ABOUT]->(n22:Product|`Order`|Deal|`Case`)
    WITH n22, r23, n22.id AS k24, r23.key AS k25 ORDER BY k24, k25 LIMIT $p4
    CALL (n22) {
      MATCH (n22)-[r28:`OF`]->(n27:Customer|Account)
      WITH n27, r28 ORDER BY n27.id LIMIT 1
      RETURN collect(CASE WHEN n27:Customer THEN [0, n27.id] ELSE [1, n27.id, n27.name] END) AS l26
    }
    WITH CASE WHEN n22:Product THEN [0, n22.id, n22.name] WHEN n22:`Order` THEN [1, n22.id] WHEN n22:Deal THEN [2, n22.id] ELSE [3, n22.id, n22.number, l26] END AS v29, k24, k25 ORDER BY k24, k25
    RETURN collect(v29) AS l21
  }
  WITH [0, n8.id, l15, l21] AS v30, k13, k14 ORDER BY k13 IS NULL, k13 DESC, k14
  RETURN collect(v30) AS l1
}
RETURN l1

{
  "p0": 2,
  "p1": "Support",
  "p2": "Support",
  "p3": 20,
  "p4": 20
}
