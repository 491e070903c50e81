package policy

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// asked is what a list asks of persons by its filter, its order and what it adds up, as far as the purpose permits it. It follows from
// the list and the purpose, and from nothing that is stored. The guard finds it before it rewrites the list.
type asked struct {
	*guard
	root    bool
	in      int      // below which root
	path    []string // from there, by names
	about   bool     // the list's nodes are persons, or about some, or something of persons leads to them
	named   bool     // and these are persons whom the root names
	subject bool     // it leads from a node to those whom that is about
	beyond  bool     // conditions lead to persons from what is about nobody
	set     set      // which kinds of data conditions, orders and sums ask of persons
	who     []string // persons whom conditions name by their ids
	terms   definition
}

// asksRoot finds what a root asks.
func (g *guard) asksRoot(l *graph.List) *asked {
	k := l.Nodes[0].Kind
	a := &asked{guard: g, root: true, in: len(g.inquiry.roots), path: []string{k.Plural}}
	a.about = slices.ContainsFunc(l.Nodes, func(sel *graph.Selection) bool { return sel.Kind.OfPersons() })
	switch {
	case l.Search != nil:
		a.path[0] = "search"
	case l.Identified():
		a.path[0], a.named = strings.ToLower(k.Name[:1])+k.Name[1:], k.Person
	}
	a.list(l)
	return a
}

// asks finds what a list asks that is below a node.
func (above *asked) asks(l *graph.List, from *graph.Kind) *asked {
	a := &asked{guard: above.guard, in: above.in, path: append(slices.Clip(above.path), l.Edge.Name)}
	leads := l.Edge.ToPersons()
	a.about = leads || above.about && from.OfPersons()
	a.named = above.named && (!leads || ofOwner(l))
	a.subject = above.about && slices.ContainsFunc(from.Ways, func(w graph.Way) bool {
		return len(w.Hops) > 0 && w.Hops[0].Edge.Rel == l.Edge.Rel && w.Hops[0].Edge.Out == l.Edge.Out
	})
	a.list(l)
	return a
}

// ofOwner reports whether all that a list leads to is about the person that it comes from.
func ofOwner(l *graph.List) bool {
	return !slices.ContainsFunc(l.Nodes, func(sel *graph.Selection) bool { return !backTo(l.Edge, sel.Kind) })
}

// list takes in what a list says of the nodes that it means.
func (a *asked) list(l *graph.List) {
	if l.Search != nil {
		for i, sel := range l.Nodes {
			a.terms.say([]string{" in ", ","}[min(i, 1)] + sel.Kind.Prefix)
		}
		a.terms.say(" for ")
		a.terms.value(l.Search.Text)
		for _, r := range l.Search.In {
			if slices.ContainsFunc(l.Nodes, func(sel *graph.Selection) bool { return sel.Kind.Name == r.Prop.Owner && sel.Kind.OfPersons() }) {
				a.set |= a.shown(r.Prop)
			}
		}
	}
	if l.Filter != nil {
		a.terms.say("(")
		a.filter(l.Filter, a.about)
		a.terms.say(")")
	}
	for i := range l.Order {
		a.order(&l.Order[i])
	}
	for _, t := range l.Tallies {
		a.tally(t)
	}
}

func (a *asked) filter(f *graph.Filter, about bool) {
	each := func(fs []*graph.Filter, between string) {
		a.terms.say("(")
		for i, g := range fs {
			if i > 0 {
				a.terms.say(between)
			}
			a.filter(g, about)
		}
		a.terms.say(")")
	}
	switch {
	case f == nil:
		a.terms.say("true")
	case f.And != nil:
		each(f.And, " and ")
	case f.Or != nil:
		each(f.Or, " or ")
	case f.Not != nil:
		a.terms.say("not ")
		a.filter(f.Not, about)
	case f.Fails != nil:
		a.terms.say("not so that ")
		a.filter(f.Fails, about)
	case f.Test != nil:
		a.test(f.Test, about)
	case f.Some != nil:
		a.quantified("some ", f.Some, about)
	case f.Every != nil:
		a.quantified("every ", f.Every, about)
	case f.Total != nil:
		a.total(f.Total, about)
	case f.Kind != nil:
		a.terms.say(f.Kind.Name + " ")
		a.filter(f.Of, about)
	default:
		a.terms.say("true")
	}
}

func (a *asked) quantified(how string, q *graph.Quantified, about bool) {
	a.terms.say(how)
	about = a.along(q.Edge, about)
	a.terms.say("(")
	a.filter(q.Filter, about)
	a.terms.say(")")
}

// along takes in that an edge is followed, and says whether what is asked behind it is asked of persons.
func (a *asked) along(e *graph.Edge, about bool) bool {
	if a.terms.say(e.Name); e.Member() {
		a.terms.say(":" + e.Target().Name)
	}
	if e.ToPersons() {
		a.beyond = a.beyond || !about
		about = true
	}
	if about {
		a.set |= a.led(e)
	}
	return about
}

// property takes in that a property is asked about.
func (a *asked) property(p *graph.Property, about bool) {
	a.terms.say(p.Field())
	if about {
		a.set |= a.shown(p)
	}
}

// operators name the comparisons, as filters of the schema do.
var operators = map[graph.Op]string{
	graph.Eq: "eq", graph.In: "in", graph.Lt: "lt", graph.Lte: "lte", graph.Gt: "gt", graph.Gte: "gte", graph.StartsWith: "startsWith",
	graph.Contains: "contains", graph.Includes: "includes", graph.Tells: "tells", graph.IsNull: "isNull",
}

func (a *asked) test(t *graph.Test, about bool) {
	if t.OnEdge {
		a.terms.say("edge.")
	}
	if t.ID {
		a.terms.say("id")
	} else {
		a.property(t.Ref.Prop, about)
	}
	if t.By != "" {
		a.terms.say(" by " + t.By)
		return
	}
	if t.With != nil {
		a.terms.say(" " + operators[t.Op] + " ")
		a.property(t.With.Prop, about)
		return
	}
	for _, v := range a.compares(t.Op, t.Value) {
		if id, is := v.(string); is && t.ID && about {
			a.names(id)
		}
	}
}

// names takes in that a condition names a person.
func (a *asked) names(id string) {
	if k := a.catalog.KindOf(id); k != nil && k.Person && !slices.Contains(a.who, id) {
		a.who = append(a.who, id)
	}
}

func (a *asked) order(o *graph.Order) {
	about := a.about
	a.terms.say(" by ")
	for _, e := range o.Path {
		about = a.along(e, about)
		a.terms.say(".")
	}
	over, by := o.Over()
	if over == nil {
		a.property(o.Prop.Prop, about)
		return
	}
	a.terms.say(folds[by])
	a.over(over, about)
}

// folds name what a set of edges comes to; of old a count and a sum were named by what they are of.
var folds = map[graph.Adding]string{graph.ByLatest: "latest ", graph.ByEarliest: "earliest "}

// total takes in that what a set of edges comes to is compared with values.
func (a *asked) total(t *graph.Total, about bool) {
	if t.Not {
		a.terms.say("not ")
	}
	switch t.By {
	case graph.ByCount:
		a.terms.say("count ")
	case graph.BySum:
		a.terms.say("sum ")
	default:
		a.terms.say(folds[t.By])
	}
	a.over(t.Over, about)
	a.compares(t.Op, t.Value)
	if t.Currency != "" {
		a.terms.say(" " + t.Currency)
	}
}

// compares takes in a comparison with values, and gives these.
func (a *asked) compares(op graph.Op, value any) []any {
	a.terms.say(" " + operators[op])
	values, several := value.([]any)
	if !several && op != graph.IsNull {
		values = []any{value}
	}
	for _, v := range values {
		a.terms.say(" ")
		a.terms.value(v)
	}
	return values
}

// over takes in that a set of edges is counted, or added up over.
func (a *asked) over(o *graph.Over, about bool) bool {
	about = a.along(o.Edge, about)
	if o.Filter != nil {
		a.terms.say("(")
		a.filter(o.Filter, about)
		a.terms.say(")")
	}
	if o.Prop != nil {
		a.terms.say(".")
		a.property(o.Prop.Prop, about)
	}
	return about
}

func (a *asked) groupKey(k *graph.GroupKey, about bool) {
	if k.Cut != graph.NoCut {
		a.terms.say(k.Cut.String() + " of ")
	}
	for i, e := range k.Path {
		if i > 0 {
			a.terms.say(".")
		}
		about = a.along(e, about)
	}
	if k.Ref.Prop != nil {
		if len(k.Path) > 0 {
			a.terms.say(".")
		}
		a.property(k.Ref.Prop, about)
	}
	if k.Until != nil {
		a.terms.say(" until ")
		a.property(k.Until.Prop, about)
	}
	for i, b := range k.Bounds {
		a.terms.say([]string{" from ", " "}[min(i, 1)])
		a.terms.value(b)
	}
	if in := string(k.Zone) + k.Currency; in != "" {
		a.terms.say(" in " + in)
	}
}

func (a *asked) tally(t *graph.Tally) {
	about := a.about
	a.terms.say(" count")
	if t.Distinct {
		a.terms.say(" different")
	}
	for i, k := range t.By {
		a.terms.say([]string{" by ", ","}[min(i, 1)])
		a.groupKey(&k, about)
	}
	if t.Over != nil {
		a.terms.say(" over ")
		about = a.over(t.Over, about)
	}
	for i, m := range t.Measures {
		a.terms.say(" ")
		if t.Order != nil && t.Order.By.OfMeasure() && t.Order.Measure == i {
			a.terms.say("ordered by " + t.Order.By.String() + " of ")
		}
		a.property(m.Ref.Prop, about)
		if m.Until != nil {
			a.terms.say(" until ")
			a.property(m.Until.Prop, about)
		}
	}
}
