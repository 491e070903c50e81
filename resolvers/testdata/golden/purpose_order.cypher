CALL () {
  CALL () {
    MATCH (cus1:Customer)
      USING INDEX cus1:Customer(familyName_folded, familyName, id)
      WHERE cus1.consentUntil_MARKETING > $p.now
        AND cus1.restrictedAt IS NULL
        AND EXISTS { MATCH (cus1)<-[r1:PLACED_BY]-(ord1) WHERE ord1.total > $p.v0 AND ord1.total_currency = $p.v1 }
        AND cus1.id IS NOT NULL
        AND cus1.familyName_folded IS NOT NULL
        AND cus1.familyName IS NOT NULL
    WITH cus1, cus1.familyName_folded AS k1, cus1.familyName AS k2, cus1.id AS k3
      ORDER BY k1, k2, k3
      LIMIT $p.v2
    RETURN collect(cus1) AS s1
  }
  CALL (s1) {
    UNWIND CASE WHEN size(s1) < $p.v2 THEN [true] ELSE [] END AS more1
    MATCH (cus2:Customer)
      WHERE cus2.consentUntil_MARKETING > $p.now
        AND cus2.restrictedAt IS NULL
        AND EXISTS { MATCH (cus2)<-[r2:PLACED_BY]-(ord2) WHERE ord2.total > $p.v0 AND ord2.total_currency = $p.v1 }
        AND cus2.id IS NOT NULL
        AND cus2.familyName_folded IS NULL
    WITH cus2, null AS k4, null AS k5, cus2.id AS k6
      ORDER BY k6
      LIMIT $p.v2
    RETURN collect(cus2) AS s2
  }
  UNWIND s1 + s2 AS cus3
  WITH cus3, cus3.familyName_folded AS k7, cus3.familyName AS k8, cus3.id AS k9
  WITH cus3, k7, CASE WHEN k7 IS NOT NULL THEN k8 END AS k10, k9
    ORDER BY k7, k10, k9
    LIMIT $p.v2
  RETURN collect([0, k9, cus3.familyName, cus3.erasedAt, k10, k9]) AS l1
}
CALL () {
  MATCH (cus4:Customer)
    WHERE cus4.consentUntil_MARKETING > $p.now
      AND cus4.restrictedAt IS NULL
      AND EXISTS { MATCH (cus4)<-[r3:PLACED_BY]-(ord3) WHERE ord3.total > $p.v0 AND ord3.total_currency = $p.v1 }
  WITH count(*) AS n1
  RETURN collect([n1]) AS l2
}
RETURN l1, l2

{
  "p": {
    "now": 1780315200000000,
    "v0": 1000000,
    "v1": "EUR",
    "v2": 5
  }
}
