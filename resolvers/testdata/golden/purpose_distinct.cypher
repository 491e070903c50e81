CALL () {
  MATCH (ord1:`Order`)
    WHERE NOT EXISTS { MATCH (ord1)-[r1:PLACED_BY]->(cus1:Customer) WHERE NOT (cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL) }
  WITH ord1.orderStatus AS g1
  WITH g1, count(*) AS n1
  RETURN collect([g1, 0, n1]) AS l1
}
CALL () {
  MATCH (ord2:`Order`)
    WHERE NOT EXISTS { MATCH (ord2)-[r2:PLACED_BY]->(cus2:Customer) WHERE NOT (cus2.objectedAt_SALES IS NULL AND cus2.restrictedAt IS NULL) }
  MATCH (ord2)-[r3:PLACED_BY]->(cus3:Customer)
    WHERE cus3.objectedAt_SALES IS NULL
      AND cus3.restrictedAt IS NULL
  WITH ord2.orderStatus AS g2, cus3 AS u1
  WITH g2, count(DISTINCT u1) AS n2, collect(DISTINCT u1.id) AS m1
  WITH collect([g2, 0, n2, m1]) AS s1
  RETURN CASE WHEN reduce(n3 = 0, e1 IN s1 | n3 + size(e1[3])) > $p.v0 THEN [[reduce(n3 = 0, e1 IN s1 | n3 + size(e1[3]))]] ELSE s1 END AS l2
}
RETURN l1, l2

{
  "p": {
    "v0": 2000000
  }
}
