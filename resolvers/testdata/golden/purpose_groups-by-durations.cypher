MATCH (cas1:`Case`)
  WHERE NOT EXISTS { MATCH (cas1)-[r1:`OF`]->(cus1:Customer) WHERE NOT (cus1.objectedAt_SALES IS NULL AND cus1.restrictedAt IS NULL) }
WITH *, cas1.resolvedAt - cas1.openedAt AS t1
WITH CASE WHEN t1 IS NOT NULL THEN size([b1 IN $l0 WHERE b1 <= t1]) END AS g1
WITH g1, count(*) AS n1
RETURN collect([g1, 0, n1]) AS l1

{
  "l0": [
    3600000000,
    86400000000
  ],
  "p": {}
}
