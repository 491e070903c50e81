package graphtest

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

const oneDay = int64(24 * 3600 * 1e6)

// tie is how an end of a tie has it, in days.
type tie struct {
	in, out         float64
	n               int64
	lastIn, lastOut float64 // none: NaN
	asOf            float64
}

func (w tie) String() string {
	return fmt.Sprintf("in %.6f, out %.6f, n %d, last in %g, last out %g, as of %g", w.in, w.out, w.n, w.lastIn, w.lastOut, w.asOf)
}

// tied are the ties of all customers as the store keeps them, by the names of the two.
func (x *fixture) tied(t testing.TB) map[string]graph.Values {
	t.Helper()
	l := x.along("Customer.known")
	for _, p := range l.Edge.Rel.Properties {
		l.Props = append(l.Props, graph.Ref{Prop: p})
	}
	l.Cursors, l.Page.Limit = true, 10_000
	out := map[string]graph.Values{}
	for _, r := range x.read(t, x.all("Customer", below(l), limit(10_000)))[0].Rows {
		for _, to := range r.Lists[0].Rows {
			v := graph.Values{}
			for i, p := range l.Props {
				v[p.Prop.Name] = to.Edge[i]
			}
			who := x.names[r.ID] + " " + x.names[to.ID]
			require.NotContains(t, out, who, "there is one")
			out[who] = v
		}
	}
	return out
}

// tieOf is one of them, as words; empty: none.
func (x *fixture) tieOf(t testing.TB, who string) string {
	t.Helper()
	v, there := x.tied(t)[who]
	if !there {
		return ""
	}
	days := func(name string) float64 {
		if at, ok := v[name].(int64); ok {
			return float64(at) / float64(oneDay)
		}
		return math.NaN()
	}
	sum := func(name string) float64 { return float64(v[name].(int64)) / 1e6 }
	return tie{sum("sumIn"), sum("sumOut"), v["n"].(int64), days("lastIn"), days("lastOut"), days("asOf")}.String()
}

// meet adds an interaction of a day to the batch, with who takes part, in pairs of name and role.
func (x *fixture) meet(name string, day int64, origin string, who ...string) {
	x.node("Interaction", name, "at", day*oneDay)
	if origin != "" {
		x.batch.Nodes[len(x.batch.Nodes)-1].Set["origin"] = origin
	}
	for i := 0; i < len(who); i += 2 {
		x.takes(name, who[i], who[i+1])
	}
}

func (x *fixture) takes(name, who, role string) {
	x.link(name, "PARTICIPANT", who)
	if role != "" {
		x.batch.Edges[len(x.batch.Edges)-1].Set["role"] = role
	}
}

// leaves removes who takes part in an interaction from it.
func (x *fixture) leaves(name, who string) {
	x.batch.Remove = append(x.batch.Remove, graph.Removal{Rel: x.cat.Rel("PARTICIPANT"), ID: graph.BareKey(x.ids[name], x.ids[who])})
}

func (x *fixture) remove(name string) {
	x.batch.Remove = append(x.batch.Remove, graph.Removal{Kind: x.kinds[name], ID: x.ids[name]})
}

// ties is about how two know each other by the interactions in which both took part.
func ties(t *testing.T, x *fixture) {
	for _, name := range []string{"ann", "bob", "cleo", "dora"} {
		x.node("Customer", name, "name", name)
	}
	x.node("Employee", "eve", "name", "eve")
	x.node("Employee", "sam", "name", "sam")
	x.write(t)
	is := func(t *testing.T, who, want string) {
		t.Helper()
		assert.Equal(t, want, x.tieOf(t, who), who)
	}
	t.Run("which way something passed is told by the roles of the two, and else by who began it", func(t *testing.T) {
		for i, c := range []struct {
			name, ann, other, origin string
			in, out                  int
		}{
			{"she called", "FROM", "TO", "", 1, 0},
			{"she called, whoever is said to have begun it", "FROM", "TO", "BUSINESS", 1, 0},
			{"she was called", "TO", "FROM", "", 0, 1},
			{"she had a copy", "CC", "FROM", "", 0, 1},
			{"both sent something", "FROM", "FROM", "", 1, 1},
			{"both were there", "ATTENDEE", "ATTENDEE", "BUSINESS", 1, 1},
			{"she was there, and the other had a copy", "ATTENDEE", "CC", "", 1, 0},
			{"both only received something", "TO", "CC", "CUSTOMER", 0, 0},
			{"no roles are told, and she began it", "", "", "CUSTOMER", 1, 0},
			{"no roles are told, and we began it", "", "", "BUSINESS", 0, 1},
			{"no roles are told, and nobody began it", "", "", "ENVIRONMENT", 0, 0},
			{"nothing is told", "", "", "", 1, 1},
			{"she sent it, and no role is told of the other", "FROM", "", "BUSINESS", 1, 0},
			{"she received it, and no role is told of the other, who began it", "TO", "", "BUSINESS", 0, 1},
			{"she received it, and no role is told of the other, who did not begin it", "TO", "", "CUSTOMER", 0, 0},
		} {
			t.Run(c.name, func(t *testing.T) {
				her, other := fmt.Sprint("her", i), fmt.Sprint("other", i)
				x.node("Customer", her)
				x.node("Employee", other)
				x.meet(fmt.Sprint("m", i), 7, c.origin, her, c.ann, other, c.other)
				x.write(t)
				last := func(n int) string { return map[int]string{0: "NaN", 1: "7"}[n] }
				is(t, her+" "+other, fmt.Sprintf("in %d.000000, out %d.000000, n 1, last in %s, last out %s, as of 7", c.in, c.out, last(c.in), last(c.out)))
			})
		}
	})
	t.Run("two customers have it from both ends", func(t *testing.T) {
		x.meet("letter", 3, "", "ann", "FROM", "bob", "TO", "cleo", "CC")
		x.write(t)
		is(t, "ann bob", "in 0.000000, out 1.000000, n 1, last in NaN, last out 3, as of 3")
		is(t, "bob ann", "in 1.000000, out 0.000000, n 1, last in 3, last out NaN, as of 3")
		is(t, "bob cleo", "in 0.000000, out 0.000000, n 1, last in NaN, last out NaN, as of 3")
		assert.Equal(t, "ann bob", x.set(t, x.all("Customer", where(x.some("Customer.known", x.kind("Customer", x.is("cleo")))))))
	})
	t.Run("what is 45 days old counts half, in whatever order it comes", func(t *testing.T) {
		for i, order := range [][]int64{{0, 45, 90}, {90, 0, 45}, {45, 90, 0}} {
			who := fmt.Sprint("half", i)
			x.node("Customer", who)
			for _, day := range order {
				x.meet(fmt.Sprint(who, day), day, "", who, "FROM", "eve", "TO")
				x.write(t)
			}
			is(t, who+" eve", "in 1.750000, out 0.000000, n 3, last in 90, last out NaN, as of 90")
		}
	})
	t.Run("those of one batch count together, and who came in one, too", func(t *testing.T) {
		x.node("Customer", "new")
		for i := range int64(3) {
			x.meet(fmt.Sprint("new", i), 45*i, "", "new", "TO", "eve", "FROM")
		}
		x.write(t)
		is(t, "new eve", "in 0.000000, out 1.750000, n 3, last in NaN, last out 90, as of 90")
	})
	t.Run("more than twelve make none, and who leaves them makes twelve of thirteen", func(t *testing.T) {
		x.meet("crowd", 5, "", "eve", "FROM")
		for i := range 12 {
			x.node("Customer", fmt.Sprint("guest", i))
			x.takes("crowd", fmt.Sprint("guest", i), "TO")
		}
		x.write(t)
		is(t, "guest0 eve", "")
		assert.Equal(t, []any{true}, x.hidden(t, "crowd", graph.InteractionCrowded))
		x.leaves("crowd", "guest11")
		x.write(t)
		assert.Equal(t, []any{nil}, x.hidden(t, "crowd", graph.InteractionCrowded))
		is(t, "guest0 eve", "in 0.000000, out 1.000000, n 1, last in NaN, last out 5, as of 5")
		is(t, "guest0 guest1", "in 0.000000, out 0.000000, n 1, last in NaN, last out NaN, as of 5")
		is(t, "guest11 eve", "")
		x.takes("crowd", "ann", "TO")
		x.write(t)
		is(t, "guest0 eve", "")
		is(t, "guest0 guest1", "")
	})
	t.Run("who is only the subject took no part, and what has no instant was no contact", func(t *testing.T) {
		x.node("Case", "case")
		x.link("case", "OF", "dora")
		x.meet("note", 9, "", "sam", "FROM", "ann", "TO")
		x.link("note", "IN", "case")
		x.node("Interaction", "undated")
		x.takes("undated", "dora", "FROM")
		x.takes("undated", "sam", "TO")
		x.write(t)
		is(t, "dora sam", "")
		is(t, "ann sam", "in 0.000000, out 1.000000, n 1, last in NaN, last out 9, as of 9")
	})
	t.Run("what is corrected, or goes, is as if it had never been otherwise", func(t *testing.T) {
		const both, first = "in 1.000000, out 0.500000, n 2, last in 90, last out 45, as of 90", "in 0.000000, out 1.000000, n 1, last in NaN, last out 45, as of 45"
		x.meet("first", 45, "", "dora", "TO", "eve", "FROM")
		x.meet("second", 90, "", "dora", "FROM", "eve", "TO")
		x.write(t)
		is(t, "dora eve", both)
		for _, c := range []struct {
			name         string
			wrong, right func()
			while        string
		}{
			{"an instant", func() { x.node("Interaction", "second", "at", 0*oneDay) }, func() { x.node("Interaction", "second", "at", 90*oneDay) }, "in 0.500000, out 1.000000, n 2, last in 0, last out 45, as of 45"},
			{"an instant that is taken away", func() { x.node("Interaction", "second", "at", nil) }, func() { x.node("Interaction", "second", "at", 90*oneDay) }, first},
			{"a role", func() { x.takes("second", "dora", "CC") }, func() { x.takes("second", "dora", "FROM") }, "in 0.000000, out 0.500000, n 2, last in NaN, last out 45, as of 90"},
			{"who took part", func() { x.leaves("second", "eve") }, func() { x.takes("second", "eve", "TO") }, first},
			{"the whole", func() { x.remove("second") }, func() { x.meet("second", 90, "", "dora", "FROM", "eve", "TO") }, first},
		} {
			t.Run(c.name, func(t *testing.T) {
				c.wrong()
				x.write(t)
				is(t, "dora eve", c.while)
				c.right()
				x.write(t)
				is(t, "dora eve", both)
			})
		}
		x.remove("first")
		x.remove("second")
		x.write(t)
		is(t, "dora eve", "")
	})
	t.Run("a tie that outlived its period begins anew", func(t *testing.T) {
		for _, to := range []string{"ann bob", "bob ann"} {
			var a, b string
			fmt.Sscan(to, &a, &b)
			x.batch.Remove = append(x.batch.Remove, graph.Removal{Rel: x.cat.Rel("KNOWS"), ID: graph.BareKey(x.ids[a], x.ids[b])})
		}
		x.write(t)
		is(t, "ann bob", "")
		x.node("Interaction", "letter", "at", 4*oneDay)
		x.write(t)
		is(t, "ann bob", "")
		x.meet("later", 100, "", "ann", "FROM", "bob", "TO")
		x.write(t)
		is(t, "bob ann", "in 1.000000, out 0.000000, n 1, last in 100, last out NaN, as of 100")
	})
	t.Run("nobody says it but the store", func(t *testing.T) {
		x.link("ann", "KNOWS", "eve")
		_, err := x.try()
		var bad *graph.BatchError
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, "KNOWS is kept by the store: it is not given", bad.Problems[0].Reason)
	})
}
