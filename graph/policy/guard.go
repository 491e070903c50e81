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
	g := &guard{Viewer: v, now: int64(f.Now), partial: Partial{}}
	for _, l := range slices.Clone(f.Lists) {
		if rest := g.root(l); rest != nil {
			f.Lists = append(f.Lists, rest)
		}
	}
	return g.partial, g.err
}

// guard keeps the first mistake it meets.
type guard struct {
	*Viewer
	now     int64
	partial Partial
	err     error
}

func (g *guard) denied(what, cannot string, c graph.Category) {
	if g.err == nil {
		g.err = &graph.Error{Code: graph.PurposeDenied, Message: fmt.Sprintf("%s is %s, which is not for the purpose %s, so that nothing can be %s by it", what, c, g.Purpose, cannot)}
	}
}

// known is what is known of a node that a list or a condition has come to, by kind.
type known map[*graph.Kind]need

func (g *guard) root(l *graph.List) (rest *graph.List) {
	if l.Search != nil {
		g.search(l)
		return nil
	}
	k := l.Nodes[0].Kind
	var met need
	var rows *graph.Filter
	switch {
	case g.self() && !ofPersons(k): // nobody's own
		rows = nobody
	case k.Person && l.IDs != nil && !g.self(): // she always answers
	case k.Person && l.External == nil:
		rows, met = g.standing(k, g.now)
	default:
		rows, met = g.existence(k)
	}
	if l.External != nil && (k.Person || len(k.Subjects) > 0) {
		permitted, ok := g.permit(k, graph.CategoryIdentity, met)
		if !ok {
			g.denied("the reference of a source", "found", graph.CategoryIdentity)
		}
		rows, met = and(rows, permitted), met.with(g.need(graph.CategoryIdentity))
	}
	return g.list(l, rows, known{k: met})
}

// existence is the condition that a node which is no person is there for the viewer, and what is known of it then.
func (g *guard) existence(k *graph.Kind) (*graph.Filter, need) {
	if g.Kind(k) != nil {
		return nobody, free
	}
	if k.Existence == "" {
		return nil, free
	}
	f, ok := g.permit(k, k.Existence, free)
	if !ok {
		return nobody, free
	}
	if g.Groups() {
		f = and(f, countable(k))
	}
	return f, free.with(g.need(k.Existence))
}

// permit is the condition on a node under which data of a category may be seen. Not ok: the purpose denies it.
func (g *guard) permit(k *graph.Kind, c graph.Category, met need) (f *graph.Filter, ok bool) {
	return g.permitNeed(k, g.need(c), c == graph.CategoryContent, met)
}

func (g *guard) permitNeed(k *graph.Kind, n need, all bool, met need) (*graph.Filter, bool) {
	all = all && len(k.Subjects) > 0
	switch {
	case n == never:
		return nobody, false
	case met.meets(n) && (!all || single(k)):
		return nil, true
	case n == free:
		return nil, true
	case k.Person:
		return g.person(k, n, g.now), true
	case n == own && !ofPersons(k) && k.Existence == "": // it is about nobody, and seen for what leads there
		return nil, true
	case n == own:
		return g.hers(k, all), true
	}
	return about(k, all, func(p *graph.Kind) *graph.Filter { return g.person(p, n, g.now) }), true
}

// hers is the condition that a node is about the person who asks, and about nobody else (all). What is about nobody is not hers.
func (g *guard) hers(k *graph.Kind, all bool) *graph.Filter {
	she := func(p *graph.Kind) *graph.Filter { return g.person(p, own, g.now) }
	any := &graph.Filter{Or: []*graph.Filter{}}
	for _, e := range k.Subjects {
		for _, to := range e.Targets {
			// Kind by kind, so that a store may start from her.
			switch {
			case to.Person:
				any.Or = append(any.Or, &graph.Filter{Some: &graph.Quantified{Edge: e.To(to), Filter: she(to)}})
			case len(to.Subjects) > 0:
				any.Or = append(any.Or, &graph.Filter{Some: &graph.Quantified{Edge: e.To(to), Filter: g.hers(to, false)}})
			}
		}
	}
	f := any
	if len(any.Or) == 1 {
		f = any.Or[0]
	}
	if all && !single(k) {
		return and(f, everybody(k, she))
	}
	return f
}

// single reports whether a node is about one person at most.
func single(k *graph.Kind) bool {
	return len(k.Subjects) == 1 && k.Subjects[0].One && !slices.ContainsFunc(k.Subjects[0].Targets, func(to *graph.Kind) bool { return aboutPersons(to) && !single(to) })
}

// aboutPersons reports whether nodes of a kind are no persons but about some, so that what is about a node is about them.
func aboutPersons(k *graph.Kind) bool { return !k.Person && len(k.Subjects) > 0 }

// about is the condition that the persons whom a node is about meet one: all of them, else some. A node that is about nobody
// meets it.
func about(k *graph.Kind, all bool, meet func(person *graph.Kind) *graph.Filter) *graph.Filter {
	if len(k.Subjects) == 0 {
		return nil
	}
	if all || single(k) {
		return everybody(k, meet)
	}
	some := somebody(k, meet)
	some.Or = append(some.Or, everybody(k, nothing))
	return some
}

// somebody is the condition that one of the persons whom a node is about meets one.
func somebody(k *graph.Kind, meet func(person *graph.Kind) *graph.Filter) *graph.Filter {
	f := &graph.Filter{Or: []*graph.Filter{}}
	for _, e := range k.Subjects {
		f.Or = append(f.Or, &graph.Filter{Some: &graph.Quantified{Edge: e, Filter: persons(e, false, meet)}})
	}
	return f
}

// everybody is the condition that all persons whom a node is about, if any, meet one.
func everybody(k *graph.Kind, meet func(person *graph.Kind) *graph.Filter) *graph.Filter {
	var every []*graph.Filter
	for _, e := range k.Subjects {
		every = append(every, &graph.Filter{Every: &graph.Quantified{Edge: e, Filter: persons(e, true, meet)}})
	}
	return and(every...)
}

// nothing is what nobody meets.
func nothing(*graph.Kind) *graph.Filter { return nobody }

// persons is a condition on what a subject's edge leads to: that it is a person who meets one, or is about one who does; or
// that it is neither a person who does not, nor about one (all).
func persons(e *graph.Edge, all bool, meet func(*graph.Kind) *graph.Filter) *graph.Filter {
	f := &graph.Filter{Or: []*graph.Filter{}}
	for _, k := range e.Targets {
		var of *graph.Filter
		switch {
		case k.Person:
			of = meet(k)
		case aboutPersons(k) && all:
			of = everybody(k, meet)
		case aboutPersons(k):
			of = somebody(k, meet)
		case !all:
			continue
		}
		if e.Union == "" {
			return of
		}
		f.Or = append(f.Or, &graph.Filter{Kind: k, Of: of})
	}
	return f
}

// leave is the condition on a node that an edge may be followed from it, and what is known of the node then.
func (g *guard) leave(e *graph.Edge, met need) (f *graph.Filter, then need, ok bool) {
	if g.Edge(e) != nil {
		return nobody, met, false
	}
	f, ok = g.permit(e.Owner, e.Category, met)
	return f, met.with(g.need(e.Category)), ok
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
	switch back := k.Reverse(e); {
	case k.Person && g.need(e.Category) == free:
		there, n = g.standing(k, g.now)
	case g.self() && e.Owner.Person && !k.Person && len(k.Subjects) == 0 && k.Existence != "" && g.Kind(k) == nil:
		return nil, n.with(own) // her own edge leads there, and nothing else tells whose it is
	case k.Person: // who permits what the edge discloses stands in lists
	case e.Owner.Person && back != nil && slices.Contains(k.Subjects, back) && met.meets(g.need(k.Existence)):
		n = free.with(g.need(k.Existence)) // it is about a person who permits it
	default:
		there, n = g.existence(k)
	}
	f, ok := g.permit(k, e.Category, n)
	if !ok || there == nobody {
		return nobody, free
	}
	return and(there, f), n.with(g.need(e.Category))
}

// walk has a walk go only to nodes that the edge may lead to, whether it ends there or goes on.
func (g *guard) walk(e *graph.Edge) *graph.Edge {
	if !e.Walks() {
		return e
	}
	there, _ := g.arriveAt(e, e.Owner, free)
	return e.Via(and(e.Through, there))
}

// list guards a list whose rows have a condition already. It gives the list that counts what is left out, if that matters.
func (g *guard) list(l *graph.List, rows *graph.Filter, met known) (rest *graph.List) {
	at := place{edge: l.Edge, kinds: kindsOf(l), met: met}
	filter := g.filter(l.Filter, at)
	l.Filter = and(rows, filter)
	for i := range l.Order {
		g.order(&l.Order[i], at)
	}
	for _, t := range l.Tallies {
		g.tally(t, at)
	}
	rest = g.count(l, rows, filter)
	for i := range l.Props {
		l.Props[i].When = and(l.Props[i].When, g.onEdge(l.Props[i].Prop, at))
	}
	for _, sel := range l.Nodes {
		g.selection(l, sel, met[sel.Kind])
	}
	return rest
}

func kindsOf(l *graph.List) []*graph.Kind {
	kinds := make([]*graph.Kind, len(l.Nodes))
	for i, sel := range l.Nodes {
		kinds[i] = sel.Kind
	}
	return kinds
}

func (g *guard) selection(l *graph.List, sel *graph.Selection, met need) {
	before := len(sel.Props)
	sel.Props = slices.DeleteFunc(sel.Props, func(r graph.Ref) bool { return !r.Prop.Hidden && g.property(r.Prop) == never })
	if len(sel.Props) < before {
		g.partial[sel] = true
	}
	depends := wantsState(sel)
	defer g.asksErased(sel, depends)
	for i := range sel.Props {
		r := &sel.Props[i]
		if r.Prop.Hidden {
			continue
		}
		if cond := g.onKind(sel.Kind, r.Prop, met); cond != nil {
			r.When, depends = and(r.When, cond), true
		}
	}
	var kept []*graph.List
	for _, b := range sel.Lists {
		if b.Edge.Strands != nil && g.Edge(b.Edge) == nil && g.single(b.Edge) == nil {
			g.timeline(b, met)
			depends, kept = true, append(kept, b)
			continue
		}
		leave, then, ok := g.leave(b.Edge, met)
		if !ok || g.single(b.Edge) != nil {
			g.partial[sel] = true
			continue
		}
		b.When, b.Edge = and(b.When, leave), g.walk(b.Edge)
		depends = depends || leave != nil
		rows, known := g.arrive(b.Edge, kindsOf(b), then)
		kept = append(kept, b)
		if rest := g.list(b, rows, known); rest != nil {
			kept = append(kept, rest)
		}
	}
	sel.Lists = kept
	if depends {
		g.partial[sel] = true
		g.state(sel)
	}
	g.subjects(l, sel, met)
}
