package policy

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Partial has the selections of which something may be withheld on some nodes, or is on all.
type Partial map[*graph.Selection]bool

// Guard rewrites a fetch in place, so that every mention of a property or an edge is of its effective value: what the purpose
// denies is taken out, and what a person's standing may withhold gets its condition. Rows whose existence is withheld are
// absent. The error is a *graph.Error with PurposeDenied where a filter, an order or a group mentions what the purpose denies.
//
// What follows from a condition that holds already gets none: the orders of a person who has permitted them are not asked
// again whose they are.
func (v *Viewer) Guard(f *graph.Fetch) (Partial, error) {
	partial, _, err := v.guard(f)
	return partial, err
}

func (v *Viewer) guard(f *graph.Fetch) (Partial, *Inquiry, error) {
	f.Asker = v.Subject
	g := v.newGuard()
	for _, l := range slices.Clone(f.Lists) {
		f.Lists = append(f.Lists, g.root(l)...)
	}
	return g.partial, g.inquiry, g.err
}

// guard keeps the first mistake it meets.
type guard struct {
	*Lens
	partial Partial
	inquiry *Inquiry
	counts  bool                // for a Counter: nothing of a row is told
	below   map[*graph.List]set // what a list, and all below it, asks of those whom it comes from
	err     error
}

func (l *Lens) newGuard() *guard {
	return &guard{Lens: l, partial: Partial{}, inquiry: &Inquiry{named: map[string]set{}, rows: map[*graph.Selection]*told{}}, below: map[*graph.List]set{}}
}

func (g *guard) fail(err error) {
	if g.err == nil {
		g.err = err
	}
}

func (g *guard) denied(what, cannot string, c graph.Category) {
	g.fail(&graph.Error{Code: graph.PurposeDenied, Message: fmt.Sprintf("%s is %s, which is not for the purpose %s, so that nothing can be %s by it", what, c, g.Purpose, cannot)})
}

// known is what is known of a node that a list or a condition has come to, by kind.
type known map[*graph.Kind]need

func (g *guard) root(l *graph.List) (beside []*graph.List) {
	if l.Search != nil {
		g.search(l)
		return nil
	}
	k := l.Nodes[0].Kind
	var met need
	var rows *graph.Filter
	switch r := g.kinds[k]; {
	case l.IDs != nil && r.answers && !g.counts:
	case r.root != nil:
		rows = nobody
	case l.External == nil:
		rows, met = g.listed(k)
	default:
		rows, met = g.existence(k)
	}
	if l.External != nil && k.OfPersons() {
		permitted, ok := g.permit(k, graph.CategoryIdentity, met)
		if !ok {
			g.denied("the reference of a source", "found", graph.CategoryIdentity)
		}
		rows, met = and(rows, permitted), met.with(g.need(graph.CategoryIdentity))
	}
	return g.list(l, rows, known{k: met}, g.asksRoot(l))
}

// leave is the condition on a node that an edge may be followed from it, and what is known of the node then.
func (g *guard) leave(e *graph.Edge, met need) (f *graph.Filter, then need, ok bool) {
	if g.Edge(e) != nil {
		return nobody, met, false
	}
	return g.permitAll(e.Owner, e.Categories(), met)
}

// arrive is the condition on what an edge leads to, and what is known of it then. met is what is known of the node it leads
// from.
func (g *guard) arrive(e *graph.Edge, kinds []*graph.Kind, met need) (*graph.Filter, known) {
	then := known{}
	var parts []*graph.Filter
	for _, k := range kinds {
		f, n := g.arriveAt(e, k, met)
		then[k] = n
		switch {
		case len(e.Targets) == 1:
			return f, then
		case f == nobody:
			parts = append(parts, &graph.Filter{Not: &graph.Filter{Kind: k}})
		case f != nil:
			parts = append(parts, &graph.Filter{Or: []*graph.Filter{{Not: &graph.Filter{Kind: k}}, {Kind: k, Of: f}}})
		}
	}
	return and(parts...), then
}

func (g *guard) arriveAt(e *graph.Edge, k *graph.Kind, met need) (*graph.Filter, need) {
	var there *graph.Filter
	var n need
	switch {
	case k.Person && !slices.ContainsFunc(e.Categories(), func(c graph.Category) bool { return g.need(c) != free }):
		there, n = g.listed(k)
	case e.Owner.Person && g.kinds[k].given:
		return nil, n.with(own) // her own edge leads there, and nothing else tells whose it is
	case k.Person: // who permits what the edge discloses stands in lists
	case e.Owner.Person && k.About(e) && met.meets(g.need(k.Existence)):
		n = free.with(g.need(k.Existence)) // it is about a person who permits it
	default:
		there, n = g.existence(k)
	}
	f, n, ok := g.permitAll(k, e.Categories(), n)
	if !ok || there == nobody {
		return nobody, free
	}
	return and(there, f), n
}

// walk has a walk go only to nodes that the edge may lead to, whether it ends there or goes on.
func (g *guard) walk(e *graph.Edge) *graph.Edge {
	if !e.Walks() {
		return e
	}
	there, _ := g.arriveAt(e, e.Owner, free)
	return e.Via(and(e.Through, there))
}

// list guards a list whose rows have a condition already. It gives lists that count persons beside it, where that matters.
func (g *guard) list(l *graph.List, rows *graph.Filter, met known, a *asked) (beside []*graph.List) {
	at := place{edge: l.Edge, kinds: l.Kinds(), met: met}
	c := g.counting(l, rows, at)
	l.Filter = and(rows, g.filter(l.Filter, at))
	for i := range l.Order {
		g.order(&l.Order[i], at)
	}
	for _, t := range l.Tallies {
		g.tally(t, at)
	}
	beside = c.count()
	for i := range l.Props {
		if l.Props[i].When = and(l.Props[i].When, g.onEdge(l.Props[i].Prop, at)); g.tie(l.Edge, l.Props[i].Prop) != nil && !g.counts {
			l.Props[i].When = nobody
		}
	}
	for _, sel := range l.Nodes {
		g.selection(l, sel, met[sel.Kind], a)
	}
	g.concludes(l, a)
	return beside
}

// alone reports whether an edge is withheld of each node that it leads from.
func (g *guard) alone(e *graph.Edge) bool { return g.edge(e).single != nil && !g.counts }

func (g *guard) selection(l *graph.List, sel *graph.Selection, met need, a *asked) {
	before := len(sel.Props)
	sel.Props = slices.DeleteFunc(sel.Props, func(r graph.Ref) bool { return !r.Prop.Hidden && g.property(r.Prop).need == never })
	if len(sel.Props) < before {
		g.partial[sel] = true
	}
	all := wantsState(sel)
	if !g.counts {
		defer g.asksErased(sel, all)
	}
	depends, of := all, []graph.Category(nil)
	for i := range sel.Props {
		r := &sel.Props[i]
		if r.Prop.Hidden {
			continue
		}
		if cond := g.onKind(sel.Kind, r.Prop, met); cond != nil {
			r.When, depends, of = and(r.When, cond), true, append(of, g.property(r.Prop).categories...)
		}
	}
	var kept []*graph.List
	for _, b := range sel.Lists {
		if b.Edge.Strands != nil && g.Edge(b.Edge) == nil && !g.alone(b.Edge) {
			for _, s := range sel.Kind.Timeline.Strands {
				of = append(of, s.Hops[0].Edge.Category)
			}
			g.timeline(b, met, a.asks(b, sel.Kind))
			depends, kept = true, append(kept, b)
			continue
		}
		leave, then, ok := g.leave(b.Edge, met)
		if !ok || g.alone(b.Edge) {
			g.partial[sel] = true
			continue
		}
		b.When, b.Edge = and(b.When, leave), g.walk(b.Edge)
		if leave != nil {
			depends, of = true, append(of, b.Edge.Categories()...)
		}
		rows, known := g.arrive(b.Edge, b.Kinds(), then)
		kept = append(append(kept, b), g.list(b, rows, known, a.asks(b, sel.Kind))...)
	}
	sel.Lists = kept
	if g.counts {
		sel.Asks = graph.Asked(sel.Asks, sel.Props)
		g.subjects(l, sel, met)
		return
	}
	if depends {
		g.partial[sel] = true
		g.state(sel, all, of)
		sel.Asks = graph.Asked(sel.Asks, sel.Props)
	}
	g.tells(l, sel, met)
	g.subjects(l, sel, met)
}
