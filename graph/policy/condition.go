package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// permit is the condition on a node under which data of a category may be seen. Not ok: the purpose denies it.
func (l *Lens) permit(k *graph.Kind, c graph.Category, met need) (f *graph.Filter, ok bool) {
	return l.permitNeed(k, l.need(c), c == graph.CategoryContent, met)
}

// permitAll is the condition on a node under which data of several categories may be seen together, and what is known of it then. Not ok: the
// purpose denies one.
func (l *Lens) permitAll(k *graph.Kind, cs []graph.Category, met need) (f *graph.Filter, then need, ok bool) {
	for _, c := range cs {
		g, permitted := l.permit(k, c, met)
		if !permitted {
			return nobody, met, false
		}
		f, met = and(f, g), met.with(l.need(c))
	}
	return f, met, true
}

func (l *Lens) permitNeed(k *graph.Kind, n need, all bool, met need) (*graph.Filter, bool) {
	all = all && several(k)
	switch {
	case n == never:
		return nobody, false
	case met.meets(n) && !all:
		return nil, true
	}
	return l.conds[condition{k, n, all}], true
}

// condition is that of a node under which data that needs something may be seen; nil: none. What is about nobody is nobody's own,
// and meets every other need.
func (l *Lens) condition(k *graph.Kind, n need, all bool) *graph.Filter {
	meet := func(person *graph.Kind) *graph.Filter { return l.person(person, n) }
	switch {
	case n == never:
		return nobody
	case n == free, !k.OfPersons() && (n != own || k.Existence == ""): // seen for what leads there
		return nil
	case n == own && all:
		return and(somebody(k, meet), everybody(k, meet))
	case n == own:
		return somebody(k, meet)
	case all || !several(k):
		return everybody(k, meet)
	}
	return or(somebody(k, meet), everybody(k, nothing))
}

// person is the condition on a person that meets a need.
func (l *Lens) person(k *graph.Kind, n need) *graph.Filter {
	absent := func(name string) *graph.Filter { return test(k.Property(name), graph.IsNull, nil) }
	asker := func() *graph.Filter {
		return &graph.Filter{Test: &graph.Test{ID: true, Op: graph.Eq, Value: graph.GivenAsker}}
	}
	party := test(k.Property(graph.Party), graph.Eq, true)
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
		f = asker()
	case consent:
		f = test(k.Property(graph.ConsentUntil(l.Purpose)), graph.Gt, graph.GivenNow)
	}
	if l.restricts() {
		f = and(f, absent(graph.RestrictedAt))
	}
	if l.lacked&n != 0 {
		return and(f, &graph.Filter{Not: asker()})
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
	var any []*graph.Filter
	for _, n := range weakest {
		any = append(any, l.conds[condition{k, n, false}])
	}
	switch len(weakest) {
	case 0:
		return nobody, free
	case 1:
		return any[0], free.with(weakest[0])
	}
	return or(any...), unrestricted
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
	return &graph.Filter{And: slices.DeleteFunc(slices.Clone(fs), func(f *graph.Filter) bool { return f == nil })}
}

// or is true where one is; nothing is where there are none.
func or(fs ...*graph.Filter) *graph.Filter {
	if len(fs) == 1 {
		return fs[0]
	}
	return &graph.Filter{Or: append([]*graph.Filter{}, fs...)}
}

// several reports whether a node may be about several persons.
func several(k *graph.Kind) bool { return len(k.Ways) > 1 || len(k.Ways) == 1 && !k.Ways[0].Single() }

// somebody is the condition that one of the persons whom a node is about meets one: way by way, so that a store may start from her.
func somebody(k *graph.Kind, meet func(person *graph.Kind) *graph.Filter) *graph.Filter {
	return or(each(k, graph.Way.Some, meet)...)
}

// everybody is the condition that all persons whom a node is about, if any, meet one.
func everybody(k *graph.Kind, meet func(person *graph.Kind) *graph.Filter) *graph.Filter {
	return and(each(k, graph.Way.Every, meet)...)
}

func each(k *graph.Kind, by func(graph.Way, *graph.Filter) *graph.Filter, meet func(person *graph.Kind) *graph.Filter) (out []*graph.Filter) {
	for _, w := range k.Ways {
		out = append(out, by(w, meet(w.Person)))
	}
	return out
}

// nothing is what nobody meets.
func nothing(*graph.Kind) *graph.Filter { return nobody }

// need is what must be true of a person for data of a category to be seen; as a set, what is known to be.
type need uint8

const (
	unrestricted need = 1 << iota
	contract
	interest
	either
	consent
	own
	never
	free need = 0
)

// need is what the purpose needs for a category.
func (l *Lens) need(c graph.Category) need { return l.needs[c] }

func (l *Lens) needed(c graph.Category) need {
	switch basis := l.Policy.Basis(c, l.Purpose); {
	case basis == Deny, basis == "": // of no purpose at all
		return never
	case basis == Open, c == graph.CategoryWorkforce: // employees have a contract, and no standing is kept of them
		return free
	case basis == Legal && (c == graph.CategoryConsent || !l.restricts()):
		return free
	default:
		return needs[basis]
	}
}

// needs are what the bases need that not everybody meets.
var needs = map[Basis]need{Legal: unrestricted, Contract: contract, Interest: interest, ContractOrInterest: either, Consent: consent, Own: own}

// with are the needs that are known to be met once n is.
func (known need) with(n need) need {
	switch n {
	case contract, interest:
		return known | n | either | unrestricted
	case either, consent, own:
		return known | n | unrestricted
	}
	return known | n
}

// meets reports whether n follows from what is known.
func (known need) meets(n need) bool { return n == free || known&n != 0 }

// tells reports whether data of a category tells of the person herself, so that she stands in lists where it may be seen.
func tells(c graph.Category) bool {
	return c != graph.CategoryCompany && c != graph.CategoryConsent && c != graph.CategoryWorkforce
}

// categories are those of a kind's fields.
func categories(k *graph.Kind) []graph.Category {
	var out []graph.Category
	for _, p := range k.Shown() {
		graph.AddOnce(&out, p.Category)
	}
	for _, e := range k.Edges {
		graph.AddOnce(&out, e.Categories()...)
	}
	for _, c := range k.Computed {
		graph.AddOnce(&out, c.Category)
	}
	return out
}
