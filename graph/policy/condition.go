package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// permit is the condition on a node under which data of a category may be seen. Not ok: the purpose denies it.
func (l *Lens) permit(k *graph.Kind, c graph.Category, met need) (f *graph.Filter, ok bool) {
	return l.permitNeed(k, l.need(c), c == graph.CategoryContent, met)
}

func (l *Lens) permitNeed(k *graph.Kind, n need, all bool, met need) (*graph.Filter, bool) {
	all = all && len(k.Subjects) > 0
	switch {
	case n == never:
		return nobody, false
	case met.meets(n) && (!all || single(k)):
		return nil, true
	}
	return l.conds[condition{k, n, all}], true
}

// condition is that of a node under which data that needs something may be seen; nil: none.
func (l *Lens) condition(k *graph.Kind, n need, all bool) *graph.Filter {
	switch {
	case n == never:
		return nobody
	case n == free:
		return nil
	case k.Person:
		return l.person(k, n)
	case n == own && !k.OfPersons() && k.Existence == "": // it is about nobody, and seen for what leads there
		return nil
	case n == own:
		return l.hers(k, all)
	}
	return about(k, all, func(p *graph.Kind) *graph.Filter { return l.person(p, n) })
}

// person is the condition on a person that meets a need.
func (l *Lens) person(k *graph.Kind, n need) *graph.Filter {
	absent := func(name string) *graph.Filter {
		return &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: k.Property(name)}, Op: graph.IsNull}}
	}
	party := &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: k.Property(graph.Party)}, Op: graph.Eq, Value: true}}
	var f *graph.Filter
	switch n {
	case free:
		return nil
	case never:
		return nobody
	case contract:
		f = party
	case interest:
		f = absent(graph.ObjectedAt(l.Purpose))
	case either:
		f = &graph.Filter{Or: []*graph.Filter{party, absent(graph.ObjectedAt(l.Purpose))}}
	case own:
		f = &graph.Filter{Test: &graph.Test{ID: true, Op: graph.Eq, Value: graph.GivenAsker}}
	case consent:
		f = &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: k.Property(graph.ConsentUntil(l.Purpose))}, Op: graph.Gt, Value: graph.GivenNow}}
	}
	if l.restricts() {
		return and(f, absent(graph.RestrictedAt))
	}
	return f
}

// inLists is a condition under which a person stands in lists: that something of her may be seen. The needs that are met then
// come with it.
func (l *Lens) inLists(k *graph.Kind) (*graph.Filter, need) {
	var weakest []need
	for _, c := range categories(k) {
		if !tells(c) {
			continue
		}
		switch n := l.need(c); {
		case n == free:
			return nil, free
		case n != never && !slices.Contains(weakest, n):
			weakest = append(weakest, n)
		}
	}
	// What follows from another need on the list adds nobody.
	all := slices.Clone(weakest)
	weakest = slices.DeleteFunc(weakest, func(n need) bool {
		return slices.ContainsFunc(all, func(o need) bool { return o != n && free.with(n).meets(o) })
	})
	switch len(weakest) {
	case 0:
		return nobody, free
	case 1:
		return l.conds[condition{k, weakest[0], false}], free.with(weakest[0])
	}
	any := &graph.Filter{Or: []*graph.Filter{}}
	for _, n := range weakest {
		any.Or = append(any.Or, l.person(k, n))
	}
	return any, unrestricted
}

// nobody is true of nothing.
var nobody = &graph.Filter{Or: []*graph.Filter{}}

// and is true where all are; nil is true.
func and(fs ...*graph.Filter) *graph.Filter {
	var only *graph.Filter
	n := 0
	for _, f := range fs {
		if f != nil {
			only = f
			n++
		}
	}
	if n < 2 {
		return only
	}
	all := make([]*graph.Filter, 0, n)
	for _, f := range fs {
		if f != nil {
			all = append(all, f)
		}
	}
	return &graph.Filter{And: all}
}

// hers is the condition that a node is about the person who asks, and about nobody else (all). What is about nobody is not hers.
func (l *Lens) hers(k *graph.Kind, all bool) *graph.Filter {
	she := func(p *graph.Kind) *graph.Filter { return l.person(p, own) }
	any := &graph.Filter{Or: []*graph.Filter{}}
	for _, e := range k.Subjects {
		for _, to := range e.Targets {
			// Kind by kind, so that a store may start from her.
			switch {
			case to.Person:
				any.Or = append(any.Or, &graph.Filter{Some: &graph.Quantified{Edge: e.To(to), Filter: she(to)}})
			case len(to.Subjects) > 0:
				any.Or = append(any.Or, &graph.Filter{Some: &graph.Quantified{Edge: e.To(to), Filter: l.hers(to, false)}})
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
