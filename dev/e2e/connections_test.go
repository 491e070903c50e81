package e2e

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// moving has Ann leave Acme, a customer, where she was claimed to be champion of the deal and Bob said that she was for it, for Pond, a prospect. Bob has a
// job at Acme, and one at Acme North, which belongs to it, and pays in a deal with each. Eve knows both.
func moving(t *testing.T, p *program) *victims {
	v := &victims{program: p}
	ago := func(days int) int64 { return int64(graph.At(now.AddDate(0, 0, -days))) }
	b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Account", "acme", graph.Values{"name": "Acme", "accountStage": "CUSTOMER"}), v.node("Account", "north", graph.Values{"name": "Acme North"}),
		v.node("Account", "pond", graph.Values{"name": "Pond", "accountStage": "PROSPECT"}), v.node("Employee", "eve", graph.Values{"name": "Eve"}),
		v.node("Customer", "ann", graph.Values{"name": "Ann"}), v.node("Customer", "bob", graph.Values{"name": "Bob"}),
		v.node("Deal", "pumps", graph.Values{"name": "Pumps", "stage": "PROPOSAL"}), v.node("Deal", "valves", graph.Values{"name": "Valves", "stage": "PROPOSAL"}),
		v.node("Claim", "champion", graph.Values{"role": "CHAMPION", "stance": "SUPPORTIVE", "recordedAt": ago(300)}),
		v.node("Claim", "pays", graph.Values{"role": "ECONOMIC_BUYER", "recordedAt": ago(300)}), v.node("Claim", "paysToo", graph.Values{"role": "ECONOMIC_BUYER", "recordedAt": ago(200)}),
		v.node("Interaction", "call", graph.Values{"at": ago(1), "kind": "CALL", "origin": "CUSTOMER"}),
	}, Edges: []graph.Link{
		v.link("SUBSIDIARY_OF", "Account", "north", "Account", "acme"), v.link("WITH", "Deal", "pumps", "Account", "acme"), v.link("WITH", "Deal", "valves", "Account", "north"),
		v.link("ABOUT", "Claim", "champion", "Customer", "ann"), v.link("ON", "Claim", "champion", "Deal", "pumps"),
		v.link("ABOUT", "Claim", "pays", "Customer", "bob"), v.link("ON", "Claim", "pays", "Deal", "pumps"),
		v.link("ABOUT", "Claim", "paysToo", "Customer", "bob"), v.link("ON", "Claim", "paysToo", "Deal", "valves"),
		v.link("PARTICIPANT", "Interaction", "call", "Customer", "ann"), v.link("PARTICIPANT", "Interaction", "call", "Employee", "eve"),
	}}
	job := func(who, where, title string, from, to int64) {
		l := v.link("WORKS_AT", "Customer", who, "Account", where)
		l.Set = graph.Values{"title": title, "from": from}
		if to != 0 {
			l.Set["to"] = to
		}
		b.Edges = append(b.Edges, l)
	}
	job("ann", "acme", "Buyer", ago(1000), ago(60))
	job("ann", "pond", "Head of Buying", ago(50), 0)
	job("bob", "acme", "Owner", ago(2000), 0)
	job("bob", "north", "Chairman", ago(900), 0)
	v.write(t, b)
	return v
}

// objects has somebody object to what she is told of for sales.
func (v *victims) objects(t *testing.T, who string) {
	v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node(graph.ConsentKind, "no-"+who, graph.Values{graph.ConsentAt: int64(graph.At(now.AddDate(0, 0, -1))), graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected})},
		Edges: []graph.Link{v.link("GIVEN_BY", graph.ConsentKind, "no-"+who, "Customer", who)}})
}

// TestWhoWentWhere is about who changed from one company to another.
func TestWhoWentWhere(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := moving(t, p)
		const shows = ` { changes { customer { name } at from { account { name } title } to { account { name } title } leadingClaim { role stance } ties { employee { name } n } } truncated }`
		ask := func(purpose graph.Purpose, query string) string {
			answer, err := p.bytes(purpose, query)
			require.NoError(t, err)
			return string(answer)
		}
		const anns = `{"changes":[{"customer":{"name":"Ann"},"at":"2026-10-04T12:00:00Z","from":{"account":{"name":"Acme"},"title":"Buyer"},"to":{"account":{"name":"Pond"},"title":"Head of Buying"},` +
			`"leadingClaim":{"role":"CHAMPION","stance":"SUPPORTIVE"},"ties":[{"employee":{"name":"Eve"},"n":1}]}],"truncated":false}`
		const none = `{"changes":[],"truncated":false}`
		ask(graph.Sales, `{ jobChanges`+shows+` }`)
		before := p.statements.Load()
		assert.Contains(t, ask(graph.Sales, `{ jobChanges`+shows+` }`), anns)
		if onNeo4j(p.store) {
			assert.EqualValues(t, 1, p.statements.Load()-before, "it is one statement")
		}
		for args, want := range map[string]string{
			`(from: [CUSTOMER], to: [PROSPECT, FORMER])`: anns,
			`(from: [CUSTOMER], to: [CUSTOMER])`:         none,
			`(from: [PROSPECT])`:                         none,
			`(within: "P51D")`:                           anns,
			`(within: "P49D")`:                           none,
			`(within: "49 days")`:                        `jobChanges.within: \"49 days\" is not a duration such as P14D, P3M or PT36H`,
			`(first: 201)`:                               `jobChanges: first is from 1 to 200, not 201`,
		} {
			assert.Contains(t, ask(graph.Sales, `{ jobChanges`+args+shows+` }`), want, args)
		}
		of := func(account string) string {
			return ask(graph.Sales, fmt.Sprintf(`{ account(id: %q) { jobChanges`, v.ids[account])+shows+` } }`)
		}
		assert.Contains(t, of("acme"), anns, "she left")
		assert.Contains(t, of("pond"), anns, "she came")
		assert.Contains(t, of("north"), none)
		for purpose, reason := range map[graph.Purpose]string{graph.Marketing: "NOT_FOR_PURPOSE", graph.Analysis: "SMALL_GROUP"} {
			got := ask(purpose, `{ jobChanges { truncated } accounts { nodes { jobChanges { truncated } familyBridges { truncated } } } }`)
			assert.NotContains(t, got, `"truncated"`, purpose)
			assert.Contains(t, got, fmt.Sprintf(`"reason":%q`, reason), purpose)
		}
		v.objects(t, "ann")
		for _, got := range []string{ask(graph.Sales, `{ jobChanges`+shows+` }`), of("acme"), of("pond")} {
			assert.Contains(t, got, none, "as if nobody had gone")
		}
	})
}

// TestWhoTiesAFamilyTogether is about persons who stand in several companies of a corporate family.
func TestWhoTiesAFamilyTogether(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := moving(t, p)
		ask := func(account string) string {
			answer, err := p.bytes(graph.Sales, fmt.Sprintf(`{ account(id: %q) { familyBridges { bridges { customer { name } positions { account { name } title } leadingClaims { role undertaking { ... on Deal { name } } } } truncated } } }`, v.ids[account]))
			require.NoError(t, err)
			return string(answer)
		}
		const bobs = `{"bridges":[{"customer":{"name":"Bob"},"positions":[{"account":{"name":"Acme"},"title":"Owner"},{"account":{"name":"Acme North"},"title":"Chairman"}],` +
			`"leadingClaims":[{"role":"ECONOMIC_BUYER","undertaking":{"name":"Pumps"}},{"role":"ECONOMIC_BUYER","undertaking":{"name":"Valves"}}]}],"truncated":false}`
		ask("acme")
		before := p.statements.Load()
		assert.Contains(t, ask("acme"), bobs)
		if onNeo4j(p.store) {
			assert.EqualValues(t, 1, p.statements.Load()-before, "it is one statement")
		}
		assert.Contains(t, ask("north"), bobs, "it is one family")
		assert.Contains(t, ask("pond"), `{"bridges":[],"truncated":false}`)
		v.objects(t, "bob")
		assert.Contains(t, ask("acme"), `{"bridges":[],"truncated":false}`, "as if nobody tied them together")
	})
}
