package graphtest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// pages walks lists page by page, forward and backward, and holds what comes to the whole list. Each order is some ten statements, by which of
// a cursor's keys are missing.
func pages(t *testing.T, x *fixture) {
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "other")
	x.node("Employee", "eve")
	names := []any{"a", "a", "b", nil, "B", "a", nil, "\uff5e", "😀", nil}
	for i, name := range names {
		c := fmt.Sprint("c", i)
		x.node("Customer", c, "name", name, "familyName", []any{"x", nil, "y"}[i%3], "birthYear", i%4, "introducesOthers", []any{true, false, nil}[i%3], "timeZone", []any{nil, "z"}[i%2])
		x.link(c, "WORKS_AT", "acme", "title", []any{"t", nil, "s"}[i%3], "from", int64(i%2), "approvalLimit", []any{eur(i % 2), usd(1), nil}[i%3])
		if i%3 == 0 {
			x.link(c, "WORKS_AT", "acme", "title", "second job", "approvalLimit", eur(9))
			x.link(c, "WORKS_AT", "other", "approvalLimit", usd(i))
		}
		d := fmt.Sprint("d", i)
		x.node("Deal", d, "amount", []any{eur(i % 3), usd(i % 2), nil}[i%3], "expectedClose", []any{nil, -day, day}[i%3], "openedAt", []any{int64(i % 2), nil}[i/5])
		if i%4 != 0 {
			x.link(d, "WITH", []string{"acme", "other"}[i%2])
		}
		x.node("Interaction", fmt.Sprint("i", i))
		x.link(fmt.Sprint("i", i), "PARTICIPANT", "eve", "role", []any{"CC", nil}[i%2])
		x.link(fmt.Sprint("i", i), "PARTICIPANT", c, "role", "TO")
	}
	x.link("i0", "PARTICIPANT", "c1", "role", "TO")
	x.link("i0", "PARTICIPANT", "c2")
	x.link("i0", "PARTICIPANT", "c3", "role", "CC")
	x.write(t)
	jobs := &graph.Over{Edge: x.edge("Customer.employments")}
	limits := &graph.Over{Edge: x.edge("Customer.employments"), Prop: x.mention("WORKS_AT.approvalLimit"), OnEdge: true}
	for i, c := range []struct {
		name  string
		root  string
		order []graph.Order
	}{
		{"by id", "Customer", nil},
		{"by an indexed text", "Customer", one(x.by("Customer.name"))},
		{"by an indexed text downward", "Customer", one(desc(x.by("Customer.name")))},
		{"by an indexed text, missing ones first", "Customer", one(missingFirst(x.by("Customer.name")))},
		{"by an indexed text downward, missing ones first", "Customer", one(missingFirst(desc(x.by("Customer.name"))))},
		{"by a text without index and a sum downward, missing ones first", "Customer", []graph.Order{missingFirst(x.by("Customer.timeZone")), missingFirst(desc(graph.Order{Sum: limits, Currency: "EUR"}))}},
		{"by an indexed instant downward, missing ones first, and amounts", "Deal", []graph.Order{missingFirst(desc(x.by("Deal.openedAt"))), missingFirst(in("USD", x.by("Deal.amount")))}},
		{"by an indexed instant, missing ones first, and the end of a path", "Deal", []graph.Order{missingFirst(x.by("Deal.openedAt")), behind(x.by("Account.name"), x.edge("Deal.account"))}},
		{"by two texts", "Customer", []graph.Order{x.by("Customer.name"), desc(x.by("Customer.familyName"))}},
		{"by a text without index, a number and a truth value", "Customer", []graph.Order{desc(x.by("Customer.timeZone")), x.by("Customer.birthYear"), x.by("Customer.introducesOthers")}},
		{"by a value that all miss", "Customer", one(desc(x.by("Customer.email")))},
		{"by how many edges there are", "Customer", one(desc(graph.Order{Count: jobs}))},
		{"by a sum", "Customer", []graph.Order{{Sum: limits, Currency: "EUR"}, x.by("Customer.familyName")}},
		{"by a sum downward", "Customer", one(desc(graph.Order{Sum: limits, Currency: "USD"}))},
		{"by amounts of a currency", "Deal", one(desc(in("EUR", x.by("Deal.amount"))))},
		{"by days and an indexed instant", "Deal", []graph.Order{x.by("Deal.expectedClose"), desc(x.by("Deal.openedAt"))}},
		{"by an indexed instant and amounts", "Deal", []graph.Order{desc(x.by("Deal.openedAt")), in("USD", x.by("Deal.amount"))}},
		{"by the end of a path", "Deal", one(desc(behind(x.by("Account.name"), x.edge("Deal.account"))))},
		{"by an indexed instant and the end of a path", "Deal", []graph.Order{x.by("Deal.openedAt"), behind(x.by("Account.name"), x.edge("Deal.account"))}},
	} {
		t.Run(c.name, func(t *testing.T) {
			x.inTurn(t, i)
			x.walk(t, x.all(c.root, ordered(c.order...)), func(l *graph.List) *graph.List { return l }, func(r graph.ListResult) graph.ListResult { return r })
		})
	}
	t.Run("with a filter", func(t *testing.T) {
		x.walk(t, x.all("Customer", ordered(x.by("Customer.name")), where(x.some("Customer.employments", x.test("WORKS_AT.title", graph.Eq, "t")))),
			func(l *graph.List) *graph.List { return l }, func(r graph.ListResult) graph.ListResult { return r })
	})
	for i, c := range []struct {
		name  string
		owner string
		list  *graph.List
	}{
		{"under an edge by id", "acme", x.along("Account.people")},
		{"under an edge by a property of the node", "acme", x.along("Account.people", ordered(desc(x.by("Customer.name"))))},
		{"under an edge by properties of the relationship", "acme", x.along("Account.people", ordered(x.by("WORKS_AT.title"), desc(in("EUR", x.by("WORKS_AT.approvalLimit")))))},
		{"under an edge by both and a sum", "acme", x.along("Account.people", ordered(desc(graph.Order{Sum: limits, Currency: "EUR"}), x.by("WORKS_AT.title"), x.by("Customer.birthYear")))},
		{"under an edge by both, missing ones first", "acme", x.along("Account.people", ordered(missingFirst(desc(x.by("WORKS_AT.title"))), missingFirst(x.by("Customer.birthYear"))))},
		{"under an edge to nodes of several kinds", "i0", x.along("Interaction.participants", ordered(desc(x.by("PARTICIPANT.role"))))},
	} {
		t.Run(c.name, func(t *testing.T) {
			x.inTurn(t, i)
			x.walk(t, c.list, func(l *graph.List) *graph.List { return x.called(c.owner, below(l)) },
				func(r graph.ListResult) graph.ListResult { return r.Rows[0].Lists[0] })
		})
	}
	x.pagesBetween(t)
	t.Run("under each of several nodes a page of its own", func(t *testing.T) {
		people := x.along("Account.people", ordered(x.by("Customer.name")), limit(2))
		people.HasNext, people.HasPrevious = true, true
		for _, r := range x.read(t, x.all("Account", below(people)))[0].Rows {
			assert.Len(t, r.Lists[0].Rows, 2)
			assert.True(t, r.Lists[0].HasNext)
			assert.False(t, r.Lists[0].HasPrevious)
		}
	})
}

// inTurn skips the i-th of what differs in little unless it has its turn.
func (x *fixture) inTurn(t *testing.T, i int) {
	t.Helper()
	if !TextInTurn(Seed(), i, x.of) {
		t.Skip("it has its turn with another seed")
	}
}

// walk turns the pages of a list, in sizes of 1, 2 and 3.
func (x *fixture) walk(t *testing.T, l *graph.List, within func(*graph.List) *graph.List, of func(graph.ListResult) graph.ListResult) {
	l.Cursors, l.HasNext, l.HasPrevious = true, true, true
	whole := of(x.read(t, within(l))[0])
	require.False(t, whole.HasNext)
	require.False(t, whole.HasPrevious)
	require.Greater(t, len(whole.Rows), 3)
	for i := range whole.Rows[1:] {
		require.Negative(t, compare(l, whole.Rows[i].Keys, whole.Rows[i+1].Keys), "rows %d and %d are in order by their keys", i, i+1)
	}
	n := len(whole.Rows)
	for _, size := range []int{1, 2, 3} {
		t.Run(fmt.Sprint("in pages of ", size), func(t *testing.T) {
			page := *l
			page.Page = graph.Page{Limit: size}
			for from := 0; from < n; from += size {
				to := min(from+size, n)
				res := of(x.read(t, within(&page))[0])
				require.Equal(t, plainRows(whole.Rows[from:to]), plainRows(res.Rows), "forward from %d", from)
				require.Equal(t, to < n, res.HasNext, "whether anything follows %d", to)
				require.Equal(t, from > 0, res.HasPrevious, "whether anything precedes %d", from)
				page.Page.After = res.Rows[len(res.Rows)-1].Keys
			}
			require.Empty(t, of(x.read(t, within(&page))[0]).Rows, "behind the end")
			page.Page = graph.Page{Limit: size, Backward: true}
			for to := n; to > 0; to -= size {
				from := max(to-size, 0)
				res := of(x.read(t, within(&page))[0])
				require.Equal(t, plainRows(whole.Rows[from:to]), plainRows(res.Rows), "backward from %d", to)
				require.Equal(t, to < n, res.HasNext, "whether anything follows %d", to)
				require.Equal(t, from > 0, res.HasPrevious, "whether anything precedes %d", from)
				page.Page.Before = res.Rows[0].Keys
			}
			require.Empty(t, of(x.read(t, within(&page))[0]).Rows, "before the beginning")
		})
	}
}

func plainRows(rows []graph.Row) []plainRow {
	out := make([]plainRow, len(rows))
	for i := range rows {
		out[i] = plain(&rows[i])
	}
	return out
}

// pagesBetween is about both bounds at once.
func (x *fixture) pagesBetween(t *testing.T) {
	for i, order := range [][]graph.Order{one(x.by("Customer.name")), one(desc(x.by("Customer.name"))), one(x.by("Customer.timeZone")), {x.by("Customer.birthYear"), x.by("Customer.name")}} {
		t.Run("between two rows, "+orderText(order[0]), func(t *testing.T) {
			x.inTurn(t, i)
			l := x.all("Customer", ordered(order...))
			l.Cursors, l.HasNext, l.HasPrevious = true, true, true
			whole := x.read(t, l)[0].Rows
			for _, c := range []struct{ after, before, limit int }{{0, 9, 100}, {2, 7, 100}, {0, 3, 1}, {3, 9, 4}, {5, 6, 2}, {5, 5, 2}, {7, 2, 2}} {
				for _, backward := range []bool{false, true} {
					page := *l
					page.Page = graph.Page{Limit: c.limit, Backward: backward, After: whole[c.after].Keys, Before: whole[c.before].Keys}
					from, to := c.after+1, max(c.before, c.after+1)
					cut := to-from > c.limit
					if cut && backward {
						from = to - c.limit
					} else if cut {
						to = from + c.limit
					}
					res := x.read(t, &page)[0]
					require.Equal(t, plainRows(whole[from:to]), plainRows(res.Rows), "%+v backward %v", c, backward)
					require.True(t, res.HasNext, "the row at the upper bound follows")
					require.True(t, res.HasPrevious, "the row at the lower bound precedes")
				}
			}
		})
	}
	t.Run("what is not wanted is not said", func(t *testing.T) {
		l := x.all("Customer", limit(2))
		l.Cursors = true
		first := x.read(t, l)[0]
		require.False(t, first.HasNext)
		l.Page.After = first.Rows[1].Keys
		require.False(t, x.read(t, l)[0].HasPrevious)
	})
}

// pagesWhileWriting is about cursors whose surroundings change.
func pagesWhileWriting(t *testing.T, x *fixture) {
	for _, name := range []string{"b", "d", "f", "h"} {
		x.node("Customer", name, "name", name, "timeZone", name)
	}
	x.node("Customer", "z1")
	x.node("Customer", "z2")
	x.write(t)
	page := func(path string, p graph.Page) graph.ListResult {
		l := x.all("Customer", ordered(x.by(path)), func(l *graph.List) { l.Page, l.Cursors, l.HasPrevious, l.HasNext = p, true, true, true })
		return x.read(t, l)[0]
	}
	for _, path := range []string{"Customer.name", "Customer.timeZone"} {
		t.Run(path, func(t *testing.T) {
			first := page(path, graph.Page{Limit: 2})
			require.Equal(t, "b d", x.namesOf(first))
			after := slices.Clone(first.Rows[1].Keys)

			x.node("Customer", "a", "name", "a", "timeZone", "a")
			x.node("Customer", "c", "name", "c", "timeZone", "c")
			x.write(t)
			require.Equal(t, "f h", x.namesOf(page(path, graph.Page{Limit: 2, After: after})), "rows are inserted before the page")

			x.node("Customer", "e", "name", "e", "timeZone", "e")
			x.write(t)
			require.Equal(t, "e f", x.namesOf(page(path, graph.Page{Limit: 2, After: after})), "a row is inserted behind the cursor")

			x.node("Customer", "d", "name", "y", "timeZone", "y")
			x.write(t)
			next := page(path, graph.Page{Limit: 2, After: after})
			require.Equal(t, "e f", x.namesOf(next), "the row of the cursor is elsewhere now")
			require.True(t, next.HasPrevious)
			require.Equal(t, "b c", x.namesOf(page(path, graph.Page{Limit: 2, Backward: true, Before: after})))

			gone := []any{after[0], "cus_gone"}
			require.Equal(t, "e f", x.namesOf(page(path, graph.Page{Limit: 2, After: gone})), "the row of the cursor never was")

			missing := page(path, graph.Page{Limit: 2, Backward: true})
			require.Equal(t, "z1 z2", sorted(x.namesOf(missing)))
			require.Equal(t, "h y", firstKeys(page(path, graph.Page{Limit: 2, Backward: true, Before: missing.Rows[0].Keys})), "before the missing values")
			require.Empty(t, page(path, graph.Page{Limit: 2, After: missing.Rows[1].Keys}).Rows)
			require.Len(t, page(path, graph.Page{Limit: 5, After: []any{nil, ""}}).Rows, 2, "at the beginning of the missing values")
			require.Empty(t, page(path, graph.Page{Limit: 5, After: []any{nil, "zzz"}}).Rows, "at their end")
			require.Len(t, page(path, graph.Page{Limit: 50, Before: []any{nil, "zzz"}}).Rows, 9)

			for _, name := range []string{"a", "c", "e"} { // as before, but at the end
				x.node("Customer", name, "name", "zz"+name, "timeZone", "zz"+name)
			}
			x.node("Customer", "d", "name", "d", "timeZone", "d")
			x.write(t)
			require.Equal(t, "f h", x.namesOf(page(path, graph.Page{Limit: 2, After: after})))
		})
	}
}

// firstKeys are what the rows have for their first key.
func firstKeys(res graph.ListResult) string {
	var values []string
	for _, r := range res.Rows {
		values = append(values, fmt.Sprint(r.Keys[0]))
	}
	return strings.Join(values, " ")
}
