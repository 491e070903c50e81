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
  RETURN collect(w) AS words
}
WITH collect([q[1], q[2], q[3], near]) AS terms, collect(words) AS found
UNWIND found AS words
UNWIND words AS w1
WITH DISTINCT terms, w1, w1.word AS t1
UNWIND terms AS term
WITH w1, min(CASE WHEN t1 = term[1] THEN 0 WHEN t1 STARTS WITH term[2] THEN 1 WHEN t1 IN term[3] THEN 2 END) AS h1
  WHERE h1 IS NOT NULL
MATCH (w1)<-[r1:FOUND_BY_Customer_name|FOUND_BY_Customer_givenName|FOUND_BY_Customer_familyName|FOUND_BY_Customer_email|FOUND_BY_Customer_phone]-(cus1)
WITH cus1, type(r1) AS path, min(h1) AS h1
WITH cus1, min(h1) AS best, [collect([0, path, h1])] AS f1
WITH cus1, f1, best, cus1.name_folded AS k1, cus1.id AS k2
  ORDER BY best, k1, k2
  LIMIT $p.v1
RETURN collect([0, cus1.id, cus1.name, cus1.erasedAt, f1]) AS l1

{
  "p": {
    "v0": [
      [
        0,
        [
          0
        ],
        "meier",
        "meier",
        [
          "eier",
          "mier",
          "emier",
          "meer",
          "mieer",
          "meir",
          "meeir",
          "meie",
          "meire"
        ],
        [
          "0:eier",
          "0:meier",
          "1:mier",
          "1:meier",
          "2:meer",
          "2:meier",
          "3:meir",
          "3:meier",
          "4:meie",
          "4:meier",
          "5:meier"
        ]
      ]
    ],
    "v1": 20
  }
}
