package bench

// The statements for questions that are worked out of what is around a deal, or around two persons: each person is read once, however many claims are
// about her or ties lead to her.

const committeeCypher = `MATCH (d:Deal {id: $id})
CALL (d) {
  MATCH (d)-[:WITH]->(a)
  RETURN collect(a.id)[0] AS account
}
CALL (d) {
  MATCH (d)<-[:ON]-(l)
  WITH l, l.recordedAt AS recorded, l.id AS id ORDER BY recorded DESC, id LIMIT 201
  MATCH (l)-[:ABOUT]->(c)
  CALL (l) {
    MATCH (l)-[:CITES]->(i)
    WITH i.at AS at ORDER BY at DESC LIMIT 20
    RETURN collect(at) AS cited
  }
  RETURN collect([id, c.id, l.role, l.stance, l.confidence, l.from, l.to, recorded, l.retractedAt, cited]) AS claims, collect(DISTINCT c) AS people
}
CALL (people) {
  UNWIND people AS c
  CALL (c) {
    MATCH (c)-[w:WORKS_AT]->(a)
    WITH w, a ORDER BY a.id, w.key LIMIT 50
    RETURN collect([a.id, a.name, w.title, w.seniority, w.approvalLimit, w.approvalLimit_currency, w.from, w.to]) AS jobs
  }
  CALL (c) {
    MATCH (c)-[k:KNOWS]->(e)
    WITH k, e ORDER BY k.asOf DESC, e.id LIMIT 100
    RETURN collect([e.id, e.name, e:Employee, k.sumIn, k.sumOut, k.n, k.lastIn, k.lastOut, k.asOf]) AS known
  }
  CALL (c) {
    MATCH (c)<-[p:PARTICIPANT]-(i)
    WITH p, i, i.at AS at, i.sequence AS sequence, i.id AS id ORDER BY at DESC, sequence DESC, id LIMIT 100
    CALL (i) {
      MATCH (i)-[q:PARTICIPANT]->(e:Employee)
      RETURN collect([e.id, coalesce(q.role, '')])[..12] AS ours
    }
    WITH at, sequence, id, p, i, ours ORDER BY at DESC, sequence DESC, id
    RETURN collect([at, p.role, i.origin, ours, id]) AS contacts
  }
  RETURN collect([c.id, c.name, jobs, known, contacts]) AS persons
}
RETURN d.id, d.name, d.stage, [d.amount, d.amount_currency], [d.versions_of, d.versions_at, d.versions_as], account, claims, persons`

// decidedCypher has the deals that were decided last, and who was claimed to have a part in them.
const decidedCypher = `UNWIND ['WON', 'LOST'] AS outcome
CALL (outcome) {
  MATCH (d:Deal {stage: outcome})
  WITH d ORDER BY d.closedAt IS NULL, d.closedAt DESC, d.id LIMIT 1000
  CALL (d) {
    MATCH (d)<-[:ON]-(l)
    WITH l ORDER BY l.id LIMIT 50
    RETURN collect([l.role, l.recordedAt, l.retractedAt]) AS claims
  }
  RETURN collect([outcome, d.closedAt, claims]) AS deals
}
RETURN collect(deals)`

// Whom a person p is connected with, as lists of [id, name, whether she introduces others, properties, what is further behind her]. Each has one more
// than is looked at, which tells that there are more.
const (
	inForce = `(r.from IS NULL OR r.from <= $now) AND (r.to IS NULL OR $now < r.to)`
	tie     = `[r.sumIn, r.sumOut, r.n, r.lastIn, r.lastOut, r.asOf]`

	knownOfP = `CALL (p) {
  MATCH (p)-[r:KNOWS]->(x)
  WITH r, x ORDER BY r.asOf DESC, x.id LIMIT 31
  RETURN collect([x.id, x.name, x.introducesOthers, ` + tie + `]) AS known
}
`
	knownOfOurs = `CALL (p) {
  MATCH (p)<-[r:KNOWS]-(x)
  WITH r, x ORDER BY r.asOf DESC, x.id LIMIT 31
  RETURN collect([x.id, x.name, x.introducesOthers, ` + tie + `]) AS known
}
`
	managersOfP = `CALL (p) {
  MATCH (p)-[r:REPORTS_TO]->(x) WHERE ` + inForce + `
  WITH r, x ORDER BY x.id LIMIT 6
  RETURN collect([x.id, x.name, x.introducesOthers, [r.from]]) AS managers
}
`
	reportsOfP = `CALL (p) {
  MATCH (p)<-[r:REPORTS_TO]-(x) WHERE ` + inForce + `
  WITH r, x ORDER BY x.id LIMIT 21
  RETURN collect([x.id, x.name, x.introducesOthers, [r.from]]) AS reports
}
`
	employmentsOfP = `CALL (p) {
  MATCH (p)-[r:WORKS_AT]->(a)
  WITH r, a ORDER BY a.id, r.key LIMIT 6
  CALL (a) {
    MATCH (a)<-[w:WORKS_AT]-(x)
    WITH w, x ORDER BY x.id, w.key LIMIT 201
    RETURN collect([x.id, x.name, x.introducesOthers, [w.from, w.to]]) AS people
  }
  RETURN collect([a.id, a.name, null, [r.from, r.to], {people: people}]) AS employments
}
`
)

const introductionsCypher = `MATCH (f:Employee {id: $from})
MATCH (t:Customer {id: $to})
CALL (f) {
  MATCH (f)<-[r:KNOWS]-(p)
  WITH r, p ORDER BY r.asOf DESC, p.id LIMIT 51
  RETURN collect([r, p]) AS near
}
CALL (near) {
  UNWIND near[..50] AS row
  WITH row[0] AS r, row[1] AS p
` + knownOfP + managersOfP + reportsOfP + employmentsOfP + `
  RETURN collect([p.id, p.name, p.introducesOthers, ` + tie + `, {known: known, managers: managers, reports: reports, employments: employments}]) AS fromKnown
}
CALL (f) {
  MATCH (f)-[r:REPORTS_TO]->(p) WHERE ` + inForce + `
` + knownOfOurs + `
  RETURN collect([p.id, p.name, null, [r.from], {known: known}]) AS fromManager
}
CALL (f) {
  MATCH (f)<-[r:REPORTS_TO]-(p) WHERE ` + inForce + `
  WITH r, p ORDER BY p.id LIMIT 21
` + knownOfOurs + `
  WITH r, p, known ORDER BY p.id
  RETURN collect([p.id, p.name, null, [r.from], {known: known}]) AS fromReports
}
CALL (t) {
  MATCH (t)-[r:KNOWS]->(p)
  WITH r, p ORDER BY r.asOf DESC, p.id LIMIT 51
  RETURN collect([r, p]) AS beside
}
CALL (beside) {
  UNWIND beside[..50] AS row
  WITH row[0] AS r, row[1] AS p WHERE p:Employee
` + knownOfOurs + managersOfP + reportsOfP + `
  RETURN collect([p.id, p.name, null, ` + tie + `, {known: known, managers: managers, reports: reports}]) AS toOurs
}
CALL (beside) {
  UNWIND beside[..50] AS row
  WITH row[0] AS r, row[1] AS p WHERE p:Customer
` + knownOfP + managersOfP + reportsOfP + employmentsOfP + `
  RETURN collect([p.id, p.name, p.introducesOthers, ` + tie + `, {known: known, managers: managers, reports: reports, employments: employments}]) AS toOthers
}
CALL (t) {
  MATCH (t)-[r:REPORTS_TO]->(p) WHERE ` + inForce + `
  WITH r, p ORDER BY p.id LIMIT 6
` + knownOfP + managersOfP + employmentsOfP + `
  WITH r, p, known, managers, employments ORDER BY p.id
  RETURN collect([p.id, p.name, p.introducesOthers, [r.from], {known: known, managers: managers, employments: employments}]) AS toManagers
}
CALL (t) {
  MATCH (t)<-[r:REPORTS_TO]-(p) WHERE ` + inForce + `
  WITH r, p ORDER BY p.id LIMIT 21
` + knownOfP + reportsOfP + `
  WITH r, p, known, reports ORDER BY p.id
  RETURN collect([p.id, p.name, p.introducesOthers, [r.from], {known: known, reports: reports}]) AS toReports
}
CALL (t) {
  MATCH (t)-[j:WORKS_AT]->(a)
  WITH j, a ORDER BY a.id, j.key LIMIT 6
  CALL (a) {
    MATCH (a)<-[r:WORKS_AT]-(p)
    WITH r, p ORDER BY p.id, r.key LIMIT 201
` + knownOfP + managersOfP + `
    WITH r, p, known, managers ORDER BY p.id, r.key
    RETURN collect([p.id, p.name, p.introducesOthers, [r.from, r.to], {known: known, managers: managers}]) AS people
  }
  RETURN collect([a.id, a.name, null, [j.from, j.to], {people: people}]) AS toEmployments
}
RETURN [f.id, f.name, null, null, {known: fromKnown, manager: fromManager, reports: fromReports}],
  [t.id, t.name, null, null, {known: toOurs + toOthers, managers: toManagers, reports: toReports, employments: toEmployments}],
  size(near) > 50 OR size(beside) > 50`

// pathCypher is what the database itself has for the way from one person to another: the first one of the fewest relationships, whatever they are worth.
const pathCypher = `MATCH (f:Employee {id: $from})
MATCH (t:Customer {id: $to})
OPTIONAL MATCH way = shortestPath((f)-[:KNOWS|REPORTS_TO|WORKS_AT*..8]-(t))
RETURN [n IN nodes(way) | [n.id, n.name]]`
