MATCH (dea1:Deal)
  WHERE NOT coalesce(dea1.openedAt > $p.v0, false)
    AND dea1.id IS NOT NULL
WITH *, CASE WHEN dea1.versions_last_from > $p.v1 THEN [dea1.versions_of, dea1.versions_at, dea1.versions_as] END AS was1
  WHERE CASE WHEN dea1.versions_last_from > $p.v1 THEN CASE WHEN 'amount' IN was1[0] THEN head([i3 IN range(0, size(was1[0]) - 1) WHERE was1[0][i3] = 'amount' AND was1[1][4 * i3] <= $p.v1 AND was1[1][4 * i3 + 2] = 253402300799999999 | CASE was1[1][4 * i3 + 3] WHEN 1 THEN toInteger(was1[2][4 * i3 + 0]) END]) ELSE dea1.amount END ELSE dea1.amount END > $p.v2
    AND CASE WHEN dea1.versions_last_from > $p.v1 THEN CASE WHEN 'amount' IN was1[0] THEN head([i4 IN range(0, size(was1[0]) - 1) WHERE was1[0][i4] = 'amount' AND was1[1][4 * i4] <= $p.v1 AND was1[1][4 * i4 + 2] = 253402300799999999 | CASE was1[1][4 * i4 + 3] WHEN 1 THEN was1[2][4 * i4 + 1] END]) ELSE dea1.amount_currency END ELSE dea1.amount_currency END = $p.v3
WITH dea1, CASE WHEN CASE WHEN dea1.versions_last_from > $p.v1 THEN CASE WHEN 'amount' IN was1[0] THEN head([i5 IN range(0, size(was1[0]) - 1) WHERE was1[0][i5] = 'amount' AND was1[1][4 * i5] <= $p.v1 AND was1[1][4 * i5 + 2] = 253402300799999999 | CASE was1[1][4 * i5 + 3] WHEN 1 THEN was1[2][4 * i5 + 1] END]) ELSE dea1.amount_currency END ELSE dea1.amount_currency END = $p.v4 THEN CASE WHEN dea1.versions_last_from > $p.v1 THEN CASE WHEN 'amount' IN was1[0] THEN head([i6 IN range(0, size(was1[0]) - 1) WHERE was1[0][i6] = 'amount' AND was1[1][4 * i6] <= $p.v1 AND was1[1][4 * i6 + 2] = 253402300799999999 | CASE was1[1][4 * i6 + 3] WHEN 1 THEN toInteger(was1[2][4 * i6 + 0]) END]) ELSE dea1.amount END ELSE dea1.amount END END AS k1, dea1.id AS k2
  ORDER BY k1 IS NULL, k1 DESC, k2
  LIMIT $p.v5
RETURN collect([0, k2, dea1.name, dea1.amount, dea1.amount_currency, CASE WHEN dea1.versions_last_from > $p.v1 THEN [dea1.versions_of, dea1.versions_at, dea1.versions_as] END, dea1.recordedAt]) AS l1

{
  "p": {
    "v0": 1735689600000000,
    "v1": 1735689600000000,
    "v2": 10000000,
    "v3": "EUR",
    "v4": "EUR",
    "v5": 50
  }
}
