MATCH (dea1:Deal)
  WHERE NOT coalesce(dea1.openedAt > $p.v0, false)
WITH *, CASE WHEN dea1.versions_last_from > $p.v1 THEN [dea1.versions_of, dea1.versions_at, dea1.versions_as] END AS was1
WITH CASE WHEN dea1.versions_last_from > $p.v1 THEN CASE WHEN 'stage' IN was1[0] THEN head([i1 IN range(0, size(was1[0]) - 1) WHERE was1[0][i1] = 'stage' AND was1[1][4 * i1] <= $p.v1 AND was1[1][4 * i1 + 2] = 253402300799999999 | CASE was1[1][4 * i1 + 3] WHEN 1 THEN was1[2][4 * i1 + 0] END]) ELSE dea1.stage END ELSE dea1.stage END AS g1, CASE WHEN dea1.versions_last_from > $p.v1 THEN CASE WHEN 'amount' IN was1[0] THEN head([i2 IN range(0, size(was1[0]) - 1) WHERE was1[0][i2] = 'amount' AND was1[1][4 * i2] <= $p.v1 AND was1[1][4 * i2 + 2] = 253402300799999999 | CASE was1[1][4 * i2 + 3] WHEN 1 THEN toInteger(was1[2][4 * i2 + 0]) END]) ELSE dea1.amount END ELSE dea1.amount END AS v1, CASE WHEN dea1.versions_last_from > $p.v1 THEN CASE WHEN 'amount' IN was1[0] THEN head([i3 IN range(0, size(was1[0]) - 1) WHERE was1[0][i3] = 'amount' AND was1[1][4 * i3] <= $p.v1 AND was1[1][4 * i3 + 2] = 253402300799999999 | CASE was1[1][4 * i3 + 3] WHEN 1 THEN was1[2][4 * i3 + 1] END]) ELSE dea1.amount_currency END ELSE dea1.amount_currency END AS g2
WITH g1, g2, count(*) AS n1, count(v1) AS m1, sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) AS m2, min(v1) AS m3, max(v1) AS m4
RETURN collect([g1, 0, n1, g2, m1, m2, m3, m4]) AS l1

{
  "p": {
    "v0": 1735689600000000,
    "v1": 1735689600000000
  }
}
