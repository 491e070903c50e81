package e2e

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/retain"
)

// breaking is a store whose n-th write fails.
type breaking struct {
	graph.Store
	left int
}

func (b *breaking) Write(ctx context.Context, batch *graph.Batch) (*graph.Report, error) {
	if b.left--; b.left < 0 {
		return nil, errors.New("the machine is switched off")
	}
	return b.Store.Write(ctx, batch)
}

// agedWorld has customers of whom all is old, old and new, or new.
func agedWorld(t *testing.T, p *program) {
	t.Helper()
	b := &graph.Batch{Source: "old"}
	node := func(kind, id string, set graph.Values) {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
	}
	link := func(from, fromID, rel, to, toID string, set graph.Values) {
		ref := func(kind, id string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
		}
		b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: ref(from, fromID), To: ref(to, toID), Set: set})
	}
	years := func(n int) int64 { return int64(graph.At(now.AddDate(-n, 0, -1))) }
	node("Account", "acme", graph.Values{"name": "Acme"})
	node("Location", "home", graph.Values{"address": "Elm 1"})
	node("Location", "office", graph.Values{"address": "Ring 1"})
	for _, who := range []string{"gone", "seen", "new"} {
		node("Customer", who, graph.Values{"name": who, "birthYear": int64(1980)})
		link("Customer", who, "WORKS_AT", "Account", "acme", graph.Values{"title": "Buyer " + who})
	}
	link("Customer", "gone", "REPORTS_TO", "Customer", "seen", graph.Values{"kind": "LINE"})
	link("Customer", "gone", "LOCATED_AT", "Location", "home", nil)
	link("Customer", "gone", "LOCATED_AT", "Location", "office", nil)
	link("Account", "acme", "LOCATED_AT", "Location", "office", nil)
	for who, n := range map[string]int{"gone": 12, "seen": 7, "new": 0} {
		node("Interaction", "call "+who, graph.Values{"at": years(n), "text": "text of " + who, "sentiment": int64(1)})
		link("Interaction", "call "+who, "PARTICIPANT", "Customer", who, nil)
	}
	node("SubscriptionContract", "held", graph.Values{"plan": "Basic", "from": years(20)})
	node("SubscriptionContract", "ended", graph.Values{"plan": "Old", "from": years(20), "to": years(13)})
	link("SubscriptionContract", "held", "HELD_BY", "Account", "acme", nil)
	link("SubscriptionContract", "ended", "HELD_BY", "Account", "acme", nil)
	node("Order", "undated", graph.Values{"number": "1"})
	for i := range 450 { // more than two pages
		node("Order", fmt.Sprint("old ", i), graph.Values{"number": fmt.Sprint("old ", i), "placedAt": years(15)})
	}
	_, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
}

func TestWhatHasOutlivedItsPeriodIsRemoved(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		agedWorld(t, p)
		rules := policy.Default()
		// Everybody was written just now, which is known of her: a year has to pass.
		later := now.AddDate(10, 1, 0)
		run := func(store graph.Store, at time.Time, dry bool) ([]string, error) {
			parts, err := retain.Run(t.Context(), store, p.catalog, retain.Options{Now: graph.At(at), DryRun: dry, Before: func(c graph.Category) (graph.Time, bool) {
				before, ok := rules.Retention(c).Before(at)
				return graph.At(before), ok
			}})
			var out []string
			for _, part := range parts {
				out = append(out, part.String())
			}
			return out, err
		}
		left := func() string {
			a := p.ask(t, `{ customers(orderBy: [{name: ASC}]) { edges { node { name birthYear employments { totalCount } locations { totalCount } } } }
				interactions(orderBy: [{at: ASC}]) { edges { node { text sentiment } } } subscriptionContracts { edges { node { plan } } } orders { edges { node { number } } } locations { edges { node { address } } } }`, nil)
			require.Empty(t, a.Errors)
			return string(a.Data)
		}
		before := left()
		today, err := run(p.store, now, true)
		require.NoError(t, err)
		assert.Equal(t, []string{"Interaction 1", "Interaction.sentiment 1", "Interaction.text 1", "Order 450", "SubscriptionContract 1"}, today)
		assert.Equal(t, before, left(), "a dry run removes nothing")

		_, err = run(&breaking{p.store, 1}, now, false)
		require.Error(t, err, "it is broken off")
		rest, err := run(p.store, now, false)
		require.NoError(t, err)
		assert.NotEqual(t, today, rest, "some of it is done already")
		assert.Contains(t, rest, "SubscriptionContract 1")
		nothing, err := run(p.store, now, false)
		require.NoError(t, err)
		assert.Empty(t, nothing)
		after := left()
		for _, kept := range []string{`"gone"`, `"seen"`, `"text of new"`, "Basic", `"1"`, "Elm 1"} {
			assert.Contains(t, after, kept)
		}
		for _, gone := range []string{"text of gone", "text of seen", "Old", "old "} {
			assert.NotContains(t, after, gone)
		}

		p.data(t, `mutation($id: ID!) { logInteraction(input: {key: "k", kind: CALL, at: "2026-11-01T00:00:00Z", participants: [{id: $id}]}) { userErrors { code } } }`, map[string]any{"id": p.idOf(t, "old", "new")}, &struct{}{})
		told, err := run(p.store, later, true)
		require.NoError(t, err)
		in10, err := run(p.store, later, false)
		require.NoError(t, err)
		assert.Equal(t, told, in10, "a dry run tells what is removed then")
		for _, want := range []string{"Customer.name 3", "Customer.birthYear 3", "WORKS_AT 3", "LOCATED_AT 2", "Location 1", "REPORTS_TO 1"} {
			assert.Contains(t, in10, want)
		}
		after = left()
		assert.Equal(t, 3, strings.Count(after, `"birthYear":null`), "three customers are counted, of whom nothing is known")
		assert.NotContains(t, after, "Elm 1")
		assert.Contains(t, after, "Ring 1", "a company's place stays")
	})
}

// TestAPersonsDataIsAsOldAsTheNewestThatIsAboutHer lets more than the period pass since somebody was written, and a year since
// something happened to her, or to what another has.
func TestAPersonsDataIsAsOldAsTheNewestThatIsAboutHer(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		node := func(kind, id string, set graph.Values) graph.Upsert {
			return graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set}
		}
		ref := func(kind, id string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
		}
		link := func(from graph.NodeRef, rel string, to graph.NodeRef) graph.Link {
			return graph.Link{Rel: p.catalog.Rel(rel), From: from, To: to}
		}
		lately := graph.Values{"at": int64(graph.At(now.AddDate(9, 0, 0)))}
		_, err := p.store.Write(t.Context(), &graph.Batch{Source: "test",
			Nodes: []graph.Upsert{node("Customer", "offered", graph.Values{"name": "Ann"}), node("Customer", "silent", graph.Values{"name": "Bob"}),
				node("Customer", "holds", graph.Values{"name": "Cem"}), node("SubscriptionContract", "held", nil),
				node("HiddenEvent", "offer", lately), node("HiddenEvent", "outage", lately)},
			Edges: []graph.Link{link(ref("HiddenEvent", "offer"), "AFFECTS", ref("Customer", "offered")),
				link(ref("SubscriptionContract", "held"), "HELD_BY", ref("Customer", "holds")), link(ref("HiddenEvent", "outage"), "AFFECTS", ref("SubscriptionContract", "held"))}})
		require.NoError(t, err)
		rules, at := policy.Default(), now.AddDate(10, 1, 0)
		_, err = retain.Run(t.Context(), p.store, p.catalog, retain.Options{Now: graph.At(at), Before: func(c graph.Category) (graph.Time, bool) {
			before, ok := rules.Retention(c).Before(at)
			return graph.At(before), ok
		}})
		require.NoError(t, err)
		a := p.ask(t, `{ customers(orderBy: [{name: ASC}]) { edges { node { name } } } }`, nil)
		require.Empty(t, a.Errors)
		assert.JSONEq(t, `{"customers":{"edges":[{"node":{"name":"Ann"}},{"node":{"name":"Cem"}},{"node":{"name":null}}]}}`, string(a.Data))
	})
}
