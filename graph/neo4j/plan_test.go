package neo4j_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// TestPlans holds statements against what the database does with them, on a world large enough for it to matter.
func TestPlans(t *testing.T) {
	s, w := opened(t)
	w.crowd()
	w.write(t, s)
	run(t, "CALL db.resampleOutdatedIndexes()", nil)
	run(t, "CALL db.awaitIndexes(300)", nil)
	neo4jdev.Forget(t, address(t)) // a plan that was made for other data may be kept
	o := of{w}
	explain := func(t *testing.T, f *graph.Fetch) graph.Explanation {
		t.Helper()
		es, err := s.Explain(ctx, f)
		require.NoError(t, err)
		require.Len(t, es, 1)
		if t.Failed() || testing.Verbose() {
			t.Logf("%s\n%v\n%s%d hits", es[0].Text, es[0].Params, es[0].Plan, es[0].Hits)
		}
		return es[0]
	}
	scans := func(e graph.Explanation) []string {
		var out []string
		for _, op := range e.Operators {
			if strings.Contains(op.Name, "ByLabelScan") && op.Hits > 0 || strings.Contains(op.Name, "AllNodesScan") {
				out = append(out, op.Name+" "+op.Details)
			}
		}
		return out
	}
	keysAt := func(t *testing.T, l graph.List, n int) []any {
		t.Helper()
		l.Page, l.Cursors, l.Tallies = graph.Page{Limit: n}, true, nil
		res, err := s.Read(ctx, fetch(&l))
		require.NoError(t, err)
		return res.Lists[0].Rows[n-1].Keys
	}
	customers := func(order ...graph.Order) *graph.List {
		l := o.root(20, o.sel("Customer", []string{"name", "email"}))
		l.Order, l.Cursors, l.HasNext, l.HasPrevious = order, true, true, true
		return l
	}
	name, at := o.by("Customer", "name"), o.by("Interaction", "at")

	pages := []struct {
		name string
		list *graph.List
		hits int64
	}{
		{"all by id", customers(), 80},
		{"by an indexed property", customers(name), 150},
		{"by an indexed property, descending", customers(desc(name)), 150},
		{"by an indexed property with many ties, then another", customers(o.by("Customer", "familyName"), name), 400},
		{"by a property that a range is asked of", func() *graph.List {
			l := customers(name)
			l.Filter = o.test("Customer", "name", graph.Gte, "Person 5")
			return l
		}(), 150},
		{"by an amount in one currency", func() *graph.List {
			l := o.root(20, o.sel("Firmographics", []string{"revenue"}))
			l.Order, l.HasNext = []graph.Order{desc(in("EUR", o.by("Firmographics", "revenue")))}, true
			return l
		}(), 250},
		{"by what only some may be seen of", func() *graph.List {
			l := customers(graph.Order{Prop: &graph.Ref{Prop: o.prop("Customer", "name"), When: o.test("Customer", "journeyStage", graph.Eq, "USE")}})
			l.HasPrevious = false
			return l
		}(), 400},
		{"of two stages by time", func() *graph.List {
			l := o.root(20, o.sel("Deal", []string{"name"}))
			l.Filter, l.Order, l.HasNext = o.test("Deal", "stage", graph.In, []any{"WON", "LOST"}), []graph.Order{desc(o.by("Deal", "openedAt"))}, true
			return l
		}(), 200},
		{"by time, with what stands below", func() *graph.List {
			l := o.root(5, o.sel("Interaction", []string{"at"}, o.along("Interaction", "products", 1, o.sel("Product", []string{"name"}))))
			l.Order = []graph.Order{desc(at)}
			return l
		}(), 150},
	}
	for _, p := range pages {
		t.Run("a page "+p.name+" touches about as many entries as it has rows", func(t *testing.T) {
			first := *p.list
			for _, where := range []string{"first", "after", "before", "last before"} {
				l := first
				switch where {
				case "after":
					l.Page.After = keysAt(t, first, 40)
				case "before", "last before":
					l.Page.Before, l.Page.Backward = keysAt(t, first, 60), where == "last before"
				}
				e := explain(t, fetch(&l))
				assert.LessOrEqual(t, e.Hits, p.hits, "%s\n%s\n%s", where, e.Text, e.Plan)
				assert.Empty(t, scans(e), "%s\n%s\n%s", where, e.Text, e.Plan)
			}
		})
	}

	lookups := []struct {
		name string
		list *graph.List
		hits int64
	}{
		{"the kind by an id", func() *graph.List {
			l := o.root(1, o.sel("Customer", []string{"name"}))
			l.IDs = []string{keysAt(t, *customers(), 1)[0].(string)}
			return l
		}(), 5},
		{"the kind by references", func() *graph.List {
			l := o.root(1, o.sel("Customer", []string{"name"}))
			l.External = []graph.External{{Source: "test", ID: "7"}, {Source: "test", ID: "8"}}
			return l
		}(), 10},
		{"an indexed property", filtered(customers(), o.test("Customer", "email", graph.Eq, "c77@kith.example")), 60},
		{"an indexed property in an order by another", filtered(customers(name), o.test("Customer", "email", graph.In, []any{"c77@kith.example", "c78@kith.example"})), 60},
		{"the beginning of a text", filtered(customers(name), o.test("Customer", "email", graph.StartsWith, "c777")), 150},
		{"a text without case", filtered(customers(), &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: o.prop("Customer", "email")}, Op: graph.Eq, Fold: true, Value: "c77@kith.example"}}), 60},
		{"a person that is one of many", filtered(o.root(20, o.sel("Account", []string{"name"})), o.some("Account", "people", o.test("Customer", "email", graph.Eq, "c77@kith.example"))), 60},
		{"a neighbour's neighbour", filtered(o.root(20, o.sel("Deal", []string{"name"})), o.some("Deal", "account", o.some("Account", "firmographics", o.test("Firmographics", "employeeCount", graph.Eq, int64(77))))), 150},
		{"an id among conditions", filtered(customers(name), and(o.test("Customer", "journeyStage", graph.Eq, "USE"), &graph.Filter{Test: &graph.Test{ID: true, Op: graph.In, Value: []any{"cus_1", "cus_2"}}})), 60},
	}
	for _, l := range lookups {
		t.Run("an index leads to "+l.name, func(t *testing.T) {
			e := explain(t, fetch(l.list))
			assert.LessOrEqual(t, e.Hits, l.hits, "%s\n%s", e.Text, e.Plan)
			assert.Empty(t, scans(e), "%s\n%s", e.Text, e.Plan)
		})
	}

	kinds := func(text string, names ...string) *graph.List {
		l := &graph.List{Key: "search", Rows: true, Page: graph.Page{Limit: 20}, Search: &graph.Search{Text: text}}
		for _, n := range names {
			k := w.cat.MustKind(n)
			l.Nodes = append(l.Nodes, o.sel(n, nil))
			for _, p := range k.Searched() {
				l.Search.In = append(l.Search.In, graph.Ref{Prop: p})
			}
			l.Search.By = append(l.Search.By, graph.Ref{Prop: k.Searched()[0]})
		}
		return l
	}
	guarded := kinds("c77", "Customer")
	for i := range guarded.Search.In {
		guarded.Search.In[i].When = o.test("Customer", "journeyStage", graph.Eq, "USE")
	}
	for _, c := range []struct {
		name string
		list *graph.List
		hits int64
	}{
		{"a word that few have", kinds("c77", "Customer", "Account"), 6_000},
		{"a word that few may be found by", guarded, 6_000},
		// 5,600, or half as many again where the planner has seen the words when there were few.
		{"a whole e-mail address, whose domain all have", kinds("c77@kith.example", "Customer", "Account"), 9_000},
		{"a word with a mistake", kinds("acount 000", "Account", "Customer"), 30_000},
		{"a word that nobody has, and one that all have", kinds("nowhere person", "Customer"), 2_000},
	} {
		t.Run("a search for "+c.name+" goes by indexes alone", func(t *testing.T) {
			e := explain(t, fetch(c.list))
			t.Logf("%d hits", e.Hits)
			assert.LessOrEqual(t, e.Hits, c.hits, "%s\n%s", e.Text, e.Plan)
			assert.Empty(t, scans(e), "%s\n%s", e.Text, e.Plan)
		})
	}

	t.Run("the database's own count answers how many there are", func(t *testing.T) {
		l := &graph.List{Key: "all", Nodes: []*graph.Selection{o.sel("Customer", nil)}, Tallies: []*graph.Tally{{Key: "n"}}}
		e := explain(t, fetch(l))
		assert.True(t, slices.ContainsFunc(e.Operators, func(op graph.Operator) bool { return op.Name == "NodeCountFromCountStore" }), e.Plan)
	})
	t.Run("an order is not sorted again after what stands below", func(t *testing.T) {
		l := o.root(5, o.sel("Customer", nil, o.along("Customer", "interactions", 3, o.sel("Interaction", []string{"at"}, o.along("Interaction", "products", 1, o.sel("Product", nil))))))
		e := explain(t, fetch(l))
		assert.False(t, slices.ContainsFunc(e.Operators, func(op graph.Operator) bool { return op.Name == "Sort" }), e.Plan)
	})

	for _, q := range o.handWritten(t, keysAt) {
		t.Run(q.name+" costs hardly more than by hand", func(t *testing.T) {
			e := explain(t, fetch(q.list))
			hand, err := s.Profile(ctx, neo4j.Statement{Text: q.text, Params: q.params})
			require.NoError(t, err)
			t.Logf("%d hits, %d by hand", e.Hits, hand.Hits)
			assert.LessOrEqual(t, float64(e.Hits), 1.1*float64(hand.Hits), "%s\n%s\nby hand:\n%s", e.Text, e.Plan, hand.Plan)
			assert.Empty(t, scans(e), e.Plan)
			assert.Positive(t, hand.Hits)
		})
	}
}

func filtered(l *graph.List, f *graph.Filter) *graph.List {
	l.Filter = f
	return l
}

// A byHand is a fetch and the statement that somebody would write for it, with the same total order.
type byHand struct {
	name   string
	list   *graph.List
	text   string
	params map[string]any
}

func (o of) handWritten(t *testing.T, keysAt func(*testing.T, graph.List, int) []any) []byHand {
	id := func(kind string, where *graph.Filter) string {
		l := o.root(20, o.sel(kind, nil))
		l.Filter = where
		return keysAt(t, *l, 1)[0].(string)
	}
	customer := id("Customer", o.some("Customer", "interactions", nil))
	account := id("Account", and(o.some("Account", "people", o.some("Customer", "interactions", nil)), o.some("Account", "deals", o.some("Deal", "claims", nil))))
	deal := id("Deal", o.some("Deal", "claims", nil))

	one := func(kind, id string, props []string, lists ...*graph.List) *graph.List {
		l := o.root(1, o.sel(kind, props, lists...))
		l.IDs = []string{id}
		return l
	}
	people := o.along("Account", "people", 10, o.sel("Customer", []string{"name"}, func() *graph.List {
		l := o.along("Customer", "interactions", 5, o.sel("Interaction", []string{"at", "channel"},
			o.along("Interaction", "employees", 5, o.sel("Employee", []string{"name"})),
			o.along("Interaction", "products", 5, o.sel("Product", []string{"name"}))))
		l.Order = []graph.Order{desc(o.by("Interaction", "at"))}
		return l
	}()))
	people.Order = []graph.Order{o.by("Customer", "name")}
	last := o.along("Customer", "interactions", 1, o.sel("Interaction", []string{"at"}))
	last.Key, last.Order = "last", []graph.Order{desc(o.by("Interaction", "at"))}
	count := &graph.List{Key: "count", Edge: o.edge("Customer", "interactions"), Nodes: []*graph.Selection{o.sel("Interaction", nil)}, Tallies: []*graph.Tally{{Key: "n"}}}
	deals := &graph.List{Key: "deals", Edge: o.edge("Account", "deals"), Nodes: []*graph.Selection{o.sel("Deal", nil)},
		Filter:  o.test("Deal", "stage", graph.In, []any{"PROPOSAL"}),
		Tallies: []*graph.Tally{{Key: "open", Measures: []graph.Measure{{Ref: graph.Ref{Prop: o.prop("Deal", "amount")}}}}}}
	accounts := o.root(20, o.sel("Account", []string{"name"}, deals))
	accounts.Filter = o.some("Account", "firmographics", and(o.test("Firmographics", "industry", graph.Eq, "Industry 7"),
		o.test("Firmographics", "employeeCount", graph.Gte, int64(100)), o.test("Firmographics", "employeeCount", graph.Lt, int64(1500))))
	accounts.Order = []graph.Order{path(desc(in("EUR", o.by("Firmographics", "revenue"))), o.edge("Account", "firmographics"))}
	accounts.Tallies = []*graph.Tally{{Key: "n"}}

	const valid = "(r.from IS NULL OR r.from <= $now) AND (r.to IS NULL OR $now < r.to)"
	const chosen = `MATCH (a:Account)-[r:DESCRIBED_BY]->(f:Firmographics)
		WHERE f.industry = $industry AND f.id IS NOT NULL AND f.employeeCount >= $from AND f.employeeCount < $to AND ` + valid
	return []byHand{
		{"a customer with her jobs", one("Customer", customer, []string{"name", "email"}, o.along("Customer", "employments", 20, o.sel("Account", []string{"name"}))), `
			MATCH (c:Customer {id: $id})
			CALL (c) {
				MATCH (c)-[r:WORKS_AT]->(a:Account) WHERE ` + valid + `
				WITH a, r ORDER BY a.id, r.key LIMIT $n RETURN collect([a.id, a.name]) AS jobs }
			RETURN c.id, c.name, c.email, jobs`,
			map[string]any{"id": customer, "n": 20, "now": int64(now)}},
		{"an account with people, interactions, employees and products", one("Account", account, []string{"name"}, people), `
			MATCH (a:Account {id: $id})
			CALL (a) {
				MATCH (a)<-[r:WORKS_AT]-(c:Customer) WHERE ` + valid + `
				WITH c, r ORDER BY c.name, c.id, r.key LIMIT $n
				CALL (c) {
					MATCH (c)<-[p:PARTICIPANT]-(i:Interaction)
					WITH i, p ORDER BY i.at IS NULL, i.at DESC, i.id, p.key LIMIT $m
					CALL (i) { MATCH (i)-[q:PARTICIPANT]->(e:Employee) WITH e, q ORDER BY e.id, q.key LIMIT $m RETURN collect([e.id, e.name]) AS es }
					CALL (i) { MATCH (i)-[q:ABOUT]->(o:Product) WITH o, q ORDER BY o.id, q.key LIMIT $m RETURN collect([o.id, o.name]) AS os }
					RETURN collect([i.id, i.at, i.channel, es, os]) AS is }
				RETURN collect([c.id, c.name, is]) AS cs }
			RETURN a.id, a.name, cs`,
			map[string]any{"id": account, "n": 10, "m": 5, "now": int64(now)}},
		{"a deal with its account and committee", one("Deal", deal, []string{"name"}, o.along("Deal", "account", 1, o.sel("Account", []string{"name"})),
			o.along("Deal", "claims", 20, o.sel("Claim", []string{"role"}, o.along("Claim", "customer", 1, o.sel("Customer", []string{"name"}, count, last))))), `
			MATCH (d:Deal {id: $id})
			OPTIONAL MATCH (d)-[:WITH]->(a:Account)
			CALL (d) {
				MATCH (d)<-[r:ON]-(l:Claim) WITH l, r ORDER BY l.id, r.key LIMIT $n
				OPTIONAL MATCH (l)-[:ABOUT]->(c:Customer)
				CALL (c) { MATCH (c)<-[p:PARTICIPANT]-(i:Interaction) WITH i, p ORDER BY i.at IS NULL, i.at DESC, i.id, p.key LIMIT 1 RETURN collect([i.id, i.at]) AS last }
				RETURN collect([l.id, l.role, c.id, c.name, COUNT { (c)<-[:PARTICIPANT]-() }, last]) AS ls }
			RETURN d.id, d.name, a.id, a.name, ls`,
			map[string]any{"id": deal, "n": 20}},
		{"accounts by firmographics with their pipeline", accounts, `
			CALL () {` + chosen + `
				WITH a, CASE WHEN f.revenue_currency = $currency THEN f.revenue END AS revenue ORDER BY revenue IS NULL, revenue DESC, a.id LIMIT $n
				CALL (a) {
					MATCH (a)<-[:WITH]-(d:Deal) WHERE d.stage IN $open
					WITH d.amount AS v, d.amount_currency AS c
					WITH c, count(*) AS n, sum(v) AS s, min(v) AS lo, max(v) AS hi RETURN collect([c, n, s, lo, hi]) AS pipeline }
				RETURN collect([a.id, a.name, pipeline]) AS rows }
			CALL () {` + chosen + ` RETURN count(*) AS total }
			RETURN rows, total`,
			map[string]any{"industry": "Industry 7", "from": 100, "to": 1500, "currency": "EUR", "n": 20, "open": []string{"PROPOSAL"}, "now": int64(now)}},
	}
}
