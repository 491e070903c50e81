package graphtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// bareRelationships is about relationships that are kept by their two nodes alone.
func bareRelationships(t *testing.T, x *fixture) {
	for _, name := range []string{"ann", "bob", "cleo"} {
		x.node("Customer", name, "name", name)
	}
	for i, name := range []string{"first", "second", "third"} {
		x.node("Disclosure", name, "purpose", "SALES", "at", int64(i))
	}
	x.link("first", "DISCLOSED", "ann")
	x.link("first", "DISCLOSED", "bob")
	x.link("second", "DISCLOSED", "ann")
	x.link("third", "DISCLOSED", "bob")
	x.write(t)
	told := func(name string) string {
		return x.namesOf(x.beyond(t, name, x.along("Customer.disclosures", ordered(x.by("Disclosure.at")))))
	}
	t.Run("each node leads to those that it is related to", func(t *testing.T) {
		assert.Equal(t, []string{"first second", "first third", ""}, []string{told("ann"), told("bob"), told("cleo")})
	})
	t.Run("one that is written again is the same, whatever it is called", func(t *testing.T) {
		x.link("first", "DISCLOSED", "ann")
		x.batch.Edges[len(x.batch.Edges)-1].ID = "a name"
		x.link("second", "DISCLOSED", "cleo")
		assert.Equal(t, 1, x.write(t).EdgesCreated)
		assert.Equal(t, []string{"first second", "second"}, []string{told("ann"), told("cleo")})
	})
	t.Run("nodes are found by where it leads", func(t *testing.T) {
		assert.Equal(t, "ann bob", x.set(t, x.all("Customer", where(x.some("Customer.disclosures", x.test("Disclosure.at", graph.Eq, int64(0)))))))
		assert.Equal(t, "bob", x.set(t, x.all("Customer", where(x.some("Customer.disclosures", x.test("Disclosure.at", graph.Eq, int64(2)))))))
		assert.Equal(t, "cleo", x.set(t, x.all("Customer", where(x.none("Customer.disclosures", x.test("Disclosure.at", graph.Eq, int64(0)))))))
	})
	t.Run("its number orders nodes, and is added up", func(t *testing.T) {
		count := graph.Order{Count: &graph.Over{Edge: x.edge("Customer.disclosures")}, Desc: true}
		assert.Equal(t, "ann bob cleo", x.rows(t, x.all("Customer", ordered(count, x.by("Customer.name")))))
		l := x.all("Customer")
		l.Tallies = []*graph.Tally{{Over: &graph.Over{Edge: x.edge("Customer.disclosures")}}}
		assert.EqualValues(t, 5, x.read(t, l)[0].Tallies[0][0].Count)
	})
	t.Run("pages go on from a place", func(t *testing.T) {
		l := x.along("Customer.disclosures", ordered(x.by("Disclosure.at")))
		l.Cursors, l.HasNext, l.Page.Limit = true, true, 1
		page := x.beyond(t, "ann", l)
		require.Equal(t, "first", x.namesOf(page))
		require.True(t, page.HasNext)
		key := page.Rows[0].Keys[len(page.Rows[0].Keys)-1]
		assert.Equal(t, graph.BareKey(x.ids["first"], x.ids["ann"]), key)
		l.Page.After = page.Rows[0].Keys
		page = x.beyond(t, "ann", l)
		assert.Equal(t, "second", x.namesOf(page))
		assert.False(t, page.HasNext)
	})
	t.Run("what it leads to comes in the order of an instant, whichever way, page by page", func(t *testing.T) {
		x.node("Customer", "dora", "name", "dora")
		x.node("Disclosure", "never", "purpose", "SALES")
		x.node("Disclosure", "later", "purpose", "SALES", "at", int64(1))
		for _, name := range []string{"first", "second", "third", "never", "later"} {
			x.link(name, "DISCLOSED", "dora")
		}
		x.write(t)
		same := []string{"second", "later"} // of one instant: by id
		if x.ids["later"] < x.ids["second"] {
			same = []string{"later", "second"}
		}
		ties := strings.Join(same, " ")
		for want, by := range map[string]graph.Order{
			"third " + ties + " first never": {Prop: &graph.Ref{Prop: x.prop("Disclosure.at")}, Desc: true},
			"first " + ties + " third never": {Prop: &graph.Ref{Prop: x.prop("Disclosure.at")}},
		} {
			for _, backward := range []bool{false, true} {
				l := x.along("Customer.disclosures", ordered(by))
				l.Cursors, l.HasNext, l.HasPrevious, l.Page.Limit, l.Page.Backward = true, true, true, 1, backward
				var got []string
				for more := true; more; {
					page := x.beyond(t, "dora", l)
					require.Len(t, page.Rows, 1)
					if backward {
						got, more, l.Page.Before = append([]string{x.namesOf(page)}, got...), page.HasPrevious, page.Rows[0].Keys
					} else {
						got, more, l.Page.After = append(got, x.namesOf(page)), page.HasNext, page.Rows[0].Keys
					}
				}
				assert.Equal(t, want, strings.Join(got, " "), "backward: %v", backward)
			}
		}
	})
	t.Run("an instant that changes changes the order", func(t *testing.T) {
		newest := ordered(graph.Order{Prop: &graph.Ref{Prop: x.prop("Disclosure.at")}, Desc: true})
		x.node("Disclosure", "first", "at", int64(9))
		x.node("Disclosure", "third", "at", nil)
		x.write(t)
		assert.Equal(t, "first third", x.namesOf(x.beyond(t, "bob", x.along("Customer.disclosures", newest))))
	})
	t.Run("it goes with a node that is removed", func(t *testing.T) {
		x.batch.Remove = []graph.Removal{{Kind: x.kinds["first"], ID: x.ids["first"]}}
		x.write(t)
		assert.Equal(t, []string{"second", "third", "second"}, []string{told("ann"), told("bob"), told("cleo")})
	})
}
