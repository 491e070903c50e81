MATCH (int1:Interaction)
  WHERE int1.id IS NOT NULL
MATCH (int1)-[r1:PARTICIPANT]->(cus1:Customer)
  WHERE cus1.id = $p.asker
WITH DISTINCT int1
WITH collect(int1) AS s1
CALL (s1) {
  UNWIND s1 AS int1
  WITH int1, int1.at AS k1, int1.sequence AS k2, int1.id AS k3
    ORDER BY k1 IS NULL, k1 DESC, k2 IS NULL, k2 DESC, k3
    LIMIT $p.v0
  CALL (int1) {
    MATCH (int1)-[r2:PARTICIPANT]->(cus2:Customer)
      WHERE cus2.id = $p.asker
    WITH cus2, cus2.id AS k4
      ORDER BY k4
      LIMIT $p.v1
    RETURN collect([0, k4, cus2.name, cus2.erasedAt]) AS l3
  }
  CALL (int1) {
    MATCH (int1)-[r3:ABOUT]->(pro1:Product)
    WITH pro1, pro1.id AS k5
      ORDER BY k5
      LIMIT $p.v2
    RETURN collect([0, k5, pro1.name]) AS l4
  }
  CALL (int1) {
    MATCH (int1)-[r4:PARTICIPANT]->(cus3:Customer)
      WHERE cus3.id = $p.asker
    WITH cus3, cus3.id AS k6
      ORDER BY k6
      LIMIT $p.v3
    RETURN collect([0, k6]) AS l5
  }
  WITH [0, k3, EXISTS { MATCH (int1)-[r5:PARTICIPANT]->(cus4:Customer) WHERE cus4.id = $p.asker } AND NOT EXISTS { MATCH (int1)-[r6:PARTICIPANT]->(cus5:Customer) WHERE NOT coalesce(cus5.id = $p.asker, false) }, int1.at, int1.kind, int1.text, int1.erasedAt, l3, l4, l5] AS v1, k1, k2, k3
    ORDER BY k1 IS NULL, k1 DESC, k2 IS NULL, k2 DESC, k3
  RETURN collect(v1) AS l2
}
RETURN [l2, size(s1)] AS l1

{
  "p": {
    "asker": "cus_1",
    "v0": 3,
    "v1": 20,
    "v2": 20,
    "v3": 200
  }
}
