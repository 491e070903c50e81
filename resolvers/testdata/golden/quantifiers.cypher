MATCH (acc1:Account)
  WHERE NOT EXISTS { MATCH (acc1)<-[r1:`WITH`]-(dea1) WHERE NOT coalesce(NOT dea1.stage = $p0, false) }
    AND EXISTS { MATCH (acc1)<-[r2:`WITH`]-(dea2) WHERE dea2.stage = $p1 }
    AND NOT acc1.name_folded CONTAINS $p2
    AND acc1.domain IS NOT NULL
    AND NOT EXISTS { MATCH (acc1)<-[r3:WORKS_AT]-(cus1) WHERE coalesce(r3.from <= $now AND $now < r3.to, true) AND NOT coalesce(cus1.name IS NOT NULL AND r3.seniority IN $p3, false) }
WITH count(*) AS n1
RETURN collect([n1]) AS l1

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
