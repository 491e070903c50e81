MATCH (acc1:Account {id: $p0})
CALL (acc1) {
  MATCH (acc1) ((x1)-[r1:SUBSIDIARY_OF]->(y1) WHERE (r1.from IS NULL OR r1.from <= $now) AND (r1.to IS NULL OR $now < r1.to) AND NOT EXISTS { MATCH (x1)-[r2:SUBSIDIARY_OF]->(y2) WHERE (r2.from IS NULL OR r2.from <= $now) AND (r2.to IS NULL OR $now < r2.to) AND (r2.share > r1.share OR r2.share IS NOT NULL AND r1.share IS NULL OR (r2.share = r1.share OR r2.share IS NULL AND r1.share IS NULL) AND (y2.id < y1.id OR y2.id = y1.id AND r2.key < r1.key)) }){0,20} (acc2)
    WHERE (size(r1) = 20 OR acc2 IN x1 OR NOT EXISTS { MATCH (acc2)-[r3:SUBSIDIARY_OF]->(y3) WHERE (r3.from IS NULL OR r3.from <= $now) AND (r3.to IS NULL OR $now < r3.to) })
  WITH acc2 LIMIT 1
  RETURN collect([0, acc2.id, acc2.name]) AS l2
}
CALL (acc1) {
  MATCH (acc1) ((x2)-[r4:SUBSIDIARY_OF]->(y4) WHERE (r4.from IS NULL OR r4.from <= $now) AND (r4.to IS NULL OR $now < r4.to) AND NOT EXISTS { MATCH (x2)-[r5:SUBSIDIARY_OF]->(y5) WHERE (r5.from IS NULL OR r5.from <= $now) AND (r5.to IS NULL OR $now < r5.to) AND (r5.share > r4.share OR r5.share IS NOT NULL AND r4.share IS NULL OR (r5.share = r4.share OR r5.share IS NULL AND r4.share IS NULL) AND (y5.id < y4.id OR y5.id = y4.id AND r5.key < r4.key)) }){0,20} (acc4) WHERE (size(r4) = 20 OR acc4 IN x2 OR NOT EXISTS { MATCH (acc4)-[r8:SUBSIDIARY_OF]->(y8) WHERE (r8.from IS NULL OR r8.from <= $now) AND (r8.to IS NULL OR $now < r8.to) }) MATCH (acc4) ((y6)<-[r6:SUBSIDIARY_OF]-(x3) WHERE (r6.from IS NULL OR r6.from <= $now) AND (r6.to IS NULL OR $now < r6.to) AND NOT EXISTS { MATCH (x3)-[r7:SUBSIDIARY_OF]->(y7) WHERE (r7.from IS NULL OR r7.from <= $now) AND (r7.to IS NULL OR $now < r7.to) AND (r7.share > r6.share OR r7.share IS NOT NULL AND r6.share IS NULL OR (r7.share = r6.share OR r7.share IS NULL AND r6.share IS NULL) AND (y7.id < y6.id OR y7.id = y6.id AND r7.key < r6.key)) }){0,20} (acc3)
    WHERE NOT y6[0] IN x3
  WITH acc3, acc3.name AS k1, acc3.id AS k2
    ORDER BY k1, k2
    LIMIT $p1
  RETURN collect([0, k2, acc3.name]) AS l3
}
CALL (acc1) {
  MATCH (acc1) ((x4)-[r9:SUBSIDIARY_OF]->(y9) WHERE (r9.from IS NULL OR r9.from <= $now) AND (r9.to IS NULL OR $now < r9.to) AND NOT EXISTS { MATCH (x4)-[r10:SUBSIDIARY_OF]->(y10) WHERE (r10.from IS NULL OR r10.from <= $now) AND (r10.to IS NULL OR $now < r10.to) AND (r10.share > r9.share OR r10.share IS NOT NULL AND r9.share IS NULL OR (r10.share = r9.share OR r10.share IS NULL AND r9.share IS NULL) AND (y10.id < y9.id OR y10.id = y9.id AND r10.key < r9.key)) }){0,20} (acc5)
    WHERE (size(r9) = 20 OR acc5 IN x4 OR NOT EXISTS { MATCH (acc5)-[r11:SUBSIDIARY_OF]->(y11) WHERE (r11.from IS NULL OR r11.from <= $now) AND (r11.to IS NULL OR $now < r11.to) })
  WITH acc1
    WHERE (EXISTS { MATCH (acc1) ((x5)-[r12:SUBSIDIARY_OF]->(y12) WHERE (r12.from IS NULL OR r12.from <= $now) AND (r12.to IS NULL OR $now < r12.to) AND NOT EXISTS { MATCH (x5)-[r13:SUBSIDIARY_OF]->(y13) WHERE (r13.from IS NULL OR r13.from <= $now) AND (r13.to IS NULL OR $now < r13.to) AND (r13.share > r12.share OR r13.share IS NOT NULL AND r12.share IS NULL OR (r13.share = r12.share OR r13.share IS NULL AND r12.share IS NULL) AND (y13.id < y12.id OR y13.id = y12.id AND r13.key < r12.key)) }){21,21} (acc6) WHERE NOT acc6 IN x5 } OR EXISTS { MATCH (acc5) ((y14)<-[r14:SUBSIDIARY_OF]-(x6) WHERE (r14.from IS NULL OR r14.from <= $now) AND (r14.to IS NULL OR $now < r14.to) AND NOT EXISTS { MATCH (x6)-[r15:SUBSIDIARY_OF]->(y15) WHERE (r15.from IS NULL OR r15.from <= $now) AND (r15.to IS NULL OR $now < r15.to) AND (r15.share > r14.share OR r15.share IS NOT NULL AND r14.share IS NULL OR (r15.share = r14.share OR r15.share IS NULL AND r14.share IS NULL) AND (y15.id < y14.id OR y15.id = y14.id AND r15.key < r14.key)) }){21,21} (acc7) WHERE NOT y14[0] IN x6 })
  RETURN count(*) > 0 AS l4
}
CALL (acc1) {
  MATCH (acc1) ((x7)-[r16:SUBSIDIARY_OF]->(y16) WHERE (r16.from IS NULL OR r16.from <= $now) AND (r16.to IS NULL OR $now < r16.to) AND NOT EXISTS { MATCH (x7)-[r17:SUBSIDIARY_OF]->(y17) WHERE (r17.from IS NULL OR r17.from <= $now) AND (r17.to IS NULL OR $now < r17.to) AND (r17.share > r16.share OR r17.share IS NOT NULL AND r16.share IS NULL OR (r17.share = r16.share OR r17.share IS NULL AND r16.share IS NULL) AND (y17.id < y16.id OR y17.id = y16.id AND r17.key < r16.key)) }){0,20} (acc9) WHERE (size(r16) = 20 OR acc9 IN x7 OR NOT EXISTS { MATCH (acc9)-[r20:SUBSIDIARY_OF]->(y20) WHERE (r20.from IS NULL OR r20.from <= $now) AND (r20.to IS NULL OR $now < r20.to) }) MATCH (acc9) ((y18)<-[r18:SUBSIDIARY_OF]-(x8) WHERE (r18.from IS NULL OR r18.from <= $now) AND (r18.to IS NULL OR $now < r18.to) AND NOT EXISTS { MATCH (x8)-[r19:SUBSIDIARY_OF]->(y19) WHERE (r19.from IS NULL OR r19.from <= $now) AND (r19.to IS NULL OR $now < r19.to) AND (r19.share > r18.share OR r19.share IS NOT NULL AND r18.share IS NULL OR (r19.share = r18.share OR r19.share IS NULL AND r18.share IS NULL) AND (y19.id < y18.id OR y19.id = y18.id AND r19.key < r18.key)) }){0,20} (acc8)
    WHERE NOT y18[0] IN x8
  WITH count(*) AS n1
  RETURN collect([n1]) AS l5
}
CALL (acc1) {
  MATCH (acc1) ((x9)-[r21:SUBSIDIARY_OF]->(y21) WHERE (r21.from IS NULL OR r21.from <= $now) AND (r21.to IS NULL OR $now < r21.to) AND NOT EXISTS { MATCH (x9)-[r22:SUBSIDIARY_OF]->(y22) WHERE (r22.from IS NULL OR r22.from <= $now) AND (r22.to IS NULL OR $now < r22.to) AND (r22.share > r21.share OR r22.share IS NOT NULL AND r21.share IS NULL OR (r22.share = r21.share OR r22.share IS NULL AND r21.share IS NULL) AND (y22.id < y21.id OR y22.id = y21.id AND r22.key < r21.key)) }){0,20} (acc11) WHERE (size(r21) = 20 OR acc11 IN x9 OR NOT EXISTS { MATCH (acc11)-[r25:SUBSIDIARY_OF]->(y25) WHERE (r25.from IS NULL OR r25.from <= $now) AND (r25.to IS NULL OR $now < r25.to) }) MATCH (acc11) ((y23)<-[r23:SUBSIDIARY_OF]-(x10) WHERE (r23.from IS NULL OR r23.from <= $now) AND (r23.to IS NULL OR $now < r23.to) AND NOT EXISTS { MATCH (x10)-[r24:SUBSIDIARY_OF]->(y24) WHERE (r24.from IS NULL OR r24.from <= $now) AND (r24.to IS NULL OR $now < r24.to) AND (r24.share > r23.share OR r24.share IS NOT NULL AND r23.share IS NULL OR (r24.share = r23.share OR r24.share IS NULL AND r23.share IS NULL) AND (y24.id < y23.id OR y24.id = y23.id AND r24.key < r23.key)) }){0,20} (acc10)
    WHERE NOT y23[0] IN x10
  MATCH (acc10)<-[r26:`WITH`]-(dea1)
    WHERE dea1.stage IN $p2
  WITH dea1.amount AS v1, dea1.amount_currency AS g1
  WITH g1, count(*) AS n2, count(v1) AS m1, sum(v1 / 4294967296) * 4294967296 + sum(v1 % 4294967296) AS m2, min(v1) AS m3, max(v1) AS m4
  RETURN collect([n2, g1, m1, m2, m3, m4]) AS l6
}
RETURN collect([0, acc1.id, acc1.name, l2, l3, l4, l5, l6]) AS l1

{
  "now": 1780315200000000,
  "p0": "acc_1",
  "p1": 10,
  "p2": [
    "PROPOSAL"
  ]
}
