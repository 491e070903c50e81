CALL () {
  CALL () {
    MATCH (n3:Customer) WHERE n3.id IS NOT NULL AND n3.name IS NOT NULL
    WITH n3, n3.name AS k4, n3.id AS k5 ORDER BY k4, k5 LIMIT $p0
    RETURN collect(n3) AS s2
  }
  CALL (s2) {
    UNWIND CASE WHEN size(s2) < $p0 THEN [1] ELSE [] END AS more
    MATCH (n6:Customer) WHERE n6.id IS NOT NULL AND n6.name IS NULL
    WITH n6, n6.name AS k7, n6.id AS k8 ORDER BY k7, k8 LIMIT $p0
    RETURN n6
    UNION ALL
    UNWIND s2 AS n6
    RETURN n6
  }
  WITH n6, n6.name AS k9, n6.id AS k10 ORDER BY k9, k10 LIMIT $p0
  RETURN collect([0, n6.id, n6.name]) AS l1
}
RETURN l1

{
  "p0": 4
}
