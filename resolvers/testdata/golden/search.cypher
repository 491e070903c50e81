UNWIND $p.v0 AS q
CALL (q) {
  UNWIND q[5] AS key
  MATCH (k:KithKey {key: key})
  WITH collect(k.word) AS words
  RETURN q[4] + words AS near
}
CALL (q, near) {
  CALL (q, near) {
    UNWIND [q[2]] + near AS word
    MATCH (w:KithWord {word: word})
    RETURN w
    UNION
    MATCH (w:KithWord) WHERE w.word STARTS WITH q[3]
    RETURN w
  }
  WITH w, COUNT { (w)<--() } AS weight
  RETURN collect(w) AS words, sum(weight) AS weight
}
WITH q, near, words, weight ORDER BY q[0]
WITH collect([q[1], q[2], q[3], near]) AS terms, collect(words) AS found, collect(weight) AS weights
CALL (found, weights) {
  UNWIND $p.v1 AS of
  WITH of ORDER BY reduce(sum = 0, i IN of | sum + weights[i]) LIMIT 1
  UNWIND of AS i
  UNWIND found[i] AS w
  MATCH (w)<-[:FOUND_BY_Account_name|FOUND_BY_Account_domain|FOUND_BY_Customer_name|FOUND_BY_Customer_givenName|FOUND_BY_Customer_familyName|FOUND_BY_Customer_email|FOUND_BY_Customer_phone|FOUND_BY_Employee_name|FOUND_BY_Product_name|FOUND_BY_Deal_name|FOUND_BY_Order_number|FOUND_BY_Case_number|FOUND_BY_Return_number|FOUND_BY_Campaign_name|FOUND_BY_Content_title]-(n1)
  RETURN DISTINCT n1
}
MATCH (n1)-[r1:FOUND_BY_Account_name|FOUND_BY_Account_domain|FOUND_BY_Customer_name|FOUND_BY_Customer_givenName|FOUND_BY_Customer_familyName|FOUND_BY_Customer_email|FOUND_BY_Customer_phone|FOUND_BY_Employee_name|FOUND_BY_Product_name|FOUND_BY_Deal_name|FOUND_BY_Order_number|FOUND_BY_Case_number|FOUND_BY_Return_number|FOUND_BY_Campaign_name|FOUND_BY_Content_title]->(w1)
WITH n1, r1, terms, w1.word AS word
UNWIND terms AS term
WITH n1, r1, term, CASE WHEN word = term[1] THEN 0 WHEN word STARTS WITH term[2] THEN 1 WHEN word IN term[3] THEN 2 END AS h1
  WHERE h1 IS NOT NULL
UNWIND term[0] AS i
WITH n1, i, type(r1) AS path, min(h1) AS h1
WITH n1, i, min(h1) AS best, collect([i, path, h1]) AS paths
WITH n1, count(*) AS words, max(best) AS h1, sum(CASE best WHEN 0 THEN 1 ELSE 0 END) AS exact, collect(paths) AS f1
  WHERE words = $p.v2
WITH n1, f1, h1, exact, CASE WHEN n1:Account THEN n1.name_folded WHEN n1:Customer THEN n1.name_folded WHEN n1:Employee THEN n1.name_folded WHEN n1:Product THEN n1.name_folded WHEN n1:Deal THEN n1.name_folded WHEN n1:`Order` THEN n1.number_folded WHEN n1:`Case` THEN n1.number_folded WHEN n1:`Return` THEN n1.number_folded WHEN n1:Campaign THEN n1.name_folded WHEN n1:Content THEN n1.title_folded END AS k1, n1.id AS k2
  ORDER BY h1, exact DESC, k1, k2
  LIMIT $p.v3
CALL (n1) {
  MATCH (n1:Customer)-[r2:WORKS_AT]->(acc1)
    WHERE coalesce(r2.from <= $p.now AND $p.now < r2.to, true)
  WITH acc1, r2, acc1.id AS k3, r2.key AS k4
    ORDER BY k3, k4
    LIMIT $p.v4
  RETURN collect([0, k3, acc1.name, r2.title]) AS l2
}
CALL (n1) {
  MATCH (n1:`Order`)-[r3:PLACED_BY]->(cus1:Customer)
  RETURN collect([0, cus1.id])[..1] AS l3
}
CALL (n1) {
  MATCH (n1:`Case`)-[r4:`OF`]->(cus2:Customer)
  RETURN collect([0, cus2.id])[..1] AS l4
}
CALL (n1) {
  MATCH (n1:`Return`)-[r5:RETURNED_BY]->(cus3:Customer)
  RETURN collect([0, cus3.id])[..1] AS l5
}
WITH CASE WHEN n1:Account THEN [0, n1.id, n1.name, f1] WHEN n1:Customer THEN [1, n1.id, n1.name, n1.erasedAt, f1, l2] WHEN n1:Employee THEN [2, n1.id, f1] WHEN n1:Product THEN [3, n1.id, f1] WHEN n1:Deal THEN [4, n1.id, f1] WHEN n1:`Order` THEN [5, n1.id, f1, l3] WHEN n1:`Case` THEN [6, n1.id, f1, l4] WHEN n1:`Return` THEN [7, n1.id, f1, l5] WHEN n1:Campaign THEN [8, n1.id, f1] ELSE [9, n1.id, f1] END AS v1, h1, exact, k1, k2
  ORDER BY h1, exact DESC, k1, k2
RETURN collect(v1) AS l1

{
  "p": {
    "now": 1780315200000000,
    "v0": [
      [
        0,
        [
          0
        ],
        "ann",
        "ann",
        [],
        []
      ],
      [
        1,
        [
          1
        ],
        "meyer",
        "meyer",
        [
          "eyer",
          "myer",
          "emyer",
          "meer",
          "myeer",
          "meyr",
          "meeyr",
          "meye",
          "meyre"
        ],
        [
          "0:eyer",
          "0:meyer",
          "1:myer",
          "1:meyer",
          "2:meer",
          "2:meyer",
          "3:meyr",
          "3:meyer",
          "4:meye",
          "4:meyer",
          "5:meyer"
        ]
      ]
    ],
    "v1": [
      [
        0
      ],
      [
        1
      ]
    ],
    "v2": 2,
    "v3": 5,
    "v4": 2
  }
}
