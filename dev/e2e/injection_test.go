package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// hostile are texts that end a literal, an identifier, a comment or a parameter in one language or another.
var hostile = []string{
	"' OR '1'='1", `" OR ""="`, "`) DETACH DELETE (n", "'; DROP TABLE node_Account; --", "$p.v0", "?1", "%", "_", `\`, `\'`, "*/", "{}", "\u2028", "'||(SELECT 1)||'",
}

// TestNoTextIsTakenForCode sends hostile text through every argument and every field of an input that takes text.
func TestNoTextIsTakenForCode(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		for i, text := range hostile {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Product"), ID: fmt.Sprint(i), Set: graph.Values{"name": text, "category": text}})
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		places := textPlaces(p)
		require.Greater(t, len(places), 200)
		for i, place := range places {
			if !p.inTurn(i, 12) {
				continue
			}
			a := p.ask(t, place, map[string]any{"v": strings.Join(hostile, " ")})
			for _, e := range a.Errors {
				assert.Contains(t, []string{"BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED"}, e.Extensions.Code, "%s: %s", place, e.Message)
			}
		}
		for _, text := range hostile {
			var got struct {
				Products struct {
					Edges []struct {
						Node struct{ Name, Category string }
					}
				}
			}
			p.data(t, `query($v: String) { products(filter: {name: {eq: $v}, category: {startsWith: $v, contains: $v, caseInsensitive: {eq: $v}}}) { edges { node { name category } } } }`, map[string]any{"v": text}, &got)
			require.Len(t, got.Products.Edges, 1, "%q finds itself and nothing else", text)
			assert.Equal(t, text, got.Products.Edges[0].Node.Name)
		}
		p.texts.Range(func(text, _ any) bool {
			return assert.NotContains(t, text, "DROP TABLE node_Account", "a value stands in a statement's text")
		})
	})
}

// textPlaces are operations that put the variable v wherever a root field of the schema takes text, two inputs deep.
func textPlaces(p *program) []string {
	var out []string
	for _, f := range p.schema.Query.Fields {
		if strings.HasPrefix(f.Name, "__") {
			continue
		}
		for _, a := range f.Arguments {
			for typ, value := range texts(p.schema, a.Type, 3) {
				if !strings.Contains(value, "$v") {
					continue
				}
				if missing := a.Name == "external"; missing && !strings.Contains(value, "source") {
					value = strings.Replace(value, "{", `{source: "test", `, 1)
				} else if missing && !strings.Contains(value, "id:") {
					value = strings.Replace(value, "{", `{id: "1", `, 1)
				}
				sel := "{ __typename }"
				if strings.HasSuffix(f.Type.Name(), "Connection") {
					sel = "{ totalCount edges { cursor } }"
				}
				out = append(out, fmt.Sprintf("query($v: %s) { %s(%s: %s) %s }", strings.Split(typ, "#")[0], f.Name, a.Name, value, sel))
			}
		}
	}
	slices.Sort(out)
	return out
}

// texts are values of a type that hold the variable v at one place, with the variable's type.
func texts(schema *ast.Schema, t *ast.Type, depth int) map[string]string {
	out := map[string]string{}
	d := schema.Types[t.Name()]
	switch {
	case t.Elem != nil:
		for typ, v := range texts(schema, t.Elem, depth) {
			out[typ] = "[" + v + "]"
		}
	case d.Kind == ast.Scalar && (d.Name == "String" || d.Name == "ID" || d.Name == "Decimal" || d.Name == "DateTime" || d.Name == "Date"):
		out[t.Name()+"!"] = "$v"
	case d.Kind == ast.InputObject && depth > 0:
		for _, f := range d.Fields {
			rest := ""
			if d.Name == "MoneyInput" || d.Name == "MoneySort" {
				rest = map[string]string{"amount": `, currency: "EUR"`, "currency": map[string]string{"MoneyInput": `, amount: "1"`, "MoneySort": ", direction: ASC"}[d.Name]}[f.Name]
			}
			for typ, v := range texts(schema, f.Type, depth-1) {
				out[typ+"#"+f.Name] = "{" + f.Name + ": " + v + rest + "}"
			}
		}
	}
	return out
}
