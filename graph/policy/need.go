package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A Viewer is for whom a fetch is guarded: a purpose, under a policy.
type Viewer struct {
	Policy  *Policy
	Purpose graph.Purpose
	Subject string // under SELF, the id of the person who asks
}

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

// need is what the viewer's purpose needs for a category.
func (v *Viewer) need(c graph.Category) need {
	switch basis := v.Policy.Basis(c, v.Purpose); {
	case basis == Deny:
		return never
	case basis == Open, c == graph.CategoryWorkforce: // employees have a contract, and no standing is kept of them
		return free
	case basis == Legal && (c == graph.CategoryConsent || !v.restricts()):
		return free
	default:
		return needs[basis]
	}
}

// needs are what the bases need that not everybody meets.
var needs = map[Basis]need{Legal: unrestricted, Contract: contract, Interest: interest, ContractOrInterest: either, Consent: consent, Own: own}

// Everybody reports whether the purpose may see data of a category of everybody, whatever persons say.
func (v *Viewer) Everybody(c graph.Category) bool { return v.need(c) == free }

// property is what the purpose needs for a property.
func (v *Viewer) property(p *graph.Property) need {
	if _, denied := v.denies(p); denied || p.Excludes(v.Purpose) || v.self() && p.Internal {
		return never
	}
	return v.need(p.Category)
}

// denies gives the category by which the purpose denies a property, if it does.
func (v *Viewer) denies(p *graph.Property) (graph.Category, bool) {
	for _, c := range append([]graph.Category{p.Category}, p.Also...) {
		if v.need(c) == never {
			return c, true
		}
	}
	return p.Category, false
}

// restricts reports whether a restriction of processing holds for the purpose.
func (v *Viewer) restricts() bool { return v.Purpose != graph.Compliance && !v.self() }

// self reports whether a person asks for what is her own.
func (v *Viewer) self() bool { return v.Purpose == graph.Self }

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

// person is the condition on a person that meets a need.
func (v *Viewer) person(k *graph.Kind, n need, now int64) *graph.Filter {
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
		f = absent(graph.ObjectedAt(v.Purpose))
	case either:
		f = &graph.Filter{Or: []*graph.Filter{party, absent(graph.ObjectedAt(v.Purpose))}}
	case own:
		f = &graph.Filter{Test: &graph.Test{ID: true, Op: graph.Eq, Value: v.Subject}}
	case consent:
		f = &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: k.Property(graph.ConsentUntil(v.Purpose))}, Op: graph.Gt, Value: now}}
	}
	if v.restricts() {
		return and(f, absent(graph.RestrictedAt))
	}
	return f
}

// nobody is true of nothing.
var nobody = &graph.Filter{Or: []*graph.Filter{}}

// and is true where all are; nil is true.
func and(fs ...*graph.Filter) *graph.Filter {
	kept := slices.DeleteFunc(slices.Clone(fs), func(f *graph.Filter) bool { return f == nil })
	switch len(kept) {
	case 0:
		return nil
	case 1:
		return kept[0]
	}
	return &graph.Filter{And: kept}
}

// standing is a condition under which a person stands in lists: that something of her may be seen. The needs that are met
// then come with it.
func (v *Viewer) standing(k *graph.Kind, now int64) (*graph.Filter, need) {
	var weakest []need
	for _, c := range categories(k) {
		if !tells(c) {
			continue
		}
		switch n := v.need(c); {
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
		return v.person(k, weakest[0], now), free.with(weakest[0])
	}
	any := &graph.Filter{Or: []*graph.Filter{}}
	for _, n := range weakest {
		any.Or = append(any.Or, v.person(k, n, now))
	}
	return any, unrestricted
}

// tells reports whether data of a category tells of the person herself, so that she stands in lists where it may be seen.
func tells(c graph.Category) bool {
	return c != graph.CategoryCompany && c != graph.CategoryConsent && c != graph.CategoryWorkforce
}

// categories are those of a kind's fields.
func categories(k *graph.Kind) []graph.Category {
	var out []graph.Category
	add := func(c graph.Category) {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for _, p := range k.Shown() {
		add(p.Category)
	}
	for _, e := range k.Edges {
		add(e.Category)
	}
	for _, c := range k.Computed {
		add(c.Category)
	}
	return out
}
