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
MATCH (w1)<-[r1:FOUND_BY_Account_name|FOUND_BY_Account_domain|FOUND_BY_Customer_name|FOUND_BY_Customer_givenName|FOUND_BY_Customer_familyName|FOUND_BY_Customer_email|FOUND_BY_Customer_phone|FOUND_BY_Employee_name|FOUND_BY_Product_name|FOUND_BY_Deal_name|FOUND_BY_Order_number|FOUND_BY_Case_number]-(n1)
UNWIND $p3[t1] AS i1
WITH n1, i1, type(r1) AS p1, min(h1) AS h1
WITH n1, i1, min(h1) AS b1, collect([i1, p1, h1]) AS f1
WITH n1, count(*) AS words, max(b1) AS h1, sum(CASE b1 WHEN 0 THEN 1 ELSE 0 END) AS exact, collect(f1) AS f1
  WHERE words = $p4
WITH n1, f1, h1, exact, CASE WHEN n1:Account THEN n1.name_folded WHEN n1:Customer THEN n1.name_folded WHEN n1:Employee THEN n1.name_folded WHEN n1:Product THEN n1.name_folded WHEN n1:Deal THEN n1.name_folded WHEN n1:`Order` THEN n1.number_folded WHEN n1:`Case` THEN n1.number_folded END AS k1, n1.id AS k2
  ORDER BY h1, exact DESC, k1, k2
  LIMIT $p5
CALL (n1) {
  MATCH (n1:Customer)-[r2:WORKS_AT]->(acc1)
    WHERE (r2.from IS NULL OR r2.from <= $now)
      AND (r2.to IS NULL OR $now < r2.to)
  WITH acc1, r2, acc1.id AS k3, r2.key AS k4
    ORDER BY k3, k4
    LIMIT $p6
  RETURN collect([0, k3, acc1.name, r2.title]) AS l2
}
CALL (n1) {
  MATCH (n1:`Order`)-[r3:PLACED_BY]->(cus1:Customer)
  WITH cus1 LIMIT 1
  RETURN collect([0, cus1.id]) AS l3
}
CALL (n1) {
  MATCH (n1:`Case`)-[r4:`OF`]->(cus2:Customer)
  WITH cus2 LIMIT 1
  RETURN collect([0, cus2.id]) AS l4
}
WITH CASE WHEN n1:Account THEN [0, n1.id, n1.name, f1] WHEN n1:Customer THEN [1, n1.id, n1.name, f1, l2] WHEN n1:Employee THEN [2, n1.id, f1] WHEN n1:Product THEN [3, n1.id, f1] WHEN n1:Deal THEN [4, n1.id, f1] WHEN n1:`Order` THEN [5, n1.id, f1, l3] ELSE [6, n1.id, f1, l4] END AS v1, h1, exact, k1, k2
  ORDER BY h1, exact DESC, k1, k2
RETURN collect(v1) AS l1

{
  "now": 1780315200000000,
  "p0": [
    [
      "ann",
      0,
      0
    ],
    [
      "meyer",
      1,
      0
    ],
    [
      "eyer",
      1,
      2
    ],
    [
      "myer",
      1,
      2
    ],
    [
      "emyer",
      1,
      2
    ],
    [
      "meer",
      1,
      2
    ],
    [
      "myeer",
      1,
      2
    ],
    [
      "meyr",
      1,
      2
    ],
    [
      "meeyr",
      1,
      2
    ],
    [
      "meye",
      1,
      2
    ],
    [
      "meyre",
      1,
      2
    ]
  ],
  "p1": [
    [
      "ann",
      0,
      1
    ],
    [
      "meyer",
      1,
      1
    ]
  ],
  "p2": [
    [
      "0:eyer",
      1,
      2
    ],
    [
      "0:meyer",
      1,
      2
    ],
    [
      "1:myer",
      1,
      2
    ],
    [
      "1:meyer",
      1,
      2
    ],
    [
      "2:meer",
      1,
      2
    ],
    [
      "2:meyer",
      1,
      2
    ],
    [
      "3:meyr",
      1,
      2
    ],
    [
      "3:meyer",
      1,
      2
    ],
    [
      "4:meye",
      1,
      2
    ],
    [
      "4:meyer",
      1,
      2
    ],
    [
      "5:meyer",
      1,
      2
    ]
  ],
  "p3": [
    [
      0
    ],
    [
      1
    ]
  ],
  "p4": 2,
  "p5": 5,
  "p6": 2
}
