package e2e

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// attacks are ways to learn what is withheld, and the leak through which each would succeed. They are about Ada, who has
// objected to SERVICE and is party to a contract, so that her birth year, gender and claims are withheld; and about Bob, who
// has objected to SERVICE and to SALES and is not to be seen at all. What changes while they run: her birth year from 1950 to
// nothing, her gender; his name from Bob to Zoe, and how far he has come; he takes part in an interaction and gets a job, his identity
// is stolen, he moves, Cleo reports to him and he to Dan, his door is broken open, he answers a survey, responds to a campaign and sends goods back, of which colleagues make a note; and a claim is made about her, in Acme.
var attacks = slices.Concat(attacksOnJourneys, []attempt{
	{"a name is guessed letter by letter", graph.Sales, "rows", prefixes("BZ")},
	{"a withheld value is compared with", graph.Service, "rows", []string{
		`{ customers(filter: {birthYear: {eq: 1950}}) { edges { node { id } } } }`,
	}},
	{"a withheld name is looked for in the rows of others", graph.Sales, "rows", []string{
		`{ accounts(filter: {people: {some: {name: {eq: "Bob"}}}}) { edges { node { name } } } }`,
	}},
	{"rows are ordered by a withheld value", graph.Service, "order", []string{
		`{ customers(orderBy: [{birthYear: ASC}]) { edges { node { id } } } }`,
	}},
	{"rows are ordered by the number of withheld nodes", graph.Service, "order", []string{
		`{ interactions(orderBy: [{participants: {count: DESC}}]) { edges { node { id } } } }`,
		`{ customers(orderBy: [{claims: {count: DESC}}]) { edges { node { id } } } }`,
	}},
	{"withheld nodes are among so many", graph.Sales, "total", []string{
		`{ accounts(filter: {people: {count: {gte: 3}}}) { totalCount nodes { name } } }`,
		`{ interactions(filter: {participants: {count: {gt: 1}}}, orderBy: [{at: ASC}]) { nodes { kind } } }`,
		`{ accounts(filter: {not: {people: {filter: {name: {eq: "Zoe"}}, count: {eq: 0}}}}) { totalCount } }`,
	}},
	{"what a condition leaves out is withheld", graph.Sales, "rows", []string{
		`{ customers(filter: {name: {startsWith: "Z"}, journeyStage: {eq: LOYALTY}}) { explain { condition alone without } } }`,
		`{ accounts { nodes { people(filter: {displayName: {startsWith: "Z"}}) { explain { alone without } } } } }`,
	}},
	{"a condition leaves out by a withheld value", graph.Service, "rows", []string{
		`{ customers(filter: {birthYear: {lt: 1960}, gender: {eq: FEMALE}}) { explain { alone without } } }`,
	}},
	{"the newest is of a withheld node", graph.Sales, "total", []string{
		`{ accounts(filter: {people: {from: {latest: {within: "P7D"}}}}) { totalCount nodes { name } } }`,
		`{ accounts(filter: {people: {from: {earliest: {isNull: false}}}}) { totalCount } }`,
	}},
	{"how many there are has a withheld value", graph.Service, "total", []string{
		`{ accounts(filter: {people: {filter: {birthYear: {lt: 1960}}, count: {gte: 1}}}) { totalCount } }`,
		`{ customers(filter: {claims: {count: {gte: 1}}}) { totalCount } }`,
	}},
	{"rows are ordered by the newest of withheld nodes", graph.Sales, "order", []string{
		`{ accounts(orderBy: [{people: {from: {latest: DESC}}}, {name: DESC}]) { edges { cursor node { name } } } }`,
	}},
	{"a cursor is taken apart", graph.Service, "cursor", []string{
		`{ customers(first: 4, orderBy: [{birthYear: ASC}]) { edges { cursor } } }`,
	}},
	{"withheld rows are counted without a filter", graph.Sales, "count", []string{
		`{ interactions { totalCount } }`,
	}},
	{"withheld rows are counted with a filter", graph.Service, "count", []string{
		`{ customers(filter: {birthYear: {lt: 1980}}) { totalCount } }`,
	}},
	{"somebody knows who is hidden", graph.Sales, "rows", []string{
		`{ customers(orderBy: [{name: ASC}]) { nodes { id known { nodes { ... on Customer { id } } edges { properties { n asOf } } } } } }`,
		`{ customers(filter: {known: {some: {customer: {}}, edgeFilter: {n: {gte: 1}}}}) { nodes { id } } }`,
	}},
	{"a committee tells who is hidden in it", graph.Service, "rows", []string{
		`{ accounts(orderBy: [{name: ASC}]) { nodes { committee { members { customer { id } } seats { role state n holders { id } } warnings { code state n } verdict { text } changes { code } coverage { role state } } } } }`,
	}},
	{"somebody knows who is hidden, now or as of a day", graph.Sales, "rows", []string{
		`{ customer(id: "%[6]s") { tie(with: "%[2]s") { strength n lastIn } then: tie(with: "%[2]s", asOf: "2026-11-20T00:00:00Z") { strength n lastIn } } }`,
		`{ employee(id: "%[5]s") { tie(with: "%[2]s") { strength n lastIn } then: tie(with: "%[2]s", asOf: "2026-11-20T00:00:00Z") { strength n lastIn } } }`,
		`{ employee(id: "%[5]s") { tie(with: "%[6]s", asOf: "2026-11-20T00:00:00Z") { strength n lastIn } } }`,
	}},
	{"somebody who is hidden introduces others", graph.Sales, "rows", []string{
		`{ introductions(from: "%[5]s", to: "%[6]s") { truncated skippedAccounts { id } paths { strength text hops { reason at from { ... on Node { id } } to { ... on Node { id } } account { id } } } } }`,
	}},
	{"those whom somebody knows are counted, and order others", graph.Sales, "count", []string{
		`{ customers(orderBy: [{known: {count: DESC}}, {name: ASC}]) { nodes { id known { totalCount } } } }`,
	}},
	{"every one of a set has a withheld value", graph.Service, "every", []string{
		`{ accounts(filter: {people: {every: {birthYear: {lt: 1990}}}}) { edges { node { name } } } }`,
	}},
	{"a withheld value is not another", graph.Service, "not", []string{
		`{ customers(filter: {not: {birthYear: {eq: 1951}}}) { edges { node { id } } } }`,
	}},
	{"a mean is of withheld values, too", graph.Service, "aggregate", []string{
		`{ customers { aggregate { birthYear { sum mean count } } } }`,
		`{ customers { aggregate { birthYear { median percentile(of: 0.01) } } } }`,
		`{ accounts { edges { node { people { aggregate { birthYear { sum } } } } } } }`,
	}},
	{"different nodes that are withheld are counted", graph.Sales, "aggregate", []string{
		`{ accounts { aggregate { distinct(of: PEOPLE) } groups(by: [ACCOUNT_STAGE]) { rows { count aggregate { distinct(of: PEOPLE) } } } } interactions { aggregate { distinct(of: PARTICIPANTS) people: distinct(of: PARTICIPANTS_CUSTOMER) } } }`,
	}},
	{"groups are ordered by withheld values", graph.Service, "aggregate", []string{
		`{ customers { groups(by: [TOP_MANAGER], orderBy: {measure: {field: "birthYear", by: SUM, direction: ASC}}) { rows { key { topManager { id } } } } } }`,
	}},
	{"a withheld value makes a group, or is in a range", graph.Service, "group", []string{
		`{ customers { groups(by: [GENDER]) { rows { key { gender } count } } } }`,
		`{ customers { groups(by: [BIRTH_YEAR], buckets: [1950, 1951, 1975], orderBy: {key: ASC}) { rows { key { birthYear { from to } } count } } } }`,
	}},
	{"a withheld value is read", graph.Service, "output", []string{
		`{ customer(id: "%[1]s") { name birthYear } }`,
	}},
	{"a withheld name is read by what its node is called", graph.Sales, "output", []string{
		`{ node(id: "%[2]s") { displayName } customers { nodes { displayName } } }`,
		`{ accounts { nodes { people { edges { node { displayName } } } } } }`,
	}},
	{"a withheld name is guessed by what its node is called", graph.Sales, "rows", []string{
		`{ customers(filter: {displayName: {startsWith: "Z"}}) { nodes { id } } }`,
	}},
	{"nodes stand beside no edges", graph.Sales, "below", []string{
		`{ accounts { nodes { name people { nodes { id } } } } }`,
	}},
	{"a relationship to whom is withheld is looked at", graph.Sales, "rows", []string{
		`{ accounts(filter: {people: {edgeFilter: {title: {isNull: true}}, some: {}}}) { nodes { name } } }`,
		`{ accounts(filter: {people: {edgeFilter: {title: {isNull: true}}, every: {birthYear: {isNull: true}}}}) { nodes { name } } }`,
		`{ campaigns(filter: {respondents: {edgeFilter: {at: {isNull: true}}, none: {}}}) { nodes { name } } }`,
		`{ accounts(filter: {people: {edgeFilter: {from: {field: {lte: "recordedAt"}}}, some: {}}}) { nodes { name } } }`,
	}},
	{"a computed field is of what is withheld", graph.Sales, "computed", []string{
		`{ customer(id: "%[2]s") { contact { count last { at channel } } } }`,
	}},
	{"withheld nodes stand below those that are seen", graph.Sales, "below", []string{
		`{ accounts { edges { node { name people { totalCount edges { node { id } } } } } } }`,
		`{ accounts(orderBy: [{people: {count: DESC}}]) { edges { node { name } } } }`,
	}},
	{"what is withheld answers otherwise than what is not there", graph.Sales, "rows", []string{
		`{ interaction(id: "%[3]s") { at } node(id: "%[3]s") { id } nodes(ids: ["%[3]s"]) { id } }`,
	}},
	{"what happened to one person tells of him", graph.Sales, "rows", []string{
		`{ hiddenEvents { totalCount edges { node { hiddenEventKind description affected { totalCount } } } } }`,
		`{ hiddenEvents(filter: {valueBefore: {isNull: false}}) { totalCount } }`,
	}},
	{"what happened where one person lives tells of him", graph.Sales, "rows", []string{
		`{ hiddenEvents(filter: {hiddenEventKind: {eq: OTHER}}) { totalCount edges { node { at valueBefore affected { totalCount } } } } }`,
		`{ hiddenEvents(filter: {affected: {some: {location: {city: {isNull: true}}}}}) { totalCount } }`,
	}},
	{"a place tells of who lives there", graph.Sales, "rows", []string{
		`{ locations(orderBy: [{city: ASC}]) { edges { node { city residents { totalCount } accounts { totalCount } } } } }`,
	}},
	{"an answer tells of who gave it", graph.Sales, "rows", []string{
		`{ feedbacks { totalCount aggregate { score { mean } } groups(by: [INSTRUMENT]) { rows { key { instrument } count } } } }`,
	}},
	{"goods sent back tell of who sent them", graph.Sales, "rows", []string{
		`{ returns { edges { node { number } } } products { edges { node { name returns { totalCount } } } } }`,
	}},
	{"a campaign tells of who responded", graph.Sales, "below", []string{
		`{ campaigns { edges { node { name respondents { totalCount edges { properties { at } } } } } } }`,
		`{ campaigns(orderBy: [{respondents: {count: DESC}}], filter: {respondents: {edgeFilter: {at: {isNull: false}}, some: {}}}) { edges { node { name } } } }`,
	}},
	{"an error tells of what is withheld", graph.Sales, "error", []string{
		`{ interaction(id: "%[3]s") { at } }`,
	}},
	{"the cost is of what is withheld, too", graph.Sales, "cost", []string{
		`{ interactions { edges { node { id } } } }`,
	}},
	{"a withheld name is searched for", graph.Sales, "search", []string{
		`{ search(text: "Bob") { node { id } } }`, `{ search(text: "zo") { node { id } matched { field how } } }`,
	}},
	{"a withheld name takes the place of one that is seen", graph.Sales, "search", []string{
		`{ search(text: "zo ze zenith", first: 1) { node { id } } }`, `{ search(text: "ze", first: 1) { node { id } } more: search(text: "bo", first: 1) { node { id } } }`,
	}},
	{"a timeline tells of what is withheld", graph.Sales, "timeline", []string{
		`{ accounts(orderBy: [{name: ASC}]) { edges { node { name timeline { edges { cursor properties { at kind } node { __typename ... on Interaction { kind } } } pageInfo { hasNextPage } } } } } }`,
		`{ customer(id: "%[2]s") { timeline(kinds: [INTERACTION, FEEDBACK]) { edges { properties { at } } } } }`,
	}},
	{"a timeline counts what is withheld", graph.Sales, "timeline", []string{
		`{ products { nodes { name timeline { totalCount nodes { __typename } } } } }`,
		`{ locations(filter: {city: {eq: "Vigo"}}) { nodes { timeline { totalCount edges { properties { at kind } } } } } accounts { nodes { timeline { totalCount } } } }`,
		`{ accounts(orderBy: [{name: ASC}]) { nodes { timeline { groups(by: [KIND], first: 1) { rows { edgeKey { kind } count } other { groups count } } } } } customer(id: "%[2]s") { timeline { groups(by: [KIND]) { rows { count } } } } }`,
	}},
	{"a line of managers goes on beyond who is withheld", graph.Sales, "walk", []string{
		`{ customers(orderBy: [{name: ASC}]) { edges { node { name topManager { name } managementChain { totalCount truncated edges { node { name } } } allReports { totalCount } organization { totalCount } } } } }`,
	}},
	{"a group is too small", graph.Analysis, "small", []string{
		`{ customers { totalCount aggregate { birthYear { mean count } } } interactions(filter: {kind: {eq: CALL}}) { totalCount } }`,
	}},
	{"a customer looks for others", graph.Self, "rows", []string{
		`{ customers(orderBy: [{name: ASC}]) { totalCount edges { node { id name } } } interactions { totalCount } feedbacks { totalCount } returns { edges { node { number } } } }`,
		`{ customer(id: "%[2]s") { name locations { totalCount } } node(id: "%[2]s") { id } }`, `{ me { name interactions { totalCount } } }`,
	}},
	{"a customer looks at who else was there", graph.Self, "below", []string{
		`{ me { interactions { totalCount edges { node { kind participants { totalCount } customers { totalCount edges { node { name } } } } } } } }`,
	}},
	{"a customer searches for others", graph.Self, "search", []string{`{ search(text: "Bob") { node { id } } more: search(text: "Zoe") { node { id } } }`}},
	{"a customer orders by what others did", graph.Self, "order", []string{
		`{ interactions(orderBy: [{customers: {count: DESC}}, {at: ASC}], first: 1) { edges { cursor node { kind } } } }`,
	}},
	{"what a withheld value was is read", graph.Sales, "output", []string{
		`{ customer(id: "%[2]s") { history(superseded: true) { totalCount nodes { recordedAt property from to } } } }`,
		`{ node(id: "%[2]s") { ... on Customer { history(properties: [JOURNEY_STAGE]) { nodes { to } } } } }`,
		`{ customer(id: "%[2]s", asOf: "2026-11-22T00:00:00Z") { journeyStage } accounts { nodes { people { nodes { history { totalCount } } } } } }`,
	}},
	{"rows are looked for by what a withheld value was", graph.Sales, "rows", []string{
		`{ customers(asOf: "2026-11-24T00:00:00Z", filter: {journeyStage: {eq: LOYALTY}}) { totalCount nodes { id } } }`,
		`{ accounts(knownAt: "2026-11-24T00:00:00Z", filter: {people: {some: {journeyStage: {eq: LOYALTY}}}}) { totalCount } }`,
	}},
	{"rows are ordered by what a withheld value was", graph.Service, "order", []string{
		`{ customers(asOf: "2026-11-24T00:00:00Z", orderBy: [{birthYear: ASC}, {journeyStage: DESC}]) { edges { cursor node { id } } } }`,
	}},
	{"what changes tells of what is withheld", graph.Service, "feed", []string{
		`{ changes(after: "%[4]s", first: 200) { entries { id type change fields at } hasNextPage } }`,
		`{ changes(after: "%[4]s", first: 1, kinds: ["Account", "Campaign", "Product"]) { entries { id fields } hasNextPage } }`,
	}},
	{"a reason is given only where there is something", graph.Service, "reason", []string{
		`{ customer(id: "%[1]s") { birthYear withheld { field reason } } }`,
	}},
})

// An attempt is to learn what is withheld, by what is asked for a purpose.
type attempt struct {
	name    string
	purpose graph.Purpose
	leak    string   // through which it would succeed
	asks    []string // %[1]s: Ada, %[2]s: Bob, %[3]s: an interaction that comes to be, %[4]s: a cursor of the feed
}

func prefixes(letters string) []string {
	var out []string
	for _, l := range letters {
		out = append(out, fmt.Sprintf(`{ customers(filter: {name: {startsWith: "%c"}}) { totalCount edges { node { id } } } }`, l))
	}
	return out
}

func TestAttacksLearnNothing(t *testing.T) {
	for _, a := range attacks {
		t.Run(a.name, func(t *testing.T) {
			onStoresInTurn(t, 4, func(t *testing.T, p *program) {
				before, after := attack(t, p, a.purpose, a.asks)
				assert.Equal(t, before, after)
				assert.Contains(t, before, `"data":{`, "the attack is an operation that is answered")
			})
		})
	}
}

func TestAttacksSucceedAgainstABrokenGuard(t *testing.T) {
	tried := map[string]bool{}
	for _, a := range attacks {
		tried[a.leak] = true
		t.Run(a.name, func(t *testing.T) {
			before, after := attack(t, startBroken(t, inFile(t), a.leak), a.purpose, a.asks)
			assert.NotEqual(t, before, after)
		})
	}
	for _, a := range attacksOnGroups {
		tried[a.leak] = true
	}
	for _, leak := range slices.Sorted(maps.Keys(brokenGuards)) {
		assert.True(t, tried[leak], "no attack tries whether the guard leaks through %s", leak)
	}
}

// leaks are few by default: some take minutes to be found under the race detector, and named attacks find all of them.
var leaks = flag.String("leaks", "rows count cost", "through which leaks random operations look, or all")

// TestRandomOperationsFindABrokenGuard is why the search for what is withheld can be believed when it finds nothing.
func TestRandomOperationsFindABrokenGuard(t *testing.T) {
	search := strings.Fields(*leaks)
	if testing.Short() {
		search = search[:1]
	}
	if *leaks == "all" {
		search = slices.Sorted(maps.Keys(brokenGuards))
	}
	for _, leak := range search {
		require.Contains(t, brokenGuards, leak)
		t.Run(leak, func(t *testing.T) {
			const most = 200
			for seed := range uint64(most) {
				w := newWorld(t, startBroken(t, inFile(t), leak), graph.Service, seed)
				asked := w.questions(*queries, seed)
				w.ask(t, asked)
				w.upset(t)
				w.askAgain(t, asked)
				for _, q := range asked {
					if q.differs() != nil {
						t.Log("world", seed)
						return
					}
				}
			}
			t.Errorf("%d worlds do not show it", most)
		})
	}
}

// attack asks before and after what is withheld of the attacked has changed.
func attack(t *testing.T, p *program, purpose graph.Purpose, asks []string) (before, after string) {
	w := &victims{program: p}
	w.write(t, w.settled())
	p.customer = w.ids["cleo"]
	w.ids["coming"] = fmt.Sprintf("int_%08d", p.ids+1)
	cursor := ""
	if slices.ContainsFunc(asks, func(q string) bool { return strings.Contains(q, "%[4]s") }) {
		cursor = p.from(t, purpose)
	}
	ask := func() string {
		var answers strings.Builder
		for _, q := range asks {
			if strings.Contains(q, "%") {
				q = strings.NewReplacer("%[1]s", w.ids["ada"], "%[2]s", w.ids["bob"], "%[3]s", w.ids["coming"], "%[4]s", cursor, "%[5]s", w.ids["eve"], "%[6]s", w.ids["cleo"]).Replace(q)
			}
			answer, err := p.bytes(purpose, q)
			require.NoError(t, err)
			answers.Write(answer)
			answers.WriteByte('\n')
		}
		return answers.String()
	}
	before = ask()
	w.write(t, w.upset())
	return before, ask()
}
