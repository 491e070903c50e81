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

// found are the hits of a search in short: the node's name or number, and where and how it was found.
func found(data json.RawMessage) []string {
	var d struct {
		Search []struct {
			Node    struct{ Name, Number string }
			Matched []struct{ Field, How string }
		}
	}
	if err := json.Unmarshal(data, &d); err != nil || d.Search == nil {
		return []string{"null"}
	}
	out := []string{}
	for _, h := range d.Search {
		s := h.Node.Name + h.Node.Number
		for _, m := range h.Matched {
			s += " " + m.Field + " " + m.How
		}
		out = append(out, s)
	}
	return out
}

// TestSearchFindsWhatThePurposeMaySee looks for words among the victims of the attacks: Bob has objected to SERVICE and to SALES.
func TestSearchFindsWhatThePurposeMaySee(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		w := &victims{program: p}
		w.write(t, w.settled())
		w.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
			w.node("Customer", "bob", graph.Values{"name": "Bob Robertson", "email": "bob@mail.example", "phone": "+49 30 4711"}),
			w.node("Customer", "cleo", graph.Values{"name": "Cleo Roberston", "email": "cleo@mail.example"}),
			w.node("Employee", "rob", graph.Values{"name": "Rob Robertson"}),
			w.node("Account", "roberts", graph.Values{"name": "Robertson Ltd"}),
			w.node("Order", "bob's", graph.Values{"number": "SO-4711"}),
		}, Edges: []graph.Link{w.link("PLACED_BY", "Order", "bob's", "Customer", "bob")}})
		const left = "NOT_FOR_PURPOSE"
		for _, c := range []struct {
			name, args string
			purpose    graph.Purpose
			want       []string
			reasons    string // of extensions.withheld, with their categories
		}{
			{"officers find all", `text: "robertson"`, graph.Compliance, []string{"Bob Robertson name EXACT", "Rob Robertson name EXACT", "Robertson Ltd name EXACT", "Cleo Roberston name TYPO"}, ""},
			{"sellers do not find who has objected", `text: "robertson"`, graph.Sales, []string{"Rob Robertson name EXACT", "Robertson Ltd name EXACT", "Cleo Roberston name TYPO"}, ""},
			{"nor by her e-mail address", `text: "bob@mail.example"`, graph.Sales, []string{}, ""},
			{"nor by her telephone", `text: "0049 30 4711"`, graph.Sales, []string{}, ""},
			{"nor what is hers", `text: "4711"`, graph.Sales, []string{}, ""},
			{"which officers do", `text: "4711"`, graph.Compliance, []string{"SO-4711 number EXACT"}, ""},
			{"campaigns find no employees and say so", `text: "robertson"`, graph.Marketing, []string{"Robertson Ltd name EXACT"}, left + " WORKFORCE"},
			{"nothing is found among what is denied", `text: "robertson", kinds: [EMPLOYEE]`, graph.Marketing, []string{"null"}, left + " WORKFORCE"},
			{"analysts do not look for persons", `text: "robertson"`, graph.Analysis, []string{"null"}, "SMALL_GROUP BEHAVIOUR, NOT_FOR_PURPOSE CONTACT, SMALL_GROUP FINANCIAL, NOT_FOR_PURPOSE IDENTITY, SMALL_GROUP IDENTITY"},
			{"but for companies", `text: "robertson", kinds: [ACCOUNT, PRODUCT]`, graph.Analysis, []string{"Robertson Ltd name EXACT"}, ""},
			{"the limit is of what may be seen", `text: "robertson", first: 1`, graph.Sales, []string{"Rob Robertson name EXACT"}, ""},
		} {
			t.Run(c.name, func(t *testing.T) {
				before := p.statements.Load()
				body, err := p.bytes(c.purpose, `{ search(`+c.args+`) { matched { field how } node { ... on Customer { name employments { edges { node { name } } } } ... on Account { name people { totalCount } } ... on Employee { name } ... on Order { number placedBy { __typename } } } } }`)
				require.NoError(t, err)
				if strings.Contains(t.Name(), "Neo4j") && c.want != nil && (len(c.want) != 1 || c.want[0] != "null") {
					assert.EqualValues(t, 1, p.statements.Load()-before, "a root field is one statement")
				}
				var a struct {
					Data       json.RawMessage
					Errors     []any
					Extensions struct {
						Withheld []struct {
							Path             []any
							Reason, Category string
						}
					}
				}
				require.NoError(t, json.Unmarshal(body, &a))
				require.Empty(t, a.Errors)
				assert.Equal(t, c.want, found(a.Data))
				var reasons []string
				for _, w := range a.Extensions.Withheld {
					if len(w.Path) == 1 {
						reasons = append(reasons, w.Reason+" "+w.Category)
					}
				}
				assert.Equal(t, c.reasons, strings.Join(reasons, ", "))
			})
		}
	})
}

func TestSearchesThatAskForTooMuchAreRefused(t *testing.T) {
	p := onSQLite(t)
	for _, c := range []struct{ name, args, words string }{
		{"an empty text", `text: ""`, "no letter and no digit"},
		{"a text without a letter", `text: " -?! "`, "no letter and no digit"},
		{"a text that is too long", fmt.Sprintf("text: %q", strings.Repeat("x", 201)), "201 characters"},
		{"too many words", `text: "a b c d e f g h i"`, "9 words"},
		{"a page of nothing", `text: "a", first: 0`, "first"},
		{"a page that is too long", `text: "a", first: 201`, "first"},
		{"no kinds", `text: "a", kinds: []`, "kinds"},
	} {
		t.Run(c.name, func(t *testing.T) {
			a := p.ask(t, `{ search(`+c.args+`) { node { id } } }`, nil)
			require.Len(t, a.Errors, 1)
			assert.Equal(t, "BAD_USER_INPUT", a.Errors[0].Extensions.Code)
			assert.Contains(t, a.Errors[0].Message, c.words)
		})
	}
	t.Run("texts and kinds may be variables", func(t *testing.T) {
		a := p.ask(t, `query($text: String!, $kinds: [SearchKind!]) { search(text: $text, kinds: $kinds) { node { id } } }`, map[string]any{"text": "ann", "kinds": []string{"CUSTOMER"}})
		require.Empty(t, a.Errors)
		assert.JSONEq(t, `{"search": []}`, string(a.Data))
	})
}
