package graphtest

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// Fetch makes a random fetch for the world. All that the grammar of graph.Fetch allows may come, with values of the world
// more often than with others, and with cursors of rows that there are.
//
// What a store compiles to one text is drawn from shape, what it passes as a parameter from values: one shape asks in many worlds
// with a text that Neo4j plans once.
func (w *World) Fetch(shape, values *rand.Rand) *graph.Fetch {
	g := &fetching{World: w, Rand: shape, values: values}
	f := &graph.Fetch{Now: Now}
	if chance(values, 10) {
		f.Now = graph.Time(pick(values, instants))
	}
	f.Asker = g.id(w.catalog.MustKind("Customer"))
	for range 1 + shape.IntN(10)/8 {
		f.Lists = append(f.Lists, g.root())
	}
	g.turnPages(f)
	f.MostBrought = pick(values, []int64{0, 0, 0, 1, 5})
	return f
}

// fetching makes parts of a fetch. What decides the text comes from the embedded source.
type fetching struct {
	*World
	*rand.Rand
	values *rand.Rand
	keys   int // given so far
}

// around is what a condition or a value is about: a node of one of these kinds, reached by this relationship or none.
type around struct {
	kinds []*graph.Kind
	rel   *graph.Rel
}

func (a around) kind() *graph.Kind {
	if len(a.kinds) == 1 {
		return a.kinds[0]
	}
	return nil
}

func beyond(e *graph.Edge) around { return around{e.Targets, e.Rel} }

func (g *fetching) chance(n int) bool { return chance(g.Rand, n) }

func (g *fetching) key(prefix string) string {
	g.keys++
	return fmt.Sprint(prefix, g.keys)
}

func (g *fetching) root() *graph.List {
	if g.chance(12) {
		return g.search()
	}
	k := pick(g.Rand, g.catalog.Kinds)
	l := &graph.List{Key: g.key("root"), Nodes: []*graph.Selection{g.selection(k, pick(g.Rand, []int{0, 0, 1, 1, 2}))}}
	if g.chance(15) {
		l.Rows = true
		if g.chance(50) {
			l.IDs = []string{}
			for range g.IntN(5) {
				l.IDs = append(l.IDs, g.id(pick(g.values, []*graph.Kind{k, k, k, pick(g.values, g.catalog.Kinds)})))
			}
		} else {
			l.External = []graph.External{}
			for range g.IntN(5) {
				l.External = append(l.External, g.external(k))
			}
		}
	}
	g.fill(l, around{kinds: []*graph.Kind{k}}, pick(g.Rand, []int{0, 1, 1, 2, 2, 3}))
	return l
}

func (g *fetching) id(k *graph.Kind) string {
	if len(g.ids[k]) == 0 || chance(g.values, 10) {
		return pick(g.values, hostile)
	}
	return pick(g.values, g.ids[k])
}

func (g *fetching) external(k *graph.Kind) graph.External {
	if more := g.further[k]; len(more) > 0 && chance(g.values, 30) {
		return pick(g.values, more)
	}
	if len(g.nodes[k]) == 0 || chance(g.values, 20) {
		return graph.External{Source: pick(g.values, []string{worldSource, "other"}), ID: pick(g.values, hostile)}
	}
	return graph.External{Source: worldSource, ID: pick(g.values, g.nodes[k])}
}

// selection wants some properties of a kind, and lists below it.
func (g *fetching) selection(k *graph.Kind, depth int) *graph.Selection {
	sel := &graph.Selection{Kind: k, Props: g.some(append(slices.Clip(k.Properties), k.Key, k.Further), g.IntN(4), around{kinds: []*graph.Kind{k}})}
	for depth > 0 && len(k.Edges) > 0 && g.chance(45) {
		e := pick(g.Rand, k.Edges)
		sel.Lists = append(sel.Lists, g.along(e, depth))
		for _, other := range k.Edges { // what goes along the same hierarchy
			if e.Walks() && other != e && other.Along == e.Along && g.chance(30) {
				sel.Lists = append(sel.Lists, g.along(other, 0))
			}
		}
		depth--
	}
	if k.Timeline != nil && depth > 0 && g.chance(20) {
		sel.Lists = append(sel.Lists, g.along(g.timeline(k.Timeline), depth))
	}
	for g.chance(10) {
		sel.Asks = append(sel.Asks, g.filter(around{kinds: []*graph.Kind{k}}, 1))
	}
	return sel
}

func (g *fetching) some(props []*graph.Property, n int, a around) []graph.Ref {
	var out []graph.Ref
	for range n {
		if len(props) > 0 {
			out = append(out, g.ref(pick(g.Rand, props), a, 1))
		}
	}
	return out
}

// ref mentions a property, sometimes with a guard, which is about the node alone.
func (g *fetching) ref(p *graph.Property, a around, depth int) graph.Ref {
	r := graph.Ref{Prop: p}
	if p.Versions != nil {
		r.At = g.moment()
	}
	if depth > 0 && g.chance(10) {
		r.When = g.filter(around{kinds: a.kinds}, depth-1)
	}
	return r
}

// moment is sometimes one, of either time or of both.
func (g *fetching) moment() *graph.Moment {
	if !g.chance(30) {
		return nil
	}
	m := &graph.Moment{}
	for _, t := range []**graph.Time{&m.At, &m.Known} {
		if g.chance(60) {
			*t = new(graph.Time(pick(g.values, instants[:8])))
		}
	}
	return m
}

// timeline has some of a timeline's strands, sometimes with guards, sometimes as of a moment.
func (g *fetching) timeline(e *graph.Edge) *graph.Edge {
	if m := g.moment(); m != nil {
		e = e.As(*m)
	}
	strands := []graph.Strand{}
	for _, s := range e.Strands {
		if !g.chance(60) {
			continue
		}
		s.Hops = slices.Clone(s.Hops)
		owner := e.Owner
		for i := range s.Hops {
			h := &s.Hops[i]
			h.When, h.Filter = g.guard(around{kinds: []*graph.Kind{owner}}), g.guard(around{kinds: []*graph.Kind{h.To}})
			owner = h.To
		}
		s.At.When = g.guard(around{kinds: []*graph.Kind{owner}})
		strands = append(strands, s)
	}
	return e.Of(strands)
}

func (g *fetching) along(e *graph.Edge, depth int) *graph.List {
	if e.Current() && g.chance(25) {
		if e = e.At(graph.Time(pick(g.values, instants))); !e.One && g.chance(50) {
			e = e.Ever()
		}
	}
	if g.chance(15) && (e.Rel.Property(graph.RecordedAt) != nil || e.Walks()) {
		e = e.As(graph.Moment{Known: new(graph.Time(pick(g.values, instants[:8])))})
	}
	if e.Walks() && g.chance(30) {
		e = e.Via(g.filter(around{kinds: e.Targets}, 1))
	}
	l := &graph.List{Key: g.key(e.Name), Edge: e, Cut: e.Walks() && !e.One && g.chance(40), When: g.guard(around{kinds: []*graph.Kind{e.Owner}}), Props: g.some(e.Rel.Shown(), g.IntN(3), beyond(e))}
	for _, i := range g.Perm(len(e.Targets)) {
		l.Nodes = append(l.Nodes, g.selection(e.Targets[i], depth-1))
	}
	g.fill(l, beyond(e), g.IntN(3))
	return l
}

// fill gives a list what it is asked for.
func (g *fetching) fill(l *graph.List, a around, depth int) {
	l.Page.Limit = pick(g.values, []int{1, 2, 3, 5, 50})
	l.Rows = l.Rows || g.chance(90)
	if g.chance(45) {
		l.Filter = g.filter(a, depth)
	}
	if l.Edge != nil && l.Edge.One {
		l.Rows, l.Page.Limit = true, 1
		return
	}
	if !l.Identified() {
		for range pick(g.Rand, []int{0, 1, 1, 1, 2, 3}) {
			if o, ok := g.order(a); ok {
				l.Order = append(l.Order, o)
			}
		}
		if l.Edge != nil && l.Edge.Strands != nil {
			at := graph.Ref{Prop: l.Edge.Rel.Property(graph.EntryAt)}
			l.Order = append(l.Order, graph.Order{Prop: &at, OnEdge: true, Desc: g.chance(50)})
		}
		l.Page.Backward = g.chance(30)
		l.Cursors, l.HasNext, l.HasPrevious = l.Rows && g.chance(60), l.Rows && g.chance(60), l.Rows && g.chance(60)
	}
	for !l.Rows && len(l.Tallies) == 0 || g.chance(12) {
		t := g.tally(a)
		if l.Tallies = append(l.Tallies, t); len(t.By) > 0 && !t.Distinct && g.chance(60) {
			l.Tallies = append(l.Tallies, g.foremost(a, t)...)
		}
	}
}

// tally counts something about the rows of a list.
func (g *fetching) tally(a around) *graph.Tally {
	t := &graph.Tally{Key: g.key("tally")}
	for range pick(g.Rand, []int{0, 0, 1, 1, 2}) {
		if k, ok := g.groupKey(a); ok {
			t.By = append(t.By, k)
		}
	}
	unit := a
	if k := a.kind(); k != nil && g.chance(35) {
		if edges := plainEdges(k); len(edges) > 0 {
			t.Over = &graph.Over{Edge: pick(g.Rand, edges), When: g.guard(a)}
			unit = beyond(t.Over.Edge)
			if g.chance(25) {
				t.Over.Filter = g.filter(unit, 1)
			}
		}
	}
	if t.Distinct = g.chance(15); t.Distinct {
		t.Units = g.chance(40)
		return t
	}
	for range g.IntN(3) {
		if p, onEdge := g.property(unit, (*graph.Property).Ordered); p != nil {
			values := (p.Numeric() || p.Temporal()) && g.chance(30)
			m := graph.Measure{Ref: g.ref(p, unit, 1), OnEdge: onEdge, Values: values}
			if q, on := g.property(unit, func(q *graph.Property) bool { return q.Type == graph.Instant }); p.Type == graph.Instant && q != nil && on == onEdge {
				m.Until = new(g.ref(q, unit, 1))
			}
			t.Measures = append(t.Measures, m)
		}
	}
	return t
}

// property picks one of the relationship or of the node.
func (g *fetching) property(a around, fit func(*graph.Property) bool) (p *graph.Property, onEdge bool) {
	var props []*graph.Property
	if onEdge = a.rel != nil && (a.kind() == nil || g.chance(35)); onEdge {
		props = a.rel.Shown()
	} else if k := a.kind(); k != nil {
		props = k.Properties
	}
	props = slices.DeleteFunc(slices.Clone(props), func(p *graph.Property) bool { return p.Type == graph.Versions || !fit(p) })
	if len(props) == 0 {
		return nil, false
	}
	return pick(g.Rand, props), onEdge
}

// plainEdges are those of which it is clear what set they lead to: not the to-one edges that may have changed in time.
func plainEdges(k *graph.Kind) []*graph.Edge {
	return slices.DeleteFunc(slices.Clone(k.Edges), func(e *graph.Edge) bool { return e.One && e.History })
}

// path draws to-one edges from a row, at most two, and what is at their end.
func (g *fetching) path(path *[]*graph.Edge, a around) around {
	for range 1 + g.IntN(2) {
		one := slices.DeleteFunc(slices.Clone(a.kind().Edges), func(e *graph.Edge) bool { return !e.One })
		for _, e := range a.kind().Edges {
			if main := e.MainOne(); main != nil {
				one = append(one, main)
			}
		}
		if len(one) > 0 {
			e := pick(g.Rand, one)
			e = e.To(pick(g.Rand, e.Targets))
			if e.IsMain() && g.chance(30) {
				e = e.As(graph.Moment{At: new(graph.Time(pick(g.values, instants))), Known: new(graph.Time(pick(g.values, instants[:8])))})
			}
			*path, a = append(*path, e), around{kinds: e.Targets}
		}
	}
	return a
}

func (g *fetching) order(a around) (graph.Order, bool) {
	o := graph.Order{Desc: g.chance(50), First: g.chance(25), Currency: pick(g.values, codes)}
	k, row := a.kind(), a
	if k != nil && g.chance(20) {
		if a = g.path(&o.Path, a); len(o.Path) > 0 {
			k, o.When = a.kind(), g.guard(row)
		}
	}
	if k != nil && g.chance(25) {
		if edges := plainEdges(k); len(edges) > 0 {
			return g.orderOver(o, pick(g.Rand, edges), a), true
		}
	}
	p, onEdge := g.property(a, (*graph.Property).Ordered)
	if p != nil && a.rel == nil && p.Type != graph.Bool && !p.Indexed && g.chance(60) { // an indexed one, rather
		p, onEdge = g.property(a, func(p *graph.Property) bool { return p.Indexed })
	}
	if p == nil {
		return o, false
	}
	r := g.ref(p, a, 1)
	o.Prop, o.OnEdge = &r, onEdge
	return withoutCurrency(o, p), true
}

func (g *fetching) orderOver(o graph.Order, e *graph.Edge, owner around) graph.Order {
	over, by := g.over(e, owner)
	switch by {
	case graph.ByCount:
		o.Count = over
		return withoutCurrency(o, nil)
	case graph.BySum:
		o.Sum = over
	case graph.ByLatest:
		o.Latest = over
	case graph.ByEarliest:
		o.Earliest = over
	}
	return withoutCurrency(o, over.Prop.Prop)
}

// over is a random set of edges of a node, and how it comes to one value.
func (g *fetching) over(e *graph.Edge, owner around) (*graph.Over, graph.Adding) {
	over, by := &graph.Over{Edge: e, When: g.guard(owner)}, pick(g.Rand, []graph.Adding{graph.ByCount, graph.BySum, graph.ByLatest, graph.ByEarliest})
	if g.chance(30) {
		over.Filter = g.filter(beyond(e), 1)
	}
	has := func(p *graph.Property) bool { return p.Temporal() }
	if by == graph.BySum {
		has = (*graph.Property).Numeric
	}
	p, onEdge := g.property(beyond(e), has)
	if p == nil || by == graph.ByCount {
		return over, graph.ByCount
	}
	r := g.ref(p, beyond(e), 1)
	over.Prop, over.OnEdge = &r, onEdge
	return over, by
}

// guard is sometimes a condition on the node that an edge is mentioned of.
func (g *fetching) guard(owner around) *graph.Filter {
	if !g.chance(15) {
		return nil
	}
	return g.filter(around{kinds: owner.kinds}, 1)
}

func withoutCurrency(o graph.Order, p *graph.Property) graph.Order {
	if p == nil || p.Type != graph.Amount {
		o.Currency = ""
	}
	return o
}

// text is one to compare a property with.
func (g *fetching) text(p *graph.Property, folded bool) string {
	s := ""
	if p != nil && p.Type == graph.Enum {
		s = pick(g.values, p.Values)
	} else if s = pick(g.values, g.World.texts); chance(g.values, 10) {
		s = pick(g.values, slices.Concat(hostile, []string{"\x00", "a\x00"}))
	}
	if folded {
		return fold.Key(s)
	}
	return s
}
