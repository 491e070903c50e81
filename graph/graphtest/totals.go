package graphtest

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// totals is about what edges come to, as a condition and as an order: ann has three orders and two jobs, bob one order, cid none; dee has
// refused to be known by her orders.
func totals(t *testing.T, x *fixture) {
	for _, name := range []string{"ann", "bob", "cid", "dee"} {
		x.node("Customer", name, "name", name, "introducesOthers", name != "dee")
	}
	for i, o := range []struct {
		of    string
		total graph.Money
		days  int
	}{{"ann", eur(10), 1}, {"ann", eur(20), 30}, {"ann", usd(5), 20}, {"bob", eur(30), 25}, {"dee", eur(100), 40}} {
		id := "o" + string(rune('0'+i))
		x.node("Order", id, "number", id, "total", o.total, "placedAt", int64(o.days)*day)
		x.link(id, "PLACED_BY", o.of)
	}
	x.node("Account", "acme", "name", "acme")
	x.node("Account", "zenith", "name", "zenith")
	x.link("ann", "WORKS_AT", "acme", "from", int64(3)*day, "approvalLimit", eur(7))
	x.link("ann", "WORKS_AT", "zenith", "from", int64(9)*day)
	x.link("bob", "WORKS_AT", "acme")
	x.write(t)
	agrees, cheap := x.test("Customer.introducesOthers", graph.Eq, true), x.test("Order.total", graph.Lt, eur(15))
	orders := func(f *graph.Filter) *graph.Over { return &graph.Over{Edge: x.edge("Customer.orders"), Filter: f} }
	of := func(o *graph.Over, path string, onEdge bool) *graph.Over {
		o.Prop, o.OnEdge = x.mention(path), onEdge
		return o
	}
	allowed := func(o *graph.Over) *graph.Over {
		o.When = agrees
		return o
	}
	total := func(o *graph.Over, by graph.Adding, op graph.Op, v any) *graph.Filter {
		if n, is := v.(int); is {
			v = int64(n)
		}
		return &graph.Filter{Total: &graph.Total{Over: o, By: by, Op: op, Value: v}}
	}
	count := func(op graph.Op, v any) *graph.Filter { return total(orders(nil), graph.ByCount, op, v) }
	sum := func(currency string, o *graph.Over, op graph.Op, v any) *graph.Filter {
		f := total(of(o, "Order.total", false), graph.BySum, op, v)
		f.Total.Currency = currency
		return f
	}
	placed := func(by graph.Adding, op graph.Op, v any) *graph.Filter {
		return total(of(orders(nil), "Order.placedAt", false), by, op, v)
	}
	x.filtered(t, "Customer", []filterCase{
		{"at least two", count(graph.Gte, 2), "ann"},
		{"none at all is a number, too", count(graph.Eq, 0), "cid"},
		{"fewer than three", count(graph.Lt, 3), "bob cid dee"},
		{"one of several numbers", count(graph.In, []any{int64(0), int64(3)}), "ann cid"},
		{"none of several numbers", not(count(graph.In, []any{int64(0), int64(3)})), "bob dee"},
		{"no number is among none", count(graph.In, []any{}), ""},
		{"how many meet a filter", total(orders(cheap), graph.ByCount, graph.Eq, 1), "ann"},
		{"not so many that meet it", not(total(orders(cheap), graph.ByCount, graph.Eq, 1)), "bob cid dee"},
		{"whose edges may not be followed is unknown", total(allowed(orders(nil)), graph.ByCount, graph.Lt, 2), "bob cid"},
		{"so is the contrary", not(total(allowed(orders(nil)), graph.ByCount, graph.Lt, 2)), "ann"},
		{"what is unknown fails", &graph.Filter{Fails: total(allowed(orders(nil)), graph.ByCount, graph.Lt, 2)}, "ann dee"},
		{"a sum in one currency", sum("EUR", orders(nil), graph.Gte, 300_000), "ann bob dee"},
		{"a sum in another one", sum("USD", orders(nil), graph.Eq, 50_000), "ann"},
		{"a sum of nothing is missing", sum("USD", orders(nil), graph.IsNull, nil), "bob cid dee"},
		{"one that is there", not(sum("USD", orders(nil), graph.IsNull, nil)), "ann"},
		{"one that is missing is neither", not(sum("USD", orders(nil), graph.Gte, 60_000)), "ann"},
		{"and not among none either", not(sum("USD", orders(nil), graph.In, []any{})), "ann"},
		{"one that is missing fails", &graph.Filter{Fails: sum("USD", orders(nil), graph.Eq, 50_000)}, "bob cid dee"},
		{"a sum over those that meet a filter", sum("EUR", orders(cheap), graph.Lte, 100_000), "ann"},
		{"a sum of a property of the relationship", func() *graph.Filter {
			f := total(of(&graph.Over{Edge: x.edge("Customer.employments")}, "WORKS_AT.approvalLimit", true), graph.BySum, graph.Gt, 60_000)
			f.Total.Currency = "EUR"
			return f
		}(), "ann"},
		{"the newest", placed(graph.ByLatest, graph.Gt, 29*day), "ann dee"},
		{"the oldest", placed(graph.ByEarliest, graph.Gt, 29*day), "dee"},
		{"none is there", placed(graph.ByLatest, graph.IsNull, nil), "cid"},
		{"the newest of a property of the relationship", total(of(&graph.Over{Edge: x.edge("Customer.employments")}, "WORKS_AT.from", true), graph.ByLatest, graph.Eq, 9*day), "ann"},
		{"who once worked and never ordered", and(total(&graph.Over{Edge: x.edge("Customer.employments")}, graph.ByCount, graph.Gt, 0), not(count(graph.Gt, 0))), ""},
		{"beyond another edge", x.some("Customer.employments", x.some("Account.people", count(graph.Gte, 2))), "ann bob"},
		{"within a filter of one", total(&graph.Over{Edge: x.edge("Customer.employments"), Filter: total(&graph.Over{Edge: x.edge("Account.people")}, graph.ByCount, graph.Eq, 2)}, graph.ByCount, graph.Eq, 1), "ann bob"},
	})
	t.Run("as long ago as is said, by the time of the fetch", func(t *testing.T) {
		f := placed(graph.ByLatest, graph.Lt, graph.Ago{Time: 12 * 24 * time.Hour})
		for _, c := range []struct {
			now  int64
			want string
		}{{30 * day, ""}, {38 * day, "bob"}, {43 * day, "ann bob"}} {
			l := x.all("Customer", where(f), ordered(x.by("Customer.name")))
			res, err := x.store.Read(t.Context(), &graph.Fetch{Now: graph.Time(c.now), Lists: []*graph.List{l}})
			require.NoError(t, err)
			assert.Equal(t, c.want, x.namesOf(res.Lists[0]))
		}
	})
	latest, earliest := graph.Order{Latest: of(orders(nil), "Order.placedAt", false)}, graph.Order{Earliest: of(orders(nil), "Order.placedAt", false)}
	x.inOrder(t, "Customer", []orderCase{
		{"by the newest, of nothing last", one(latest), "bob ann dee cid"},
		{"by the newest downward, of nothing last again", one(desc(latest)), "dee ann bob cid"},
		{"by the oldest", one(earliest), "ann bob dee cid"},
		{"by the newest downward, of nothing first", one(missingFirst(desc(latest))), "cid dee ann bob"},
		{"by the newest of those that meet a filter", []graph.Order{desc(graph.Order{Latest: of(orders(cheap), "Order.placedAt", false)}), x.by("Customer.name")}, "ann bob cid dee"},
		{"by the newest where the node permits it", []graph.Order{desc(graph.Order{Latest: of(allowed(orders(nil)), "Order.placedAt", false)}), x.by("Customer.name")}, "ann bob cid dee"},
		{"by the newest of a property of the relationship", []graph.Order{desc(graph.Order{Latest: of(&graph.Over{Edge: x.edge("Customer.employments")}, "WORKS_AT.from", true)}), x.by("Customer.name")}, "ann bob cid dee"},
	})
	x.node("Customer", "rich", "name", "rich")
	x.node("Customer", "poor", "name", "poor")
	for i, most := range []int64{math.MaxInt64, math.MaxInt64, math.MinInt64, math.MinInt64} {
		id := "most" + string(rune('0'+i))
		x.node("Order", id, "number", id, "total", graph.Money{Amount: most, Currency: "EUR"})
		x.link(id, "PLACED_BY", []string{"rich", "rich", "poor", "poor"}[i])
	}
	x.write(t)
	x.filtered(t, "Customer", []filterCase{
		{"a sum that is too large is greater than all", sum("EUR", orders(nil), graph.Gt, int64(math.MaxInt64-1)), "rich"},
		{"and one that is too small less", sum("EUR", orders(nil), graph.Lt, int64(math.MinInt64+1)), "poor"},
		{"others are told of all the same", sum("EUR", orders(nil), graph.Eq, 1000_000), "dee"},
	})
}

// begins is about lists of those whose newest, or oldest, of a time that relationships have in an index is from some time on, or up to one: ada has two
// jobs and had one, bea and eve one, fay one that has not begun; dan does not know when his began, and cal has none. Eve has refused to be known by her jobs.
func begins(t *testing.T, x *fixture) {
	x.node("Account", "acme", "name", "acme")
	x.node("Account", "zenith", "name", "zenith")
	for _, name := range []string{"ada", "bea", "cal", "dan", "eve", "fay"} {
		x.node("Customer", name, "name", name, "introducesOthers", name != "eve")
	}
	x.link("ada", "WORKS_AT", "acme", "from", 2*day)
	x.link("ada", "WORKS_AT", "zenith", "from", 20*day)
	x.link("ada", "WORKS_AT", "zenith", "title", "before", "from", 60*day, "to", 70*day)
	x.link("bea", "WORKS_AT", "acme", "from", 5*day)
	x.link("dan", "WORKS_AT", "acme")
	x.link("eve", "WORKS_AT", "acme", "from", 25*day)
	x.link("fay", "WORKS_AT", "zenith", "from", int64(Now)+day)
	x.write(t)
	jobs := func(e string, f *graph.Filter) *graph.Over {
		return &graph.Over{Edge: x.edge(e), Filter: f, Prop: x.mention("WORKS_AT.from"), OnEdge: true}
	}
	total := func(o *graph.Over, by graph.Adding, op graph.Op, at int64) *graph.Filter {
		return &graph.Filter{Total: &graph.Total{Over: o, By: by, Op: op, Value: at}}
	}
	of := func(o *graph.Over, when, seen *graph.Filter) *graph.Over {
		o.When, o.Prop.When = when, seen
		return o
	}
	const now = "Customer.employments"
	agrees, atAcme, all := x.test("Customer.introducesOthers", graph.Eq, true), x.test("Account.name", graph.Eq, "acme"), jobs(now, nil)
	since := func(at int64) *graph.Filter { return total(jobs(now, nil), graph.ByLatest, graph.Gte, at) }
	up := graph.Order{Latest: jobs(now, nil)}
	for _, c := range []struct {
		name   string
		filter *graph.Filter
		order  graph.Order
		want   string
	}{
		{"the newest downward", since(5 * day), desc(up), "eve ada bea"},
		{"the newest upward", since(5 * day), up, "bea ada eve"},
		{"the newest after a time", total(jobs(now, nil), graph.ByLatest, graph.Gt, 5*day), up, "ada eve"},
		{"the newest between two times", and(since(5*day), total(jobs(now, nil), graph.ByLatest, graph.Lt, 25*day)), desc(up), "ada bea"},
		{"the newest from a time on and not after another", and(since(3*day), not(total(jobs(now, nil), graph.ByLatest, graph.Gt, 20*day))), desc(up), "ada bea"},
		{"the newest from a time on, and one of some", and(since(day), total(jobs(now, nil), graph.ByLatest, graph.Eq, 5*day)), up, "bea"},
		{"the newest from a time on where the oldest is up to one", and(since(10*day), total(jobs(now, nil), graph.ByEarliest, graph.Lte, 2*day)), up, "ada"},
		{"the oldest up to a time, by the newest", total(jobs(now, nil), graph.ByEarliest, graph.Lte, 5*day), desc(up), "ada bea"},
		{"the oldest up to a time", total(jobs(now, nil), graph.ByEarliest, graph.Lt, 25*day), graph.Order{Earliest: jobs(now, nil)}, "ada bea"},
		{"whose edges may be followed", total(of(jobs(now, nil), agrees, nil), graph.ByLatest, graph.Gte, 5*day), desc(up), "ada bea"},
		{"whose edges an order may follow", since(5 * day), desc(graph.Order{Latest: of(jobs(now, nil), agrees, nil)}), "ada bea eve"},
		{"of values that may be seen", total(of(jobs(now, nil), nil, atAcme), graph.ByLatest, graph.Gte, day), desc(graph.Order{Latest: of(jobs(now, nil), nil, atAcme)}), "eve bea ada"},
		{"of values that an order may not see", since(20 * day), desc(graph.Order{Latest: of(jobs(now, nil), nil, atAcme)}), "eve ada"},
		{"of those that meet a filter, by all", total(jobs(now, atAcme), graph.ByLatest, graph.Gte, 2*day), desc(up), "eve ada bea"},
		{"of those that meet a filter, by these", total(jobs(now, atAcme), graph.ByLatest, graph.Gte, 2*day), desc(graph.Order{Latest: jobs(now, atAcme)}), "eve bea ada"},
		{"of the very same set", total(all, graph.ByLatest, graph.Gte, 5*day), desc(graph.Order{Latest: all}), "eve ada bea"},
		{"all that they worked at", total(jobs(now, nil), graph.ByLatest, graph.Gte, 30*day), up, ""},
		{"with something else of the node", and(since(day), x.test("Customer.name", graph.In, []any{"ada", "dan", "bea"})), desc(up), "ada bea"},
		{"with something else of its edges", and(since(day), x.some(now, x.test("Account.name", graph.Eq, "zenith"))), desc(up), "ada"},
		{"or something else", or(since(25*day), x.test("Customer.name", graph.Eq, "cal")), desc(up), "eve cal"},
		{"the contrary", not(since(25 * day)), desc(up), "ada bea"},
		{"what fails", and(&graph.Filter{Fails: since(25 * day)}, x.test("Customer.name", graph.In, []any{"ada", "bea", "eve", "fay"})), desc(up), "ada bea fay"},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := strings.Fields(c.want)
			plain := &graph.Tally{Key: "n"}
			assert.Equal(t, c.want, x.rows(t, x.all("Customer", where(c.filter), ordered(c.order))))
			both := x.all("Customer", where(c.filter), ordered(c.order), func(l *graph.List) { l.Tallies = []*graph.Tally{plain} })
			res := x.read(t, both)[0]
			assert.Equal(t, c.want, x.namesOf(res), "counted along with its page")
			assert.Equal(t, int64(len(want)), res.Tallies[0][0].Count)
			counted := x.all("Customer", where(c.filter), func(l *graph.List) { l.Rows, l.Tallies = false, []*graph.Tally{plain} })
			assert.Equal(t, int64(len(want)), x.read(t, counted)[0].Tallies[0][0].Count, "counted alone")
			one := x.all("Customer", where(c.filter), ordered(c.order), func(l *graph.List) { l.Page.Limit, l.Cursors, l.HasNext = 1, true, true })
			for i := range want {
				res := x.read(t, one)[0]
				require.Equal(t, want[i], x.namesOf(res), "page %d", i)
				require.Equal(t, i < len(want)-1, res.HasNext, "page %d", i)
				one.Page.After = res.Rows[0].Keys
			}
		})
	}
}
