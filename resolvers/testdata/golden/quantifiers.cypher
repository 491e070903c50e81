CALL () {
  MATCH (n2:Account) WHERE n2.id IS NOT NULL AND NOT EXISTS { MATCH (n2)<-[r3:`WITH`]-(n4:Deal) WHERE NOT coalesce(NOT (n4.stage = $p0), false) } AND EXISTS { MATCH (n2)<-[r5:`WITH`]-(n6:Deal) WHERE n6.stage = $p1 } AND NOT (n2.name_folded CONTAINS $p2) AND n2.domain IS NOT NULL AND NOT EXISTS { MATCH (n2)<-[r7:WORKS_AT]-(n8:Customer) WHERE (r7.from IS NULL OR r7.from <= $now) AND (r7.to IS NULL OR $now < r7.to) AND NOT coalesce(n8.name IS NOT NULL AND r7.seniority IN $p3, false) }
  WITH count(*) AS c
  RETURN collect([c]) AS l1
}
RETURN l1

{
  "now": 1780315200000000,
  "p0": "LOST",
  "p1": "WON",
  "p2": "gmbh",
  "p3": [
    "VP",
    "C_LEVEL"
  ]
}
