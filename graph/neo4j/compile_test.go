package neo4j_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// page is a fetch with something of everything that takes values.
func page(o of, text string, n int64, limit int) *graph.Fetch {
	deals := o.along("Account", "deals", limit, o.sel("Deal", []string{"amount"}))
	deals.Filter = or(o.test("Deal", "amount", graph.Gt, graph.Money{Amount: n, Currency: text}), o.test("Deal", "stage", graph.In, []any{text}))
	l := o.root(limit, o.sel("Account", []string{"name"}, deals))
	l.Filter = o.some("Account", "people", and(o.test("WORKS_AT", "title", graph.StartsWith, text), not(o.test("Customer", "birthYear", graph.Lt, n))))
	l.Order, l.Cursors, l.HasPrevious = []graph.Order{desc(o.by("Account", "name"))}, true, true
	l.Page.After = []any{text, text}
	l.Tallies = []*graph.Tally{{}}
	return &graph.Fetch{Now: graph.Time(n), Lists: []*graph.List{l}}
}

func TestFetchesOfOneShapeHaveOneText(t *testing.T) {
	o := of{newWorld(t)}
	one, other := neo4j.Compile(page(o, "one", 11, 12)), neo4j.Compile(page(o, "other ' `", 21, 22))
	assert.Equal(t, one.Text, other.Text)
	assert.NotEqual(t, one.Params, other.Params)
	assert.Equal(t, slices.Sorted(maps.Keys(one.Params)), slices.Sorted(maps.Keys(other.Params)))
}

func TestEveryValueIsAParameterAndTheyAreNumberedAsTheyAppear(t *testing.T) {
	st := neo4j.Compile(page(of{newWorld(t)}, "secret", 4711, 815))
	for _, value := range []string{"secret", "4711", "815"} {
		assert.NotContains(t, st.Text, value)
	}
	seen := []string{}
	for _, p := range regexp.MustCompile(`\$\w+`).FindAllString(st.Text, -1) {
		if !slices.Contains(seen, p) && p != "$now" {
			seen = append(seen, p)
		}
	}
	for i, p := range seen {
		assert.Equal(t, fmt.Sprintf("$p%d", i), p)
		assert.Contains(t, st.Params, p[1:])
	}
	assert.Len(t, st.Params, len(seen)+1)
	assert.Equal(t, int64(4711), st.Params["now"])
}

func TestTheRowsAndTheTallyOfAListShareTheirParameters(t *testing.T) {
	o := of{newWorld(t)}
	l := o.root(5, o.sel("Account", nil))
	l.Filter, l.Tallies = o.test("Account", "timeZone", graph.Eq, "Europe/Berlin"), []*graph.Tally{{}}
	assert.Len(t, neo4j.Compile(fetch(l)).Params, 2)
}

func TestAPageThatCannotHaveAnotherSideIsNotProbed(t *testing.T) {
	o := of{newWorld(t)}
	l := o.root(5, o.sel("Account", nil))
	l.HasNext, l.HasPrevious = true, true
	st := neo4j.Compile(fetch(l))
	assert.NotContains(t, st.Text, "count(")
	assert.Equal(t, int64(6), st.Params["p0"], "one row more says whether there are more")
}

func TestNamesThatAreWordsOfCypherAreQuoted(t *testing.T) {
	o := of{newWorld(t)}
	l := o.root(5, o.sel("Order", nil, o.along("Order", "lines", 1, o.sel("Product", nil)), o.along("Order", "interactions", 1, o.sel("Interaction", nil, o.along("Interaction", "case", 1, o.sel("Case", nil))))))
	text := neo4j.Compile(fetch(l)).Text
	assert.Contains(t, text, ":`Order`")
	assert.Contains(t, text, "-[r3:`IN`]->")
	assert.Contains(t, text, "-[r1:`CONTAINS`]->")
}
