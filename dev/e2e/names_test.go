package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
)

// TestNamesAndSourcesAreSeenAsWhatTheyTellOf asks every node for what it is called, and which rows of a source it came from. Ann permits
// what a purpose needs of her, and Bob objects to all but SERVICE; both took part in a call that the shop has recorded.
func TestNamesAndSourcesAreSeenAsWhatTheyTellOf(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "shop"}
		node := func(kind, id string, set graph.Values) {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
		}
		link := func(rel, fromKind, from, toKind, to string) {
			end := func(kind, id string) graph.NodeRef {
				return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
			}
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: end(fromKind, from), To: end(toKind, to)})
		}
		node("Customer", "ann", graph.Values{"name": "Ann", "email": "ann@kith.example"})
		node("Customer", "bob", graph.Values{"name": "Bob"})
		node("Location", "home", graph.Values{"address": "Rúa Nova 1", "city": "Vigo"})
		node("Location", "town", graph.Values{"city": "Lugo"})
		node("Interaction", "call", graph.Values{"subject": "The pump"})
		node("Claim", "claim", nil)
		node("Product", "pump", graph.Values{"name": "Pump"})
		node("Consent", "no", graph.Values{graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected, graph.ConsentAt: int64(1)})
		link("LOCATED_AT", "Customer", "ann", "Location", "home")
		link("LOCATED_AT", "Customer", "ann", "Location", "town")
		link("PARTICIPANT", "Interaction", "call", "Customer", "ann")
		link("PARTICIPANT", "Interaction", "call", "Customer", "bob")
		link("ABOUT", "Claim", "claim", "Customer", "ann")
		link("GIVEN_BY", "Consent", "no", "Customer", "bob")
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		ids := map[string]string{}
		for i, n := range b.Nodes {
			ids[n.ID] = report.IDs[i]
		}
		ids["made here"] = p.change(t, graph.Sales, "createCustomer", `key: "1", name: "Cy"`, "customer { id }").node["id"].(string)
		p.customer = ids["ann"]
		ask := func(purpose graph.Purpose, id string) (answer string, reasons []string) {
			text, err := p.bytes(purpose, fmt.Sprintf(`{ node(id: %q) { displayName externals { source id } withheld { field reason category } } }`, shown(purpose, id)))
			require.NoError(t, err)
			var a struct {
				Data struct {
					Node *struct {
						DisplayName *string
						Externals   json.RawMessage
						Withheld    []struct{ Field, Reason, Category string }
					}
				}
				Extensions struct {
					Withheld []struct {
						Path             []string
						Reason, Category string
					}
				}
			}
			require.NoError(t, json.Unmarshal(text, &a), "%s", text)
			n := a.Data.Node
			if n == nil {
				return "nothing", nil
			}
			for _, w := range n.Withheld {
				if w.Field == graph.DisplayName || w.Field == graph.ExternalsField {
					reasons = append(reasons, fmt.Sprint(w.Field, " ", w.Category, " ", w.Reason))
				}
			}
			told := []string{}
			for _, w := range a.Extensions.Withheld {
				told = append(told, fmt.Sprint(w.Path[1], " ", w.Category, " ", w.Reason))
			}
			if n.Withheld != nil && (n.DisplayName == nil || string(n.Externals) == "null") {
				assert.Subset(t, append(reasons, ""), told, "what is told of the fields is told of the node")
			}
			name := "-"
			if n.DisplayName != nil {
				name = *n.DisplayName
			}
			return name + " " + string(n.Externals), reasons
		}
		from := func(id string) string { return fmt.Sprintf(`[{"source":"shop","id":%q}]`, id) }
		for _, c := range []struct {
			name    string
			purpose graph.Purpose
			of      string
			want    string
			reasons []string
		}{
			{"a person who permits it", graph.Sales, "ann", "Ann " + from("ann"), nil},
			{"one who objects", graph.Sales, "bob", "- null", []string{"displayName IDENTITY OBJECTED", "externals IDENTITY OBJECTED"}},
			{"and not to this", graph.Service, "bob", "Bob " + from("bob"), nil},
			{"one who has not consented", graph.Marketing, "ann", "- null", []string{"displayName IDENTITY NO_CONSENT", "externals IDENTITY NO_CONSENT"}},
			{"oneself", graph.Self, "ann", "Ann " + from("ann"), nil},
			{"another", graph.Self, "bob", "nothing", nil},
			{"one who was made here comes from no source", graph.Sales, "made here", "Cy []", nil},
			{"what is called by two fields", graph.Sales, "home", "Rúa Nova 1, Vigo " + from("home"), nil},
			{"of which one is missing", graph.Sales, "town", "Lugo " + from("town"), nil},
			{"a text of which one has objected is not told, and that there was a call is", graph.Sales, "call", "- " + from("call"), []string{"displayName CONTENT NOT_PERMITTED_BY_ALL"}},
			{"what has no name", graph.Sales, "claim", "- " + from("claim"), nil},
			{"a product", graph.Sales, "pump", "Pump " + from("pump"), nil},
			{"a product, of which an id would be known", graph.Analysis, "pump", "Pump null", []string{"externals COMPANY NOT_FOR_PURPOSE"}},
			{"a person, whatever she says", graph.Compliance, "bob", "Bob " + from("bob"), nil},
		} {
			t.Run(c.name, func(t *testing.T) {
				got, reasons := ask(c.purpose, ids[c.of])
				assert.Equal(t, c.want, got)
				assert.Equal(t, c.reasons, reasons)
			})
		}

		t.Run("names are asked by like the fields they are", func(t *testing.T) {
			text, err := p.bytes(graph.Compliance, `{ customers(filter: {displayName: {startsWith: "B"}}) { nodes { name } } desc: customers(first: 1, orderBy: [{displayName: DESC}]) { nodes { name } } fieldPolicy(type: "Location", field: "displayName") { category } }`)
			require.NoError(t, err)
			assert.Contains(t, string(text), `{"customers":{"nodes":[{"name":"Bob"}]},"desc":{"nodes":[{"name":"Cy"}]},"fieldPolicy":{"category":"CONTACT"}}`)
			text, err = p.bytes(graph.Marketing, `{ interactions(filter: {displayName: {isNull: false}}) { totalCount } }`)
			require.NoError(t, err)
			assert.Contains(t, string(text), "PURPOSE_DENIED")
		})

		var left []journal.Subject
		p.serve(t, resolvers.Options{Receipts: func(_ context.Context, r *journal.Receipt) error {
			left = r.Subjects
			return nil
		}}, "")
		t.Run("whose name, or source, is told has a receipt", func(t *testing.T) {
			for _, field := range []string{"displayName", "externals { id }"} {
				_, err := p.bytes(graph.Sales, fmt.Sprintf(`{ customer(id: %q) { %s } }`, ids["ann"], field))
				require.NoError(t, err)
				assert.Equal(t, []journal.Subject{{ID: ids["ann"], Categories: []graph.Category{graph.CategoryIdentity}}}, left, field)
			}
		})

		t.Run("of somebody who is erased neither is told", func(t *testing.T) {
			_, err := p.store.Write(t.Context(), &graph.Batch{Source: "shop", Erase: []graph.Erasure{policy.Default().Erasure(ids["ann"])}})
			require.NoError(t, err)
			got, reasons := ask(graph.Compliance, ids["ann"])
			assert.Equal(t, "- null", got)
			assert.Equal(t, []string{"displayName IDENTITY ERASED", "externals IDENTITY ERASED"}, reasons)
			got, reasons = ask(graph.Compliance, ids["call"])
			assert.Equal(t, "- "+from("call"), got, "it is Bob's, too")
			assert.Equal(t, []string{"displayName CONTENT ERASED"}, reasons)
		})
	})
}
