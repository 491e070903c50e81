package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestACustomerSeesHerOwnAndNothingElse asks with tokens that name one of two customers who have taken part in one call.
func TestACustomerSeesHerOwnAndNothingElse(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		mary := maryAndOthers(t, p)
		p.customer = mary
		ask := func(query string) string {
			t.Helper()
			b, err := p.bytes(graph.Self, query)
			require.NoError(t, err)
			return string(b)
		}
		bob := p.idOf(t, "crm", "18")
		t.Run("her own data is hers", func(t *testing.T) {
			for query, want := range map[string]string{
				`{ me { id name email birthYear withheld { field reason } } }`:                                              `"name":"Mary Maynard","email":"mary@maynard.example","birthYear":1970`,
				`{ me { orders { edges { node { number lines { edges { node { name } properties { quantity } } } } } } } }`: `"number":"4711","lines":{"edges":[{"node":{"name":"Pump"},"properties":{"quantity":2}`,
				`{ me { employments { edges { properties { title } node { name } } } } }`:                                   `"title":"Buyer"},"node":{"name":"Acme"}`,
				`{ me { interactions(filter: {origin: {eq: CUSTOMER}}) { edges { node { text } } } } }`:                     `"text":"I want my money back"`,
				fmt.Sprintf(`{ customer(id: %q) { name } node(id: %q) { ... on Customer { name } } }`, mary, mary):          `{"data":{"customer":{"name":"Mary Maynard"},"node":{"name":"Mary Maynard"}}`,
				`{ customers { totalCount edges { node { name } } } orders { totalCount } interactions { totalCount } }`:    `"customers":{"totalCount":1,"edges":[{"node":{"name":"Mary Maynard"}}]},"orders":{"totalCount":1},"interactions":{"totalCount":2}`,
				`{ me { timeline { edges { properties { kind } } } } }`:                                                     `"kind":"INTERACTION"`,
				`{ search(text: "maynard") { node { ... on Customer { name } } } }`:                                         `"name":"Mary Maynard"`,
			} {
				assert.Contains(t, ask(query), want, query)
			}
		})
		t.Run("two who ask the same by turns share what is kept of it, and each sees her own", func(t *testing.T) {
			defer func() { p.customer = mary }()
			texts := func() (n int) {
				p.texts.Range(func(any, any) bool { n++; return true })
				return n
			}
			known := 0
			for turn := range 3 {
				for _, who := range []struct{ id, name, other string }{{mary, "Mary Maynard", "Bob"}, {bob, "Bob Bolt", "Mary"}} {
					p.customer = who.id
					answer := ask(`{ me { name interactions { edges { node { at } } } } customers { edges { node { name } } } }`)
					assert.Contains(t, answer, fmt.Sprintf(`"me":{"name":%q`, who.name), "turn %d", turn)
					assert.Contains(t, answer, fmt.Sprintf(`"customers":{"edges":[{"node":{"name":%q}}]}`, who.name), "turn %d", turn)
					assert.NotContains(t, answer, who.other, "turn %d", turn)
					if known == 0 {
						known = texts()
					}
					assert.Equal(t, known, texts(), "the same statements, with another who asks")
				}
			}
		})
		t.Run("nobody else is there", func(t *testing.T) {
			for _, query := range []string{
				fmt.Sprintf(`{ customer(id: %q) { name } node(id: %q) { id } nodes(ids: [%q]) { id } }`, bob, bob, bob),
				`{ customer(external: {source: "crm", id: "18"}) { name } }`,
				`{ me { interactions { edges { node { customers { edges { node { name } } } participants { edges { node { ... on Customer { name } ... on Employee { name } } } } } } } } }`,
				`{ search(text: "bob") { node { id } } s: search(text: "acme") { node { id } } }`,
				`{ me { managers { edges { node { name } } } reports { edges { node { name } } } organization { totalCount } claims { totalCount } } }`,
				`{ me { employments { edges { node { name accountStage people { totalCount edges { node { name } } } orders { totalCount } family { totalCount } } } } } }`,
				`{ accounts { totalCount edges { node { name } } } products { totalCount } employees { edges { node { name } } } deals { totalCount } }`,
				`{ me { interactions { edges { node { sentiment text } } } } }`,
			} {
				answer := ask(query)
				for _, other := range []string{"Bob", "bob@", "Eve", "asked Mary", `"totalCount":2`, "BLOCKER"} {
					assert.NotContains(t, answer, other, query)
				}
			}
			assert.Contains(t, ask(`{ me { interactions { edges { node { text } } } } }`), `"OUT_OF_SCOPE"`, "what others said with her in a call")
			assert.Contains(t, ask(`{ accounts { totalCount } }`), `"accounts":null`)
			assert.Contains(t, ask(`{ me { orders(filter: {lines: {some: {orders: {some: {}}}}}) { totalCount } } }`), "PURPOSE_DENIED", "no condition leads to others")
		})
		t.Run("she says what her data may be used for", func(t *testing.T) {
			for _, c := range []struct{ mutation, customer, want string }{
				{`recordConsent(input: {key: "1", customer: %q, purpose: MARKETING, channel: EMAIL})`, mary, `"consent":{"consentStatus":"GRANTED"}`},
				{`withdrawConsent(input: {key: "2", customer: %q, purpose: MARKETING})`, mary, `"consent":{"consentStatus":"WITHDRAWN"}`},
				{`recordObjection(input: {key: "3", customer: %q, purpose: SALES})`, mary, `"consent":{"consentStatus":"OBJECTED"}`},
				{`recordConsent(input: {key: "4", customer: %q, purpose: MARKETING})`, bob, `"NOT_FOUND"`},
				{`recordConsent(input: {key: "5", customer: %q, purpose: SELF})`, mary, `"INVALID"`},
			} {
				assert.Contains(t, ask(fmt.Sprintf("mutation { "+c.mutation+" { consent { consentStatus } userErrors { code field } } }", c.customer)), c.want, c.mutation)
			}
			assert.NotContains(t, p.customers(t, graph.Sales), "Mary Maynard", "it is in force")
			assert.Contains(t, ask(`{ me { consents(orderBy: [{at: ASC}]) { totalCount } } }`), `"totalCount":3`)
			for _, refused := range []string{
				fmt.Sprintf(`restrictProcessing(input: {key: "6", customer: %q, restricted: true}) { userErrors { code } }`, mary),
				fmt.Sprintf(`eraseCustomer(input: {key: "7", customer: %q}) { userErrors { code } }`, mary),
				fmt.Sprintf(`exportCustomer(input: {key: "8", customer: %q}) { userErrors { code } }`, bob),
				fmt.Sprintf(`updateCustomer(input: {key: "9", customer: %q, name: "M"}) { userErrors { code } }`, mary),
				`createAccount(input: {key: "10", name: "Mine"}) { userErrors { code } }`,
			} {
				answer := ask("mutation { " + refused + " }")
				assert.Regexp(t, `"code":"(FORBIDDEN|PURPOSE_DENIED)"`, answer, refused)
			}
		})
		t.Run("the purpose is hers alone, and she has no other", func(t *testing.T) {
			b, err := p.bytes(graph.Compliance, `query Q @purpose(is: SELF) { me { name } }`)
			require.NoError(t, err)
			assert.Contains(t, string(b), "BAD_USER_INPUT", "two purposes")
			a := p.ask(t, `{ me { name } }`, nil)
			require.Len(t, a.Errors, 1)
			assert.Equal(t, "PURPOSE_DENIED", a.Errors[0].Extensions.Code)
			assert.Contains(t, ask(`query Q @purpose(is: SALES) { customers { totalCount } }`), "BAD_USER_INPUT")
			p.customer = "cus_nobody"
			assert.Contains(t, ask(`{ me { name } customers { totalCount } }`), `{"data":{"me":null,"customers":{"totalCount":0}}`)
			p.customer = mary
		})
	})
}

// newestFirst checks that SQLite read a person's receipts in the order of an index, where the guard had its say in the statement.
func newestFirst(t *testing.T, p *program) {
	t.Helper()
	p.texts.Range(func(text, _ any) bool {
		if strings.Contains(text.(string), `FROM "edge_DISCLOSED"`) && !strings.Contains(text.(string), "count(*)") {
			assert.Regexp(t, `ORDER BY r\d+\.newest DESC`, text)
		}
		return true
	})
}

// TestACustomerIsToldWhoWasToldOfHer has her see purposes and roles, not names.
func TestACustomerIsToldWhoWasToldOfHer(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		mary := maryAndOthers(t, p)
		p.customer = mary
		kind, rel := p.catalog.MustKind("Disclosure"), p.catalog.Rel("DISCLOSED")
		b := &graph.Batch{Source: "kith.receipts"}
		for i, who := range []string{mary, p.idOf(t, "crm", "18")} {
			id := fmt.Sprint("r", i)
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind, ID: id, Set: graph.Values{"at": int64(i), "purpose": "SALES", "roles": []string{"reader"}, "actor": "eve@kith.example", "reference": "deal 7", "operation": fmt.Sprint("Op", i), "population": []string{"all"}, "categories": []string{"IDENTITY"}}})
			b.Edges = append(b.Edges, graph.Link{Rel: rel, From: graph.NodeRef{Kind: kind, External: graph.External{ID: id}}, To: graph.NodeRef{Kind: p.catalog.MustKind("Customer"), ID: who}})
		}
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		answer, err := p.bytes(graph.Self, `{ me { disclosures { totalCount edges { node { categories purpose roles operation actor reference population } } } } }`)
		require.NoError(t, err)
		var got struct{ Data json.RawMessage }
		require.NoError(t, json.Unmarshal(answer, &got))
		newestFirst(t, p)
		assert.JSONEq(t, `{"me":{"disclosures":{"totalCount":1,"edges":[{"node":{"categories":["IDENTITY"],"purpose":"SALES","roles":["reader"],"operation":"Op0","actor":null,"reference":null,"population":null}}]}}}`, string(got.Data))
		answer, err = p.bytes(graph.Self, fmt.Sprintf(`{ a: node(id: %q) { id } b: node(id: %q) { id } }`, report.IDs[0], report.IDs[1]))
		require.NoError(t, err)
		assert.Contains(t, string(answer), `{"a":null,"b":null}`, "a receipt says not by itself whose it is")
	})
}
