package e2e

import (
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
)

// A winning is a world of 40 deals that were won, and 40 that were lost. Persons 0 to 5 are the LEGAL of 34 of the won ones, and of 6 of the lost ones,
// and persons 6 to 11 the USER of all others. Person 0 is the PROCUREMENT of a lost one, too.
type winning struct {
	*victims
	at time.Time
}

func winningWorld(t *testing.T, p *program) *winning {
	w := &winning{&victims{program: p}, now}
	p.serve(t, resolvers.Options{Now: func() time.Time { return w.at }}, "")
	b := &graph.Batch{Source: "crm"}
	for i := range 12 {
		b.Nodes = append(b.Nodes, w.node("Customer", fmt.Sprint(i), nil))
	}
	for i := range 40 {
		w.decided(b, fmt.Sprint("won", i), "WON")
		w.decided(b, fmt.Sprint("lost", i), "LOST")
		legal, user := fmt.Sprint(i%6), fmt.Sprint(6+i%6)
		if i < 34 {
			w.claimed(b, fmt.Sprint("won", i), "LEGAL", legal)
			w.claimed(b, fmt.Sprint("lost", i), "USER", user)
		} else {
			w.claimed(b, fmt.Sprint("won", i), "USER", user)
			w.claimed(b, fmt.Sprint("lost", i), "LEGAL", legal)
		}
	}
	w.claimed(b, "lost3", "PROCUREMENT", "0")
	w.write(t, b)
	return w
}

// decided adds a deal that was decided 100 days ago.
func (w *winning) decided(b *graph.Batch, id, outcome string) {
	b.Nodes = append(b.Nodes, w.node("Deal", id, graph.Values{"stage": outcome, "closedAt": int64(graph.At(now.AddDate(0, 0, -100)))}))
}

// claimed adds a claim of 130 days ago.
func (w *winning) claimed(b *graph.Batch, deal, role, who string) {
	id := deal + role
	b.Nodes = append(b.Nodes, w.node("Claim", id, graph.Values{"role": role, "recordedAt": int64(graph.At(now.AddDate(0, 0, -130)))}))
	b.Edges = append(b.Edges, w.link("ABOUT", "Claim", id, "Customer", who), w.link("ON", "Claim", id, "Deal", deal))
}

// objectsTo has a person object to a purpose.
func (w *winning) objectsTo(t *testing.T, who string, purpose graph.Purpose) {
	id := "no-" + who
	w.write(t, &graph.Batch{Source: "crm",
		Nodes: []graph.Upsert{w.node(graph.ConsentKind, id, graph.Values{graph.ConsentAt: int64(graph.At(now.AddDate(0, 0, -1))), graph.ConsentPurpose: string(purpose), graph.ConsentStatus: graph.Objected})},
		Edges: []graph.Link{w.link("GIVEN_BY", graph.ConsentKind, id, "Customer", who)}})
}

const rolesAsked = `{ roleCoverage { comparedAt roles { role supported had: won { with n } lost { with n } } } }`

// TestRolesOfDecidedDealsAreToldOfGroups asks what won and lost deals had for several purposes: each number that ANALYSIS is told stands for five
// persons or more, and leaves five or more.
func TestRolesOfDecidedDealsAreToldOfGroups(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		w := winningWorld(t, p)
		asks := func(purpose graph.Purpose, statements int64) string {
			t.Helper()
			before := p.statements.Load()
			answer, err := p.bytes(purpose, rolesAsked)
			require.NoError(t, err)
			if onNeo4j(p.store) {
				assert.Equal(t, statements, p.statements.Load()-before)
			}
			return string(answer)
		}
		row := func(role, supported, won, lost string) string {
			return fmt.Sprintf(`{"role":%q,"supported":%s,"had":%s,"lost":%s}`, role, supported, won, lost)
		}
		of := func(with int) string { return fmt.Sprintf(`{"with":%d,"n":40}`, with) }
		var none = "null"

		sales := asks(graph.Sales, 1)
		assert.Contains(t, sales, row("LEGAL", "true", of(34), of(6)))
		assert.Contains(t, sales, row("USER", "false", of(6), of(34)))
		assert.Contains(t, sales, row("PROCUREMENT", "false", of(0), of(1)))
		assert.NotContains(t, sales, `"withheld"`)
		assert.Equal(t, sales, asks(graph.Sales, 0), "what was read is kept")

		groups := asks(graph.Analysis, 1)
		assert.Contains(t, groups, row("LEGAL", "true", of(34), of(6)), "six persons stand behind each number, and behind what it leaves")
		assert.Contains(t, groups, row("USER", "false", of(6), of(34)))
		assert.Contains(t, groups, row("PROCUREMENT", none, none, none), "nobody and one person are told alike")
		assert.Contains(t, groups, row("CHAMPION", none, none, none))
		assert.Contains(t, groups, `"comparedAt":"2026-11-23T11:59:00Z"`)
		assert.Contains(t, groups, `{"path":["roleCoverage","roles","had"],"count":11,"reason":"SMALL_GROUP","purpose":"ANALYSIS","category":"RELATIONSHIP","since":null}`)
		assert.Contains(t, groups, `{"path":["roleCoverage","roles","lost"],"count":11,"reason":"SMALL_GROUP"`)
		assert.Contains(t, groups, `{"path":["roleCoverage","roles","supported"],"count":11,"reason":"SMALL_GROUP"`)
		assert.Equal(t, groups, asks(graph.Analysis, 0))
		left := p.leftFor(rolesAsked)
		assert.Empty(t, left.Subjects, "nothing is told of one of them")
		assert.Contains(t, left.Others, graph.CategoryRelationship)
		assert.NotEmpty(t, left.Population)

		assert.Regexp(t, `"data":{"roleCoverage":null}.*"reason":"NOT_FOR_PURPOSE","purpose":"MARKETING","category":"RELATIONSHIP"`, asks(graph.Marketing, 0))
		p.customer = w.ids["0"]
		assert.Regexp(t, `"data":{"roleCoverage":null}.*"reason":"NOT_FOR_PURPOSE","purpose":"SELF"`, asks(graph.Self, 0))

		w.objectsTo(t, "5", graph.Analysis)
		assert.Contains(t, asks(graph.Analysis, 1), row("LEGAL", "true", of(29), of(5)), "what is claimed of who has objected does not count, and five are left")
		w.objectsTo(t, "4", graph.Analysis)
		assert.Contains(t, asks(graph.Analysis, 1), row("LEGAL", none, none, none), "four are too few")
		assert.Contains(t, asks(graph.Analysis, 0), row("USER", none, none, none), "and too few for what USER leaves, too")
		assert.Contains(t, asks(graph.Sales, 0), row("LEGAL", "true", of(34), of(6)), "she objected to another purpose")
	})
}

// TestRolesOfDecidedDealsDoNotTellOfFewerThanFive changes what is claimed of fewer persons than stand behind a number that may be told, asks again a minute
// later, and compares.
func TestRolesOfDecidedDealsDoNotTellOfFewerThanFive(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		w := winningWorld(t, p)
		moments := regexp.MustCompile(`"(comparedAt|at)":"[^"]*"`)
		asks := func() string {
			w.at = w.at.Add(time.Minute)
			answer, err := p.bytes(graph.Analysis, rolesAsked)
			require.NoError(t, err)
			require.Contains(t, string(answer), `{"role":"LEGAL","supported":true`)
			return moments.ReplaceAllString(string(answer), "")
		}
		before := asks()
		for name, change := range map[string]func(*graph.Batch){
			"one person gets a role that nobody has": func(b *graph.Batch) { w.claimed(b, "won0", "CHAMPION", "1") },
			"four persons get another one":           func(b *graph.Batch) { w.fourBlock(b) },
			"the only one with a role plays another": func(b *graph.Batch) {
				b.Nodes = append(b.Nodes, w.node("Claim", "lost3PROCUREMENT", graph.Values{"role": "GATEKEEPER"}))
			},
		} {
			b := &graph.Batch{Source: "crm"}
			change(b)
			w.write(t, b)
			assert.Equal(t, before, asks(), name)
		}
		fifth := &graph.Batch{Source: "crm"}
		w.claimed(fifth, "won5", "BLOCKER", "5")
		w.write(t, fifth)
		assert.Contains(t, asks(), `{"role":"BLOCKER","supported":null,"had":{"with":5,"n":40},"lost":null}`, "and of five, beside seven others, it is told")

		w.objectsTo(t, "5", graph.Analysis)
		before = asks()
		hers := &graph.Batch{Source: "crm"}
		w.claimed(hers, "won39", "LEGAL", "5")
		w.claimed(hers, "lost39", "BLOCKER", "5")
		w.write(t, hers)
		assert.Equal(t, before, asks(), "nothing is told of who has objected")
	})
}

// fourBlock has persons 1 to 4 be BLOCKER, each in a won deal.
func (w *winning) fourBlock(b *graph.Batch) {
	for _, i := range []int{1, 2, 3, 4} {
		w.claimed(b, fmt.Sprint("won", i), "BLOCKER", fmt.Sprint(i))
	}
}
