package e2e

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestWhatWasIsAnswered asks about three deals of Acme, of which one was a proposal before it was lost, and was put off once, and one was won.
func TestWhatWasIsAnswered(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		at := func(day string) *graph.Time {
			d, err := graph.ParseTime(day + "T12:00:00Z")
			require.NoError(t, err)
			return &d
		}
		deal := func(id, since string, set graph.Values) graph.Upsert {
			u := graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: id, Set: set}
			if since != "" {
				u.At = at(since)
			}
			return u
		}
		day := func(s string) int64 { d, _ := graph.ParseDate(s); return int64(d) }
		b := &graph.Batch{Source: "crm", Actor: "ann", Loads: true, Nodes: []graph.Upsert{
			{Kind: p.catalog.MustKind("Account"), ID: "acme", Set: graph.Values{"name": "Acme", "accountStage": "CUSTOMER"}},
			deal("lost", "", graph.Values{"name": "Pumps", "stage": "LOST", "closedAt": int64(*at("2026-11-20")), "outcome": "LOST", "amount": graph.Money{Amount: 800_000, Currency: "EUR"}}),
			deal("lost", "2026-09-01", graph.Values{"stage": "PROPOSAL", "amount": graph.Money{Amount: 1_000_000, Currency: "EUR"}, "expectedClose": day("2026-10-31")}),
			deal("lost", "2026-10-15", graph.Values{"amount": graph.Money{Amount: 800_000, Currency: "EUR"}, "expectedClose": day("2026-11-30")}),
			deal("lost", "2026-11-20", graph.Values{"stage": "LOST", "lossReason": "Price"}),
			deal("won", "2026-10-20", graph.Values{"stage": "WON"}), // what is told last comes first
			deal("won", "2026-09-10", graph.Values{"stage": "ENGAGING"}),
			deal("won", "", graph.Values{"name": "Filters", "stage": "WON", "openedAt": int64(*at("2026-09-10")), "closedAt": int64(*at("2026-10-21")), "outcome": "WON", "lossReason": nil}),
			deal("open", "", graph.Values{"name": "Valves", "stage": "NEGOTIATION", "amount": graph.Money{Amount: 50_000, Currency: "EUR"}}),
		}}
		for _, id := range []string{"lost", "won", "open"} {
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("WITH"), From: graph.NodeRef{Kind: p.catalog.MustKind("Deal"), External: graph.External{ID: id}}, To: graph.NodeRef{Kind: p.catalog.MustKind("Account"), External: graph.External{ID: "acme"}}})
		}
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		acme, lost, won := report.IDs[0], report.IDs[1], report.IDs[5]
		for _, c := range []struct{ name, query, want string }{
			{"every value that a deal had, in the order of time", `{ deal(id: %[2]q) { history(properties: [STAGE, EXPECTED_CLOSE]) { totalCount nodes { at property from to source actor } } } }`,
				`{"deal":{"history":{"totalCount":4,"nodes":[{"at":"2026-09-01T12:00:00Z","property":"EXPECTED_CLOSE","from":null,"to":"2026-10-31","source":"crm","actor":"ann"},` +
					`{"at":"2026-09-01T12:00:00Z","property":"STAGE","from":null,"to":"PROPOSAL","source":"crm","actor":"ann"},` +
					`{"at":"2026-10-15T12:00:00Z","property":"EXPECTED_CLOSE","from":"2026-10-31","to":"2026-11-30","source":"crm","actor":"ann"},` +
					`{"at":"2026-11-20T12:00:00Z","property":"STAGE","from":"PROPOSAL","to":"LOST","source":"crm","actor":"ann"}]}}}`},
			{"what never changed was so whenever it was asked", `{ deal(id: %[2]q, asOf: "2020-01-01T00:00:00Z") { name stage } account(id: %[1]q) { history { nodes { at property to } } } }`,
				`{"deal":{"name":"Pumps","stage":null},"account":{"history":{"nodes":[{"at":null,"property":"ACCOUNT_STAGE","to":"CUSTOMER"}]}}}`},
			{"a company's deals as they were, chosen, ordered and added up by what they were",
				`{ account(id: %[1]q, asOf: "2026-10-01T00:00:00Z") { name deals(filter: {stage: {eq: PROPOSAL}}, orderBy: [{amount: {direction: DESC, currency: "EUR"}}]) { totalCount nodes { name stage amount { amount } expectedClose } aggregate { amount { sum } } groups(by: [STAGE]) { rows { key { stage } count } } } } }`,
				`{"account":{"name":"Acme","deals":{"totalCount":1,"nodes":[{"name":"Pumps","stage":"PROPOSAL","amount":{"amount":"100.00"},"expectedClose":"2026-10-31"}],"aggregate":{"amount":[{"sum":"100.00"}]},"groups":{"rows":[{"key":{"stage":"PROPOSAL"},"count":1}]}}}}`},
			{"companies by what their deals were", `{ then: accounts(asOf: "2026-10-01T00:00:00Z", filter: {deals: {some: {stage: {eq: PROPOSAL}}}}) { totalCount } now: accounts(filter: {deals: {some: {stage: {eq: PROPOSAL}}}}) { totalCount } }`,
				`{"then":{"totalCount":1},"now":{"totalCount":0}}`},
			{"a field may be of another time than what is around it", `{ account(id: %[1]q, asOf: "2026-10-01T00:00:00Z") { deals(filter: {name: {eq: "Pumps"}}) { nodes { stage } } later: deals(asOf: "2026-11-21T00:00:00Z", filter: {name: {eq: "Pumps"}}) { nodes { stage lossReason } } } }`,
				`{"account":{"deals":{"nodes":[{"stage":"PROPOSAL"}]},"later":{"nodes":[{"stage":"LOST","lossReason":"Price"}]}}}`},
			{"what is named by its id alone, as it was", `{ nodes(ids: [%[1]q, %[2]q], asOf: "2026-10-20T00:00:00Z") { ... on Account { name } ... on Deal { stage expectedClose } } }`,
				`{"nodes":[{"name":"Acme"},{"stage":"PROPOSAL","expectedClose":"2026-11-30"}]}`},
			{"one thing as of several times beside each other", `{ then: deal(id: %[2]q, asOf: "2026-10-01T00:00:00Z") { stage } later: deal(id: %[2]q, asOf: "2026-11-21T00:00:00Z") { stage } early: nodes(ids: [%[2]q], asOf: "2020-01-01T00:00:00Z") { ... on Deal { stage } } now: node(id: %[2]q) { ... on Deal { stage } } }`,
				`{"then":{"stage":"PROPOSAL"},"later":{"stage":"LOST"},"early":[{"stage":null}],"now":{"stage":"LOST"}}`},
			{"outcomes hold while there is one, and not before", `{ before: deal(id: %[3]q, asOf: "2026-10-01T00:00:00Z") { stage outcome closedAt } after: deal(id: %[3]q, asOf: "2026-11-01T00:00:00Z") { stage outcome closedAt } }`,
				`{"before":{"stage":"ENGAGING","outcome":null,"closedAt":null},"after":{"stage":"WON","outcome":"WON","closedAt":"2026-10-21T12:00:00Z"}}`},
			{"one that is told without its past has had none before, either", `{ before: deal(id: %[2]q, asOf: "2026-10-01T00:00:00Z") { outcome closedAt } after: deal(id: %[2]q, asOf: "2026-11-21T00:00:00Z") { outcome closedAt } }`,
				`{"before":{"outcome":null,"closedAt":null},"after":{"outcome":"LOST","closedAt":"2026-11-20T12:00:00Z"}}`},
			{"what was open then is said alike by outcome, by end and by stage", `{ deals(asOf: "2026-10-01T00:00:00Z", filter: {name: {in: ["Pumps", "Filters"]}, outcome: {isNull: true}, closedAt: {isNull: true}, stage: {notIn: [WON, LOST]}}) { nodes { name } totalCount } ended: deals(asOf: "2026-10-01T00:00:00Z", filter: {or: [{outcome: {isNull: false}}, {closedAt: {isNull: false}}]}) { totalCount } }`,
				`{"deals":{"nodes":[{"name":"Pumps"},{"name":"Filters"}],"totalCount":2},"ended":{"totalCount":0}}`},
			{"what had not begun was not there", `{ deal(id: %[3]q, asOf: "2026-09-10T11:59:59Z") { name } begun: deal(id: %[3]q, asOf: "2026-09-10T12:00:00Z") { name } deals(asOf: "2026-09-01T12:00:00Z") { nodes { name } totalCount } account(id: %[1]q, asOf: "2026-09-01T12:00:00Z") { deals { totalCount } } accounts(asOf: "2026-09-01T12:00:00Z", filter: {deals: {count: {gte: 3}}}) { totalCount } }`,
				`{"deal":null,"begun":{"name":"Filters"},"deals":{"nodes":[{"name":"Pumps"},{"name":"Valves"}],"totalCount":2},"account":{"deals":{"totalCount":2}},"accounts":{"totalCount":0}}`},
			{"what was not known yet was not there", `{ deals(knownAt: "2026-11-01T00:00:00Z") { totalCount } deal(id: %[2]q, knownAt: "2026-11-01T00:00:00Z") { stage } }`,
				`{"deals":{"totalCount":0},"deal":null}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				before := p.statements.Load()
				text, err := p.bytes(graph.Sales, fmt.Sprintf(c.query+"%.0[1]s%.0[2]s%.0[3]s", acme, lost, won))
				require.NoError(t, err)
				assert.Contains(t, string(text), `"data":`+c.want)
				if onNeo4j(p.store) && c.name[0] == 'a' {
					assert.EqualValues(t, 1, p.statements.Load()-before, "a root field is one statement")
				}
			})
		}
		t.Run("a history is paged", func(t *testing.T) {
			after, told := "", 0
			for range 3 {
				var page struct {
					Deal struct {
						History struct {
							Nodes    []struct{ Property string }
							PageInfo struct {
								HasNextPage bool
								EndCursor   string
							}
							TotalCount int
						}
					}
				}
				p.data(t, fmt.Sprintf(`{ deal(id: %q) { history(first: 3, after: %s) { nodes { property } pageInfo { hasNextPage endCursor } totalCount } } }`, lost, after+orNull(after)), nil, &page)
				told += len(page.Deal.History.Nodes)
				after = fmt.Sprintf("%q", page.Deal.History.PageInfo.EndCursor)
				assert.Equal(t, told < page.Deal.History.TotalCount, page.Deal.History.PageInfo.HasNextPage)
			}
			assert.Equal(t, 9, told)
		})
		for _, c := range []struct{ name, query, want string }{
			{"of a property that has none", `{ deal(id: %[1]q) { history(properties: [SEVERITY]) { totalCount } } }`, "deal.history.properties: the history of a Deal has no SEVERITY"},
			{"of a time that is none", `{ deals(asOf: "yesterday") { totalCount } }`, `deals.asOf: "yesterday" is not an instant such as 2026-01-31T09:30:00Z`},
			{"behind the cursor of another history", `{ deal(id: %[1]q) { history(after: "AAAA") { totalCount } } }`, "deal.history.after: this is not a cursor"},
		} {
			t.Run("an error says what is wrong "+c.name, func(t *testing.T) {
				text, err := p.bytes(graph.Sales, fmt.Sprintf(c.query+"%.0[1]s", lost))
				require.NoError(t, err)
				var got struct{ Errors []struct{ Message string } }
				require.NoError(t, json.Unmarshal(text, &got))
				require.NotEmpty(t, got.Errors, string(text))
				assert.Contains(t, got.Errors[0].Message, c.want)
			})
		}
	})
}

func orNull(cursor string) string {
	if cursor == "" {
		return "null"
	}
	return ""
}
