package e2e

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
)

// deciding is a world in which committees are compared with deals that were lost, and time goes by.
type deciding struct {
	*victims
	at time.Time
}

// decidedWorld has one open deal, Pumps, beside some that were lost, whose LEGAL is Cleo, Dora and Finn, one of each. Gwen has objected.
func decidedWorld(t *testing.T, p *program) *deciding {
	d := &deciding{buying(t, p), now}
	p.serve(t, resolvers.Options{Now: func() time.Time { return d.at }}, "")
	b := &graph.Batch{Source: "crm"}
	for _, who := range []string{"cleo", "dora", "finn", "gwen"} {
		b.Nodes = append(b.Nodes, d.node("Customer", who, graph.Values{"name": who}))
	}
	d.write(t, b)
	for _, who := range []string{"cleo", "dora", "finn"} {
		d.lost(t, who, who)
	}
	d.objects(t, "gwen")
	return d
}

// lost has a deal be lost 100 days ago, with a claim of 130 days ago that somebody is its LEGAL.
func (d *deciding) lost(t *testing.T, id, who string) {
	ago := func(days int) int64 { return int64(graph.At(now.AddDate(0, 0, -days))) }
	d.write(t, &graph.Batch{Source: "crm",
		Nodes: []graph.Upsert{d.node("Deal", "lost"+id, graph.Values{"name": "lost " + id, "stage": "LOST", "closedAt": ago(100)}), d.node("Claim", "claim"+id, graph.Values{"role": "LEGAL", "recordedAt": ago(130)})},
		Edges: []graph.Link{d.link("ABOUT", "Claim", "claim"+id, "Customer", who), d.link("ON", "Claim", "claim"+id, "Deal", "lost"+id)}})
}

// covers asks of a committee how many of the lost deals had a LEGAL, so long after the beginning.
func (d *deciding) covers(t *testing.T, purpose graph.Purpose, after time.Duration, args string) string {
	t.Helper()
	d.at = now.Add(after)
	answer, err := d.bytes(purpose, `{ deals(filter: {name: {eq: "Pumps"}}) { nodes { committee`+args+` { comparedAt coverage { role lost { with n } } } } } }`)
	require.NoError(t, err)
	return string(answer)
}

// legal is what covers answers of the role.
func legal(with, n int) string {
	return fmt.Sprintf(`{"role":"LEGAL","lost":{"with":%d,"n":%d}}`, with, n)
}

// TestWhatIsKnownOfDecidedDealsIsKeptForAMinute asks as time goes by. What is told of when they were read is that they are no older than a minute.
func TestWhatIsKnownOfDecidedDealsIsKeptForAMinute(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		d := decidedWorld(t, p)
		has := func(purpose graph.Purpose, after time.Duration, n int, statements int64, why string) {
			t.Helper()
			before := p.statements.Load()
			answer := d.covers(t, purpose, after, "")
			assert.Contains(t, answer, legal(n, n), why)
			assert.Contains(t, answer, fmt.Sprintf(`"comparedAt":%q`, graph.At(now.Add(after-time.Minute))), why)
			if onNeo4j(p.store) {
				assert.Equal(t, statements, p.statements.Load()-before, why)
			}
		}
		has(graph.Sales, 0, 3, 2, "they are read")
		has(graph.Sales, 59*time.Second, 3, 1, "and nothing was written")
		has(graph.Sales, time.Minute, 3, 2, "a minute is over, whether something was written or not")
		d.lost(t, "later", "dora")
		has(graph.Sales, time.Minute+59*time.Second, 3, 1, "a minute has not passed")
		has(graph.Service, time.Minute+59*time.Second, 4, 2, "each purpose has its own")
		has(graph.Sales, 2*time.Minute, 4, 2, "it has")
	})
}

// TestWhoIsNoLongerSeenIsNotAmongDecidedDeals asks by a query, and by what comes of a change.
func TestWhoIsNoLongerSeenIsNotAmongDecidedDeals(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		d := decidedWorld(t, p)
		keys := 0
		changed := func(after time.Duration) string {
			d.at, keys = now.Add(after), keys+1
			answer, err := p.bytes(graph.Sales, fmt.Sprintf(`mutation { updateDeal(input: {key: "%d", deal: %q, stage: PROPOSAL}) { deal { committee { coverage { role lost { with n } } } } userErrors { code } } }`, keys, d.ids["deal"]))
			require.NoError(t, err)
			return string(answer)
		}
		queried := func(after time.Duration) string { return d.covers(t, graph.Sales, after, "") }
		for _, c := range []struct {
			name  string
			ask   func(time.Duration) string
			turns func()
			with  int
		}{
			{"by a change, who objects", changed, func() { d.objects(t, "cleo") }, 2},
			{"by a query, whose claim is turned to somebody who has objected", queried, func() {
				d.write(t, &graph.Batch{Source: "crm", Edges: []graph.Link{d.link("ABOUT", "Claim", "claimdora", "Customer", "gwen")}})
			}, 1},
			{"by a change, who objects, too", changed, func() { d.objects(t, "finn") }, 0},
		} {
			t.Run(c.name, func(t *testing.T) {
				assert.Contains(t, c.ask(0), legal(c.with+1, 3))
				c.turns()
				assert.Contains(t, c.ask(time.Second), legal(c.with, 3))
			})
		}
	})
}

// TestWhatOthersWriteOfWhoIsWithheldIsNotTold holds answers together from before and after something was written of Gwen, who has objected.
func TestWhatOthersWriteOfWhoIsWithheldIsNotTold(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		d := decidedWorld(t, p)
		d.covers(t, graph.Sales, 0, "")
		for i, writes := range []func(){
			func() { d.objects(t, "gwen") },
			func() {
				d.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{d.node(graph.ConsentKind, "again", graph.Values{graph.ConsentAt: int64(graph.At(now)), graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected})},
					Edges: []graph.Link{d.link("GIVEN_BY", graph.ConsentKind, "again", "Customer", "gwen")}})
			},
			func() {
				d.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{d.node("Claim", "hers", graph.Values{"role": "LEGAL"})},
					Edges: []graph.Link{d.link("ABOUT", "Claim", "hers", "Customer", "gwen"), d.link("ON", "Claim", "hers", "Deal", "lostcleo")}})
			},
		} {
			for _, after := range []time.Duration{time.Duration(i+1) * 10 * time.Second, time.Duration(i+1) * time.Hour} {
				before := d.covers(t, graph.Sales, after, "")
				writes()
				assert.Equal(t, before, d.covers(t, graph.Sales, after, ""), i)
			}
		}
	})
}

// TestWhatWasKnownThenIsComparedWithWhatWasKnownThen has a committee be compared as of a day with deals that were decided by then, and with claims that
// had been recorded, and were not taken back yet.
func TestWhatWasKnownThenIsComparedWithWhatWasKnownThen(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		d := decidedWorld(t, p)
		d.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{d.node("Claim", "claimcleo", graph.Values{"retractedAt": int64(graph.At(now.AddDate(0, 0, -50)))})}})
		ago := func(days int) string { return graph.At(now.AddDate(0, 0, -days)).String() }
		for _, c := range []struct {
			args, want string
		}{
			{"", legal(2, 3)},
			{fmt.Sprintf("(asOf: %q)", ago(60)), legal(2, 3)},                        // taken back, whatever day is asked for
			{fmt.Sprintf("(knownAt: %q)", ago(60)), legal(3, 3)},                     // but it was not known to be
			{fmt.Sprintf("(knownAt: %q)", ago(40)), legal(2, 3)},                     // and then it was
			{fmt.Sprintf("(knownAt: %q)", ago(101)), legal(0, 0)},                    // nothing was decided
			{fmt.Sprintf("(asOf: %q, knownAt: %q)", ago(40), ago(60)), legal(3, 3)},  // as the later day is seen from the earlier one
			{fmt.Sprintf("(asOf: %q, knownAt: %q)", ago(101), ago(40)), legal(0, 0)}, // as the earlier one was
		} {
			assert.Contains(t, d.covers(t, graph.Sales, 0, c.args), c.want, c.args)
		}
	})
}
