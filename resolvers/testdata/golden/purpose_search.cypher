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
  MATCH (w)<-[:FOUND_BY_Customer_name|FOUND_BY_Customer_givenName|FOUND_BY_Customer_familyName|FOUND_BY_Customer_email|FOUND_BY_Customer_phone|FOUND_BY_Order_number]-(n1)
  RETURN DISTINCT n1
}
MATCH (n1)-[r1:FOUND_BY_Customer_name|FOUND_BY_Customer_givenName|FOUND_BY_Customer_familyName|FOUND_BY_Customer_email|FOUND_BY_Customer_phone|FOUND_BY_Order_number]->(w1)
WITH n1, r1, terms, w1.word AS word
UNWIND terms AS term
WITH n1, r1, term, CASE WHEN word = term[1] THEN 0 WHEN word STARTS WITH term[2] THEN 1 WHEN word IN term[3] THEN 2 END AS h1
  WHERE h1 IS NOT NULL
UNWIND term[0] AS i
WITH n1, i, type(r1) AS path, min(h1) AS h1
WITH n1, i, min(h1) AS best, collect([i, path, h1]) AS paths
WITH n1, count(*) AS words, max(best) AS h1, sum(CASE best WHEN 0 THEN 1 ELSE 0 END) AS exact, collect(paths) AS f1
  WHERE words = $p.v2
    AND CASE WHEN n1:Customer AND n1.consentUntil_MARKETING > $p.now AND n1.restrictedAt IS NULL THEN true WHEN n1:`Order` AND NOT EXISTS { MATCH (n1)-[r2:PLACED_BY]->(cus1:Customer) WHERE NOT coalesce(cus1.consentUntil_MARKETING > $p.now AND cus1.restrictedAt IS NULL, false) } THEN true ELSE false END
WITH n1, f1, h1, exact, CASE WHEN n1:Customer THEN n1.name_folded WHEN n1:`Order` THEN n1.number_folded END AS k1, n1.id AS k2
  ORDER BY h1, exact DESC, k1, k2
  LIMIT $p.v3
CALL (n1) {
  MATCH (n1:`Order`)-[r3:PLACED_BY]->(cus2:Customer)
    WHERE cus2.consentUntil_MARKETING > $p.now
      AND cus2.restrictedAt IS NULL
  RETURN collect([0, cus2.id])[..1] AS l2
}
WITH CASE WHEN n1:Customer THEN [0, n1.id, n1.name, n1.phone, n1.erasedAt, f1] ELSE [1, n1.id, n1.number, f1, l2] END AS v1, h1, exact, k1, k2
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
        "49",
        null,
        [],
        []
      ],
      [
        1,
        [
          1
        ],
        "30",
        null,
        [],
        []
      ],
      [
        2,
        [
          2
        ],
        "4711",
        "4711",
        [],
        []
      ],
      [
        3,
        [
          0,
          1,
          2
        ],
        "49304711",
        "49304711",
        [],
        []
      ]
    ],
    "v1": [
      [
        0,
        3
      ],
      [
        1,
        3
      ],
      [
        2,
        3
      ]
    ],
    "v2": 3,
    "v3": 20
  }
}
