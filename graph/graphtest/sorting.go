package graphtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// namesInOrder is about texts that are put in order by what they fold to, and then by code point: with an index, without one, on
// relationships and behind edges. All people are called as their nodes are, in the order of the telephone book.
func namesInOrder(t *testing.T, x *fixture) {
	names := map[string]string{
		"ANNA_BERG": "ANNA BERG", "Anna_Berg": "Anna Berg", "anna_berg": "anna berg", "Ärne": "Ärne Ek", "Bert": "Bert Dorn", "de_Vries": "de Vries Jan",
		"Émile": "Émile Cornu", "Emilia": "Emilia", "Łukasz": "Łukasz Fal", "Zoe": "Zoe Abt", "zoé": "zoé abt",
	}
	const up = "ANNA_BERG Anna_Berg anna_berg Ärne Bert de_Vries Émile Emilia Łukasz Zoe zoé"
	x.node("Account", "acme")
	for called, name := range names {
		x.node("Customer", called, "name", name, "givenName", name)
		x.link(called, "WORKS_AT", "acme", "title", name)
		x.node("Location", "in "+called, "city", name)
		x.node("Deal", called+"'s")
		x.node("Account", "at "+called, "name", name)
		x.link(called+"'s", "WITH", "at "+called)
	}
	x.node("Customer", "none")
	x.write(t)
	down := reversed(up)
	x.inOrder(t, "Customer", []orderCase{
		{"by an index", one(x.by("Customer.name")), up + " none"},
		{"downward, missing ones last", one(desc(x.by("Customer.name"))), down + " none"},
		{"without an index", one(x.by("Customer.givenName")), up + " none"},
		{"without an index, downward", one(desc(x.by("Customer.givenName"))), down + " none"},
	})
	t.Run("behind an edge", func(t *testing.T) {
		o := behind(x.by("Account.name"), x.edge("Deal.account"))
		assert.Equal(t, strings.ReplaceAll(up, " ", "'s ")+"'s", x.rows(t, x.all("Deal", ordered(o))))
		assert.Equal(t, strings.ReplaceAll(down, " ", "'s ")+"'s", x.rows(t, x.all("Deal", ordered(desc(o)))))
	})
	t.Run("on a relationship", func(t *testing.T) {
		people := x.along("Account.people", ordered(x.by("WORKS_AT.title")))
		assert.Equal(t, up, x.namesOf(x.beyond(t, "acme", people)))
	})
	t.Run("page by page, in both directions", func(t *testing.T) {
		for _, path := range []string{"Customer.name", "Customer.givenName"} {
			l, seen := x.all("Customer", ordered(x.by(path)), limit(2)), ""
			l.Cursors, l.HasNext, l.HasPrevious = true, true, true
			for {
				got := x.read(t, l)[0]
				seen += x.namesOf(got) + " "
				if l.Page.After = got.Rows[len(got.Rows)-1].Keys; !got.HasNext {
					break
				}
			}
			assert.Equal(t, up+" none ", seen)
			l.Page, seen = graph.Page{Limit: 3, Backward: true}, ""
			for {
				got := x.read(t, l)[0]
				seen = x.namesOf(got) + " " + seen
				if l.Page.Before = got.Rows[0].Keys; !got.HasPrevious {
					break
				}
			}
			assert.Equal(t, up+" none ", seen)
			assert.Equal(t, "ANNA BERG", l.Page.Before[0], "a cursor has the name, and not what it folds to")
		}
	})
	for _, path := range []string{"Customer.name", "Customer.givenName"} {
		t.Run("comparisons follow the order: "+path, func(t *testing.T) {
			is := func(op graph.Op, v any) *graph.Filter { return x.test(path, op, v) }
			x.filtered(t, "Customer", []filterCase{
				{"below a name, what folds to the same by code point", is(graph.Lt, "anna berg"), "ANNA_BERG Anna_Berg"},
				{"up to a name", is(graph.Lte, "anna berg"), "ANNA_BERG Anna_Berg anna_berg"},
				{"above a name", and(is(graph.Gt, "Émile Cornu"), is(graph.Lt, "Zoe Abt")), "Emilia Łukasz"},
				{"from a name on", is(graph.Gte, "Zoe Abt"), "Zoe zoé"},
				{"not below a name", not(is(graph.Lt, "Zoe Abt")), "Zoe zoé"},
				{"not up to a name", not(is(graph.Lte, "Łukasz Fal")), "Zoe zoé"},
				{"what nobody is called", is(graph.Gt, "ÉMILIA"), "Łukasz Zoe zoé"},
				{"equality is of the text itself", is(graph.Eq, "anna berg"), "anna_berg"},
				{"missing ones are unknown", not(is(graph.Lt, "")), up},
			})
		})
		t.Run("the least and the greatest follow the order: "+path, func(t *testing.T) {
			l := x.all("Customer", counting(&graph.Tally{Measures: []graph.Measure{x.measure(path)}}))
			m := x.read(t, l)[0].Tallies[0][0].Measures[0]
			assert.Equal(t, []any{"ANNA BERG", "zoé abt", int64(11)}, []any{m.Min, m.Max, m.Count})
		})
	}
	t.Run("a name that changes changes its place", func(t *testing.T) {
		x.node("Location", "in Zoe", "city", "aachen")
		x.node("Location", "in Bert", "city", nil)
		x.write(t)
		got := x.read(t, x.all("Location", ordered(x.by("Location.city")), limit(1)))[0]
		assert.Equal(t, "in Zoe", x.namesOf(got))
		got = x.read(t, x.all("Location", ordered(x.by("Location.city")), func(l *graph.List) { l.Page.Limit, l.Page.Backward = 1, true }))[0]
		assert.Equal(t, "in Bert", x.namesOf(got))
	})
	t.Run("what is withheld has no place", func(t *testing.T) {
		for _, path := range []string{"Customer.name", "Customer.givenName"} {
			o := x.by(path)
			o.Prop.When = not(x.is("Ärne", "Zoe"))
			rows := x.rows(t, x.all("Customer", ordered(o, x.by("Customer.email"))))
			const seen = "ANNA_BERG Anna_Berg anna_berg Bert de_Vries Émile Emilia Łukasz zoé"
			assert.Equal(t, seen, rows[:len(seen)])
			first, second := "Ärne", "Zoe"
			if x.ids["Zoe"] < x.ids["Ärne"] {
				first, second = second, first
			}
			assert.Regexp(t, first+".*"+second, rows[len(seen):], "by id, as those without a name")
		}
	})
}

// ranks is about enumerations, whose values are in the order in which the schema has them: with an index, without one, and on relationships.
func ranks(t *testing.T, x *fixture) {
	for _, c := range [][3]string{{"c1", "MEDIUM", "PENDING"}, {"c2", "CRITICAL", "CLOSED"}, {"c3", "LOW", "OPEN"}, {"c4", "HIGH", "RESOLVED"}} {
		x.node("Case", c[0], "severity", c[1], "status", c[2])
	}
	x.node("Case", "c5")
	x.node("Account", "acme")
	for _, level := range []string{"STAFF", "C_LEVEL", "OWNER", "VP"} {
		x.node("Customer", level)
		x.link(level, "WORKS_AT", "acme", "seniority", level)
	}
	x.write(t)
	x.inOrder(t, "Case", []orderCase{
		{"the gravest come first", one(desc(x.by("Case.severity"))), "c2 c4 c1 c3 c5"},
		{"the slightest come first", one(x.by("Case.severity")), "c3 c1 c4 c2 c5"},
		{"by an index", one(x.by("Case.status")), "c3 c1 c4 c2 c5"},
		{"by an index, downward", one(desc(x.by("Case.status"))), "c2 c4 c1 c3 c5"},
	})
	t.Run("on a relationship", func(t *testing.T) {
		assert.Equal(t, "STAFF VP C_LEVEL OWNER", x.namesOf(x.beyond(t, "acme", x.along("Account.people", ordered(x.by("WORKS_AT.seniority"))))))
		over := graph.Measure{Ref: *x.mention("WORKS_AT.seniority"), OnEdge: true}
		got := x.read(t, x.called("acme", counting(&graph.Tally{Over: &graph.Over{Edge: x.edge("Account.people")}, Measures: []graph.Measure{over}})))[0]
		assert.Equal(t, []any{"STAFF", "OWNER"}, []any{got.Tallies[0][0].Measures[0].Min, got.Tallies[0][0].Measures[0].Max})
	})
	for _, path := range []string{"Case.severity", "Case.status"} {
		third := map[string]string{"Case.severity": "HIGH", "Case.status": "RESOLVED"}[path]
		t.Run("comparisons follow the order: "+path, func(t *testing.T) {
			is := func(op graph.Op) *graph.Filter { return x.test(path, op, third) }
			x.filtered(t, "Case", []filterCase{
				{"below", is(graph.Lt), "c3 c1"}, {"up to", is(graph.Lte), "c3 c1 c4"}, {"above", is(graph.Gt), "c2"}, {"from on", is(graph.Gte), "c4 c2"},
				{"not above, where there is a value", not(is(graph.Gt)), "c3 c1 c4"}, {"equal", is(graph.Eq), "c4"},
			})
		})
		t.Run("the least and the greatest follow the order: "+path, func(t *testing.T) {
			m := x.read(t, x.all("Case", counting(&graph.Tally{Measures: []graph.Measure{x.measure(path)}})))[0].Tallies[0][0].Measures[0]
			want := map[string][]any{"Case.severity": {"LOW", "CRITICAL"}, "Case.status": {"OPEN", "CLOSED"}}[path]
			assert.Equal(t, want, []any{m.Min, m.Max})
		})
		t.Run("page by page, with the value in the cursor: "+path, func(t *testing.T) {
			l := x.all("Case", ordered(x.by(path)), limit(2))
			l.Cursors = true
			got := x.read(t, l)[0]
			assert.Equal(t, "c3 c1", x.namesOf(got))
			l.Page.After = got.Rows[1].Keys
			assert.Contains(t, []any{"MEDIUM", "PENDING"}, l.Page.After[0])
			got = x.read(t, l)[0]
			assert.Equal(t, "c4 c2", x.namesOf(got))
			l.Page.After = got.Rows[1].Keys
			assert.Equal(t, "c5", x.namesOf(x.read(t, l)[0]))
		})
	}
	t.Run("groups that are as large go in the order", func(t *testing.T) {
		l := x.all("Case", counting(&graph.Tally{By: []graph.GroupKey{x.key("Case.severity")}}))
		var keys []any
		for _, g := range grouped(t, l, x.read(t, l)[0]) {
			keys = append(keys, g.Keys[0])
		}
		assert.Equal(t, []any{"LOW", "MEDIUM", "HIGH", "CRITICAL", nil}, keys)
	})
	t.Run("a value that changes changes its place, and one that goes has none", func(t *testing.T) {
		x.node("Case", "c3", "status", "CLOSED")
		x.node("Case", "c1", "status", nil)
		x.write(t)
		rows := x.rows(t, x.all("Case", ordered(x.by("Case.status"), x.by("Case.severity"))))
		assert.Equal(t, "c4 c3 c2 c1 c5", rows)
	})
}
