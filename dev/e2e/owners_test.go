package e2e

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestGroupsByOwner groups deals, and orders, by who is responsible for them or for their company: the main one of several at a time.
func TestGroupsByOwner(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		node := func(kind, name string, set graph.Values) {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: name, Set: set})
		}
		ref := func(kind, name string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{Source: "test", ID: name}}
		}
		link := func(rel, kind, from, to, target string, set graph.Values) {
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: ref(kind, from), To: ref(to, target), Set: set})
		}
		day := func(days int) int64 { return int64(graph.At(now.AddDate(0, 0, days))) }
		for name, team := range map[string]string{"Zoe": "North", "Abe": "South"} {
			node("Employee", name, graph.Values{"name": name, "team": team})
		}
		for name, country := range map[string]string{"acme": "NO", "bolt": "DE", "cask": ""} {
			node("Account", name, graph.Values{"name": name})
			if country != "" {
				node("Firmographics", "of "+name, graph.Values{"country": country})
				link("DESCRIBED_BY", "Account", name, "Firmographics", "of "+name, nil)
			}
		}
		link("OWNED_BY", "Account", "acme", "Employee", "Abe", graph.Values{"role": "CSM", "from": day(-9)})
		link("OWNED_BY", "Account", "acme", "Employee", "Zoe", graph.Values{"role": "AE", "from": day(-20)})
		link("OWNED_BY", "Account", "bolt", "Employee", "Abe", graph.Values{"role": "AE", "from": day(-20)})
		for i, d := range []struct{ account, executive, engineer, currency string }{
			{"acme", "Zoe", "Abe", "EUR"}, {"acme", "Zoe", "", "USD"}, {"bolt", "Zoe", "", "EUR"}, {"cask", "Abe", "Zoe", "EUR"}, {"cask", "", "", "EUR"},
		} {
			name := string(rune('1' + i))
			node("Deal", name, graph.Values{"stage": "PROPOSAL", "openedAt": day(-18), "amount": graph.Money{Amount: int64(i+1) * 1e4, Currency: d.currency}})
			link("WITH", "Deal", name, "Account", d.account, nil)
			node("Order", name, graph.Values{"number": name})
			link("PLACED_BY", "Order", name, "Account", d.account, nil)
			for role, who := range map[string]string{"AE": d.executive, "SE": d.engineer} {
				if who != "" {
					link("WORKED_BY", "Deal", name, "Employee", who, graph.Values{"role": role, "from": day(map[string]int{"AE": -9, "SE": -1}[role])})
				}
			}
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		told := func(purpose graph.Purpose, query string) string {
			answer, err := p.bytes(purpose, `{ `+query+` }`)
			require.NoError(t, err)
			return string(answer)
		}
		for _, c := range []struct{ name, query, want string }{
			{"the open pipeline, by owner, with what each is called", `deals(filter: {stage: {notIn: [WON, LOST]}}) { groups(by: [OWNER]) { rows { key { owner { displayName } } count aggregate { amount { currency sum } } } } }`,
				`{"deals":{"groups":{"rows":[
					{"key":{"owner":{"displayName":"Zoe"}},"count":3,"aggregate":{"amount":[{"currency":"EUR","sum":"4.00"},{"currency":"USD","sum":"2.00"}]}},
					{"key":{"owner":{"displayName":"Abe"}},"count":1,"aggregate":{"amount":[{"currency":"EUR","sum":"4.00"}]}},
					{"key":{"owner":null},"count":1,"aggregate":{"amount":[{"currency":"EUR","sum":"5.00"}]}}]}}}`},
			{"in the order of names", `deals { groups(by: [OWNER], orderBy: {key: ASC}, first: 1) { rows { key { owner { displayName team } } count } other { groups count } } }`,
				`{"deals":{"groups":{"rows":[{"key":{"owner":{"displayName":"Abe","team":null}},"count":1}],"other":{"groups":2,"count":4}}}}`},
			{"by team", `deals { groups(by: [OWNER_TEAM]) { rows { key { owner { id displayName team } } count } } }`,
				`{"deals":{"groups":{"rows":[{"key":{"owner":{"id":null,"displayName":null,"team":"North"}},"count":3},{"key":{"owner":{"id":null,"displayName":null,"team":"South"}},"count":1},{"key":{"owner":null},"count":1}]}}}`},
			{"by who looks after the company", `orders { groups(by: [PLACED_BY_ACCOUNT_OWNER]) { rows { key { placedBy { account { owner { displayName } } } } count } } }`,
				`{"orders":{"groups":{"rows":[{"key":{"placedBy":{"account":{"owner":{"displayName":"Zoe"}}}},"count":2},{"key":{"placedBy":null},"count":2},{"key":{"placedBy":{"account":{"owner":{"displayName":"Abe"}}}},"count":1}]}}}`},
			{"by who did so then", `deals(asOf: "` + graph.Time(day(-15)).String() + `") { groups(by: [OWNER, ACCOUNT_OWNER], orderBy: {count: DESC}) { rows { key { owner { id } account { owner { displayName } } } count } } }`,
				`{"deals":{"groups":{"rows":[{"key":{"owner":null,"account":{"owner":{"displayName":"Zoe"}}},"count":2},{"key":{"owner":null,"account":null},"count":2},{"key":{"owner":null,"account":{"owner":{"displayName":"Abe"}}},"count":1}]}}}`},
			{"by country", `deals { groups(by: [ACCOUNT_FIRMOGRAPHICS_COUNTRY]) { rows { key { account { firmographics { country } } } count } } }`,
				`{"deals":{"groups":{"rows":[{"key":{"account":{"firmographics":{"country":"NO"}}},"count":2},{"key":{"account":null},"count":2},{"key":{"account":{"firmographics":{"country":"DE"}}},"count":1}]}}}`},
			{"by company, with its name", `deals { groups(by: [ACCOUNT], first: 1, orderBy: {key: DESC}) { rows { key { account { displayName } } count } } }`,
				`{"deals":{"groups":{"rows":[{"key":{"account":{"displayName":"cask"}},"count":2}]}}}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := p.ask(t, `{ `+c.query+` }`, nil)
				require.Empty(t, got.Errors)
				assert.JSONEq(t, c.want, string(got.Data))
			})
		}
		t.Run("who looks after something is for some purposes alone", func(t *testing.T) {
			assert.Contains(t, told(graph.Marketing, `deals { groups(by: [OWNER]) { rows { count } } }`), "Deal.owner is WORKFORCE, which is not for the purpose MARKETING, so that nothing can be grouped by it")
		})
		t.Run("journeys of deals are told apart by it", func(t *testing.T) {
			assert.Contains(t, told(graph.Sales, `journeys(definition: {cases: {deals: {}}}) { variantsBy(by: {deals: OWNER_TEAM}) { rows { value paths { cases } } } }`),
				`"rows":[{"value":"North","paths":{"cases":3}},{"value":null,"paths":{"cases":1}},{"value":"South","paths":{"cases":1}}]`)
		})
		t.Run("under ANALYSIS by what stands for an id there", func(t *testing.T) {
			const query = `deals { groups(by: [OWNER]) { rows { key { owner { id } } count } } }`
			id := regexp.MustCompile(`emp_\w+`).FindString(told(graph.Sales, query))
			require.NotEmpty(t, id)
			assert.NotContains(t, told(graph.Analysis, query), id)
			assert.Contains(t, told(graph.Analysis, query), `"`+shown(graph.Analysis, id)+`"`)
		})
		t.Run("pages go on where they ended", func(t *testing.T) {
			const page = `deals { groups(by: [OWNER], first: 1%s) { rows { key { owner { displayName } } } pageInfo { endCursor hasNextPage } } }`
			first := told(graph.Sales, strings.Replace(page, "%s", "", 1))
			_, cursor, _ := strings.Cut(first, `"endCursor":"`)
			cursor, _, _ = strings.Cut(cursor, `"`)
			assert.Contains(t, first, `"Zoe"`)
			assert.Contains(t, told(graph.Sales, strings.Replace(page, "%s", `, after: "`+cursor+`"`, 1)), `"Abe"`)
		})
	})
}
