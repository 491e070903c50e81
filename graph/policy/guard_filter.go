package policy

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A place is where a condition stands: on nodes of these kinds, reached by an edge or at a root.
type place struct {
	edge  *graph.Edge
	kinds []*graph.Kind
	met   known
	whose whose
}

// filter guards a caller's condition: in its normal shape each test, and each quantifier, stands beside the condition under
// which its value is known. Where that does not hold the test is unknown, which in a normal shape is as good as false.
func (g *guard) filter(f *graph.Filter, at place) *graph.Filter {
	g.named(f, at.whose)
	return g.normal(f.Normal(), at)
}

// named refuses a condition that names what the purpose denies, though its normal shape may not: every one of nothing is true.
func (g *guard) named(f *graph.Filter, of whose) {
	switch {
	case f == nil:
	case f.Test != nil && !f.Test.ID:
		g.mention(f.Test.Ref.Prop, "filtered")
		if f.Test.With != nil {
			g.mention(f.Test.With.Prop, "filtered")
		}
	case f.Some != nil:
		g.namedBeyond(f.Some, of)
	case f.Every != nil:
		g.namedBeyond(f.Every, of)
	case f.Total != nil:
		g.namedBeyond(&graph.Quantified{Edge: f.Total.Over.Edge, Filter: f.Total.Over.Filter}, of)
		if p := f.Total.Over.Prop; p != nil {
			g.mention(p.Prop, "filtered")
		}
	default:
		for _, part := range slices.Concat(f.And, f.Or, []*graph.Filter{f.Not, f.Of, f.Fails}) {
			g.named(part, of)
		}
	}
}

func (g *guard) namedBeyond(q *graph.Quantified, of whose) {
	g.named(q.Filter, g.follows(q.Edge, of, "filtered"))
}

func (g *guard) normal(f *graph.Filter, at place) *graph.Filter {
	switch {
	case f == nil:
		return nil
	case f.And != nil:
		return &graph.Filter{And: g.each(f.And, at)}
	case f.Or != nil:
		return &graph.Filter{Or: g.each(f.Or, at)}
	case f.Test != nil:
		return and(g.test(f.Test, at), f)
	case f.Not != nil && f.Not.Test != nil:
		return and(g.test(f.Not.Test, at), f)
	case f.Kind != nil:
		return &graph.Filter{Kind: f.Kind, Of: g.normal(f.Of, place{at.edge, []*graph.Kind{f.Kind}, at.met, at.whose})}
	case f.Some != nil:
		leave, rows, there := g.quantified(f.Some, at)
		return and(leave, &graph.Filter{Some: &graph.Quantified{Edge: g.walk(f.Some.Edge), Filter: and(rows, g.normal(f.Some.Filter, there))}})
	case f.Every != nil:
		leave, rows, there := g.quantified(f.Every, at)
		inner := g.normal(f.Every.Filter, there)
		if rows != nil && inner != nil {
			inner = &graph.Filter{Or: []*graph.Filter{{Fails: rows}, inner}}
		}
		return and(leave, &graph.Filter{Every: &graph.Quantified{Edge: g.walk(f.Every.Edge), Filter: inner}})
	case f.Total != nil:
		t := *f.Total
		over := *t.Over
		if t.Over = &over; over.Prop != nil {
			prop := *over.Prop
			over.Prop = &prop
		}
		g.over(&over, at, "filtered")
		return &graph.Filter{Total: &t}
	case f.Fails != nil:
		return &graph.Filter{Fails: g.normal(f.Fails, at)}
	}
	return f // of another kind
}

func (g *guard) each(fs []*graph.Filter, at place) []*graph.Filter {
	out := make([]*graph.Filter, len(fs))
	for i, f := range fs {
		if out[i] = g.normal(f, at); out[i] == nil {
			out[i] = &graph.Filter{}
		}
	}
	return out
}

// test is the condition under which a test's value is known.
func (g *guard) test(t *graph.Test, at place) *graph.Filter {
	switch {
	case t.ID:
		return nil
	case t.With != nil:
		return and(g.seen(t.Ref.Prop, t.OnEdge, at), g.seen(t.With.Prop, t.OnEdge, at))
	}
	return g.seen(t.Ref.Prop, t.OnEdge, at)
}

// mention refuses what the purpose denies.
func (g *guard) mention(p *graph.Property, cannot string) {
	if g.property(p).need == never {
		g.denied(p.Owner+"."+p.Field(), cannot, p.Category)
	}
}

// follows refuses an edge that the purpose denies, whether for itself or for what it leads to, and one to persons whom nobody counts. It
// says whose the nodes are that the edge leads to.
func (g *guard) follows(e *graph.Edge, of whose, cannot string) whose {
	to, counted := g.beyond(e, of)
	if w := g.Edge(e); w != nil {
		g.denied(e.String(), cannot, w.Category)
	} else if !counted {
		g.uncounted(e, cannot)
	}
	return to
}

// onNode is the condition under which a property of the one kind of node here may be seen.
func (g *guard) onNode(p *graph.Property, at place) *graph.Filter {
	return g.onKind(at.kinds[0], p, at.met[at.kinds[0]])
}

// onKind is the condition on a node of a kind under which a property of it may be seen.
func (g *guard) onKind(k *graph.Kind, p *graph.Property, met need) *graph.Filter {
	f, ok := g.permitNeed(k, g.property(p).need, p.Category == graph.CategoryContent, met)
	if !ok {
		return f
	}
	met = met.with(g.need(p.Category))
	for _, c := range p.Also {
		more, _ := g.permit(k, c, met)
		f, met = and(f, more), met.with(g.need(c))
	}
	return f
}

// onEdge is the condition on the node a relationship leads to under which the relationship's property may be seen. What the
// node it leads from has to permit, it does by permitting the edge: the catalog sees to that.
func (g *guard) onEdge(p *graph.Property, at place) *graph.Filter {
	if g.property(p).need == never {
		return nobody
	}
	var parts []*graph.Filter
	for _, k := range at.kinds {
		if f, _, _ := g.permitAll(k, g.property(p).categories, at.met[k]); f != nil && len(at.kinds) == 1 {
			return f
		} else if f != nil {
			parts = append(parts, &graph.Filter{Or: []*graph.Filter{{Not: &graph.Filter{Kind: k}}, {Kind: k, Of: f}}})
		}
	}
	return and(parts...)
}

// quantified are the conditions on the node, and on what the edge leads to.
func (g *guard) quantified(q *graph.Quantified, at place) (leave, rows *graph.Filter, there place) {
	leave, then, _ := g.leave(q.Edge, at.met[q.Edge.Owner])
	rows, met := g.arrive(q.Edge, q.Edge.Targets, then)
	to, _ := g.beyond(q.Edge, at.whose)
	return leave, rows, place{q.Edge, q.Edge.Targets, met, to}
}

// toValue guards the way from a row to a neighbour's value, for what is done with that: its slot, its edges, and where it ends.
func (g *guard) toValue(when *graph.Filter, path []*graph.Edge, at place, doing string) (*graph.Filter, []*graph.Edge, place) {
	if len(path) == 0 {
		return when, path, at
	}
	cond, at := g.path(path, at, doing)
	return and(when, cond), graph.Map(path, g.walk), at
}

func (g *guard) order(o *graph.Order, at place) {
	o.When, o.Path, at = g.toValue(o.When, o.Path, at, "ordered")
	over, _ := o.Over()
	switch {
	case over != nil:
		g.over(over, at, "ordered")
	case o.OnEdge:
		g.mention(o.Prop.Prop, "ordered")
		o.Prop.When = and(o.Prop.When, g.onEdge(o.Prop.Prop, at))
	case len(at.kinds) > 1:
		o.Prop.When = and(o.Prop.When, g.onOne(o.Prop.Prop, at))
	default:
		g.mention(o.Prop.Prop, "ordered")
		o.Prop.When = and(o.Prop.When, g.onNode(o.Prop.Prop, at))
	}
}

// onOne is the condition under which a property of one of several kinds may be seen, which the nodes of the others have not. Where it is
// denied nobody asked for it by name: it puts entries of a timeline in order that the purpose may not see.
func (g *guard) onOne(p *graph.Property, at place) *graph.Filter {
	if g.property(p).need == never {
		return nobody
	}
	k := graph.First(at.kinds, func(k *graph.Kind) bool { return k.Name == p.Owner })
	if k == nil {
		return nobody
	}
	return &graph.Filter{Kind: k, Of: g.onKind(k, p, at.met[k])}
}

// path is the condition on a row that the nodes along a path of to-one edges are there for the viewer, and the place at its
// end.
func (g *guard) path(edges []*graph.Edge, at place, cannot string) (*graph.Filter, place) {
	if len(edges) == 0 {
		return nil, at
	}
	e := edges[0]
	leave, then, _ := g.leave(e, at.met[e.Owner])
	to := g.follows(e, at.whose, cannot)
	rows, met := g.arrive(e, e.Targets, then)
	rest, end := g.path(edges[1:], place{e, e.Targets, met, to}, cannot)
	if rows = and(rows, rest); rows == nil {
		return leave, end
	}
	return and(leave, &graph.Filter{Some: &graph.Quantified{Edge: g.walk(e), Filter: rows}}), end
}

// over guards a set of edges that something is ordered or filtered by.
func (g *guard) over(o *graph.Over, at place, cannot string) {
	leave, then, _ := g.leave(o.Edge, at.met[o.Edge.Owner])
	to := g.follows(o.Edge, at.whose, cannot)
	rows, met := g.arrive(o.Edge, o.Edge.Targets, then)
	there := place{o.Edge, o.Edge.Targets, met, to}
	o.When, o.Filter, o.Edge = and(o.When, leave), and(rows, g.filter(o.Filter, there)), g.walk(o.Edge)
	if o.Prop != nil {
		g.mention(o.Prop.Prop, cannot)
		o.Prop.When = and(o.Prop.When, g.seen(o.Prop.Prop, o.OnEdge, there))
	}
}

func (g *guard) seen(p *graph.Property, onEdge bool, at place) *graph.Filter {
	if onEdge {
		return g.onEdge(p, at)
	}
	return g.onNode(p, at)
}

func (g *guard) groupKey(k *graph.GroupKey, at place) {
	k.When, k.Path, at = g.toValue(k.When, k.Path, at, "grouped")
	if k.Ref.Prop != nil {
		g.mention(k.Ref.Prop, "grouped")
		k.Ref.When = and(k.Ref.When, g.seen(k.Ref.Prop, k.OnEdge, at))
	}
	if k.Until != nil {
		g.mention(k.Until.Prop, "grouped")
		k.Until.When = and(k.Until.When, g.seen(k.Until.Prop, k.OnEdge, at))
	}
}

// tally guards what is counted and added up. What the purpose denies adds up to nothing, which nobody is shown.
func (g *guard) tally(t *graph.Tally, at place) {
	for i := range t.By {
		g.groupKey(&t.By[i], at)
	}
	if t.Order != nil && t.Order.By.OfMeasure() {
		g.mention(t.Measures[t.Order.Measure].Ref.Prop, "ordered")
	}
	unit := at
	if t.Over != nil {
		leave, then, ok := g.leave(t.Over.Edge, at.met[t.Over.Edge.Owner])
		rows, met := g.arrive(t.Over.Edge, t.Over.Edge.Targets, then)
		to, counted := g.beyond(t.Over.Edge, at.whose)
		if !ok || !counted {
			leave = nobody
		}
		unit = place{t.Over.Edge, t.Over.Edge.Targets, met, to}
		t.Over.When, t.Over.Filter, t.Over.Edge = and(t.Over.When, leave), and(rows, g.filter(t.Over.Filter, unit)), g.walk(t.Over.Edge)
	}
	for i := range t.Measures {
		m := &t.Measures[i]
		for _, r := range []*graph.Ref{&m.Ref, m.Until} {
			switch {
			case r == nil:
			case g.property(r.Prop).need == never:
				r.When = nobody
			default:
				r.When = and(r.When, g.seen(r.Prop, m.OnEdge, unit))
			}
		}
	}
}

// whose says of whom a condition or an order tells at a place. Where a purpose looks at groups alone, it is known of the rows of a list
// how many persons stand behind them, and of nobody else.
type whose uint8

const (
	itsRow  whose = iota // of those whom the row is about
	hers                 // of one of them, to whom something led or from whom it comes
	others               // of those whom something is about that led here, who may be others
	nobodys              // of the row's, as far as something that is about nobody is said of them
)

// beyond says of whom a condition tells that stands behind an edge. Not counted: of persons of whom nobody could say how many they are.
func (g *guard) beyond(e *graph.Edge, of whose) (to whose, counted bool) {
	owner := e.Owner
	switch {
	case g.fewest() == 0:
		return of, true
	case !e.ToPersons():
		return nobodys, true
	case !owner.OfPersons():
		return others, false
	case slices.ContainsFunc(e.Targets, func(k *graph.Kind) bool { return k.Person }):
		// From a node to one whom it is about: of several, those are counted whom the condition is true of, at the row alone.
		own := slices.ContainsFunc(owner.Ways, func(w graph.Way) bool {
			return len(w.Hops) == 1 && w.Hops[0].Edge.Rel == e.Rel && w.Hops[0].Edge.Out == e.Out
		})
		return hers, own && (!several(owner) && of != others || of == itsRow && e.Union == "")
	case owner.Person:
		return hers, true
	}
	return others, true
}

func (g *guard) uncounted(e *graph.Edge, cannot string) {
	g.fail(&graph.Error{Code: graph.PurposeDenied, Message: fmt.Sprintf(
		"%s leads to persons, and nobody could say how many of them stand behind the answer (%s), so that nothing can be %s by it for the purpose %s",
		e, SmallGroup, cannot, g.Purpose)})
}
