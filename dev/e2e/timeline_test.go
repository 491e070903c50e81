package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestTimelinesAndHierarchiesAnswerInOneStatement asks about Ann, who works for Low, which belongs to High: she ordered something and
// called, and High has a deal.
func TestTimelinesAndHierarchiesAnswerInOneStatement(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		ref := func(kind, id string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
		}
		node := func(kind, id string, set graph.Values) {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
		}
		link := func(rel, fromKind, from, toKind, to string) {
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: ref(fromKind, from), To: ref(toKind, to)})
		}
		day := func(n int) int64 { return int64(graph.At(now.AddDate(0, 0, -n))) }
		node("Account", "high", graph.Values{"name": "High"})
		node("Account", "low", graph.Values{"name": "Low"})
		node("Customer", "ann", graph.Values{"name": "Ann"})
		node("Order", "order", graph.Values{"number": "1", "placedAt": day(3)})
		node("Interaction", "call", graph.Values{"at": day(1), "kind": "CALL"})
		node("Deal", "deal", graph.Values{"name": "Deal", "openedAt": day(2), "amount": graph.Money{Amount: 70_000, Currency: "EUR"}, "stage": "PROPOSAL"})
		link("SUBSIDIARY_OF", "Account", "low", "Account", "high")
		link("WORKS_AT", "Customer", "ann", "Account", "low")
		link("PLACED_BY", "Order", "order", "Customer", "ann")
		link("PARTICIPANT", "Interaction", "call", "Customer", "ann")
		link("WITH", "Deal", "deal", "Account", "low")
		node("Customer", "bob", graph.Values{"name": "Bob"})
		node("Interaction", "visit", graph.Values{"at": day(8), "kind": "VISIT"})
		link("WORKS_AT", "Customer", "bob", "Account", "low")
		b.Edges[len(b.Edges)-1].Set = graph.Values{"from": day(30), "to": day(5)}
		link("PARTICIPANT", "Interaction", "visit", "Customer", "bob")
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		high, low, ann := report.IDs[0], report.IDs[1], report.IDs[2]
		for _, c := range []struct {
			name, query string
			purpose     graph.Purpose
			want        string
		}{
			{"what a person did, the newest first", fmt.Sprintf(`{ customer(id: %q) { timeline { edges { properties { at kind } node { ... on Order { number } ... on Interaction { kind } } } } } }`, ann), graph.Sales,
				`{"customer":{"timeline":{"edges":[{"properties":{"at":"2026-11-22T12:00:00Z","kind":"INTERACTION"},"node":{"kind":"CALL"}},{"properties":{"at":"2026-11-20T12:00:00Z","kind":"ORDER"},"node":{"number":"1"}}]}}}`},
			{"what passed with a company", fmt.Sprintf(`{ account(id: %q) { timeline(from: "2026-11-21T12:00:00Z") { edges { properties { kind } node { ... on Deal { name } } } pageInfo { hasNextPage } } } }`, low), graph.Sales,
				`{"account":{"timeline":{"edges":[{"properties":{"kind":"INTERACTION"},"node":{}},{"properties":{"kind":"DEAL"},"node":{"name":"Deal"}}],"pageInfo":{"hasNextPage":false}}}}`},
			{"as of a day, with those who worked there then and with what had come by then", fmt.Sprintf(`{ account(id: %q) { timeline(asOf: "2026-11-17T12:00:00Z") { totalCount edges { properties { at kind } } } } }`, low), graph.Sales,
				`{"account":{"timeline":{"totalCount":1,"edges":[{"properties":{"at":"2026-11-15T12:00:00Z","kind":"INTERACTION"}}]}}}`},
			{"and what came before another day", fmt.Sprintf(`{ account(id: %q, asOf: "2026-11-17T12:00:00Z") { timeline(to: "2026-11-16T12:00:00Z") { groups(by: [KIND]) { rows { edgeKey { kind } count } } } } }`, low), graph.Sales,
				`{"account":{"timeline":{"groups":{"rows":[{"edgeKey":{"kind":"INTERACTION"},"count":1}]}}}}`},
			{"as it was known before any of it was recorded", fmt.Sprintf(`{ customer(id: %q) { timeline(knownAt: "2020-01-01T00:00:00Z") { totalCount edges { properties { kind } } } } }`, ann), graph.Sales,
				`{"customer":{"timeline":{"totalCount":0,"edges":[]}}}`},
			{"but for persons who have not consented", fmt.Sprintf(`{ account(id: %q) { timeline { edges { properties { kind } } } } }`, low), graph.Marketing,
				`{"account":{"timeline":{"edges":[{"properties":{"kind":"DEAL"}}]}}}`},
			{"and of groups nothing is one person's", fmt.Sprintf(`{ account(id: %q) { timeline { edges { properties { kind } } } } }`, shown(graph.Analysis, low)), graph.Analysis, `{"account":{"timeline":null}}`},
			{"how much of each kind there is, on all pages", fmt.Sprintf(`{ customer(id: %q) { timeline(first: 1) { totalCount groups(by: [KIND]) { rows { edgeKey { kind } count } other { count } } } } }`, ann), graph.Sales,
				`{"customer":{"timeline":{"totalCount":2,"groups":{"rows":[{"edgeKey":{"kind":"INTERACTION"},"count":1},{"edgeKey":{"kind":"ORDER"},"count":1}],"other":null}}}}`},
			{"how much there is of each kind in each month, on the clocks of a zone", fmt.Sprintf(`{ customer(id: %q) { timeline { groups(by: [KIND, AT], unit: MONTH, zone: "Pacific/Kiritimati", orderBy: {key: ASC}) { rows { edgeKey { kind at { start end day } } count } } } } }`, ann), graph.Sales,
				`{"customer":{"timeline":{"groups":{"rows":[{"edgeKey":{"kind":"INTERACTION","at":{"start":"2026-10-31T10:00:00Z","end":"2026-11-30T10:00:00Z","day":"2026-11-01"}},"count":1},{"edgeKey":{"kind":"ORDER","at":{"start":"2026-10-31T10:00:00Z","end":"2026-11-30T10:00:00Z","day":"2026-11-01"}},"count":1}]}}}}`},
			{"since a day, the largest alone", fmt.Sprintf(`{ account(id: %q) { timeline(from: "2026-11-21T12:00:00Z") { groups(by: [KIND], first: 1) { rows { edgeKey { kind } count } other { groups count } } } } }`, low), graph.Sales,
				`{"account":{"timeline":{"groups":{"rows":[{"edgeKey":{"kind":"INTERACTION"},"count":1}],"other":{"groups":1,"count":1}}}}}`},
			{"and of some kinds alone", fmt.Sprintf(`{ customer(id: %q) { timeline(kinds: [ORDER, DEAL]) { groups(by: [KIND]) { rows { edgeKey { kind } count } } } } }`, ann), graph.Sales,
				`{"customer":{"timeline":{"groups":{"rows":[{"edgeKey":{"kind":"ORDER"},"count":1}]}}}}`},
			{"of which a purpose counts what it sees", fmt.Sprintf(`{ account(id: %q) { timeline { totalCount groups(by: [KIND]) { rows { edgeKey { kind } count } } } } }`, low), graph.Marketing,
				`{"account":{"timeline":{"totalCount":1,"groups":{"rows":[{"edgeKey":{"kind":"DEAL"},"count":1}]}}}}`},
			{"and nothing where it looks at groups", fmt.Sprintf(`{ account(id: %q) { timeline { groups(by: [KIND]) { rows { count } } } } }`, shown(graph.Analysis, low)), graph.Analysis, `{"account":{"timeline":null}}`},
			{"the pipeline of a whole family", fmt.Sprintf(`{ account(id: %q) { family { totalCount truncated aggregate { open: deals(filter: {stage: {eq: PROPOSAL}}) { amount { sum } } won: deals(filter: {stage: {eq: WON}}) { count } } } ultimateParent { name } } }`, low), graph.Sales,
				`{"account":{"family":{"totalCount":2,"truncated":false,"aggregate":{"open":{"amount":[{"sum":"7.00"}]},"won":{"count":0}}},"ultimateParent":{"name":"High"}}}`},
			{"who is below a company", fmt.Sprintf(`{ account(id: %q) { descendants { edges { node { name } } } ancestors { totalCount } } }`, high), graph.Sales,
				`{"account":{"descendants":{"edges":[{"node":{"name":"Low"}}]},"ancestors":{"totalCount":0}}}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				before := p.statements.Load()
				text, err := p.bytes(c.purpose, c.query)
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":`+c.want)
				if onNeo4j(p.store) {
					assert.EqualValues(t, 1, p.statements.Load()-before, "a root field is one statement")
				}
			})
		}
	})
}
