MATCH (dea1:Deal)
  USING INDEX dea1:Deal(id)
  WHERE NOT dea1.closedAt - (dea1.closedAt % (86400000000) + 86400000000) % (86400000000) > dea1.expectedClose
    AND dea1.id IS NOT NULL
WITH dea1, dea1.id AS k1
  ORDER BY k1
  LIMIT $p.v0
RETURN collect([0, k1, dea1.name]) AS l1

{
  "p": {
    "v0": 2
  }
}
