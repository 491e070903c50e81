CALL () {
  UNWIND $p0 AS q1
  MATCH (w1:KithWord {word: q1[0]})
  RETURN w1, q1[1] AS t1, q1[2] AS h1
  UNION ALL
  UNWIND $p1 AS q1
  MATCH (w1:KithWord) WHERE w1.word STARTS WITH q1[0]
  RETURN w1, q1[1] AS t1, q1[2] AS h1
  UNION ALL
  UNWIND $p2 AS q1
  MATCH (key:KithKey {key: q1[0]})
  MATCH (w1:KithWord {word: key.word})
  RETURN w1, q1[1] AS t1, q1[2] AS h1
}
WITH w1, t1, min(h1) AS h1
MATCH (w1)<-[r1:FOUND_BY_Customer_name|FOUND_BY_Customer_givenName|FOUND_BY_Customer_familyName|FOUND_BY_Customer_email|FOUND_BY_Customer_phone|FOUND_BY_Order_number]-(n1)
UNWIND $p3[t1] AS i1
WITH n1, i1, type(r1) AS p1, min(h1) AS h1
WITH n1, i1, min(h1) AS b1, collect([i1, p1, h1]) AS f1
WITH n1, count(*) AS words, max(b1) AS h1, sum(CASE b1 WHEN 0 THEN 1 ELSE 0 END) AS exact, collect(f1) AS f1
  WHERE words = $p4
    AND (n1:Customer AND n1.consentUntil_MARKETING > $p5 AND n1.restrictedAt IS NULL OR n1:`Order` AND NOT EXISTS { MATCH (n1)-[r2:PLACED_BY]->(n2) WHERE NOT coalesce((n2:Customer AND n2.consentUntil_MARKETING > $p6 AND n2.restrictedAt IS NULL OR n2:Account), false) })
WITH n1, f1, h1, exact, CASE WHEN n1:Customer THEN n1.name_folded WHEN n1:`Order` THEN n1.number_folded END AS k1, n1.id AS k2
  ORDER BY h1, exact DESC, k1, k2
  LIMIT $p7
CALL (n1) {
  MATCH (n1:`Order`)-[r3:PLACED_BY]->(cus1:Customer)
    WHERE (NOT cus1:Customer OR cus1:Customer AND cus1.consentUntil_MARKETING > $p8 AND cus1.restrictedAt IS NULL)
  WITH cus1 LIMIT 1
  RETURN collect([0, cus1.id]) AS l2
}
WITH CASE WHEN n1:Customer THEN [0, n1.id, n1.name, n1.phone, f1] ELSE [1, n1.id, n1.number, f1, l2] END AS v1, h1, exact, k1, k2
  ORDER BY h1, exact DESC, k1, k2
RETURN collect(v1) AS l1

{
  "p0": [
    [
      "49",
      0,
      0
    ],
    [
      "30",
      1,
      0
    ],
    [
      "4711",
      2,
      0
    ],
    [
      "49304711",
      3,
      0
    ]
  ],
  "p1": [
    [
      "4711",
      2,
      1
    ],
    [
      "49304711",
      3,
      1
    ]
  ],
  "p2": [],
  "p3": [
    [
      0
    ],
    [
      1
    ],
    [
      2
    ],
    [
      0,
      1,
      2
    ]
  ],
  "p4": 3,
  "p5": 1780315200000000,
  "p6": 1780315200000000,
  "p7": 20,
  "p8": 1780315200000000
}
