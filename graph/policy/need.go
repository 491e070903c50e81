package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

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
	add := func(c graph.Category) {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	for _, p := range k.Shown() {
		add(p.Category)
	}
	for _, e := range k.Edges {
		for _, c := range e.Categories() {
			add(c)
		}
	}
	for _, c := range k.Computed {
		add(c.Category)
	}
	return out
}
