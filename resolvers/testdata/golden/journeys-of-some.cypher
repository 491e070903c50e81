MATCH (acc1:Account)
  USING INDEX acc1:Account(id)
  WHERE acc1.accountStage = $p.v0
    AND acc1.id IS NOT NULL
WITH acc1, acc1.id AS k1
  ORDER BY k1
  LIMIT $p.v1
RETURN collect([0, k1, k1]) AS l1

{
  "p": {
    "v0": "CUSTOMER",
    "v1": 50001
  }
}
