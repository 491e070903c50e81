package graphtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// texts is about comparisons of texts, with values that are special to somebody.
func texts(t *testing.T, x *fixture) {
	for name, text := range map[string]string{
		"mueller": "Müller", "muller": "muller", "MULLER": "MU\u0308LLER", "strasse": "Straße", "STRASSE": "STRASSE", "oslo": "Øslo",
		"percent": "100%", "underscore": "a_c", "abc": "abc", "star": "a*c", "quote": "O'Neil", "double": `say "a"`, "backslash": `C:\dir`,
		"tick": "a`b", "dollar": "$p0", "brace": "{x}", "empty": "", "space": " ", "smile": "😀 hi", "tilde": "\uff5e",
	} {
		x.node("Customer", name, "name", text, "occupation", text)
	}
	x.node("Customer", "none")
	x.write(t)
	for _, path := range []string{"Customer.name", "Customer.occupation"} { // the first one is indexed
		t.Run(path, func(t *testing.T) {
			x.filtered(t, "Customer", textCases(x, path))
			x.filtered(t, "Customer", foldedCases(x, path))
		})
	}
	for i, s := range hostile {
		x.node("Product", fmt.Sprint("h", i), "name", s, "category", s)
	}
	x.write(t)
	t.Run("any text is found by itself, by how it starts and by what it contains", func(t *testing.T) {
		for i, s := range hostile {
			name := fmt.Sprint("h", i)
			for _, path := range []string{"Product.name", "Product.category"} {
				assert.Equal(t, name, x.rows(t, x.all("Product", where(x.test(path, graph.Eq, s)))), "%q", s)
				for _, f := range []*graph.Filter{
					x.test(path, graph.In, []any{s}), x.test(path, graph.StartsWith, s), x.test(path, graph.Contains, s), x.test(path, graph.Gte, s), x.test(path, graph.Lte, s),
					x.folded(path, graph.Eq, fold.Key(s)), x.folded(path, graph.In, []any{fold.Key(s)}),
					x.folded(path, graph.StartsWith, fold.Key(s)), x.folded(path, graph.Contains, fold.Key(s)),
				} {
					assert.Equal(t, name, x.rows(t, x.all("Product", where(and(f, x.is(name))))), "%s", filterText(f))
				}
			}
		}
	})
}

func textCases(x *fixture, path string) []filterCase {
	is := func(op graph.Op, v any) *graph.Filter { return x.test(path, op, v) }
	return []filterCase{
		{"an equal text has the same letters", is(graph.Eq, "Müller"), "mueller"},
		{"texts that are composed otherwise are others", is(graph.Eq, "MÜLLER"), ""},
		{"one of several", is(graph.In, []any{"muller", "abc", "abc", "x"}), "muller abc"},
		{"one of none", is(graph.In, []any{}), ""},
		{"not one of none, where there is a text", and(not(is(graph.In, []any{})), is(graph.In, []any{"", "abc"})), "empty abc"},
		{"the empty text is a text", is(graph.Eq, ""), "empty"},
		{"a missing text is not the empty one", x.missing(path), "none"},
		{"every text starts with the empty one", and(is(graph.StartsWith, ""), is(graph.Lt, "1")), "empty space dollar"},
		{"every text contains the empty one", and(is(graph.Contains, ""), is(graph.Lt, "1")), "empty space dollar"},
		{"a percent sign stands for itself", is(graph.Contains, "%"), "percent"},
		{"an underscore stands for itself", is(graph.StartsWith, "a_"), "underscore"},
		{"an asterisk stands for itself", is(graph.Contains, "*"), "star"},
		{"a quote stands for itself", is(graph.StartsWith, "O'"), "quote"},
		{"a double quote stands for itself", is(graph.Contains, `"`), "double"},
		{"a backslash stands for itself", is(graph.StartsWith, `C:\`), "backslash"},
		{"a back quote stands for itself", is(graph.Contains, "`"), "tick"},
		{"a dollar sign stands for itself", is(graph.Eq, "$p0"), "dollar"},
		{"braces stand for themselves", is(graph.StartsWith, "{x}"), "brace"},
		{"starting regards case", is(graph.StartsWith, "M"), "mueller MULLER"},
		{"containing regards case", is(graph.Contains, "ller"), "mueller muller"},
		{"letters beyond the basic plane", is(graph.StartsWith, "😀"), "smile"},
		{"texts compare by code point", is(graph.Gte, "\uff5e"), "tilde smile"},
		{"texts below one", is(graph.Lt, "$"), "empty space"},
		{"texts up to one", is(graph.Lte, "$p0"), "empty space dollar"},
		{"texts above one", and(is(graph.Gt, "a`b"), is(graph.Lt, "muller")), map[string]string{"Customer.name": "abc backslash mueller MULLER", "Customer.occupation": "abc"}[path]},
		{"a NUL is in no text", or(is(graph.Contains, "\x00"), is(graph.Eq, "abc\x00"), is(graph.StartsWith, "abc\x00"), is(graph.In, []any{"\x00", "abc\x00def"})), ""},
		{"a longer text is not found by its beginning and a NUL", and(is(graph.Gt, "abc\x00"), is(graph.Lt, "abd")), ""},
	}
}

func foldedCases(x *fixture, path string) []filterCase {
	is := func(op graph.Op, v any) *graph.Filter { return x.folded(path, op, v) }
	return []filterCase{
		{"folded, marks and case do not matter", is(graph.Eq, "muller"), "mueller muller MULLER"},
		{"folded, sharp s is two letters", is(graph.Eq, "strasse"), "strasse STRASSE"},
		{"folded, strokes do not matter", is(graph.StartsWith, "os"), "oslo"},
		{"folded, one of several", is(graph.In, []any{"muller", "oslo"}), "mueller muller MULLER oslo"},
		{"folded, one of none", is(graph.In, []any{}), ""},
		{"folded, what a text contains", is(graph.Contains, "rass"), "strasse STRASSE"},
		{"folded, a percent sign stands for itself", is(graph.Contains, "0%"), "percent"},
		{"folded, an underscore stands for itself", is(graph.StartsWith, "a_"), "underscore"},
		{"folded, a quote stands for itself", is(graph.Eq, "o'neil"), "quote"},
		{"folded, a missing text is unknown", not(is(graph.Contains, "")), ""},
	}
}
