package graphtest

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// tiesAtRandom writes all that may come to interactions and to those who take part, and compares the ties with what they come to from the
// interactions that are there.
func tiesAtRandom(t *testing.T, x *fixture) {
	rng := rand.New(rand.NewPCG(7, 7))
	names := map[string][]string{}
	next := 0
	add := func(kind string) string {
		next++
		name := fmt.Sprintf("%s %d", kind, next)
		x.node(kind, name)
		names[kind] = append(names[kind], name)
		return name
	}
	some := func(kind string) string { return pick(rng, names[kind]) }
	who := func() string { return some(pick(rng, []string{"Customer", "Customer", "Employee"})) }
	role := func() string { return pick(rng, []string{"", "FROM", "FROM", "TO", "TO", "CC", "ATTENDEE"}) }
	gone := func(kind, name string) {
		names[kind] = slices.DeleteFunc(names[kind], func(n string) bool { return n == name })
	}
	for range 8 {
		add("Customer")
	}
	for range 3 {
		add("Employee")
	}
	for range 12 {
		add("Interaction")
	}
	x.write(t)
	kept := []map[graph.Category]string{nil, {graph.CategoryBehaviour: "totals"}, {graph.CategoryRelationship: "odd"}, {graph.CategoryBehaviour: "totals", graph.CategoryRelationship: "odd"}}
	erased := map[string]bool{} // who has no ties any more
	steps := map[string]func(){
		"an interaction comes": func() {
			i := add("Interaction")
			x.batch.Nodes[len(x.batch.Nodes)-1].Set = graph.Values{"at": rng.Int64N(2000 * oneDay), "origin": pick(rng, []string{"CUSTOMER", "BUSINESS", "ENVIRONMENT"})}
			for range rng.IntN(6) {
				x.takes(i, who(), role())
			}
		},
		"somebody comes": func() { add(pick(rng, []string{"Customer", "Employee"})) },
		"somebody takes part, or in another role": func() { x.takes(some("Interaction"), who(), role()) },
		"many take part": func() {
			i := some("Interaction")
			for range 14 {
				x.takes(i, who(), role())
			}
		},
		"one that has a name leads to somebody else": func() {
			x.takes(some("Interaction"), who(), role())
			x.batch.Edges[len(x.batch.Edges)-1].ID = fmt.Sprint("named ", rng.IntN(4))
		},
		"an instant is another": func() { x.node("Interaction", some("Interaction"), "at", rng.Int64N(2000*oneDay)) },
		"an instant goes":       func() { x.node("Interaction", some("Interaction"), "at", nil) },
		"an origin is another": func() {
			x.node("Interaction", some("Interaction"), "origin", pick(rng, []any{"CUSTOMER", "BUSINESS", "ENVIRONMENT", nil}))
		},
		"somebody leaves": func() { x.leaves(some("Interaction"), who()) },
	}
	removes := map[string]func(){ // what is gone is not named in the same batch
		"an interaction goes": func() { n := some("Interaction"); x.remove(n); gone("Interaction", n) },
		"somebody goes":       func() { n := some("Customer"); x.remove(n); gone("Customer", n) },
		"an employee goes":    func() { n := some("Employee"); x.remove(n); gone("Employee", n) },
		"somebody is erased": func() {
			n, keep := some("Customer"), pick(rng, kept)
			if _, before := erased[n]; before {
				return // what was kept of her once is not gone back to
			}
			x.batch.Erase = append(x.batch.Erase, graph.Erasure{Person: x.ids[n], Keep: keep})
			erased[n] = len(keep) < 2
		},
		"values outlive their period": func() {
			n := some("Interaction")
			x.batch.Remove = append(x.batch.Remove, graph.Removal{Kind: x.kinds[n], ID: x.ids[n], Properties: []string{pick(rng, []string{"at", "origin"})}})
		},
	}
	ties, batches := 0, 70
	for range batches {
		for range 1 + rng.IntN(6) {
			steps[pick(rng, slices.Sorted(maps.Keys(steps)))]()
		}
		if chance(rng, 35) {
			removes[pick(rng, slices.Sorted(maps.Keys(removes)))]()
		}
		for _, kind := range []string{"Customer", "Employee", "Interaction"} {
			for len(names[kind]) < 3 {
				add(kind)
			}
		}
		said := x.batch
		if _, err := x.try(); err != nil {
			t.Fatalf("%v: %+v", err, said)
		}
		want, got := x.fromScratch(t, erased), x.tied(t)
		ties += len(got)
		require.Equal(t, slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got)))
		for who, w := range want {
			g := got[who]
			for _, sum := range []string{"sumIn", "sumOut"} {
				require.InDelta(t, w[sum], float64(g[sum].(int64))/1e6, 1e-6, "%s of %s", sum, who)
			}
			for _, name := range []string{"n", "lastIn", "lastOut", "asOf"} {
				require.Equal(t, w[name], g[name], "%s of %s", name, who)
			}
		}
	}
	Report(t, "%d ties compared", ties)
	require.Greater(t, ties, 20*batches/10)
}

// fromScratch are the ties of the interactions that are there, worked out in the plainest way.
func (x *fixture) fromScratch(t testing.TB, erased map[string]bool) map[string]map[string]any {
	t.Helper()
	part := x.along("Interaction.participants", x.wants("PARTICIPANT.role"), limit(1000))
	type contact struct {
		at      int64
		in, out bool
	}
	met := map[string][]contact{}
	for _, r := range x.read(t, x.all("Interaction", x.wants("Interaction.at", "Interaction.origin", "Interaction.crowded"), below(part), limit(10_000)))[0].Rows {
		roles := map[string][]any{}
		for _, p := range r.Lists[0].Rows {
			if p.Edge[0] != graph.RoleSubject {
				roles[x.names[p.ID]] = append(roles[x.names[p.ID]], p.Edge[0])
			}
		}
		require.Equal(t, len(roles) > 12, r.Props[2] == true, "%d take part in %s", len(roles), x.names[r.ID])
		at, dated := r.Props[0].(int64)
		if !dated || len(roles) > 12 {
			continue
		}
		is := func(who string, role any) bool { return slices.Contains(roles[who], role) }
		us := func(who string) bool { return x.kinds[who].Name == "Employee" }
		passed := func(from, to string) bool {
			switch {
			case is(from, "FROM"):
				return true
			case is(to, "FROM"):
				return false
			case is(from, "ATTENDEE"):
				return true
			case !is(from, nil):
				return false // it was sent to them, or they had a copy
			}
			switch origin := r.Props[1]; {
			case origin == "ENVIRONMENT":
				return false
			case origin == nil, us(from) == us(to):
				return true
			default:
				return us(from) == (origin == "BUSINESS")
			}
		}
		for a := range roles {
			for b := range roles {
				if a == b || us(a) || erased[a] || erased[b] {
					continue
				}
				c := contact{at, passed(b, a), passed(a, b)}
				if us(b) {
					c.in, c.out = c.out, c.in
				}
				met[a+" "+b] = append(met[a+" "+b], c)
			}
		}
	}
	out := map[string]map[string]any{}
	for who, contacts := range met {
		v := map[string]any{"n": int64(len(contacts)), "lastIn": nil, "lastOut": nil}
		asOf := int64(math.MinInt64)
		for _, c := range contacts {
			asOf = max(asOf, c.at)
		}
		in, outward := 0.0, 0.0
		later := func(name string, at int64) {
			if last, ok := v[name].(int64); !ok || at > last {
				v[name] = at
			}
		}
		for _, c := range contacts {
			weight := math.Pow(2, -float64(asOf-c.at)/float64(45*oneDay))
			if c.in {
				in += weight
				later("lastIn", c.at)
			}
			if c.out {
				outward += weight
				later("lastOut", c.at)
			}
		}
		v["sumIn"], v["sumOut"], v["asOf"] = in, outward, asOf
		out[who] = v
	}
	return out
}
