package e2e

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

const claimFields = `claim { id role stance from to recordedAt retractedAt claimOrigin rule customer { name } undertaking { ... on Deal { name } } assertedBy { name } disputedClaims { nodes { role } } citedInteractions { totalCount } }`

// TestWhatSellersLearnIsWrittenDown is about roles, jobs and who reports to whom.
func TestWhatSellersLearnIsWrittenDown(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		deal := p.change(t, graph.Sales, "createDeal", fmt.Sprintf(`key: "deal", name: "Pumps", account: %q`, s.acme), "deal { id }").node["id"]
		call := p.change(t, graph.Sales, "logInteraction", fmt.Sprintf(`key: "call", kind: CALL, participants: [{id: %q}, {id: %q}]`, s.ann, s.eve), "interaction { id }").node["id"]
		made := p.change(t, graph.Sales, "assertRole", fmt.Sprintf(`key: "1", customer: %q, undertaking: %q, role: CHAMPION, stance: SUPPORTIVE, confidence: 0.8, citedInteractions: [%q], assertedBy: %q, from: "2026-11-01T00:00:00Z"`, s.ann, deal, call, s.eve), claimFields)
		require.Empty(t, made.errors)
		id := made.node["id"].(string)
		assert.Equal(t, map[string]any{"id": id, "role": "CHAMPION", "stance": "SUPPORTIVE", "from": "2026-11-01T00:00:00Z", "to": nil, "recordedAt": "2026-11-23T12:00:00Z", "retractedAt": nil, "claimOrigin": "EMPLOYEE", "rule": nil,
			"customer": map[string]any{"name": "Ann"}, "undertaking": map[string]any{"name": "Pumps"}, "assertedBy": map[string]any{"name": "Eve"}, "disputedClaims": map[string]any{"nodes": []any{}}, "citedInteractions": map[string]any{"totalCount": 1.0}}, made.node)
		assert.Equal(t, made, p.change(t, graph.Sales, "assertRole", fmt.Sprintf(`key: "1", customer: %q, undertaking: %q, role: CHAMPION, stance: SUPPORTIVE, confidence: 0.8, citedInteractions: [%q], assertedBy: %q, from: "2026-11-01T00:00:00Z"`, s.ann, deal, call, s.eve), claimFields), "sent again it changes nothing")

		disputed := p.change(t, graph.Sales, "disputeClaim", fmt.Sprintf(`key: "2", claim: %q, role: BLOCKER, claimOrigin: RULE, rule: "titles-3"`, id), claimFields)
		require.Empty(t, disputed.errors)
		assert.Equal(t, []any{"BLOCKER", "titles-3", nil, map[string]any{"name": "Ann"}, map[string]any{"name": "Pumps"}, map[string]any{"nodes": []any{map[string]any{"role": "CHAMPION"}}}},
			[]any{disputed.node["role"], disputed.node["rule"], disputed.node["assertedBy"], disputed.node["customer"], disputed.node["undertaking"], disputed.node["disputedClaims"]})

		ended := p.change(t, graph.Sales, "endClaim", fmt.Sprintf(`key: "3", claim: %q`, id), claimFields)
		require.Empty(t, ended.errors)
		assert.Equal(t, []any{"CHAMPION", "2026-11-23T12:00:00Z"}, []any{ended.node["role"], ended.node["to"]})

		for i, to := range []string{`, to: "2026-11-20T00:00:00Z"`, "", ", to: null"} {
			ended = p.change(t, graph.Sales, "endClaim", fmt.Sprintf(`key: "3 %d", claim: %q%s`, i, id, to), claimFields)
			require.Empty(t, ended.errors)
			assert.Equal(t, "2026-11-20T00:00:00Z", ended.node["to"], "another end is told, and what has ended does not last longer when it is ended once more")
		}

		retracted := p.change(t, graph.Sales, "retractClaim", fmt.Sprintf(`key: "4", claim: %q`, disputed.node["id"]), claimFields)
		require.Empty(t, retracted.errors)
		assert.Equal(t, "2026-11-23T12:00:00Z", retracted.node["retractedAt"])
		earlier := int64(graph.At(now.AddDate(0, 0, -1)))
		_, err := p.store.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: p.catalog.MustKind("Claim"), Node: id, Set: graph.Values{"retractedAt": earlier}}}})
		require.NoError(t, err)
		again := p.change(t, graph.Sales, "retractClaim", fmt.Sprintf(`key: "4 again", claim: %q`, id), claimFields)
		require.Empty(t, again.errors)
		assert.Equal(t, "2026-11-22T12:00:00Z", again.node["retractedAt"], "it was taken back then")

		const jobs = `customer { employments(history: true, orderBy: [{name: ASC}], edgeOrderBy: [{from: ASC}]) { edges { properties { title from to approvalLimit { amount } } node { name } } } }`
		job := func(a changed) (out []string) {
			require.Empty(t, a.errors)
			for _, e := range a.node["employments"].(map[string]any)["edges"].([]any) {
				p := e.(map[string]any)["properties"].(map[string]any)
				out = append(out, fmt.Sprint(p["title"], " ", p["from"], " ", p["to"]))
			}
			return out
		}
		at := fmt.Sprintf(`customer: %q, account: %q, `, s.ann, s.acme)
		assert.Equal(t, []string{"Buyer 2026-01-01T00:00:00Z <nil>"}, job(p.change(t, graph.Sales, "addEmployment", at+`key: "5", title: "Buyer", from: "2026-01-01T00:00:00Z", approvalLimit: {amount: "500", currency: "EUR"}`, jobs)))
		assert.Equal(t, []string{"Buyer 2026-01-01T00:00:00Z 2026-05-01T00:00:00Z", "Head of Buying 2026-05-01T00:00:00Z <nil>"}, job(p.change(t, graph.Sales, "changeEmployment", at+`key: "6", title: "Head of Buying", from: "2026-05-01T00:00:00Z"`, jobs)))
		assert.Equal(t, []string{"NOT_FOUND input.account"}, p.change(t, graph.Sales, "endEmployment", at+`key: "7", title: "Buyer"`, jobs).errors, "it has ended")
		assert.Equal(t, []string{"Buyer 2026-01-01T00:00:00Z 2026-05-01T00:00:00Z", "Head of Buying 2026-05-01T00:00:00Z 2026-09-01T00:00:00Z"}, job(p.change(t, graph.Sales, "endEmployment", at+`key: "8", to: "2026-09-01T00:00:00Z"`, jobs)))
		assert.Equal(t, []string{"NOT_FOUND input.account"}, p.change(t, graph.Sales, "changeEmployment", at+`key: "9", title: "Director"`, jobs).errors, "she has no job there that could change")

		const managers = `customer { managers(history: true, orderBy: [{name: ASC}]) { edges { properties { kind to } node { name } } } }`
		line := func(a changed) string {
			require.Empty(t, a.errors)
			text, err := json.Marshal(a.node["managers"])
			require.NoError(t, err)
			return string(text)
		}
		of := fmt.Sprintf(`customer: %q, `, s.ann)
		cal := p.change(t, graph.Sales, "createCustomer", `key: "cal", name: "Cal"`, "customer { id }").node["id"]
		assert.JSONEq(t, `{"edges":[{"properties":{"kind":"LINE","to":null},"node":{"name":"Bob"}}]}`, line(p.change(t, graph.Sales, "setManager", of+fmt.Sprintf(`key: "10", manager: %q, from: "2026-01-01T00:00:00Z"`, s.bob), managers)))
		assert.JSONEq(t, `{"edges":[{"properties":{"kind":"LINE","to":"2026-06-01T00:00:00Z"},"node":{"name":"Bob"}},{"properties":{"kind":"LINE","to":null},"node":{"name":"Cal"}}]}`,
			line(p.change(t, graph.Sales, "setManager", of+fmt.Sprintf(`key: "11", manager: %q, from: "2026-06-01T00:00:00Z"`, cal), managers)))
		assert.JSONEq(t, `{"edges":[{"properties":{"kind":"LINE","to":"2026-06-01T00:00:00Z"},"node":{"name":"Bob"}},{"properties":{"kind":"LINE","to":"2026-11-23T12:00:00Z"},"node":{"name":"Cal"}}]}`,
			line(p.change(t, graph.Sales, "endManager", of+fmt.Sprintf(`key: "12", manager: %q`, cal), managers)))

		account := p.change(t, graph.Sales, "updateAccount", fmt.Sprintf(`key: "13", account: %q, accountStage: CUSTOMER, since: "2026-03-01T00:00:00Z"`, s.acme), `account { name accountStage history { nodes { at to } } }`)
		require.Empty(t, account.errors)
		assert.Equal(t, "CUSTOMER", account.node["accountStage"], account.node)
		said := p.change(t, graph.Sales, "recordFeedback", fmt.Sprintf(`key: "14", givenBy: %q, target: %q, instrument: NPS, score: 9, text: "Quick."`, s.ann, s.pump), `feedback { score at text givenBy { name } target { ... on Product { name } } }`)
		require.Empty(t, said.errors)
		assert.Equal(t, map[string]any{"score": 9.0, "at": "2026-11-23T12:00:00Z", "text": "Quick.", "givenBy": map[string]any{"name": "Ann"}, "target": map[string]any{"name": "Pump"}}, said.node)
	})
}

// TestWhatSellersLearnHasItsRules is about inputs that cannot be right.
func TestWhatSellersLearnHasItsRules(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		s := p.shop(t)
		v := &victims{program: p, ids: map[string]string{}}
		role := fmt.Sprintf(`key: "k", customer: %q, undertaking: %q, role: USER, `, s.ann, s.acme)
		claim := p.change(t, graph.Sales, "assertRole", fmt.Sprintf(`key: "made", customer: %q, undertaking: %q, role: USER, from: "2026-05-01T00:00:00Z"`, s.ann, s.acme), claimFields).node["id"]
		job := fmt.Sprintf(`key: "k", customer: %q, account: %q, `, s.ann, s.acme)
		for _, c := range []struct{ name, mutation, input, field, want string }{
			{"a role of nobody", "assertRole", fmt.Sprintf(`key: "k", customer: "cus_none", undertaking: %q, role: USER`, s.acme), claimFields, "NOT_FOUND input.customer"},
			{"a role in what is no undertaking", "assertRole", fmt.Sprintf(`key: "k", customer: %q, undertaking: %q, role: USER`, s.ann, s.pump), claimFields, "NOT_FOUND input.undertaking"},
			{"more than sure", "assertRole", role + `confidence: 2`, claimFields, "INVALID input.confidence"},
			{"a rule that is not named", "assertRole", role + `claimOrigin: RULE`, claimFields, "INVALID input.rule"},
			{"a rule of what no rule says", "assertRole", role + `rule: "titles-3"`, claimFields, "INVALID input.rule"},
			{"said by a customer", "assertRole", role + fmt.Sprintf(`assertedBy: %q`, s.bob), claimFields, "NOT_FOUND input.assertedBy"},
			{"a dispute of nothing", "disputeClaim", `key: "k", claim: "cla_none", role: USER`, claimFields, "NOT_FOUND input.claim"},
			{"a dispute of a deal", "disputeClaim", fmt.Sprintf(`key: "k", claim: %q, role: USER`, s.acme), claimFields, "NOT_FOUND input.claim"},
			{"an end before its beginning", "endClaim", fmt.Sprintf(`key: "k", claim: %q, to: "2026-04-01T00:00:00Z"`, claim), claimFields, "INVALID input.to"},
			{"a job at no company", "addEmployment", fmt.Sprintf(`key: "k", customer: %q, account: "acc_none"`, s.ann), "customer { id }", "NOT_FOUND input.account"},
			{"a job that ends before it begins", "addEmployment", job + `from: "2026-05-01T00:00:00Z", to: "2026-04-01T00:00:00Z"`, "customer { id }", "INVALID input.to"},
			{"an end of a job that nobody has", "endEmployment", job, "customer { id }", "NOT_FOUND input.account"},
			{"a manager among our own people", "setManager", fmt.Sprintf(`key: "k", customer: %q, manager: %q`, s.ann, s.eve), "customer { id }", "NOT_FOUND input.manager"},
			{"a manager of herself", "setManager", fmt.Sprintf(`key: "k", customer: %q, manager: %q`, s.ann, s.ann), "customer { id }", "INVALID input.manager"},
			{"an end of what nobody reported", "endManager", fmt.Sprintf(`key: "k", customer: %q, manager: %q`, s.ann, s.bob), "customer { id }", "NOT_FOUND input.manager"},
			{"an end of what nobody reported of herself", "endManager", fmt.Sprintf(`key: "k", customer: %q, manager: %q`, s.ann, s.ann), "customer { id }", "NOT_FOUND input.manager"},
			{"a score beyond all", "recordFeedback", fmt.Sprintf(`key: "k", givenBy: %q, instrument: NPS, score: 11`, s.ann), "feedback { id }", "INVALID input.score"},
			{"a company that is none", "updateAccount", `key: "k", account: "acc_none", name: "x"`, "account { id }", "NOT_FOUND input.account"},
		} {
			t.Run(c.name, func(t *testing.T) {
				a := p.change(t, graph.Sales, c.mutation, c.input, c.field)
				assert.Equal(t, []string{c.want}, a.errors)
				assert.Nil(t, a.node)
			})
		}
		t.Run("who objects is not there", func(t *testing.T) {
			v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node(graph.ConsentKind, "no", graph.Values{graph.ConsentAt: int64(graph.At(now.AddDate(0, 0, -1))), graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected})},
				Edges: []graph.Link{{Rel: p.catalog.Rel("GIVEN_BY"), From: graph.NodeRef{Kind: p.catalog.MustKind(graph.ConsentKind), External: graph.External{ID: "no"}}, To: graph.NodeRef{Kind: p.catalog.MustKind("Customer"), ID: s.ann}}}})
			for mutation, want := range map[string]string{"assertRole": "NOT_FOUND input.customer", "disputeClaim": "NOT_FOUND input.claim", "endClaim": "NOT_FOUND input.claim", "retractClaim": "NOT_FOUND input.claim"} {
				input := fmt.Sprintf(`key: "k", claim: %q, `, claim)
				switch mutation {
				case "assertRole":
					input = role
				case "disputeClaim":
					input += "role: USER"
				}
				assert.Equal(t, []string{want}, p.change(t, graph.Sales, mutation, input, claimFields).errors, mutation)
			}
			assert.Equal(t, []string{"PURPOSE_DENIED input.account"}, p.change(t, graph.Sales, "addEmployment", job, "customer { id }").errors)
			assert.Equal(t, []string{"NOT_FOUND input.manager"}, p.change(t, graph.Sales, "setManager", fmt.Sprintf(`key: "k", customer: %q, manager: %q`, s.bob, s.ann), "customer { id }").errors)
		})
	})
}

// TestWhoAsksMakesAClaim is about one of our own people whom the token names.
func TestWhoAsksMakesAClaim(t *testing.T) {
	p := onSQLite(t)
	s := p.shop(t)
	r, err := resolvers.New(resolvers.Options{Reader: policy.Over(p.store), Writer: p.store, Catalog: p.catalog, Schema: p.schema, Now: clock})
	require.NoError(t, err)
	for employee, want := range map[string]string{s.eve: "Eve", "test:Sam": "Sam", "test:Nobody": "", "": ""} {
		asked := resolvers.WithRequest(t.Context(), resolvers.Request{Actor: "x", Purpose: "SALES", Employee: employee})
		res := r.Execute(asked, fmt.Sprintf(`mutation { assertRole(input: {key: %q, customer: %q, undertaking: %q, role: USER}) { claim { assertedBy { name } } userErrors { message } } }`, "k"+employee, s.ann, s.acme), nil)
		require.Empty(t, res.Errors)
		by := "null"
		if want != "" {
			by = fmt.Sprintf(`{"name":%q}`, want)
		}
		assert.Contains(t, string(res.Data), `"assertedBy":`+by, employee)
	}
	res := r.Execute(resolvers.WithRequest(t.Context(), resolvers.Request{Actor: "x", Purpose: "SALES", Employee: "eve"}), fmt.Sprintf(`mutation { assertRole(input: {key: "z", customer: %q, undertaking: %q, role: USER}) { claim { id } } }`, s.ann, s.acme), nil)
	require.NotEmpty(t, res.Errors)
	assert.Contains(t, res.Errors[0].Message, "the token's claim employee")
}
