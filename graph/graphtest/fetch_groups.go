package graphtest

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

var (
	cuts = []graph.Cut{graph.NoCut, graph.ByDay, graph.ByWeek, graph.ByMonth, graph.ByQuarter, graph.ByYear, graph.ByHourOfDay, graph.ByWeekday, graph.ByHourOfWeek}
	// zones have halves and quarters of hours, and changes of their clocks at midnight.
	zones = []graph.Zone{"Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo", "America/New_York"}
)

func (g *fetching) groupKey(a around) (k graph.GroupKey, ok bool) {
	if a.kind() != nil && g.chance(35) {
		row := a
		if of := slices.DeleteFunc(slices.Clone(a.kind().Edges), func(e *graph.Edge) bool { return !e.One || e.Union == "" }); len(of) > 0 && g.chance(30) {
			return graph.GroupKey{Path: []*graph.Edge{pick(g.Rand, of)}, When: g.guard(row)}, true
		}
		if a = g.path(&k.Path, a); len(k.Path) > 0 {
			if k.When = g.guard(row); g.chance(40) {
				return k, true
			}
		}
	}
	p, onEdge := g.property(a, func(p *graph.Property) bool { return p.Type != graph.Strings })
	if p == nil {
		return k, false
	}
	k.Ref, k.OnEdge = g.ref(p, a, 1), onEdge
	switch p.Type {
	case graph.Amount:
		k.Currency, k.Bounds = pick(g.values, codes), g.bounds(p)
	case graph.Int, graph.Float:
		if g.chance(60) {
			k.Bounds = g.bounds(p)
		}
	case graph.Instant:
		if q, on := g.property(a, func(q *graph.Property) bool { return q.Type == graph.Instant }); q != nil && on == onEdge && g.chance(25) {
			k.Until, k.Bounds = new(g.ref(q, a, 1)), []int64{-5e6, 0, 1, 5e6, 86_400e6}
			break
		}
		k.Cut, k.Zone = pick(g.Rand, cuts), pick(g.values, zones)
		if k.Cut == graph.NoCut || g.chance(30) {
			k.Zone = ""
		}
	case graph.Day:
		if k.Cut = pick(g.Rand, cuts); k.Cut.OfHours() {
			k.Cut = graph.ByDay
		}
	}
	return k, true
}

// bounds are where ranges of a property's values begin.
func (g *fetching) bounds(p *graph.Property) []int64 {
	var out []int64
	for range 1 + g.values.IntN(4) {
		v := g.Value(g.values, p)
		if m, is := v.(graph.Money); is {
			v = m.Amount
		}
		out = append(out, v.(int64))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// foremost has some groups of a tally come by themselves, and gives tallies that are of the same groups.
func (g *fetching) foremost(a around, t *graph.Tally) (others []*graph.Tally) {
	t.Most = pick(g.values, []int{1, 2, 3, graph.MostGroups})
	if o := (graph.GroupOrder{By: graph.Ranking(g.IntN(2)), Desc: g.chance(50), First: g.chance(30)}); g.chance(60) {
		for i := range t.Measures {
			if m := &t.Measures[i]; (m.Ref.Prop.Numeric() || m.Ref.Prop.Temporal()) && g.chance(70) {
				g.rank(&o, m, i)
			}
		}
		t.Order = &o
	}
	for range g.IntN(3) {
		other := g.tally(a)
		other.By = t.By
		others = append(others, other)
	}
	return others
}

// rank has groups be ordered by a measure.
func (g *fetching) rank(o *graph.GroupOrder, m *graph.Measure, at int) {
	of := []graph.Ranking{graph.RankMinimum, graph.RankMaximum}
	if m.Numeric() {
		of = append(of, graph.RankSum, graph.RankMean)
	}
	if m.Values {
		of = append(of, graph.RankMedian)
	}
	o.By, o.Measure = pick(g.Rand, of), at
	if m.Ref.Prop.Type == graph.Amount {
		o.Currency = pick(g.values, codes)
	}
}
