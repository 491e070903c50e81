MATCH (acc1:Account)
  WHERE NOT EXISTS { MATCH (acc1)<-[r1:`WITH`]-(dea1) WHERE NOT coalesce(NOT dea1.stage = $p.v0, false) }
    AND EXISTS { MATCH (acc1)<-[r2:`WITH`]-(dea2) WHERE dea2.stage = $p.v1 }
    AND NOT acc1.name_folded CONTAINS $p.v2
    AND acc1.domain IS NOT NULL
    AND NOT EXISTS { MATCH (acc1)<-[r3:WORKS_AT]-(cus1) WHERE coalesce(r3.from <= $p.now AND $p.now < r3.to, true) AND NOT coalesce((NOT r3.seniority IN $l0 AND r3.seniority IS NOT NULL OR cus1.name IS NOT NULL), false) }
WITH count(*) AS n1
RETURN collect([n1]) AS l1

{
  "l0": [
    "VP",
    "C_LEVEL"
  ],
  "p": {
    "now": 1780315200000000,
    "v0": "LOST",
    "v1": "WON",
    "v2": "gmbh"
  }
}
