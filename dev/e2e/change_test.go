package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// changed is what a mutation answers: its payload, and its errors as CODE field.
type changed struct {
	node   map[string]any
	errors []string
}

// change sends a mutation for a purpose. The field is of the payload, with what is selected of it.
func (p *program) change(t testing.TB, purpose graph.Purpose, mutation, input, field string) changed {
	t.Helper()
	text, err := p.bytes(purpose, fmt.Sprintf(`mutation { made: %s(input: {%s}) { node: %s userErrors { code field message } } }`, mutation, input, field))
	require.NoError(t, err)
	var a struct {
		Data struct {
			Made struct {
				Node       map[string]any
				UserErrors []struct{ Code, Field, Message string }
			}
		}
		Errors []struct{ Message string }
	}
	require.NoError(t, json.Unmarshal(text, &a), "%s", text)
	require.Empty(t, a.Errors, "%s", text)
	out := changed{node: a.Data.Made.Node}
	for _, e := range a.Data.Made.UserErrors {
		assert.NotEmpty(t, e.Message)
		out.errors = append(out.errors, e.Code+" "+e.Field)
	}
	return out
}

// shop is what the changes are made to.
type shop struct{ acme, pump, eve, sam, ann, bob string }

func (p *program) shop(t testing.TB) shop {
	t.Helper()
	b := &graph.Batch{Source: "test"}
	for _, n := range []struct{ kind, id string }{{"Account", "Acme"}, {"Product", "Pump"}, {"Employee", "Eve"}, {"Employee", "Sam"}, {"Customer", "Ann"}, {"Customer", "Bob"}} {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(n.kind), ID: n.id, Set: graph.Values{"name": n.id}})
	}
	report, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	i := report.IDs
	return shop{i[0], i[1], i[2], i[3], i[4], i[5]}
}

const dealFields = `deal { id name stage amount { amount currency } openedAt closedAt outcome updatedAt account { name } products { edges { properties { quantity } node { name } } } }`

func TestADealIsMadeAndChanged(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		input := fmt.Sprintf(`key: "1", name: "Pumps", account: %q, amount: {amount: "12.50", currency: "EUR"}, openedAt: "2026-11-01T00:00:00Z", products: [{id: %q, quantity: 3}]`, s.acme, s.pump)
		before := p.statements.Load()
		made := p.change(t, graph.Sales, "createDeal", input, dealFields)
		require.Empty(t, made.errors)
		if strings.Contains(t.Name(), "Neo4j") {
			assert.EqualValues(t, 2, p.statements.Load()-before, "one for what the input names, and one for what is selected of the answer")
		}
		assert.Equal(t, map[string]any{"id": made.node["id"], "name": "Pumps", "stage": "PROSPECTING", "amount": map[string]any{"amount": "12.50", "currency": "EUR"},
			"openedAt": "2026-11-01T00:00:00Z", "closedAt": nil, "outcome": nil, "updatedAt": "2026-11-23T12:00:00Z", "account": map[string]any{"name": "Acme"},
			"products": map[string]any{"edges": []any{map[string]any{"properties": map[string]any{"quantity": 3.0}, "node": map[string]any{"name": "Pump"}}}}}, made.node)
		deal := fmt.Sprintf("deal: %q, ", made.node["id"])

		won := p.change(t, graph.Sales, "updateDeal", deal+`key: "2", updatedAt: "2026-11-23T12:00:00Z", stage: WON, amount: null`, dealFields)
		require.Empty(t, won.errors)
		assert.Equal(t, []any{"WON", "WON", "2026-11-23T12:00:00Z", nil, "Pumps", "2026-11-23T12:00:00.000001Z"},
			[]any{won.node["stage"], won.node["outcome"], won.node["closedAt"], won.node["amount"], won.node["name"], won.node["updatedAt"]})

		t.Run("a change that rests on an earlier state is refused", func(t *testing.T) {
			late := p.change(t, graph.Sales, "updateDeal", deal+`key: "3", updatedAt: "2026-11-23T12:00:00Z", name: "Late"`, dealFields)
			assert.Equal(t, []string{"CONFLICT input.updatedAt"}, late.errors)
			assert.Nil(t, late.node)
		})
		t.Run("sent again it changes nothing, and answers with what is now", func(t *testing.T) {
			again := p.change(t, graph.Sales, "createDeal", input, dealFields)
			assert.Equal(t, won, again)
		})
		t.Run("another change under the same key is a conflict", func(t *testing.T) {
			assert.Equal(t, []string{"CONFLICT input.key"}, p.change(t, graph.Sales, "updateDeal", deal+`key: "1", name: "x"`, dealFields).errors)
			assert.Equal(t, []string{"CONFLICT input.key"}, p.change(t, graph.Sales, "createDeal", input+`, competitor: "x"`, dealFields).errors)
		})
		t.Run("opened again it has neither end nor outcome", func(t *testing.T) {
			open := p.change(t, graph.Sales, "updateDeal", deal+`key: "4", stage: PROPOSAL`, dealFields)
			assert.Equal(t, []any{"PROPOSAL", nil, nil}, []any{open.node["stage"], open.node["outcome"], open.node["closedAt"]})
		})
		t.Run("of many who change it from one state one does", func(t *testing.T) {
			since := p.change(t, graph.Sales, "updateDeal", deal+`key: "5"`, dealFields).node["updatedAt"]
			answers := make([]changed, 20)
			var wait sync.WaitGroup
			for i := range answers {
				wait.Go(func() {
					answers[i] = p.change(t, graph.Sales, "updateDeal", fmt.Sprintf(`%skey: "race %d", updatedAt: %q, competitor: "%d"`, deal, i, since, i), dealFields)
				})
			}
			wait.Wait()
			won := 0
			for _, a := range answers {
				if a.errors == nil {
					won++
					continue
				}
				assert.Equal(t, []string{"CONFLICT input.updatedAt"}, a.errors)
			}
			assert.Equal(t, 1, won)
		})
		t.Run("aliases of one field of the payload answer both", func(t *testing.T) {
			text, err := p.bytes(graph.Sales, fmt.Sprintf(`mutation { updateDeal(input: {%skey: "6", name: "Last"}) { a: deal { name } b: deal { stage account { name } } userErrors { code } } }`, deal))
			require.NoError(t, err)
			assert.Contains(t, string(text), `{"updateDeal":{"a":{"name":"Last"},"b":{"stage":"PROPOSAL","account":{"name":"Acme"}},"userErrors":[]}}`)
		})
	})
}

func TestACaseIsOpenedAndInteractionsAreLogged(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		const fields = `case { id number caseKind status subject openedAt resolvedAt updatedAt party { ... on Customer { name } } product { name } interactions { edges { node { subject participants(edgeOrderBy: [{role: ASC}]) { edges { properties { role } node { __typename } } } } } } }`
		opened := p.change(t, graph.Service, "openCase", fmt.Sprintf(`key: "1", caseKind: COMPLAINT, severity: HIGH, subject: "It leaks", party: %q, product: %q`, s.ann, s.pump), fields)
		require.Empty(t, opened.errors)
		assert.Regexp(t, `^C(-[0-9A-HJKMNP-TV-Z]{4}){3}$`, opened.node["number"])
		assert.Equal(t, []any{"OPEN", "2026-11-23T12:00:00Z", nil, map[string]any{"name": "Ann"}, map[string]any{"name": "Pump"}},
			[]any{opened.node["status"], opened.node["openedAt"], opened.node["resolvedAt"], opened.node["party"], opened.node["product"]})
		other := p.change(t, graph.Service, "openCase", fmt.Sprintf(`key: "2", caseKind: PRAISE, subject: "It does not", party: %q`, s.acme), fields)
		assert.NotEqual(t, opened.node["number"], other.node["number"])

		logged := p.change(t, graph.Service, "logInteraction", fmt.Sprintf(`key: "3", kind: CALL, channel: PHONE, origin: CUSTOMER, subject: "A call", text: "It leaks.", sentiment: -0.5,
			participants: [{id: %q, role: FROM}, {id: %q, role: TO}], topics: [%q, %q], case: %q`, s.ann, s.eve, s.pump, opened.node["id"], opened.node["id"]),
			`interaction { at sentiment topics { totalCount } case { number } customers { edges { node { name } } } }`)
		require.Empty(t, logged.errors)
		assert.Equal(t, map[string]any{"at": "2026-11-23T12:00:00Z", "sentiment": -0.5, "topics": map[string]any{"totalCount": 2.0}, "case": map[string]any{"number": opened.node["number"]},
			"customers": map[string]any{"edges": []any{map[string]any{"node": map[string]any{"name": "Ann"}}}}}, logged.node)

		resolved := p.change(t, graph.Service, "updateCase", fmt.Sprintf(`key: "4", case: %q, status: RESOLVED`, opened.node["id"]), fields)
		require.Empty(t, resolved.errors)
		assert.Equal(t, []any{"RESOLVED", "2026-11-23T12:00:00Z"}, []any{resolved.node["status"], resolved.node["resolvedAt"]})
		calls := resolved.node["interactions"].(map[string]any)["edges"].([]any)
		assert.Len(t, calls, 1)
	})
}

func TestOwnersSucceedEachOther(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		const fields = `undertaking { ... on Account { owners { edges { properties { role from } node { name } } } } ... on Deal { owners { totalCount } } }`
		assign := func(key, of, who, more string) changed {
			return p.change(t, graph.Sales, "assignOwner", fmt.Sprintf(`key: %q, undertaking: %q, employee: %q, role: AE%s`, key, of, who, more), fields)
		}
		owner := func(name, from string) map[string]any {
			return map[string]any{"owners": map[string]any{"edges": []any{map[string]any{"properties": map[string]any{"role": "AE", "from": from}, "node": map[string]any{"name": name}}}}}
		}
		assert.Equal(t, owner("Eve", "2026-01-01T00:00:00Z"), assign("1", s.acme, s.eve, `, from: "2026-01-01T00:00:00Z"`).node)
		assert.Equal(t, owner("Sam", "2026-11-23T12:00:00Z"), assign("2", s.acme, s.sam, "").node)
		assert.Equal(t, []string{"CONFLICT input.from"}, assign("3", s.acme, s.eve, `, from: "2025-01-01T00:00:00Z"`).errors)
		assert.Equal(t, []string{"CONFLICT input.updatedAt"}, assign("4", s.acme, s.eve, `, updatedAt: "2026-01-01T00:00:00Z"`).errors)
		deal := p.change(t, graph.Sales, "createDeal", fmt.Sprintf(`key: "5", name: "Pumps", account: %q`, s.acme), "deal { id }")
		assert.Equal(t, map[string]any{"owners": map[string]any{"totalCount": 1.0}}, assign("6", deal.node["id"].(string), s.eve, "").node)
		assert.Equal(t, []string{"NOT_FOUND input.undertaking"}, assign("7", s.ann, s.eve, "").errors)
		assert.Equal(t, []string{"NOT_FOUND input.employee"}, assign("8", s.acme, s.ann, "").errors)
		denied := p.change(t, graph.Marketing, "assignOwner", fmt.Sprintf(`key: "9", undertaking: %q, employee: %q, role: AE`, s.acme, s.eve), fields)
		assert.Equal(t, []string{"PURPOSE_DENIED input.undertaking"}, denied.errors)
	})
}

func TestCustomersAndAccountsAreMade(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		const fields = `customer { id name email occupation updatedAt employments { edges { properties { title approvalLimit { amount } } node { name } } } }`
		made := p.change(t, graph.Service, "createCustomer", fmt.Sprintf(`key: "1", name: "Cleo", email: "cleo@kith.example", employments: [{id: %q, title: "Chair", approvalLimit: {amount: "5", currency: "EUR"}, from: "2026-01-01T00:00:00Z"}]`, s.acme), fields)
		require.Empty(t, made.errors)
		assert.Equal(t, "Cleo cleo@kith.example", fmt.Sprint(made.node["name"], " ", made.node["email"]))
		assert.Equal(t, []any{map[string]any{"properties": map[string]any{"title": "Chair", "approvalLimit": map[string]any{"amount": "5.00"}}, "node": map[string]any{"name": "Acme"}}}, made.node["employments"].(map[string]any)["edges"])
		twin := p.change(t, graph.Service, "createCustomer", `key: "2", name: "Cleo", email: "cleo@kith.example"`, fields)
		assert.NotEqual(t, made.node["id"], twin.node["id"], "an e-mail address says nothing of who else has it")
		now := p.change(t, graph.Service, "updateCustomer", fmt.Sprintf(`key: "3", customer: %q, updatedAt: %q, occupation: "Smith", email: null`, made.node["id"], made.node["updatedAt"]), fields)
		require.Empty(t, now.errors)
		assert.Equal(t, []any{"Smith", nil, "Cleo"}, []any{now.node["occupation"], now.node["email"], now.node["name"]})

		ref := `external: {source: "crm", id: "7"}, `
		require.Empty(t, p.change(t, graph.Sales, "createAccount", `key: "4", name: "Bolt", `+ref, "account { name }").errors)
		assert.Equal(t, []string{"CONFLICT input.external"}, p.change(t, graph.Sales, "createAccount", `key: "5", name: "Bolts", `+ref, "account { name }").errors)
		require.Empty(t, p.change(t, graph.Compliance, "createCustomer", `key: "6", name: "Dan", `+ref, fields).errors)
		assert.Equal(t, []string{"CONFLICT input.external"}, p.change(t, graph.Compliance, "createCustomer", `key: "7", name: "Dan", `+ref, fields).errors)
		for _, id := range []string{"7", "8"} {
			assert.Equal(t, []string{"PURPOSE_DENIED input.external"}, p.change(t, graph.Sales, "createCustomer", fmt.Sprintf(`key: "8", name: "Dan", external: {source: "crm", id: %q}`, id), fields).errors, "whether there is one or not")
		}
		found := p.ask(t, `{ account(external: {source: "", id: "crm:7"}) { name } }`, nil)
		assert.JSONEq(t, `{"account": null}`, string(found.Data), "a key as it is stored names nothing")
		found = p.ask(t, `{ account(external: {source: "crm", id: "7"}) { name } }`, nil)
		assert.JSONEq(t, `{"account": {"name": "Bolt"}}`, string(found.Data))
	})
}

func TestAChangeThatCannotBeRightIsNotMade(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		deal := fmt.Sprintf(`key: "k", name: "Pumps", account: %q, `, s.acme)
		open := fmt.Sprintf(`key: "k", caseKind: REQUEST, subject: "s", party: %q, `, s.ann)
		call := fmt.Sprintf(`key: "k", kind: CALL, participants: [{id: %q}], `, s.ann)
		made := p.change(t, graph.Compliance, "createDeal", `key: "made", name: "Made", openedAt: "2026-05-01T00:00:00Z", account: "`+s.acme+`"`, dealFields)
		change := fmt.Sprintf(`key: "k", deal: %q, `, made.node["id"])
		for _, c := range []struct{ name, mutation, input, want string }{
			{"without a key", "createAccount", `key: "", name: "x"`, "INVALID input.key"},
			{"an empty name", "createAccount", `key: "k", name: " "`, "INVALID input.name"},
			{"an empty text", "createDeal", deal + `competitor: ""`, "INVALID input.competitor"},
			{"a text that cannot be kept", "createAccount", `key: "k", name: "a\u0000b"`, "INVALID input.name"},
			{"a negative amount", "createDeal", deal + `amount: {amount: "-1", currency: "EUR"}`, "INVALID input.amount"},
			{"an amount of no currency", "createDeal", deal + `amount: {amount: "1", currency: "euro"}`, "INVALID input.amount"},
			{"none of a product", "createDeal", deal + fmt.Sprintf(`products: [{id: %q, quantity: 0}]`, s.pump), "INVALID input.products[0].quantity"},
			{"a negative price", "createDeal", deal + fmt.Sprintf(`products: [{id: %q, unitPrice: {amount: "-1", currency: "EUR"}}]`, s.pump), "INVALID input.products[0].unitPrice"},
			{"a product twice", "createDeal", deal + fmt.Sprintf(`products: [{id: %q}, {id: %q}]`, s.pump, s.pump), "INVALID input.products[1].id"},
			{"no product", "createDeal", deal + fmt.Sprintf(`products: [{id: %q}, {id: "pro_none"}]`, s.pump), "NOT_FOUND input.products[1].id"},
			{"no account", "createDeal", `key: "k", name: "x", account: "acc_none"`, "NOT_FOUND input.account"},
			{"an account of another kind", "createDeal", fmt.Sprintf(`key: "k", name: "x", account: %q`, s.ann), "NOT_FOUND input.account"},
			{"an instant that is none", "createDeal", deal + `openedAt: "yesterday"`, "INVALID input.openedAt"},
			{"opened in the future", "createDeal", deal + `openedAt: "2027-01-01T00:00:00Z"`, "INVALID input.openedAt"},
			{"closed before opened", "createDeal", deal + `stage: WON, openedAt: "2026-05-01T00:00:00Z", closedAt: "2026-04-01T00:00:00Z"`, "INVALID input.closedAt"},
			{"closed and open", "createDeal", deal + `closedAt: "2026-11-23T12:00:00Z"`, "INVALID input.closedAt"},
			{"won and lost", "createDeal", deal + `stage: WON, outcome: LOST`, "INVALID input.outcome"},
			{"a source that is none", "createDeal", deal + `external: {source: "a b", id: "1"}`, "INVALID input.external.source"},
			{"Kith's own source", "createDeal", deal + `external: {source: "kith.words", id: "1"}`, "INVALID input.external.source"},
			{"no row of a source", "createDeal", deal + `external: {source: "crm", id: ""}`, "INVALID input.external.id"},
			{"closed before it was opened, as is stored", "updateDeal", change + `stage: LOST, closedAt: "2026-04-01T00:00:00Z"`, "INVALID input.closedAt"},
			{"opened after it was closed", "updateDeal", change + `stage: LOST, openedAt: "2026-11-01T00:00:00Z", closedAt: "2026-10-01T00:00:00Z"`, "INVALID input.closedAt"},
			{"an outcome of what is open", "updateDeal", change + `outcome: WON`, "INVALID input.outcome"},
			{"no such deal", "updateDeal", `key: "k", deal: "dea_none"`, "NOT_FOUND input.deal"},
			{"a deal of another kind", "updateDeal", fmt.Sprintf(`key: "k", deal: %q`, s.acme), "NOT_FOUND input.deal"},
			{"resolved before opened", "openCase", open + `status: RESOLVED, openedAt: "2026-05-01T00:00:00Z", resolvedAt: "2026-04-01T00:00:00Z"`, "INVALID input.resolvedAt"},
			{"resolved and open", "openCase", open + `resolvedAt: "2026-11-23T12:00:00Z"`, "INVALID input.resolvedAt"},
			{"a case of nobody", "openCase", `key: "k", caseKind: REQUEST, subject: "s", party: "cus_none"`, "NOT_FOUND input.party"},
			{"a case of an employee", "openCase", fmt.Sprintf(`key: "k", caseKind: REQUEST, subject: "s", party: %q`, s.eve), "NOT_FOUND input.party"},
			{"nobody took part", "logInteraction", `key: "k", kind: CALL, participants: []`, "INVALID input.participants"},
			{"in the future", "logInteraction", call + `at: "2027-01-01T00:00:00Z"`, "INVALID input.at"},
			{"a mood beyond all", "logInteraction", call + `sentiment: 1.5`, "INVALID input.sentiment"},
			{"about what is no topic", "logInteraction", call + fmt.Sprintf(`topics: [%q]`, s.acme), "NOT_FOUND input.topics[0]"},
			{"as the one it is about, which the store keeps", "logInteraction", fmt.Sprintf(`key: "k", kind: CALL, participants: [{id: %q, role: SUBJECT}]`, s.ann), "INVALID input.participants[0].role"},
			{"with what is no participant", "logInteraction", fmt.Sprintf(`key: "k", kind: CALL, participants: [{id: %q}]`, s.acme), "NOT_FOUND input.participants[0].id"},
			{"in no case", "logInteraction", call + `case: "cas_none"`, "NOT_FOUND input.case"},
			{"nothing said of her", "createCustomer", `key: "k"`, "INVALID input"},
			{"an address that is none", "createCustomer", `key: "k", email: "ann"`, "INVALID input.email"},
			{"born in the future", "createCustomer", `key: "k", birthYear: 2027`, "INVALID input.birthYear"},
			{"a job that ends before it begins", "createCustomer", fmt.Sprintf(`key: "k", name: "x", employments: [{id: %q, from: "2026-05-01T00:00:00Z", to: "2026-04-01T00:00:00Z"}]`, s.acme), "INVALID input.employments[0].to"},
			{"a negative limit", "createCustomer", fmt.Sprintf(`key: "k", name: "x", employments: [{id: %q, approvalLimit: {amount: "-1", currency: "EUR"}}]`, s.acme), "INVALID input.employments[0].approvalLimit"},
		} {
			t.Run(c.name, func(t *testing.T) {
				a := p.change(t, graph.Compliance, c.mutation, c.input, fieldOf[c.mutation]+" { id }")
				assert.Equal(t, []string{c.want}, a.errors)
				assert.Nil(t, a.node)
			})
		}
		t.Run("five things at once, each of which is told", func(t *testing.T) {
			a := p.change(t, graph.Compliance, "createDeal", `key: "k", name: " ", account: "acc_none", amount: {amount: "-1", currency: "EUR"}, openedAt: "2027-01-01T00:00:00Z", stage: WON, outcome: LOST`, "deal { id }")
			assert.ElementsMatch(t, []string{"INVALID input.name", "NOT_FOUND input.account", "INVALID input.amount", "INVALID input.openedAt", "INVALID input.outcome"}, a.errors)
			a = p.change(t, graph.Compliance, "updateDeal", change+`name: "", amount: {amount: "1", currency: "euro"}, openedAt: "soon", outcome: WON`, "deal { id }")
			assert.ElementsMatch(t, []string{"INVALID input.name", "INVALID input.amount", "INVALID input.openedAt", "INVALID input.outcome"}, a.errors)
		})
		var counts struct {
			Deals, Cases, Interactions, Customers, Accounts struct{ TotalCount int }
		}
		p.data(t, `{ deals { totalCount } cases { totalCount } interactions { totalCount } customers { totalCount } accounts { totalCount } }`, nil, &counts)
		assert.Equal(t, []int{1, 0, 0, 2, 1}, []int{counts.Deals.TotalCount, counts.Cases.TotalCount, counts.Interactions.TotalCount, counts.Customers.TotalCount, counts.Accounts.TotalCount})
	})
}

var fieldOf = map[string]string{
	"logInteraction": "interaction", "openCase": "case", "updateCase": "case", "createDeal": "deal", "updateDeal": "deal",
	"createCustomer": "customer", "updateCustomer": "customer", "createAccount": "account",
}

func TestAChangeOfPersonsLeavesAReceipt(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		var kept []*journal.Receipt
		r, err := resolvers.New(resolvers.Options{Reader: policy.Over(p.store), Writer: p.store, Catalog: p.catalog, Schema: p.schema, Now: clock,
			Receipts: func(_ context.Context, r *journal.Receipt) error { kept = append(kept, r); return nil }})
		require.NoError(t, err)
		asked := resolvers.WithRequest(t.Context(), resolvers.Request{Actor: "sue", Purpose: "SERVICE"})
		res := r.Execute(asked, fmt.Sprintf(`mutation Call { logInteraction(input: {key: "1", kind: CALL, participants: [{id: %q}]}) { interaction { at } userErrors { code } } }`, s.ann), nil)
		require.Empty(t, res.Errors)
		require.Len(t, kept, 1)
		assert.Equal(t, "sue Call SERVICE", fmt.Sprint(kept[0].Actor, " ", kept[0].Operation, " ", kept[0].Purpose))
		require.Len(t, kept[0].Subjects, 1)
		assert.Equal(t, s.ann, kept[0].Subjects[0].ID)
		assert.Contains(t, kept[0].Subjects[0].Categories, graph.CategoryBehaviour)

		t.Run("a key is of whoever uses it", func(t *testing.T) {
			again := fmt.Sprintf(`mutation { logInteraction(input: {key: "1", kind: VISIT, participants: [{id: %q}]}) { interaction { kind } userErrors { code } } }`, s.ann)
			assert.Contains(t, string(r.Execute(asked, again, nil).Data), "CONFLICT")
			other := resolvers.WithRequest(t.Context(), resolvers.Request{Actor: "tim", Purpose: "SERVICE"})
			assert.JSONEq(t, `{"logInteraction": {"interaction": {"kind": "VISIT"}, "userErrors": []}}`, string(r.Execute(other, again, nil).Data))
		})
	})
}

func TestWhatThePurposeMayNotSeeItMayNotChange(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		require.Empty(t, p.speak(t, "recordObjection", fmt.Sprintf(`customer: %q, purpose: SALES, key: "o"`, s.bob)).UserErrors)
		hers := p.change(t, graph.Service, "openCase", fmt.Sprintf(`key: "case", caseKind: REQUEST, subject: "s", party: %q`, s.bob), "case { id updatedAt }").node
		ann, bob := fmt.Sprintf(`key: "k", customer: %q, `, s.ann), fmt.Sprintf(`key: "k", customer: %q, `, s.bob)
		for _, c := range []struct {
			name            string
			purpose         graph.Purpose
			mutation, input string
			want            string
		}{
			{"a category that the purpose denies", graph.Sales, "updateCustomer", ann + `birthYear: 1980`, "PURPOSE_DENIED input.birthYear"},
			{"taken away", graph.Sales, "updateCustomer", ann + `birthYear: null`, "PURPOSE_DENIED input.birthYear"},
			{"of a new customer", graph.Sales, "createCustomer", `key: "k", name: "x", birthYear: 1980`, "PURPOSE_DENIED input.birthYear"},
			{"of somebody who has objected", graph.Sales, "updateCustomer", bob + `phone: "030-1"`, "PURPOSE_DENIED input.phone"},
			{"compared, of somebody who has objected", graph.Sales, "updateCustomer", bob + `updatedAt: "2026-11-23T12:00:00Z"`, "PURPOSE_DENIED input.updatedAt"},
			{"compared, with what it is not", graph.Sales, "updateCustomer", bob + `updatedAt: "2020-11-23T12:00:00Z"`, "PURPOSE_DENIED input.updatedAt"},
			{"of somebody who has not consented", graph.Marketing, "createCustomer", `key: "k", name: "x"`, "PURPOSE_DENIED input.name"},
			{"a case of somebody who has objected", graph.Sales, "openCase", fmt.Sprintf(`key: "k", caseKind: REQUEST, subject: "s", party: %q`, s.bob), "NOT_FOUND input.party"},
			{"a call with somebody who has objected", graph.Sales, "logInteraction", fmt.Sprintf(`key: "k", kind: CALL, participants: [{id: %q}, {id: %q}]`, s.ann, s.bob), "NOT_FOUND input.participants[1].id"},
			{"a call in a withheld case", graph.Sales, "logInteraction", fmt.Sprintf(`key: "k", kind: CALL, participants: [{id: %q}], case: %q`, s.ann, hers["id"]), "NOT_FOUND input.case"},
			{"a call about a withheld case", graph.Sales, "logInteraction", fmt.Sprintf(`key: "k", kind: CALL, participants: [{id: %q}], topics: [%q]`, s.ann, hers["id"]), "NOT_FOUND input.topics[0]"},
			{"a withheld case", graph.Sales, "updateCase", fmt.Sprintf(`key: "k", case: %q, updatedAt: "2020-01-01T00:00:00Z", status: CLOSED`, hers["id"]), "NOT_FOUND input.case"},
			{"a call with an employee, whom the purpose may not see", graph.Marketing, "logInteraction", fmt.Sprintf(`key: "k", kind: CALL, participants: [{id: %q}]`, s.eve), "NOT_FOUND input.participants[0].id"},
		} {
			t.Run(c.name, func(t *testing.T) {
				assert.Equal(t, []string{c.want}, p.change(t, c.purpose, c.mutation, c.input, fieldOf[c.mutation]+" { id }").errors)
			})
		}
		t.Run("anything, where the purpose is to learn about groups", func(t *testing.T) {
			text, err := p.bytes(graph.Analysis, `mutation { createAccount(input: {key: "k", name: "x"}) { account { id } } }`)
			require.NoError(t, err)
			assert.Contains(t, string(text), `"code":"PURPOSE_DENIED"`)
		})
		t.Run("when a node was changed is seen where all is that may have changed", func(t *testing.T) {
			for purpose, want := range map[graph.Purpose]string{
				graph.Service:   `{"customer":{"updatedAt":"2026-11-23T12:00:00Z"}}`,
				graph.Sales:     `"withheld":[{"path":["customer","updatedAt"],"count":1,"reason":"NOT_FOR_PURPOSE","purpose":"SALES","category":"DEMOGRAPHIC","since":null}]}`,
				graph.Marketing: `"reason":"NOT_FOR_PURPOSE"`,
			} {
				text, err := p.bytes(purpose, fmt.Sprintf(`{ customer(id: %q) { updatedAt } }`, s.ann))
				require.NoError(t, err)
				assert.Contains(t, string(text), want)
			}
			text, err := p.bytes(graph.Sales, `{ customers(filter: {updatedAt: {isNull: false}}) { totalCount } fieldPolicy(type: "Customer", field: "updatedAt") { rules { purpose basis } } }`)
			require.NoError(t, err)
			assert.Contains(t, string(text), "PURPOSE_DENIED")
			assert.Contains(t, string(text), `{"purpose":"SALES","basis":"DENY"}`)
		})
		t.Run("what is withheld and what is not there give one answer", func(t *testing.T) {
			send := func(id any) string {
				text, err := p.bytes(graph.Sales, fmt.Sprintf(`mutation { updateCase(input: {key: "same", case: %q, status: CLOSED}) { case { id } userErrors { code field message } } }`, id))
				require.NoError(t, err)
				return string(text)
			}
			assert.Equal(t, send("cas_none"), send(hers["id"]))
		})
		t.Run("what may be seen of somebody may be changed, for another purpose", func(t *testing.T) {
			assert.Empty(t, p.change(t, graph.Service, "updateCase", fmt.Sprintf(`key: "k", case: %q, updatedAt: %q, status: CLOSED`, hers["id"], hers["updatedAt"]), "case { id }").errors)
			assert.Equal(t, []string{"CONFLICT input.key"}, p.change(t, graph.Service, "updateCustomer", bob+`phone: "030-1"`, "customer { id }").errors, "the key is used by now")
			assert.Empty(t, p.change(t, graph.Service, "updateCustomer", strings.Replace(bob, `"k"`, `"k2"`, 1)+`phone: "030-1"`, "customer { id }").errors)
		})
	})
}
