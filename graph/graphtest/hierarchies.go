package graphtest

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// hierarchies is about edges that are walked:
//
//	top ── left ── leaf        (leaf belongs to right, too, by less)
//	    └─ right ─ twig        (joint belongs to left and right by the same share)
//	a circle: ring1 ── ring2 ── ring3 ── ring1, with tail below ring1
//	own: belongs to itself; alone: to nobody
func hierarchies(t *testing.T, x *fixture) {
	for _, n := range []string{"top", "left", "right", "leaf", "twig", "joint", "ring1", "ring2", "ring3", "tail", "own", "alone"} {
		x.node("Account", n, "name", n)
	}
	below := func(child, parent string, pairs ...any) { x.link(child, "SUBSIDIARY_OF", parent, pairs...) }
	below("left", "top", "share", 1_000_000)
	below("right", "top")
	below("leaf", "left", "share", 600_000)
	below("leaf", "right", "share", 400_000)
	below("leaf", "top")
	below("twig", "right", "share", 0)
	below("joint", "left", "share", 500_000)
	below("joint", "right", "share", 500_000)
	below("twig", "left", "share", 900_000, "to", int64(Now)-1) // until lately
	below("ring1", "ring2", "share", 1)
	below("ring2", "ring3", "share", 1)
	below("ring3", "ring1", "share", 1)
	below("tail", "ring1", "share", 1)
	below("own", "own", "share", 1)
	x.write(t)
	first := "left" // of two with the same share
	if x.ids["right"] < x.ids["left"] {
		first = "right"
	}
	under := func(parent string) string { // what joint adds to the nodes below
		if parent == first {
			return " joint"
		}
		return ""
	}
	for _, c := range []struct {
		edge string
		want map[string]string
	}{
		{"Account.ancestors", map[string]string{"leaf": "left top", "twig": "right top", "joint": first + " top", "top": "", "alone": "", "ring1": "ring2 ring3", "tail": "ring1 ring2 ring3", "own": ""}},
		{"Account.descendants", map[string]string{"top": "joint leaf left right twig", "left": "leaf" + under("left"), "right": "twig" + under("right"), "leaf": "", "ring1": "ring2 ring3 tail", "ring3": "ring1 ring2 tail", "own": ""}},
		{"Account.ultimateParent", map[string]string{"leaf": "top", "left": "top", "top": "top", "alone": "alone", "ring1": "ring1", "ring2": "ring2", "tail": "ring1", "own": "own"}},
		{"Account.family", map[string]string{"leaf": "joint leaf left right top twig", "top": "joint leaf left right top twig", "alone": "alone", "ring2": "ring1 ring2 ring3 tail", "tail": "ring1 ring2 ring3 tail", "own": "own"}},
	} {
		e := x.edge(c.edge)
		for from, want := range c.want {
			t.Run(fmt.Sprintf("%s of %s are %q", e.Name, from, want), func(t *testing.T) {
				l := x.along(c.edge)
				if e.One {
					l.Page.Limit = 1
				} else {
					l.Tallies = []*graph.Tally{{}}
				}
				got := x.beyond(t, from, l)
				assert.Equal(t, sorted(want), sorted(x.namesOf(got)))
				if !e.One {
					assert.Equal(t, int64(len(got.Rows)), got.Tallies[0][0].Count, "each is counted once")
				}
			})
		}
	}
	t.Run("under many at once each has its own", func(t *testing.T) {
		rows := x.read(t, x.all("Account", x.wants(), ordered(x.by("Account.name")), where(x.is("leaf", "tail", "twig", "alone")), func(l *graph.List) {
			l.Nodes[0].Lists = []*graph.List{x.along("Account.ancestors", ordered(desc(x.by("Account.name"))), limit(2)), x.along("Account.ultimateParent", limit(1))}
		}))[0].Rows
		require.Len(t, rows, 4)
		for i, want := range []string{"|alone", "top left|top", "ring3 ring2|ring1", "top right|top"} {
			assert.Equal(t, want, x.namesOf(rows[i].Lists[0])+"|"+x.namesOf(rows[i].Lists[1]))
		}
	})
	t.Run("several walks of one node give together what they give alone", func(t *testing.T) {
		for _, n := range []string{"top", "left", "leaf", "twig", "ring2", "tail", "own", "alone"} {
			walksTogether(t, x, n, false)
			walksTogether(t, x, n, true)
		}
	})
	t.Run("pages", func(t *testing.T) {
		page := x.along("Account.descendants", ordered(x.by("Account.name")), limit(2), func(l *graph.List) { l.Cursors, l.HasNext, l.HasPrevious = true, true, true })
		got := x.beyond(t, "top", page)
		assert.Equal(t, "joint leaf", x.namesOf(got))
		assert.True(t, got.HasNext)
		page.Page.After = got.Rows[1].Keys
		got = x.beyond(t, "top", page)
		assert.Equal(t, "left right", x.namesOf(got))
		assert.True(t, got.HasPrevious)
	})
	t.Run("as of a time", func(t *testing.T) {
		as := x.along("Account.ancestors")
		as.Edge = as.Edge.At(Now - 2)
		assert.Equal(t, "left top", sorted(x.namesOf(x.beyond(t, "twig", as))))
	})
	x.filtered(t, "Account", []filterCase{
		{"by an ancestor", x.some("Account.ancestors", x.is("left")), "leaf" + under("left")},
		{"by no descendant", x.none("Account.descendants", nil), "leaf twig joint tail alone own"},
		{"by the ultimate parent", x.some("Account.ultimateParent", x.test("Account.name", graph.Eq, "top")), "top left right leaf twig joint"},
		{"by all of the family", x.every("Account.family", x.test("Account.name", graph.Contains, "ring")), ""},
	})
	x.inOrder(t, "Account", []orderCase{
		{"by how many are below, then by name", []graph.Order{desc(graph.Order{Count: &graph.Over{Edge: x.edge("Account.descendants")}}), x.by("Account.name")}, orderOfSizes(first)},
		{"by the name of the ultimate parent, then by name", []graph.Order{behind(x.by("Account.name"), x.edge("Account.ultimateParent")), x.by("Account.name")}, "alone own ring1 tail ring2 ring3 joint leaf left right top twig"},
	})
	t.Run("a walk goes only through what the guard lets it", func(t *testing.T) {
		but := func(edge, without string) *graph.List {
			l := x.along(edge)
			l.Edge = l.Edge.Via(not(x.is(without)))
			return l
		}
		assert.Equal(t, "", x.namesOf(x.beyond(t, "twig", but("Account.ancestors", "right"))))
		assert.Equal(t, "right top", sorted(x.namesOf(x.beyond(t, "leaf", but("Account.ancestors", "left")))), "the main one of those that are left")
		assert.Equal(t, "joint leaf right twig", sorted(x.namesOf(x.beyond(t, "top", but("Account.descendants", "left")))))
		assert.Equal(t, "ring1 ring3 tail", sorted(x.namesOf(x.beyond(t, "tail", but("Account.family", "ring2")))))
		assert.Equal(t, "ring3", x.namesOf(x.beyond(t, "ring3", but("Account.ultimateParent", "ring1"))))
	})
	t.Run("where the guard withholds the edge there is nothing", func(t *testing.T) {
		l := x.along("Account.family", func(l *graph.List) { l.When, l.Cut = x.is("top"), true })
		assert.Len(t, x.beyond(t, "top", l).Rows, 6)
		assert.Empty(t, x.beyond(t, "leaf", l).Rows)
	})
	longHierarchy(t, x)
	t.Run("lines of persons go by the line before the dotted one", func(t *testing.T) {
		for _, n := range []string{"ann", "bob", "eve"} {
			x.node("Customer", n, "name", n)
		}
		x.link("ann", "REPORTS_TO", "bob", "kind", "DOTTED")
		x.link("ann", "REPORTS_TO", "eve", "kind", "LINE")
		x.link("eve", "REPORTS_TO", "bob")
		x.write(t)
		assert.Equal(t, "eve bob", x.namesOf(x.beyond(t, "ann", x.along("Customer.managementChain", ordered(desc(x.by("Customer.name")))))))
		assert.Equal(t, "ann bob eve", sorted(x.namesOf(x.beyond(t, "ann", x.along("Customer.organization")))))
	})
}

// walksTogether asks for all walks of an account in one fetch, and for each in one of its own.
func walksTogether(t *testing.T, x *fixture, from string, cut bool) {
	t.Helper()
	walks := func() (ls []*graph.List) {
		for _, e := range []string{"Account.ancestors", "Account.descendants", "Account.family", "Account.ultimateParent"} {
			l := x.along(e)
			if l.Page.Limit = 1; !l.Edge.One {
				l.Page.Limit, l.Tallies, l.Cut = 100, []*graph.Tally{{}}, cut
			}
			ls = append(ls, l)
		}
		return ls
	}
	row := x.read(t, x.called(from, below(walks()...)))[0].Rows[0]
	for i, l := range walks() {
		alone := x.beyond(t, from, l)
		assert.Equalf(t, sorted(x.namesOf(alone)), sorted(x.namesOf(row.Lists[i])), "%s of %s", l.Key, from)
		assert.Equalf(t, alone.Tallies, row.Lists[i].Tallies, "the number of %s of %s", l.Key, from)
		assert.Equalf(t, alone.Cut, row.Lists[i].Cut, "whether %s of %s are cut", l.Key, from)
	}
}

// orderOfSizes are the accounts by how many are below them, of which joint is below one.
func orderOfSizes(first string) string {
	if first == "left" {
		return "top ring1 ring2 ring3 left right alone joint leaf own tail twig"
	}
	return "top ring1 ring2 ring3 right left alone joint leaf own tail twig"
}

// longHierarchy is about a line of 25 companies: c0 below c1 below c2 …
func longHierarchy(t *testing.T, x *fixture) {
	const n = 25
	for i := range n {
		x.node("Account", fmt.Sprint("c", i), "name", fmt.Sprintf("c%02d", i))
	}
	for i := range n - 1 {
		x.link(fmt.Sprint("c", i), "SUBSIDIARY_OF", fmt.Sprint("c", i+1))
	}
	x.write(t)
	for _, c := range []struct {
		edge, from string
		count      int64
		cut        bool
	}{
		{"Account.ancestors", "c0", 20, true},
		{"Account.ancestors", "c4", 20, false},
		{"Account.ancestors", "c5", 19, false},
		{"Account.descendants", "c24", 20, true},
		{"Account.descendants", "c20", 20, false},
		{"Account.family", "c24", 21, true},
		{"Account.family", "c0", 21, true}, // from c20 down
		{"Account.family", "c4", 21, true},
		{"Account.ancestors", "ring1", 2, false},
		{"Account.family", "top", 6, false},
	} {
		t.Run(fmt.Sprintf("%s of %s are cut after 20 steps", c.edge, c.from), func(t *testing.T) {
			got := x.beyond(t, c.from, x.along(c.edge, counting(&graph.Tally{}), func(l *graph.List) { l.Cut = true }))
			assert.Equal(t, c.count, got.Tallies[0][0].Count)
			assert.Equal(t, c.cut, got.Cut)
		})
	}
	for _, from := range []string{"c0", "c3", "c4", "c20", "c21", "c24"} {
		walksTogether(t, x, from, true)
	}
	assert.Equal(t, "c20", x.namesOf(x.beyond(t, "c0", x.along("Account.ultimateParent", limit(1)))))
	assert.Equal(t, "c24", x.namesOf(x.beyond(t, "c4", x.along("Account.ultimateParent", limit(1)))))
}
