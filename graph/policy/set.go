package policy

import (
	"math/bits"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A set is one of categories of personal data: a bit for each of Categories. COMPANY is in none.
type set uint16

func setOf(cs ...graph.Category) (s set) {
	for _, c := range cs {
		if i := slices.Index(Categories, c); i > 0 { // COMPANY is the first
			s |= 1 << i
		}
	}
	return s
}

// list are the categories, in the order of Categories.
func (s set) list() []graph.Category {
	out := make([]graph.Category, 0, bits.OnesCount16(uint16(s)))
	for i, c := range Categories {
		if s&(1<<i) != 0 {
			out = append(out, c)
		}
	}
	return out
}

// permitted are those of categories that the purpose does not deny.
func (l *Lens) permitted(cs ...graph.Category) (s set) {
	for _, c := range cs {
		if c != "" && l.need(c) != never {
			s |= setOf(c)
		}
	}
	return s
}

// shown are the categories of a property that the purpose is not denied.
func (l *Lens) shown(p *graph.Property) set {
	if rule := l.property(p); rule.need != never {
		return setOf(rule.categories...)
	}
	return 0
}
