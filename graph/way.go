package graph

import (
	"fmt"
	"slices"
)

// A Way is how nodes of a kind are about a person. Here alone stands whom a node is about: whether it is there for a purpose, whom
// its disclosure is told, how many persons stand behind it, what is exported, erased and kept with her, all follow from the ways.
type Way struct {
	Of     *Kind
	Hops   []Hop // from the node to her; what they come by is about her, too. None: the node is she
	Person *Kind
}

// RoleProperty says how somebody takes part in something, and RoleSubject that it is about her by what it belongs to: see Kind.Inherits.
const (
	RoleProperty = "role"
	RoleSubject  = "SUBJECT"
)

// Some is the condition on a node that one of those whom it is about by this way meets one.
func (w Way) Some(meet *Filter) *Filter {
	for _, h := range slices.Backward(w.Hops) {
		meet = &Filter{Some: &Quantified{Edge: h.Edge.To(h.To), Filter: meet}}
	}
	return meet
}

// Every is the condition on a node that all whom it is about by this way, if any, meet one.
func (w Way) Every(meet *Filter) *Filter {
	for _, h := range slices.Backward(w.Hops) {
		meet = &Filter{Every: &Quantified{Edge: h.Edge.To(h.To), Filter: meet}}
	}
	return meet
}

// Single reports whether the way leads to one person at most.
func (w Way) Single() bool {
	return !slices.ContainsFunc(w.Hops, func(h Hop) bool { return !h.Edge.One })
}

// FindWays works out the ways of all kinds from their subjects, as the last step of building the catalog. Each can be gone back.
func (c *Catalog) FindWays() (errs []error) {
	fail := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	for _, k := range c.Kinds {
		circle := false
		if k.Ways, circle = k.ways(nil); circle {
			fail("%s: its subjects lead in a circle", k)
		}
		for _, e := range k.Subjects {
			if !circle && !slices.ContainsFunc(k.Ways, func(w Way) bool { return len(w.Hops) > 0 && w.Hops[0].Edge == e }) {
				fail("%s: the subject %q leads to no person", k, e.Name)
			}
		}
		for _, e := range k.Inherits {
			for _, to := range e.Targets {
				if slices.ContainsFunc(to.Subjects, func(s *Edge) bool {
					return slices.ContainsFunc(s.Targets, func(p *Kind) bool { return !p.Person && p.OfPersons() })
				}) {
					fail("%s: it inherits subjects of %s, which is about persons by others: only those are inherited to whom it leads itself", k, to)
				}
			}
		}
		for _, w := range k.Ways {
			if len(w.Hops) > 0 && w.Hops[0].To.Reverse(w.Hops[0].Edge) == nil {
				fail("%s: the subject %q leads to %s, of which no edge leads back along %s", k, w.Hops[0].Edge.Name, w.Hops[0].To, w.Hops[0].Edge.Rel.Type)
			}
		}
		c.Ways = append(c.Ways, k.Ways...)
	}
	slices.SortStableFunc(c.Ways, func(a, b Way) int { return len(a.Hops) - len(b.Hops) })
	return errs
}

func (k *Kind) ways(through []*Kind) (out []Way, circle bool) {
	switch {
	case k.Person:
		return []Way{{Of: k, Person: k}}, false
	case slices.Contains(through, k):
		return nil, true
	}
	for _, e := range k.Subjects {
		for _, to := range e.Targets {
			rest, again := to.ways(append(slices.Clip(through), k))
			for _, w := range rest {
				out = append(out, Way{k, append([]Hop{{Edge: e, To: to}}, w.Hops...), w.Person})
			}
			circle = circle || again
		}
	}
	return out, circle
}

// OfPersons reports whether nodes of the kind are persons, or about some.
func (k *Kind) OfPersons() bool { return len(k.Ways) > 0 }

// ToPersons reports whether the edge may lead to persons, or to what is about some. What is about one at most, and that is the one the
// edge comes from, is about nobody else: the orders of a company are nobody's.
func (e *Edge) ToPersons() bool {
	return slices.ContainsFunc(e.Targets, func(k *Kind) bool {
		taken := !e.Owner.OfPersons() && !slices.ContainsFunc(k.Ways, func(w Way) bool {
			return len(w.Hops) == 0 || !w.Hops[0].Edge.Single() || w.Hops[0].Edge.Rel != e.Rel || w.Hops[0].Edge.Out == e.Out
		})
		return k.OfPersons() && !taken
	})
}

// About reports whether nodes of the kind are about the node that an edge comes to them from: it is a person, or about some.
func (k *Kind) About(e *Edge) bool {
	return slices.ContainsFunc(k.Ways, func(w Way) bool {
		return len(w.Hops) > 0 && w.Hops[0].To == e.Owner && w.Hops[0].Edge.Rel == e.Rel && w.Hops[0].Edge.Out != e.Out
	})
}

// To is the edge as far as it leads to one kind of its targets.
func (e *Edge) To(k *Kind) *Edge {
	if e.Union == "" {
		return e
	}
	as := *e
	as.Union, as.Targets = "", []*Kind{k}
	return &as
}

// Member reports whether it is a part of an edge to several kinds, as far as that leads to one of them.
func (e *Edge) Member() bool {
	of := e.Owner.Edge(e.Name)
	return of != nil && of.Union != e.Union
}
