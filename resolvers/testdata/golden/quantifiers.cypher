MATCH (acc1:Account)
  WHERE NOT EXISTS { MATCH (acc1)<-[r1:`WITH`]-(dea1) WHERE NOT coalesce(NOT dea1.stage = $p0, false) }
    AND NOT acc1.name_folded CONTAINS $p1
    AND acc1.domain IS NOT NULL
    AND NOT EXISTS { MATCH (acc1)<-[r2:WORKS_AT]-(cus1) WHERE (r2.from IS NULL OR r2.from <= $now) AND (r2.to IS NULL OR $now < r2.to) AND NOT coalesce(cus1.name IS NOT NULL AND r2.seniority IN $p2, false) }
MATCH (acc1)<-[r3:`WITH`]-(dea2:Deal)
  WHERE dea2.stage = $p3
    AND dea2.id IS NOT NULL
WITH DISTINCT acc1
WITH count(*) AS n1
RETURN collect([n1]) AS l1

{
  "now": 1780315200000000,
  "p0": "LOST",
  "p1": "gmbh",
  "p2": [
    "VP",
    "C_LEVEL"
  ],
  "p3": "WON"
}
