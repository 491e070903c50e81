package graphtest

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// talliesOfTheMain is about groups, and orders, by the main one of several that an edge leads to at a time.
func talliesOfTheMain(t *testing.T, x *fixture) {
	x.node("Employee", "ann", "name", "Ann", "team", "North")
	x.node("Employee", "sam", "name", "Sam", "team", "South")
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "bolt", "name", "Bolt")
	x.link("acme", "OWNED_BY", "sam", "role", "CSM", "from", at(-9))
	x.link("acme", "OWNED_BY", "ann", "role", "AE", "from", at(-9), "to", at(-2))
	for _, d := range []struct {
		name, account string
		team          [][]any // who, and what of the relationship
	}{
		{"newest", "acme", [][]any{{"ann", "role", "AE", "from", at(-10)}, {"sam", "role", "AE", "from", at(-5)}}},
		{"role", "acme", [][]any{{"ann", "role", "SE", "from", at(-1)}, {"sam", "role", "AE", "from", at(-9)}}},
		{"no role", "bolt", [][]any{{"ann", "from", at(-9)}, {"sam", "role", "OTHER", "from", at(-9)}}},
		{"no time", "bolt", [][]any{{"ann", "role", "AE"}, {"sam", "role", "AE", "from", at(-5)}}},
		{"twice", "", [][]any{{"ann", "role", "AE", "from", at(-1)}, {"ann", "role", "SE", "from", at(-1)}}},
		{"over", "", [][]any{{"sam", "role", "AE", "from", at(-9), "to", at(-3)}, {"ann", "role", "CSM", "from", at(-9)}}},
		{"alike", "", [][]any{{"ann", "role", "AE", "from", at(-9)}, {"sam", "role", "AE", "from", at(-9)}}},
		{"later", "", [][]any{{"ann", "role", "AE", "from", at(5)}}},
		{"none", "", nil},
	} {
		x.node("Deal", d.name, "name", d.name)
		if d.account != "" {
			x.link(d.name, "WITH", d.account)
		}
		for _, m := range d.team {
			x.link(d.name, "WORKED_BY", m[0].(string), m[1:]...)
		}
	}
	x.write(t)
	least := "ann"
	if x.ids["sam"] < x.ids["ann"] {
		least = "sam"
	}
	owner, ofAccount := x.edge("Deal.owners").MainOne(), x.edge("Account.owners").MainOne()
	of := func(k graph.GroupKey, deals ...string) []any {
		l := x.all("Deal", counting(&graph.Tally{By: []graph.GroupKey{k}}))
		l.Filter = x.is(deals...)
		var out []any
		for _, g := range x.groups(t, l) {
			out = append(out, g.Keys[0])
		}
		return out
	}
	by := func(e ...*graph.Edge) graph.GroupKey { return graph.GroupKey{Path: e} }
	for deal, want := range map[string]any{"newest": x.ids["sam"], "role": x.ids["sam"], "no role": x.ids["sam"], "no time": x.ids["sam"],
		"twice": x.ids["ann"], "over": x.ids["ann"], "alike": x.ids[least], "later": nil, "none": nil} {
		t.Run("the main one of "+deal, func(t *testing.T) {
			assert.Equal(t, []any{want}, of(by(owner), deal))
		})
	}
	t.Run("as of another time", func(t *testing.T) {
		assert.Equal(t, []any{x.ids["ann"]}, of(by(owner.At(Now-6)), "newest"))
		assert.Equal(t, []any{x.ids["sam"]}, of(by(owner.At(Now-4)), "over"))
		assert.Equal(t, []any{x.ids["ann"]}, of(by(owner.At(Now+5)), "later"))
	})
	t.Run("by what it has, each counted once", func(t *testing.T) {
		team := graph.GroupKey{Path: []*graph.Edge{owner}, Ref: *x.mention("Employee.team")}
		l := x.all("Deal", counting(&graph.Tally{By: []graph.GroupKey{team, by(owner)}}))
		l.Filter = x.is("newest", "role", "twice", "over", "none")
		assert.Equal(t, []graph.Group{group(2, []any{"North", x.ids["ann"]}), group(2, []any{"South", x.ids["sam"]}), group(1, []any{nil, nil})}, x.groups(t, l))
	})
	t.Run("of a neighbour", func(t *testing.T) {
		deals := []string{"newest", "no role"}
		assert.ElementsMatch(t, []any{x.ids["sam"], nil}, of(by(x.edge("Deal.account"), ofAccount), deals...))
		assert.ElementsMatch(t, []any{x.ids["ann"], nil}, of(by(x.edge("Deal.account"), ofAccount.At(Now-3)), deals...))
	})
	t.Run("it is missing where the guard withholds it", func(t *testing.T) {
		k := by(owner)
		k.When = x.is("newest")
		assert.ElementsMatch(t, []any{x.ids["sam"], nil}, of(k, "newest", "role"))
	})
	t.Run("orders", func(t *testing.T) {
		l := x.all("Deal", ordered(behind(x.by("Employee.name"), owner), x.by("Deal.name")))
		l.Filter = x.is("newest", "role", "twice", "over", "none")
		assert.Equal(t, "over twice newest role none", x.rows(t, l))
	})
}
