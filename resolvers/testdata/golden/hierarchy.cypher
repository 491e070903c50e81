MATCH (acc1:Account {id: $p.v0})
CALL (acc1) {
  MATCH (acc1) ((x1)-[r1:SUBSIDIARY_OF]->(y1) WHERE coalesce(r1.from <= $p.now AND $p.now < r1.to, true) AND (COUNT { (x1)-[:SUBSIDIARY_OF]->() } = 1 OR NOT EXISTS { MATCH (x1)-[r2:SUBSIDIARY_OF]->(y2) WHERE coalesce(r2.from <= $p.now AND $p.now < r2.to, true) AND CASE WHEN coalesce(r2.share = r1.share, r2.share IS NULL AND r1.share IS NULL) THEN [y2.id, r2.key] < [y1.id, r1.key] ELSE coalesce(r2.share > r1.share, r1.share IS NULL) END })){0,21} (acc2)
  WITH acc2, size(r1) AS n1
    ORDER BY n1
  RETURN collect(acc2) AS s1
}
CALL (s1) {
  UNWIND s1[..21][-1..] AS acc3
  MATCH (acc3) ((y3)<-[r3:SUBSIDIARY_OF]-(x2) WHERE coalesce(r3.from <= $p.now AND $p.now < r3.to, true) AND (COUNT { (x2)-[:SUBSIDIARY_OF]->() } = 1 OR NOT EXISTS { MATCH (x2)-[r4:SUBSIDIARY_OF]->(y4) WHERE coalesce(r4.from <= $p.now AND $p.now < r4.to, true) AND CASE WHEN coalesce(r4.share = r3.share, r4.share IS NULL AND r3.share IS NULL) THEN [y4.id, r4.key] < [y3.id, r3.key] ELSE coalesce(r4.share > r3.share, r3.share IS NULL) END })){0,21} (acc4)
    WHERE NOT y3[0] IN x2
  RETURN count(CASE WHEN size(r3) > 20 THEN true END) > 0 AS s2, collect(CASE WHEN size(r3) <= 20 THEN acc4 END) AS s3
}
CALL (s1) {
  UNWIND s1[..21][-1..] AS acc5
  RETURN collect([0, acc5.id, acc5.name]) AS l2
}
CALL (s3) {
  UNWIND s3 AS acc6
  WITH acc6, acc6.name_folded AS k1, acc6.name AS k2, acc6.id AS k3
  WITH acc6, k1, CASE WHEN k1 IS NOT NULL THEN k2 END AS k4, k3
    ORDER BY k1, k4, k3
    LIMIT $p.v1
  RETURN collect([0, k3, acc6.name]) AS l3
}
CALL (s3) {
  UNWIND s3 AS acc7
  MATCH (acc7)<-[r5:`WITH`]-(dea1)
    WHERE dea1.stage IN $l0
  WITH dea1.amount AS v1, dea1.amount_currency AS g1
  WITH g1, count(*) AS n2, count(v1) AS m1, sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) AS m2, min(v1) AS m3, max(v1) AS m4
  RETURN collect([n2, g1, m1, m2, m3, m4]) AS l4
}
RETURN collect([0, acc1.id, acc1.name, l2, l3, (size(s1) > 21 AND NOT s1[-1] IN s1[..-1] OR s2), [[size(s3)]], l4]) AS l1

{
  "l0": [
    "PROPOSAL"
  ],
  "p": {
    "now": 1780315200000000,
    "v0": "acc_1",
    "v1": 10
  }
}
