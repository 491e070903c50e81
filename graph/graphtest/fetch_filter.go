package graphtest

import (
	"math"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// filter is a random condition, of other conditions down to a depth.
func (g *fetching) filter(a around, depth int) *graph.Filter {
	if depth == 0 {
		return g.test(a)
	}
	below := func() *graph.Filter { return g.filter(a, depth-1) }
	several := func() []*graph.Filter {
		fs := []*graph.Filter{}
		for range pick(g.Rand, []int{0, 1, 2, 2, 2, 2}) {
			fs = append(fs, below())
		}
		return fs
	}
	switch n := g.IntN(23); {
	case n < 5:
		return g.test(a)
	case n < 8:
		return &graph.Filter{And: several()}
	case n < 11:
		return &graph.Filter{Or: several()}
	case n < 13:
		return &graph.Filter{Not: below()}
	case n < 18:
		return g.quantified(a, depth)
	case n < 19:
		return g.ofKind(a, depth)
	case n < 20:
		return &graph.Filter{Fails: below()}
	case n < 22:
		return g.total(a)
	}
	return &graph.Filter{}
}

// ofKind is a condition on nodes of one kind, which is all there is to say of several.
func (g *fetching) ofKind(a around, depth int) *graph.Filter {
	f := &graph.Filter{Kind: pick(g.Rand, a.kinds)}
	if g.chance(5) {
		return &graph.Filter{Kind: pick(g.Rand, g.catalog.Kinds)}
	}
	if depth > 0 && g.chance(75) {
		f.Of = g.filter(around{[]*graph.Kind{f.Kind}, a.rel}, depth-1)
	}
	return f
}

func (g *fetching) quantified(a around, depth int) *graph.Filter {
	k := a.kind()
	if k == nil {
		return g.ofKind(a, depth)
	}
	if len(k.Edges) == 0 {
		return g.test(a)
	}
	q := &graph.Quantified{Edge: pick(g.Rand, k.Edges)}
	if g.chance(80) {
		q.Filter = g.filter(beyond(q.Edge), depth-1)
	}
	switch g.IntN(5) {
	case 0, 1:
		return &graph.Filter{Some: q}
	case 2:
		return graph.None(q)
	}
	return &graph.Filter{Every: q}
}

// total compares what a set of edges comes to with a value.
func (g *fetching) total(a around) *graph.Filter {
	k := a.kind()
	if k == nil || len(plainEdges(k)) == 0 {
		return g.test(a)
	}
	over, by := g.over(pick(g.Rand, plainEdges(k)), a)
	t := &graph.Total{Over: over, By: by, Op: pick(g.Rand, []graph.Op{graph.Eq, graph.In, graph.Lt, graph.Lte, graph.Gt, graph.Gte, graph.IsNull}), Not: g.chance(25)}
	value := func() any { return int64(g.values.IntN(5)) }
	if by != graph.ByCount {
		p := over.Prop.Prop
		if p.Type == graph.Amount {
			t.Currency = pick(g.values, codes)
		}
		value = func() any {
			v := g.operand(&graph.Test{Ref: graph.Ref{Prop: p}, Op: t.Op})
			if m, is := v.(graph.Money); is {
				return m.Amount
			}
			return v
		}
	}
	switch {
	case t.Op == graph.IsNull:
	case t.Op == graph.In:
		t.Value = g.list(value)
	case (by == graph.ByLatest || by == graph.ByEarliest) && g.chance(20):
		t.Value = graph.Ago{Months: g.values.IntN(3), Days: g.values.IntN(50), Time: time.Duration(g.values.IntN(100)) * time.Hour, Day: over.Prop.Prop.Type == graph.Day}
	default:
		t.Value = value()
	}
	return &graph.Filter{Total: t}
}

// test compares something with a value.
func (g *fetching) test(a around) *graph.Filter {
	p, onEdge := g.property(a, func(*graph.Property) bool { return true })
	if p == nil || g.chance(8) {
		t := &graph.Test{ID: true, Op: graph.Eq, Value: g.id(pick(g.values, a.kinds))}
		if g.chance(10) {
			t.Value = graph.GivenAsker
		} else if g.chance(50) {
			t.Op, t.Value = graph.In, g.list(func() any { return g.id(pick(g.values, a.kinds)) })
		}
		return &graph.Filter{Test: t}
	}
	t := &graph.Test{Ref: g.ref(p, a, 1), OnEdge: onEdge, Op: pick(g.Rand, comparisons(p))}
	if t.Op == graph.Eq || t.Op >= graph.Lt && t.Op <= graph.Gte {
		if q, on := g.property(a, p.ComparesWith); q != nil && on == onEdge && g.chance(25) {
			t.With = new(g.ref(q, a, 1))
			return &graph.Filter{Test: t}
		}
	}
	t.Fold = p.Type == graph.String && (t.Op <= graph.In || t.Op == graph.StartsWith || t.Op == graph.Contains) && g.chance(40)
	switch t.Op {
	case graph.IsNull:
	case graph.In, graph.Mentions:
		t.Value = g.list(func() any { return g.operand(t) })
	default:
		if t.Value = g.operand(t); p.Type == graph.Instant && g.chance(10) {
			t.Value = graph.GivenNow
		} else if p.Temporal() && g.chance(10) {
			t.Value = graph.Ago{Months: g.values.IntN(3), Days: g.values.IntN(50), Time: time.Duration(g.values.IntN(100)) * time.Hour, Day: p.Type == graph.Day}
		}
	}
	return &graph.Filter{Test: t}
}

// comparisons are the operators that a property takes.
func comparisons(p *graph.Property) []graph.Op {
	switch p.Type {
	case graph.Bool:
		return []graph.Op{graph.Eq, graph.In, graph.IsNull}
	case graph.Strings:
		if p.Format == graph.FormatAttribute {
			return []graph.Op{graph.Tells, graph.Tells, graph.Tells, graph.IsNull}
		}
		return []graph.Op{graph.Includes, graph.Includes, graph.IsNull}
	case graph.String:
		return []graph.Op{graph.Eq, graph.In, graph.StartsWith, graph.Contains, graph.Mentions, graph.Lt, graph.Lte, graph.Gt, graph.Gte, graph.IsNull}
	}
	return []graph.Op{graph.Eq, graph.In, graph.Lt, graph.Lte, graph.Gt, graph.Gte, graph.IsNull}
}

// attribute is a condition on an attribute that some node may have, or on one like it.
func (g *fetching) attribute() *graph.AttributeTest {
	var all []graph.Attribute
	for _, text := range formatted[graph.FormatAttribute] {
		a, err := graph.ParseAttribute(text)
		if err != nil {
			panic(err)
		}
		all = append(all, a)
	}
	if g.chance(15) {
		return &graph.AttributeTest{Name: pick(g.values, all).Name}
	}
	t := &graph.AttributeTest{Type: pick(g.Rand, graph.AttributeTypes)}
	alike := slices.DeleteFunc(slices.Clone(all), func(a graph.Attribute) bool { return a.Type != t.Type })
	if t.Name = pick(g.values, alike).Name; chance(g.values, 10) {
		t.Name = pick(g.values, all).Name
	}
	if g.chance(20) {
		return t
	}
	switch t.Type {
	case graph.AttributeNumber:
		numbers := []float64{-1.5e-7, -1e-7, 0, 1, -math.MaxFloat64}
		if g.chance(70) {
			t.Min = new(pick(g.values, numbers))
		}
		if g.chance(50) {
			t.Max = new(pick(g.values, numbers))
		}
	case graph.AttributeTime:
		if g.chance(70) {
			t.From = new(graph.Time(pick(g.values, instants)))
		}
		if g.chance(50) {
			t.To = new(graph.Time(pick(g.values, instants)))
		}
	default:
		t.In = []string{}
		for range g.values.IntN(3) {
			t.In = append(t.In, pick(g.values, alike).Value)
		}
	}
	return t
}

func (g *fetching) list(value func() any) []any {
	out := []any{}
	if g.chance(25) { // to Neo4j a list of nothing is of another type, and planned apart
		return out
	}
	for range 1 + g.values.IntN(3) {
		out = append(out, value())
	}
	return out
}

func (g *fetching) operand(t *graph.Test) any {
	p := t.Ref.Prop
	if t.Op == graph.Tells {
		return g.attribute()
	}
	switch p.Type {
	case graph.Enum:
		return g.text(p, false)
	case graph.String, graph.Strings:
		s := g.text(nil, t.Fold)
		if t.Op >= graph.Lt && t.Op <= graph.Gte {
			for rare, tries := g.chance(6), 0; !alikeRare(&t.Ref, s, rare); tries++ {
				if s = g.text(nil, false); tries > 20 {
					s = pick(g.values, hostile)
				}
			}
		}
		if (t.Op == graph.StartsWith || t.Op == graph.Contains || t.Op == graph.Mentions) && chance(g.values, 50) {
			_, n := utf8.DecodeRuneInString(s)
			s = s[:n]
		}
		if t.Op == graph.Mentions {
			s = fold.Loose(s)
		}
		return s
	case graph.Int, graph.Float, graph.Instant, graph.Day:
		if chance(g.values, 5) {
			return pick(g.values, []int64{math.MinInt64, math.MaxInt64})
		}
	case graph.Amount:
		if chance(g.values, 5) {
			return graph.Money{Amount: pick(g.values, []int64{math.MinInt64, math.MaxInt64}), Currency: pick(g.values, hostile)}
		}
	}
	return g.Value(g.values, p)
}
