package e2e

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// said is what a mutation of a person's word answers.
type saidAnswer struct {
	Consent    *struct{ ID, ConsentStatus, Purpose, Channel, At, ExpiresAt, Source, Proof string }
	Customer   *struct{ ID, Name string }
	UserErrors []struct{ Code, Field, Message string }
}

// speak sends one of the mutations for a purpose.
func (p *program) speak(t *testing.T, mutation, input string) saidAnswer {
	t.Helper()
	text, err := p.bytes(graph.Compliance, fmt.Sprintf(`mutation { said: %s(input: {%s}) { consent { id consentStatus purpose channel at expiresAt source proof } customer { id name } userErrors { code field message } } }`, mutation, input))
	require.NoError(t, err)
	var a struct {
		Data   struct{ Said saidAnswer }
		Errors []struct{ Message string }
	}
	require.NoError(t, json.Unmarshal(text, &a))
	require.Empty(t, a.Errors, "%s", text)
	return a.Data.Said
}

// customers are the names of those who stand in the list for a purpose.
func (p *program) customers(t *testing.T, purpose graph.Purpose) []string {
	t.Helper()
	text, err := p.bytes(purpose, `{ customers(orderBy: [{name: ASC}]) { edges { node { name } } } }`)
	require.NoError(t, err)
	var a struct {
		Data struct {
			Customers struct {
				Edges []struct{ Node struct{ Name string } }
			}
		}
	}
	require.NoError(t, json.Unmarshal(text, &a), "%s", text)
	names := []string{}
	for _, e := range a.Data.Customers.Edges {
		names = append(names, e.Node.Name)
	}
	return names
}

func TestWhatAPersonSaysIsInForceForTheNextRequest(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		ids := p.persons(t, "Ann", "Bob")
		ann := fmt.Sprintf("customer: %q, purpose: MARKETING, ", ids[0])
		assert.Empty(t, p.customers(t, graph.Marketing))
		a := p.speak(t, "recordConsent", ann+`key: "1", channel: EMAIL, source: "form 7", proof: "scan 9", expiresAt: "2030-01-01T00:00:00Z"`)
		require.Empty(t, a.UserErrors)
		require.NotNil(t, a.Consent)
		assert.Equal(t, "GRANTED MARKETING EMAIL 2026-11-23T12:00:00Z 2030-01-01T00:00:00Z form 7 scan 9", fmt.Sprint(a.Consent.ConsentStatus, " ", a.Consent.Purpose, " ", a.Consent.Channel, " ", a.Consent.At, " ", a.Consent.ExpiresAt, " ", a.Consent.Source, " ", a.Consent.Proof))
		assert.Equal(t, ids[0], a.Customer.ID)
		assert.Equal(t, []string{"Ann"}, p.customers(t, graph.Marketing))

		assert.Empty(t, p.speak(t, "withdrawConsent", ann+`key: "2", at: "2026-11-23T12:00:00Z"`).UserErrors)
		assert.Empty(t, p.customers(t, graph.Marketing))

		assert.Equal(t, []string{"Ann", "Bob"}, p.customers(t, graph.Sales))
		assert.Empty(t, p.speak(t, "recordObjection", fmt.Sprintf(`customer: %q, purpose: SALES, key: "3"`, ids[1])).UserErrors)
		assert.Equal(t, []string{"Ann"}, p.customers(t, graph.Sales))
		assert.Equal(t, []string{"Ann", "Bob"}, p.customers(t, graph.Service), "an objection is to one purpose")

		assert.Empty(t, p.speak(t, "restrictProcessing", fmt.Sprintf(`customer: %q, restricted: true, key: "4", at: "2026-11-01T00:00:00Z"`, ids[0])).UserErrors)
		assert.Equal(t, []string{"Bob"}, p.customers(t, graph.Service))
		assert.Equal(t, []string{"Ann", "Bob"}, p.customers(t, graph.Compliance))
		assert.Empty(t, p.speak(t, "restrictProcessing", fmt.Sprintf(`customer: %q, restricted: false, key: "5", proof: "letter 3"`, ids[0])).UserErrors)
		var kept struct {
			Customer struct {
				DataSubjectRequests struct {
					Edges []struct{ Node struct{ Right string } }
				}
			}
		}
		p.data(t, `query($id: ID!) { customer(id: $id) { dataSubjectRequests(orderBy: [{right: ASC}]) { edges { node { right } } } } }`, map[string]any{"id": ids[0]}, &kept)
		require.Len(t, kept.Customer.DataSubjectRequests.Edges, 2, "each leaves a record")
		assert.Equal(t, "RESTRICTION", kept.Customer.DataSubjectRequests.Edges[0].Node.Right)
		assert.Equal(t, "RESTRICTION_LIFTED", kept.Customer.DataSubjectRequests.Edges[1].Node.Right)
		assert.Equal(t, []string{"Ann", "Bob"}, p.customers(t, graph.Service))

		var history struct {
			Customer struct {
				Consents struct {
					Edges []struct {
						Node struct{ ConsentStatus string }
					}
				}
			}
		}
		p.data(t, `query($id: ID!) { customer(id: $id) { consents(orderBy: [{at: ASC}]) { edges { node { consentStatus } } } } }`, map[string]any{"id": ids[0]}, &history)
		said := []string{}
		for _, e := range history.Customer.Consents.Edges {
			said = append(said, e.Node.ConsentStatus)
		}
		assert.ElementsMatch(t, []string{"RESTRICTED", "GRANTED", "WITHDRAWN", "UNRESTRICTED"}, said, "what was said is kept")
	})
}

func TestAWordIsKeptOnceByItsKey(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		ids := p.persons(t, "Ann", "Bob")
		ann := fmt.Sprintf(`customer: %q, key: "k", purpose: SALES`, ids[0])
		first := p.speak(t, "recordObjection", ann)
		require.Empty(t, first.UserErrors)
		assert.Equal(t, first, p.speak(t, "recordObjection", ann), "sent again it answers the same")
		for _, c := range []struct{ name, mutation, input string }{
			{"another purpose", "recordObjection", fmt.Sprintf(`customer: %q, key: "k", purpose: MARKETING`, ids[0])},
			{"another word", "withdrawConsent", ann},
			{"another source", "recordObjection", ann + `, source: "letter"`},
			{"another time", "recordObjection", ann + `, at: "2020-01-01T00:00:00Z"`},
			{"another proof, which few may see", "recordObjection", ann + `, proof: "letter 7"`},
			{"another customer", "recordObjection", fmt.Sprintf(`customer: %q, key: "k", purpose: SALES`, ids[1])},
		} {
			t.Run(c.name+" under the same key is a conflict, which does not say what differs", func(t *testing.T) {
				a := p.speak(t, c.mutation, c.input)
				require.Len(t, a.UserErrors, 1)
				assert.Equal(t, "CONFLICT input.key the key was used for another change", a.UserErrors[0].Code+" "+a.UserErrors[0].Field+" "+a.UserErrors[0].Message)
				assert.Nil(t, a.Consent)
			})
		}
		t.Run("keys are of one caller", func(t *testing.T) {
			p.customer = ids[0]
			answer, err := p.bytes(graph.Self, fmt.Sprintf(`mutation { recordConsent(input: {customer: %q, key: "k", purpose: SERVICE}) { consent { id purpose } userErrors { code } } }`, ids[0]))
			require.NoError(t, err)
			assert.Contains(t, string(answer), `"purpose":"SERVICE"},"userErrors":[]`)
			assert.NotContains(t, string(answer), first.Consent.ID)
		})
	})
}

func TestAWordThatCannotBeRightIsNotKept(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		ids := p.persons(t, "Ann")
		ann := fmt.Sprintf("customer: %q, ", ids[0])
		for _, c := range []struct{ name, mutation, input, code, field string }{
			{"of nobody", "recordConsent", `customer: "cus_none", purpose: SALES, key: "1"`, "NOT_FOUND", "customer"},
			{"of no person", "recordConsent", `customer: "acc_1", purpose: SALES, key: "1"`, "NOT_FOUND", "customer"},
			{"without a key", "recordConsent", ann + `purpose: SALES, key: ""`, "INVALID", "key"},
			{"with a key that is too long", "recordConsent", ann + fmt.Sprintf(`purpose: SALES, key: "%0201d"`, 0), "INVALID", "key"},
			{"in the future", "recordConsent", ann + `purpose: SALES, key: "1", at: "2027-01-01T00:00:00Z"`, "INVALID", "at"},
			{"that ends before it begins", "recordConsent", ann + `purpose: SALES, key: "1", at: "2026-01-01T00:00:00Z", expiresAt: "2025-01-01T00:00:00Z"`, "INVALID", "expiresAt"},
		} {
			t.Run(c.name, func(t *testing.T) {
				a := p.speak(t, c.mutation, c.input)
				require.Len(t, a.UserErrors, 1)
				assert.Equal(t, c.code+" input."+c.field, a.UserErrors[0].Code+" "+a.UserErrors[0].Field)
				assert.NotEmpty(t, a.UserErrors[0].Message)
				assert.Nil(t, a.Consent)
				assert.Nil(t, a.Customer)
			})
		}
		var count struct{ Consents struct{ TotalCount int } }
		p.data(t, `{ consents { totalCount } }`, nil, &count)
		assert.Zero(t, count.Consents.TotalCount)
	})
}

// persons writes customers with these names, and gives their ids.
func (p *program) persons(t *testing.T, names ...string) []string {
	t.Helper()
	b := &graph.Batch{Source: "test"}
	for _, name := range names {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Customer"), ID: name, Set: graph.Values{"name": name}})
	}
	report, err := p.store.Write(t.Context(), b)
	require.NoError(t, err)
	return report.IDs
}
