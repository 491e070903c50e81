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

// TestOrdersAreThoseOfTheField asks for names, cases and interactions as those see them who use them: a telephone book, the gravest first,
// what was said after something behind it.
func TestOrdersAreThoseOfTheField(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		ref := func(kind, id string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{ID: id}}
		}
		node := func(kind, id string, set graph.Values) {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: id, Set: set})
		}
		for i, name := range []string{"Zoe Abt", "anna berg", "Émile Cornu", "Bert Dorn", "Ärne Ek", "de Vries Jan", "Łukasz Fal"} {
			node("Customer", fmt.Sprint(i), graph.Values{"name": name})
		}
		for i, c := range [][2]any{{"MEDIUM", "PENDING"}, {"CRITICAL", "CLOSED"}, {"LOW", "OPEN"}, {"HIGH", "RESOLVED"}, {nil, nil}} {
			node("Case", fmt.Sprint(i), graph.Values{"severity": c[0], "status": c[1], "number": fmt.Sprint("N", i)})
		}
		for i, subject := range []string{"third", "first", "second"} {
			node("Interaction", subject, graph.Values{"at": int64(graph.At(now)) - 1e6, "sequence": []any{int64(30), int64(4), int64(11)}[i], "subject": subject})
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("PARTICIPANT"), From: ref("Interaction", subject), To: ref("Customer", "1")})
		}
		report, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		anna := report.IDs[1]
		values := func(t *testing.T, query string) string {
			t.Helper()
			got := p.ask(t, query, nil)
			require.Empty(t, got.Errors)
			var words []string
			dec := json.NewDecoder(strings.NewReader(string(got.Data)))
			for follows := false; ; {
				token, err := dec.Token()
				switch {
				case err != nil:
					return strings.Join(words, ", ")
				case follows && token == nil:
					words = append(words, "null")
				case follows:
					words = append(words, token.(string))
				}
				follows = !follows && token == "v"
			}
		}
		for _, c := range []struct{ name, query, want string }{
			{"names stand as in a telephone book", `{ customers(orderBy: [{name: ASC}]) { nodes { v: name } } }`, "anna berg, Ärne Ek, Bert Dorn, de Vries Jan, Émile Cornu, Łukasz Fal, Zoe Abt"},
			{"and from its end", `{ customers(orderBy: [{displayName: DESC}], first: 2) { nodes { v: name } } }`, "Zoe Abt, Łukasz Fal"},
			{"the gravest case comes first", `{ cases(orderBy: [{severity: DESC}]) { nodes { v: severity } } }`, "CRITICAL, HIGH, MEDIUM, LOW, null"},
			{"states come in the order of the schema", `{ cases(orderBy: [{status: ASC}]) { nodes { v: status } } }`, "OPEN, PENDING, RESOLVED, CLOSED, null"},
			{"what is grave", `{ cases(filter: {severity: {gte: HIGH}}, orderBy: [{severity: ASC}]) { nodes { v: severity } } }`, "HIGH, CRITICAL"},
			{"what is not closed yet", `{ cases(filter: {status: {lte: RESOLVED}}, orderBy: [{number: ASC}]) { nodes { v: status } } }`, "PENDING, OPEN, RESOLVED"},
			{"groups that are as large", `{ cases { groups(by: [STATUS]) { rows { key { v: status } } } } }`, "OPEN, PENDING, RESOLVED, CLOSED, null"},
			{"what was said at one time, in its sequence", `{ interactions(orderBy: [{at: ASC}]) { nodes { v: subject } } }`, "first, second, third"},
			{"backward, too", `{ interactions(orderBy: [{at: DESC}]) { nodes { v: subject } } }`, "third, second, first"},
			{"unless something else is asked for", `{ interactions(orderBy: [{at: ASC}, {sequence: DESC}]) { nodes { v: subject } } }`, "third, second, first"},
			{"below a person", fmt.Sprintf(`{ customer(id: %q) { interactions(orderBy: [{at: ASC}]) { nodes { v: subject } } } }`, anna), "first, second, third"},
			{"in timelines", fmt.Sprintf(`{ customer(id: %q) { timeline { nodes { ... on Interaction { v: subject } } } } }`, anna), "third, second, first"},
		} {
			t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, values(t, c.query)) })
		}
		t.Run("page by page, there and back", func(t *testing.T) {
			for _, of := range []struct{ list, field, order, want string }{
				{"customers", "name", "name: ASC", "anna berg, Ärne Ek, Bert Dorn, de Vries Jan, Émile Cornu, Łukasz Fal, Zoe Abt"},
				{"cases", "status", "status: DESC", "CLOSED, RESOLVED, PENDING, OPEN, <nil>"},
				{"cases", "severity", "severity: ASC", "LOW, MEDIUM, HIGH, CRITICAL, <nil>"},
				{"interactions", "subject", "at: DESC", "third, second, first"},
			} {
				var there, back []string
				page := func(by string) (names []string, start, end string, before, after bool) {
					got := p.ask(t, fmt.Sprintf(`{ p: %s(orderBy: [{%s}], %s) { nodes { v: %s } pageInfo { startCursor endCursor hasPreviousPage hasNextPage } } }`, of.list, of.order, by, of.field), nil)
					require.Empty(t, got.Errors)
					var data struct {
						P struct {
							Nodes    []struct{ V any }
							PageInfo struct {
								StartCursor, EndCursor       string
								HasPreviousPage, HasNextPage bool
							}
						}
					}
					require.NoError(t, json.Unmarshal(got.Data, &data))
					for _, n := range data.P.Nodes {
						names = append(names, fmt.Sprint(n.V))
					}
					i := data.P.PageInfo
					return names, i.StartCursor, i.EndCursor, i.HasPreviousPage, i.HasNextPage
				}
				for by, more := "first: 2", true; more; {
					names, _, end, _, next := page(by)
					there, by, more = append(there, names...), fmt.Sprintf("first: 2, after: %q", end), next
				}
				for by, more := "last: 2", true; more; {
					names, start, _, previous, _ := page(by)
					back, by, more = append(names, back...), fmt.Sprintf("last: 2, before: %q", start), previous
				}
				assert.Equal(t, []string{of.want, of.want}, []string{strings.Join(there, ", "), strings.Join(back, ", ")})
			}
		})
	})
}
