MATCH (dea1:Deal)
  WHERE dea1.id IS NOT NULL
CALL (dea1) {
  MATCH (dea1)<-[r1:ABOUT]-(int1)
  WITH int1.at AS v1
  WITH max(v1) AS o1, count(*) AS n1
  RETURN o1
}
WITH dea1, dea1.expectedClose AS k1, o1 AS k2, dea1.id AS k3
  ORDER BY k1 IS NOT NULL, k1, k2 DESC, k3
  LIMIT $p.v0
RETURN collect([0, k3, dea1.name, k1, k2, k3]) AS l1

{
  "p": {
    "v0": 5
  }
}
