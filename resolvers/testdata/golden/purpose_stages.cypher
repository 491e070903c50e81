MATCH (dea1:Deal)
  USING INDEX dea1:Deal(id)
  WHERE dea1.id IS NOT NULL
WITH dea1, dea1.id AS k1
  ORDER BY k1
  LIMIT $p.v0
RETURN collect([0, k1, dea1.recordedAt, dea1.stage, [dea1.versions_of, dea1.versions_at, dea1.versions_as], dea1.expectedClose, [dea1.versions_of, dea1.versions_at, dea1.versions_as]]) AS l1

{
  "p": {
    "v0": 10
  }
}
