package bench

// The statements an expert would write who knows the data and has read the plans: to-one matches after the LIMIT, no
// label where the relationship says it, the index that finds least, counts from the degree store, one pass where rows and
// their number come from one set. They fix the order wherever the documents do.

const customerCypher = `MATCH (c:Customer {id: $id})
RETURN c {.id, .name, .email, .phone, .journeyStage} AS customer, COLLECT {
  MATCH (c)-[w:WORKS_AT]->(a)
  WHERE (w.from IS NULL OR w.from <= $now) AND (w.to IS NULL OR $now < w.to)
  RETURN [w.title, w.seniority, w.from, a.id, a.name, a.domain, a.accountStage] ORDER BY a.id, w.key LIMIT 20
} AS jobs`

const accountCypher = `MATCH (a:Account {id: $id})
CALL (a) {
  MATCH (a)<-[w:WORKS_AT]-(c)
  WHERE (w.from IS NULL OR w.from <= $now) AND (w.to IS NULL OR $now < w.to)
  WITH c, c.name_folded AS folded, c.name AS name, c.id AS id ORDER BY folded, name, id LIMIT 10
  CALL (c) {
    MATCH (c)<-[:PARTICIPANT]-(i)
    WITH i, i.at AS at, i.sequence AS sequence, i.id AS id ORDER BY at DESC, sequence DESC, id LIMIT 5
    CALL (i) {
      MATCH (i)-[:PARTICIPANT]->(e:Employee)
      WITH e.id AS id, e.name AS name ORDER BY id LIMIT 3
      RETURN collect([id, name]) AS employees
    }
    CALL (i) {
      MATCH (i)-[:ABOUT]->(p:Product)
      WITH p.id AS id, p.name AS name ORDER BY id LIMIT 3
      RETURN collect([id, name]) AS products
    }
    WITH at, sequence, id, [id, at, i.kind, i.channel, employees, products] AS interaction ORDER BY at DESC, sequence DESC, id
    RETURN collect(interaction) AS interactions
  }
  WITH folded, name, id, interactions ORDER BY folded, name, id
  RETURN collect([id, name, interactions]) AS people
}
RETURN a.id, a.name, people`

const contactCypher = `MATCH (a:Account {id: $id})
CALL (a) {
  MATCH (a)<-[w:WORKS_AT]-(c)
  WHERE (w.from IS NULL OR w.from <= $now) AND (w.to IS NULL OR $now < w.to) AND COUNT { (c)<-[:PARTICIPANT]-() } >= 5
  RETURN collect([c, w]) AS found
}
CALL (found) {
  UNWIND found AS row
  WITH row[0] AS c, row[1] AS w
  CALL (c) {
    MATCH (c)<-[:PARTICIPANT]-(i)
    RETURN max(i.at) AS last
  }
  WITH c, last, c.id AS id, w.key AS key ORDER BY last IS NULL, last DESC, id, key LIMIT 20
  RETURN collect([id, c.name]) AS people
}
RETURN a.id, a.name, size(found), people`

const dealCypher = `MATCH (d:Deal {id: $id})
CALL (d) {
  MATCH (d)-[:WITH]->(a)
  RETURN collect([a.id, a.name])[0] AS account
}
CALL (d) {
  MATCH (d)<-[:ON]-(l)
  WITH l, l.id AS id ORDER BY id LIMIT 20
  MATCH (l)-[:ABOUT]->(c)
  CALL (c) {
    MATCH (c)<-[:PARTICIPANT]-(i)
    WITH i, i.at AS at, i.sequence AS sequence, i.id AS id ORDER BY at DESC, sequence DESC, id LIMIT 1
    RETURN collect([id, at, i.channel]) AS newest
  }
  WITH id, [id, l.role, l.stance, l.confidence, c.id, c.name, COUNT { (c)<-[:PARTICIPANT]-() }, newest] AS claim ORDER BY id
  RETURN collect(claim) AS claims
}
RETURN d.id, d.name, d.stage, d.amount, d.amount_currency, account, claims`

const accountsCypher = `MATCH (f:Firmographics)<-[v:DESCRIBED_BY]-(a)
USING INDEX f:Firmographics(industry, id)
WHERE f.industry = $industry AND f.id IS NOT NULL AND $from <= f.employeeCount < $to
  AND (v.from IS NULL OR v.from <= $now) AND (v.to IS NULL OR $now < v.to)
WITH a, f, f.revenue AS revenue, a.id AS id ORDER BY revenue DESC, id
WITH collect([a, f, revenue, id]) AS found
CALL (found) {
  UNWIND found[..20] AS row
  WITH row[0] AS a, row[1] AS f, row[2] AS revenue, row[3] AS id
  CALL (a) {
    MATCH (a)<-[:WITH]-(d) WHERE d.stage IN $open
    WITH d.amount_currency AS currency, count(*) AS n, sum(d.amount) AS sum
    RETURN collect([n, currency, sum]) AS deals
  }
  WITH id, revenue, [id, a.name, f.id, f.employeeCount, revenue, f.revenue_currency, deals] AS account ORDER BY revenue DESC, id
  RETURN collect(account) AS accounts
}
RETURN size(found), accounts`

const familyCypher = `MATCH (a:Account {id: $id})
CALL (a) {
  MATCH (a)-[rs:SUBSIDIARY_OF*0..20]->(t)
  WHERE all(r IN rs WHERE (r.from IS NULL OR r.from <= $now) AND (r.to IS NULL OR $now < r.to))
    AND NOT EXISTS { MATCH (t)-[r:SUBSIDIARY_OF]->() WHERE (r.from IS NULL OR r.from <= $now) AND (r.to IS NULL OR $now < r.to) }
  RETURN t LIMIT 1
}
CALL (t) {
  MATCH (t)<-[rs:SUBSIDIARY_OF*0..20]-(m)
  WHERE all(r IN rs WHERE (r.from IS NULL OR r.from <= $now) AND (r.to IS NULL OR $now < r.to))
  RETURN collect(m) AS family
}
CALL (family) {
  UNWIND family AS m
  MATCH (m)<-[:WITH]-(d) WHERE d.stage IN $open
  WITH d.amount_currency AS currency, count(*) AS n, sum(d.amount) AS sum
  RETURN collect([n, currency, sum]) AS deals
}
RETURN a.id, a.name, t.id, t.name, size(family), deals`

const timelineCypher = `MATCH (c:Customer {id: $id})
CALL (c) {
  CALL (c) {
    MATCH (c)<-[:PARTICIPANT]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at, n.sequence AS sequence ORDER BY at DESC, sequence DESC LIMIT 50
    RETURN n, at, 'INTERACTION' AS kind
    UNION ALL
    MATCH (c)<-[:PLACED_BY]-(n) WHERE n.placedAt IS NOT NULL
    WITH DISTINCT n, n.placedAt AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'ORDER' AS kind
    UNION ALL
    MATCH (c)<-[:RETURNED_BY]-(n) WHERE n.requestedAt IS NOT NULL
    WITH DISTINCT n, n.requestedAt AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'RETURN' AS kind
    UNION ALL
    MATCH (c)<-[:OF]-(n) WHERE n.openedAt IS NOT NULL
    WITH DISTINCT n, n.openedAt AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'CASE' AS kind
    UNION ALL
    MATCH (c)<-[:ABOUT]-(:Claim)-[:ON]->(n:Deal) WHERE n.openedAt IS NOT NULL
    WITH DISTINCT n, n.openedAt AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'DEAL' AS kind
    UNION ALL
    MATCH (c)<-[:HELD_BY]-(n) WHERE n.from IS NOT NULL
    WITH DISTINCT n, n.from AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'SUBSCRIPTION_CONTRACT' AS kind
    UNION ALL
    MATCH (c)<-[:BY]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'FEEDBACK' AS kind
    UNION ALL
    MATCH (c)<-[r:TARGETED]-(n) WHERE r.at IS NOT NULL
    WITH DISTINCT n, r.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'CAMPAIGN' AS kind
    UNION ALL
    MATCH (c)<-[r:RESPONDED]-(n) WHERE r.at IS NOT NULL
    WITH DISTINCT n, r.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'CAMPAIGN_RESPONSE' AS kind
    UNION ALL
    MATCH (c)<-[:AFFECTS]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'HIDDEN_EVENT' AS kind
    UNION ALL
    MATCH (c)-[:LOCATED_AT]->()<-[:AFFECTS]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'HIDDEN_EVENT' AS kind
    UNION ALL
    MATCH (c)<-[:HELD_BY]-()<-[:AFFECTS]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'HIDDEN_EVENT' AS kind
    UNION ALL
    MATCH (c)<-[:HELD_BY]-()-[:OF]->()<-[:AFFECTS]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'HIDDEN_EVENT' AS kind
  }
  WITH DISTINCT n, at, kind, n.sequence AS sequence, n.id AS id ORDER BY at DESC, sequence IS NULL, sequence DESC, id, kind LIMIT 50
  RETURN collect([at, kind, id, n.channel, n.subject, n.number, n.severity, n.name]) AS entries
}
RETURN c.id, c.name, entries`

const searchCypher = `CALL () {
  MATCH (w:KithWord) WHERE w.word STARTS WITH $word RETURN w, CASE w.word WHEN $word THEN 0 ELSE 1 END AS how
  UNION
  UNWIND $keys AS key MATCH (k:KithKey {key: key}) MATCH (w:KithWord {word: k.word}) WHERE NOT w.word STARTS WITH $word RETURN w, 2 AS how
  UNION
  UNWIND $near AS word MATCH (w:KithWord {word: word}) WHERE NOT w.word STARTS WITH $word RETURN w, 2 AS how
}
MATCH (w)<-[r:FOUND_BY_Customer_name|FOUND_BY_Customer_givenName|FOUND_BY_Customer_familyName|FOUND_BY_Customer_email|FOUND_BY_Customer_phone]-(c)
WITH c, type(r) AS path, min(how) AS how
WITH c, min(how) AS best, collect([path, how]) AS found
WITH c, best, found, c.name_folded AS name, c.id AS id ORDER BY best, name, id LIMIT 20
WITH c, found, best, name, id ORDER BY best, name, id
RETURN collect([id, c.name, c.email, found])`

const regularsCypher = `MATCH (c:Customer) WHERE COUNT { (c)<-[:PLACED_BY]-() } >= 2
WITH collect(c) AS found
CALL (found) {
  UNWIND found AS c
  CALL (c) {
    MATCH (c)<-[:PARTICIPANT]-(i)
    RETURN max(i.at) AS last
  }
  WITH c, last, c.id AS id ORDER BY last IS NULL, last DESC, id LIMIT 20
  RETURN collect([id, c.name]) AS customers
}
RETURN size(found), customers`

const silentCypher = `MATCH (d:Deal)
WHERE d.stage IN $open AND NOT EXISTS { MATCH (d)<-[:ABOUT]-(i) WHERE $since <= i.at <= $now }
WITH d, d.amount AS amount, d.id AS id ORDER BY amount DESC, id
WITH collect([d, amount, id]) AS found
RETURN size(found), [row IN found[..20] | [row[2], row[0].name, row[1], row[0].amount_currency]]`

const weeksCypher = `MATCH (o:Order) WHERE o.placedAt >= $since
MATCH (o)-[:PLACED_BY]->(b)
OPTIONAL MATCH (b)-[v:DESCRIBED_BY]->(f)
WHERE (v.from IS NULL OR v.from <= $now) AND (v.to IS NULL OR $now < v.to)
WITH b, f.industry AS industry, date.truncate('week', datetime({epochMillis: o.placedAt / 1000, timezone: 'Europe/Oslo'})) AS week,
  o.total_currency AS currency, o.total AS total
WITH industry, week, currency, count(*) AS n, sum(total) AS sum, percentileDisc(total, 0.5) AS median, count(DISTINCT CASE WHEN b:Customer THEN b END) AS customers
ORDER BY industry IS NULL, industry, week LIMIT 200
RETURN collect([industry, toString(week), n, currency, sum, median, customers])`

const courseCypher = `MATCH (d:Deal {id: $id})
CALL (d) {
  CALL (d) {
    MATCH (d)<-[:ABOUT]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at, n.sequence AS sequence ORDER BY at DESC, sequence DESC LIMIT 50
    RETURN n, at, 'INTERACTION' AS kind
    UNION ALL
    MATCH (d)<-[:ON]-(n) WHERE n.recordedAt IS NOT NULL
    WITH DISTINCT n, n.recordedAt AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'CLAIM' AS kind
    UNION ALL
    MATCH (d)-[:WITH]->()<-[:AFFECTS]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'HIDDEN_EVENT' AS kind
    UNION ALL
    MATCH (d)-[:FOR]->()<-[:AFFECTS]-(n) WHERE n.at IS NOT NULL
    WITH DISTINCT n, n.at AS at ORDER BY at DESC LIMIT 50
    RETURN n, at, 'HIDDEN_EVENT' AS kind
  }
  WITH DISTINCT n, at, kind, n.sequence AS sequence, n.id AS id ORDER BY at DESC, sequence IS NULL, sequence DESC, id, kind LIMIT 50
  RETURN collect([at, kind, id, n.channel, n.subject, n.role, n.kind]) AS entries
}
RETURN d.id, d.name, entries`
