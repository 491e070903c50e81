package graph

import "slices"

// Normal is the same filter in a plain shape: Not stands only around a Test, or around a Kind without Of; conjunctions and
// disjunctions are flat, have two parts at least, and no constants among them. A filter that is true of everything is nil,
// one that is false of everything has an empty Or.
//
// A store that asks "is it true of this node?" of a normal filter may take unknown for false everywhere, since nothing in it
// turns the one into the other: all it needs are the rules
//
//	Some:  there is a row that Filter is true of
//	Every: there is no row that Filter is not true of
//	Not:   the test is false, which a missing or a withheld value is not
//	Fails: its filter, which is normal, is not true
func (f *Filter) Normal() *Filter { return f.normal(false) }

var never = &Filter{Or: []*Filter{}}

// never reports whether a normal filter is false of everything.
func (f *Filter) never() bool { return f != nil && f.Or != nil && len(f.Or) == 0 }

func always(yes bool) *Filter {
	if yes {
		return nil
	}
	return never
}

// normal is the normal shape of f, or with neg of its negation. In three-valued logic, too, not some is every not, and not
// every is some not.
func (f *Filter) normal(neg bool) *Filter {
	switch {
	case f == nil:
		return always(!neg)
	case f.Not != nil:
		return f.Not.normal(!neg)
	case f.And != nil:
		return junction(f.And, neg, neg)
	case f.Or != nil:
		return junction(f.Or, !neg, neg)
	case f.Test != nil && neg:
		return &Filter{Not: &Filter{Test: f.Test}}
	case f.Test != nil:
		return f
	case f.Some != nil:
		return quantified(f.Some, neg, neg)
	case f.Every != nil:
		return quantified(f.Every, !neg, neg)
	case f.Total != nil && neg:
		return &Filter{Total: f.Total.negated()}
	case f.Total != nil:
		return f
	case f.Kind != nil:
		return ofKind(f, neg)
	case f.Fails != nil:
		return fails(f.Fails.normal(false), neg)
	}
	return always(!neg)
}

func fails(f *Filter, neg bool) *Filter {
	switch {
	case neg: // it is true that f is true
		return f
	case f == nil:
		return never
	case f.never():
		return nil
	}
	return &Filter{Fails: f}
}

// Failing is true of exactly the nodes that a normal filter is not true of: Fails, moved one step inwards. A store to which a
// condition around another one is dear (Neo4j plans it twice) takes these steps until nothing dear is left below Fails.
//
// As in a normal shape, unknown counts as false.
func (f *Filter) Failing() *Filter {
	switch {
	case f == nil:
		return never
	case f.And != nil:
		return &Filter{Or: failing(f.And)}
	case f.Or != nil:
		return &Filter{And: failing(f.Or)}
	case f.Some != nil:
		return &Filter{Every: &Quantified{Edge: f.Some.Edge, Filter: fails(f.Some.Filter, false)}}
	case f.Every != nil:
		return &Filter{Some: &Quantified{Edge: f.Every.Edge, Filter: fails(f.Every.Filter, false)}}
	case f.Total != nil:
		return f.Total.failing()
	case f.Kind != nil:
		is := &Filter{Kind: f.Kind}
		if f.Of == nil {
			return &Filter{Not: is}
		}
		return &Filter{Or: []*Filter{{Not: is}, {Kind: f.Kind, Of: fails(f.Of, false)}}}
	case f.Not != nil && f.Not.Kind != nil:
		return f.Not
	case f.Fails != nil:
		return f.Fails
	}
	return &Filter{Fails: f}
}

func failing(fs []*Filter) []*Filter {
	return Map(fs, func(f *Filter) *Filter { return fails(f, false) })
}

func junction(fs []*Filter, or, neg bool) *Filter {
	parts := make([]*Filter, 0, len(fs))
	for _, f := range fs {
		switch n := f.normal(neg); {
		case n == nil && or:
			return nil
		case n.never() && !or:
			return never
		case n == nil, n.never():
		case or && n.Or != nil:
			parts = append(parts, n.Or...)
		case !or && n.And != nil:
			parts = append(parts, n.And...)
		default:
			parts = append(parts, n)
		}
	}
	switch {
	case len(parts) == 0:
		return always(!or)
	case len(parts) == 1:
		return parts[0]
	case or:
		return &Filter{Or: parts}
	}
	return &Filter{And: parts}
}

func quantified(q *Quantified, every, neg bool) *Filter {
	below := q.Filter.normal(neg)
	switch {
	case every && below == nil:
		return nil
	case every:
		return &Filter{Every: &Quantified{Edge: q.Edge, Filter: below}}
	case below.never():
		return never
	}
	return &Filter{Some: &Quantified{Edge: q.Edge, Filter: below}}
}

// ofKind keeps Of within its kind, where alone its properties are.
func ofKind(f *Filter, neg bool) *Filter {
	of, is := f.Of.normal(neg), &Filter{Kind: f.Kind}
	switch {
	case neg && of == nil:
		return nil
	case neg && of.never():
		return &Filter{Not: is}
	case neg:
		return &Filter{Or: []*Filter{{Not: is}, {Kind: f.Kind, Of: of}}}
	case of.never():
		return never
	}
	return &Filter{Kind: f.Kind, Of: of}
}

// Conjuncts are the parts that a normal filter demands together.
func (f *Filter) Conjuncts() []*Filter {
	switch {
	case f == nil:
		return nil
	case f.And != nil:
		return f.And
	}
	return []*Filter{f}
}

// Among is what a normal filter says of a node that is of one of these kinds: without what that decides. It is normal, too.
func (f *Filter) Among(kinds []*Kind) *Filter {
	if !f.decided(kinds) {
		return f
	}
	return f.among(kinds).Normal()
}

// decided reports whether the kinds that a node may have decide a part of a normal filter.
func (f *Filter) decided(kinds []*Kind) bool {
	part := func(g *Filter) bool { return g.decided(kinds) }
	switch {
	case f == nil:
		return false
	case f.Kind != nil:
		return len(kinds) == 1 || !slices.Contains(kinds, f.Kind) || f.Of.decided([]*Kind{f.Kind})
	case f.Not != nil && f.Not.Kind != nil:
		return len(kinds) == 1 || !slices.Contains(kinds, f.Not.Kind)
	case f.Fails != nil:
		return f.Fails.decided(kinds)
	}
	return slices.ContainsFunc(f.And, part) || slices.ContainsFunc(f.Or, part)
}

func (f *Filter) among(kinds []*Kind) *Filter {
	parts := func(fs []*Filter) []*Filter {
		return Map(fs, func(g *Filter) *Filter { return g.among(kinds) })
	}
	switch {
	case f == nil:
		return nil
	case f.And != nil:
		return &Filter{And: parts(f.And)}
	case f.Or != nil:
		return &Filter{Or: parts(f.Or)}
	case f.Fails != nil:
		return fails(f.Fails.among(kinds).Normal(), false)
	case f.Not != nil && f.Not.Kind != nil && !slices.Contains(kinds, f.Not.Kind):
		return nil
	case f.Not != nil && f.Not.Kind != nil && len(kinds) == 1:
		return never
	case f.Kind != nil && !slices.Contains(kinds, f.Kind):
		return never
	case f.Kind != nil && len(kinds) == 1:
		return f.Of.among(kinds)
	case f.Kind != nil:
		return &Filter{Kind: f.Kind, Of: f.Of.among([]*Kind{f.Kind})}
	}
	return f
}
