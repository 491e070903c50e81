package sqlite_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sqlite"
)

// Under many parents with much below them pages are found in another way than under one, or where there is little.
func TestPagesOfManyAreThoseOfEach(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	w.staff("acme", 400)
	w.staff("bolt", 3)
	w.staff("none", 0)
	w.staff("zeta", 300)
	w.write(t, s)
	one := func(change func(*graph.List)) *graph.List {
		l := w.along("Account", "people", 5, w.sel("Customer", []string{"name"}), w.by("Customer", "name"))
		l.Props = w.refs("WORKS_AT", "title")
		l.Cursors, l.HasNext, l.HasPrevious = true, true, true
		change(l)
		return l
	}
	middle := read(t, s, w.external("acme", w.sel("Account", nil, one(func(l *graph.List) { l.Page.Limit = 200 })))).Rows[0].Lists[0].Rows[150].Keys
	for _, c := range []struct {
		name   string
		people *graph.List
	}{
		{"the first by name", one(func(*graph.List) {})},
		{"the last by name", one(func(l *graph.List) { l.Page.Backward = true })},
		{"descending", one(func(l *graph.List) { l.Order[0].Desc = true })},
		{"by id", one(func(l *graph.List) { l.Order = nil })},
		{"after a row of one of them", one(func(l *graph.List) { l.Page.After = middle })},
		{"before a row of one of them", one(func(l *graph.List) { l.Page.Before, l.Page.Backward = middle, true })},
		{"filtered", one(func(l *graph.List) { l.Filter = w.test("Customer", "name", graph.Contains, "9") })},
		{"without cursors", one(func(l *graph.List) { l.Cursors = false })},
	} {
		t.Run(c.name, func(t *testing.T) {
			all := read(t, s, w.root(10, w.sel("Account", []string{"name"}, c.people))).Rows
			require.Len(t, all, 4)
			for _, account := range all {
				each := read(t, s, w.external(account.Props[0].(string), w.sel("Account", nil, c.people))).Rows
				assert.Equal(t, each[0].Lists[0], account.Lists[0], account.Props[0])
			}
		})
	}
	t.Run("what was read in vain is not in the answer", func(t *testing.T) {
		all := read(t, s, w.root(10, w.sel("Account", nil, one(func(*graph.List) {})), w.by("Account", "name"))).Rows
		assert.Equal(t, []any{"acme-0000", "acme-0001", "acme-0002", "acme-0003", "acme-0004"}, names(all[0].Lists[0].Rows))
		assert.Equal(t, []any{"bolt-0000", "bolt-0001", "bolt-0002"}, names(all[1].Lists[0].Rows))
		assert.Empty(t, all[2].Lists[0].Rows)
		assert.True(t, all[0].Lists[0].HasNext)
		assert.False(t, all[1].Lists[0].HasNext)
	})
}

// What a page shows to be all is not counted once more.
func TestAPageThatShowsAllCountsThem(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	w.staff("acme", 300)
	w.staff("bolt", 3)
	for i := range w.batch.Nodes {
		if n := &w.batch.Nodes[i]; n.Kind.Name == "Customer" {
			n.Set["occupation"] = "Job" + n.ID[len(n.ID)-5:]
		}
	}
	w.write(t, s)
	counted := func(l *graph.List) *graph.List { l.Tallies = []*graph.Tally{{Key: "total"}}; return l }
	people := func(limit int) *graph.List {
		return counted(w.along("Account", "people", limit, w.sel("Customer", nil), w.by("Customer", "name")))
	}
	byJob := func(limit int, contains string) *graph.List {
		l := where(w.root(limit, w.sel("Customer", []string{"name"}), desc(w.by("Customer", "occupation"))), w.test("Customer", "name", graph.Contains, contains))
		l.Tallies = []*graph.Tally{{Key: "jobs", By: []graph.GroupKey{{Ref: graph.Ref{Prop: w.prop("Customer", "occupation")}}}}, {Key: "total"}}
		return l
	}
	ahead := func(l *graph.List) *graph.List { l.HasNext = true; return l }
	backward := func(l *graph.List) *graph.List { l.HasPrevious, l.Page.Backward = true, true; return l }
	after := func(l *graph.List) *graph.List { l.Page.After = []any{"Job-0002", "cus_~"}; return l }
	for _, c := range []struct {
		name       string
		list       *graph.List
		rows       []any // their names, if there are any
		more       bool
		totals     []int64
		statements int
	}{
		{"one parent of few", w.external("bolt", w.sel("Account", []string{"name"}, people(5))), []any{"bolt"}, false, []int64{3}, 2},
		{"one parent of many", w.external("acme", w.sel("Account", []string{"name"}, people(5))), []any{"acme"}, false, []int64{300}, 3},
		{"a page that is just full", w.external("bolt", w.sel("Account", []string{"name"}, people(3))), []any{"bolt"}, false, []int64{3}, 3},
		{"one that more was looked for of", w.external("bolt", w.sel("Account", []string{"name"}, ahead(people(3)))), []any{"bolt"}, false, []int64{3}, 2},
		{"parents of few and of many", w.root(5, w.sel("Account", []string{"name"}, people(5)), w.by("Account", "name")), []any{"acme", "bolt"}, false, []int64{300, 3}, 5},
		{"all of what a filter leaves, in an order that no index has", byJob(2, "bolt"), []any{"bolt-0002", "bolt-0001"}, false, []int64{3}, 2},
		{"and whether there are more", ahead(byJob(2, "bolt")), []any{"bolt-0002", "bolt-0001"}, true, []int64{3}, 2},
		{"and from the end", backward(byJob(2, "bolt")), []any{"bolt-0001", "bolt-0000"}, true, []int64{3}, 2},
		{"more than are read in vain", ahead(byJob(2, "acme")), []any{"acme-0299", "acme-0298"}, true, []int64{300}, 3},
		{"behind a place", after(byJob(500, "bolt")), []any{"bolt-0001", "bolt-0000"}, false, []int64{3}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			statements := 0
			res, err := s.Read(graph.OnStatement(ctx, func(context.Context, graph.StatementRun) { statements++ }), fetch(c.list))
			require.NoError(t, err)
			var totals []int64
			if tallies := res.Lists[0].Tallies; len(tallies) > 0 {
				totals = append(totals, tallies[1][0].Count)
			}
			for _, row := range res.Lists[0].Rows {
				for _, l := range row.Lists {
					totals = append(totals, l.Tallies[0][0].Count)
				}
			}
			assert.Equal(t, c.totals, totals)
			assert.Equal(t, c.statements, statements)
			assert.Equal(t, c.rows, names(res.Lists[0].Rows))
			assert.Equal(t, c.more, res.Lists[0].HasNext || res.Lists[0].HasPrevious)
		})
	}
}

func TestAFilterMayBeLong(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	w.staff("acme", 3)
	w.write(t, s)
	const length = 5000
	one, others := make([]*graph.Filter, length), make([]*graph.Filter, length)
	for i := range length {
		one[i] = w.test("Customer", "name", graph.Eq, fmt.Sprintf("acme-%04d", i+1))
		others[i] = &graph.Filter{Not: one[i]}
	}
	people := func(f *graph.Filter) []any {
		return names(read(t, s, where(w.root(10, w.sel("Customer", []string{"name"}), w.by("Customer", "name")), f)).Rows)
	}
	assert.Equal(t, []any{"acme-0001", "acme-0002"}, people(&graph.Filter{Or: one}))
	assert.Equal(t, []any{"acme-0000"}, people(and(others...)))
}

func TestSuccessor(t *testing.T) {
	for _, c := range []struct{ name, prefix, want string }{
		{"of nothing there is none", "", ""},
		{"of a letter is the next letter", "ab", "ac"},
		{"of one byte's last character has two bytes", "a\u007f", "a\u0080"},
		{"leaves out what is no character", "\ud7ff", "\ue000"},
		{"of the last character is that of what stands before it", "a\U0010ffff\U0010ffff", "b"},
		{"of the last character alone there is none", "\U0010ffff", ""},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, sqlite.Successor(c.prefix)) })
	}
}
