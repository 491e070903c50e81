package policy

import (
	"cmp"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A regard is how a purpose looks at persons: as far as they and the law permit, only at groups of them, or at oneself. Here alone
// purposes differ, beyond what the policy says of each.
type regard interface {
	// Own reports whether who asks is the person whose own it is: her token names her, and takes no role.
	Own() bool
	// Lawful reports whether the purpose is the law's, whatever persons say. Their rights are exercised for it.
	Lawful() bool
	// Pseudonymous reports whether ids are shown as pseudonyms.
	Pseudonymous() bool
	// Changes refuses to change what is not changed for the purpose: anything or, but for a word of the asker's own, all else.
	Changes(word bool) error
	// Follows refuses to tell what changes.
	Follows() error
	// restricts reports whether a restriction of processing holds.
	restricts() bool
	// fewest is how many persons stand behind a number that is told, or beside it; 0: any.
	fewest() int64
	// excludes reports whether a property is not for the purpose, whatever its category.
	excludes(p *graph.Property) bool
	// kind adds to what the policy says of a kind.
	kind(k *graph.Kind, r *kindRule)
	// edge adds to what the policy says of an edge.
	edge(e *graph.Edge, r *edgeRule)
	// tie says why a property of the relationship is withheld of each that an edge goes along, or nil.
	tie(e *graph.Edge, p *graph.Property) *Withheld
}

func regardOf(purpose graph.Purpose) regard {
	switch purpose {
	case graph.Analysis:
		return inGroups{}
	case graph.Self:
		return oneself{}
	}
	return asPermitted{lawful: purpose == graph.Compliance}
}

// asPermitted looks at persons as far as they permit. lawful: whatever they say.
type asPermitted struct{ lawful bool }

func (asPermitted) Own() bool                     { return false }
func (p asPermitted) Lawful() bool                { return p.lawful }
func (asPermitted) Pseudonymous() bool            { return false }
func (asPermitted) Changes(bool) error            { return nil }
func (asPermitted) Follows() error                { return nil }
func (p asPermitted) restricts() bool             { return !p.lawful }
func (asPermitted) fewest() int64                 { return 0 }
func (asPermitted) excludes(*graph.Property) bool { return false }
func (asPermitted) kind(*graph.Kind, *kindRule)   {}
func (asPermitted) edge(*graph.Edge, *edgeRule)   {}

func (asPermitted) tie(*graph.Edge, *graph.Property) *Withheld { return nil }

// inGroups looks at groups, and never at persons.
type inGroups struct{ asPermitted }

func (inGroups) Pseudonymous() bool { return true }
func (inGroups) fewest() int64      { return 5 }

func (inGroups) Changes(bool) error {
	return &graph.Error{Code: graph.PurposeDenied, Message: "whoever learns about groups changes nothing: name another purpose than " + string(graph.Analysis)}
}

func (inGroups) Follows() error { return unfollowed(graph.Analysis) }

func (inGroups) kind(k *graph.Kind, r *kindRule) {
	if !k.OfPersons() {
		return
	}
	r.single = &Withheld{Reason: SmallGroup, Category: cmp.Or(k.Existence, graph.CategoryIdentity)}
	r.refuses, r.also = true, countable(k)
}

func (inGroups) edge(e *graph.Edge, r *edgeRule) {
	small := &Withheld{Reason: SmallGroup, Category: e.Category}
	if e.ToPersons() {
		r.total = small
	}
	// What is one person's is so wherever it leads. Among nodes of several kinds nobody could say which are persons.
	if e.Owner.OfPersons() || e.ToPersons() && (e.One || e.Strands != nil || e.Union != "") {
		r.single = small
	}
}

func (inGroups) tie(e *graph.Edge, p *graph.Property) *Withheld {
	if !e.Owner.Person && !slices.ContainsFunc(e.Targets, func(k *graph.Kind) bool { return k.Person }) {
		return nil
	}
	return &Withheld{Reason: SmallGroup, Category: p.Category}
}

// countable is the condition that all persons whom a node is about are led to by its own edges. Those whom only something
// between tells of are not counted, so that nobody could say whether they are too few.
func countable(k *graph.Kind) *graph.Filter {
	var none []*graph.Filter
	for _, w := range k.Ways {
		if len(w.Hops) > 1 {
			none = append(none, &graph.Filter{Not: w.Some(nil)})
		}
	}
	return and(none...)
}

// oneself looks at what is the asker's own, and at what is offered to all where something of hers leads there.
type oneself struct{ asPermitted }

func (oneself) Own() bool                       { return true }
func (oneself) restricts() bool                 { return false }
func (oneself) excludes(p *graph.Property) bool { return p.Internal }

func (oneself) Changes(word bool) error {
	if word {
		return nil
	}
	return &graph.Error{Code: graph.PurposeDenied, Message: "for SELF nothing is changed but what the customer says about the use of her data"}
}

func (oneself) Follows() error { return unfollowed(graph.Self) }

func (oneself) kind(k *graph.Kind, r *kindRule) {
	r.answers = false
	if k.OfPersons() {
		return
	}
	if r.withheld == nil && k.Existence == "" && !k.Offered {
		r.withheld = &Withheld{Reason: NotForPurpose, Category: graph.CategoryCompany}
	}
	r.root = &Withheld{Reason: OutOfScope, Category: cmp.Or(k.Existence, graph.CategoryCompany)}
	r.given = r.withheld == nil && k.Existence != ""
}

func (oneself) edge(e *graph.Edge, r *edgeRule) {
	if r.withheld == nil && !e.Owner.OfPersons() { // it would lead from what is offered to all to others
		r.withheld = &Withheld{Reason: OutOfScope, Category: e.Category}
	}
}

func unfollowed(purpose graph.Purpose) error {
	return &graph.Error{Code: graph.PurposeDenied, Message: "changes are not told for the purpose " + string(purpose) + ": they are of single nodes, one by one, whosever they are"}
}
