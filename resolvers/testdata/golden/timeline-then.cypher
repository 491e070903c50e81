MATCH (acc1:Account {id: $p.v0})
CALL (acc1) {
  CALL (acc1) {
    MATCH (acc1)<-[r3:WORKS_AT]-(cus1)
      WHERE coalesce(CASE WHEN r3.versions_last_from > $p.now OR r3.versions_last_known > $p.v1 OR r3.recordedAt > $p.v1 THEN CASE WHEN 'from' IN r3.versions_of THEN head([all1 IN [[r3.versions_of, r3.versions_at, r3.versions_as]] | head([i1 IN range(0, size(all1[0]) - 1) WHERE all1[0][i1] = 'from' AND all1[1][4 * i1] <= $p.now AND all1[1][4 * i1 + 1] <= $p.v1 AND $p.v1 < all1[1][4 * i1 + 2] | CASE all1[1][4 * i1 + 3] WHEN 1 THEN toInteger(all1[2][4 * i1 + 0]) END])]) ELSE CASE WHEN coalesce(r3.recordedAt <= $p.v1, true) THEN r3.from END END ELSE r3.from END <= $p.v2 AND $p.v2 < CASE WHEN r3.versions_last_from > $p.now OR r3.versions_last_known > $p.v1 OR r3.recordedAt > $p.v1 THEN CASE WHEN 'to' IN r3.versions_of THEN head([all2 IN [[r3.versions_of, r3.versions_at, r3.versions_as]] | head([i2 IN range(0, size(all2[0]) - 1) WHERE all2[0][i2] = 'to' AND all2[1][4 * i2] <= $p.now AND all2[1][4 * i2 + 1] <= $p.v1 AND $p.v1 < all2[1][4 * i2 + 2] | CASE all2[1][4 * i2 + 3] WHEN 1 THEN toInteger(all2[2][4 * i2 + 0]) END])]) ELSE CASE WHEN coalesce(r3.recordedAt <= $p.v1, true) THEN r3.to END END ELSE r3.to END, true)
        AND coalesce(r3.recordedAt <= $p.v1, true)
    MATCH (cus1)<-[r2:PARTICIPANT]-(n1)
    RETURN n1, {at: CASE WHEN n1.versions_last_from > $p.v3 OR n1.versions_last_known > $p.v1 OR n1.recordedAt > $p.v1 THEN CASE WHEN 'at' IN n1.versions_of THEN head([all3 IN [[n1.versions_of, n1.versions_at, n1.versions_as]] | head([i3 IN range(0, size(all3[0]) - 1) WHERE all3[0][i3] = 'at' AND all3[1][4 * i3] <= $p.v3 AND all3[1][4 * i3 + 1] <= $p.v1 AND $p.v1 < all3[1][4 * i3 + 2] | CASE all3[1][4 * i3 + 3] WHEN 1 THEN toInteger(all3[2][4 * i3 + 0]) END])]) ELSE CASE WHEN coalesce(n1.recordedAt <= $p.v1, true) THEN n1.at END END ELSE n1.at END, kind: $p.v4, key: $p.v4} AS r1
    UNION ALL
    MATCH (acc1)<-[r4:`WITH`]-(n1)
    RETURN n1, {at: n1.openedAt, kind: $p.v5, key: $p.v5} AS r1
  }
  WITH DISTINCT n1, r1
    WHERE r1.at IS NOT NULL
      AND CASE WHEN NOT n1:Interaction THEN true WHEN n1:Interaction AND (n1.recordedAt <= $p.v6 OR n1.recordedAt IS NULL) THEN true ELSE false END
      AND CASE WHEN NOT n1:Deal THEN true WHEN n1:Deal AND (n1.recordedAt <= $p.v7 OR n1.recordedAt IS NULL) THEN true ELSE false END
  WITH n1, r1, r1.at AS k1, CASE WHEN n1:Interaction THEN n1.sequence END AS k2, n1.id AS k3, r1.key AS k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
    LIMIT $p.v8
  CALL (n1) {
    MATCH (n1:Interaction)-[r5:PARTICIPANT]->(cus2:Customer)
    WITH cus2, cus2.id AS k5
      ORDER BY k5
      LIMIT $p.v9
    RETURN collect([0, k5]) AS l3
  }
  WITH CASE WHEN n1:Interaction THEN [0, k3, r1.at, r1.kind, l3] ELSE [1, k3, n1.name, r1.at, r1.kind] END AS v1, k1, k2, k3, k4
    ORDER BY k1 DESC, k2 IS NULL, k2 DESC, k3, k4
  RETURN collect(v1) AS l2
}
RETURN collect([0, acc1.id, l2]) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": "acc_1",
    "v1": 1780272000000000,
    "v2": 1777593600000000,
    "v3": 1777593600000000,
    "v4": "INTERACTION",
    "v5": "DEAL",
    "v6": 1780272000000000,
    "v7": 1780272000000000,
    "v8": 5,
    "v9": 200
  }
}
