package policy

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Reason is why something is withheld, in words that are part of the public contract.
type Reason string

// The reasons.
const (
	NotForPurpose    Reason = "NOT_FOR_PURPOSE"
	NoConsent        Reason = "NO_CONSENT"
	ConsentWithdrawn Reason = "CONSENT_WITHDRAWN"
	ConsentExpired   Reason = "CONSENT_EXPIRED"
	HasObjected      Reason = "OBJECTED"
	IsRestricted     Reason = "RESTRICTED"
	IsErased         Reason = "ERASED"
	SmallGroup       Reason = "SMALL_GROUP"
	OutOfScope       Reason = "OUT_OF_SCOPE"
)

// Withheld says why something of a category is withheld, and since when, where that is known.
type Withheld struct {
	Reason   Reason
	Category graph.Category
	Since    *graph.Time
}

// Kind says why nodes of a kind are withheld from the purpose, or nil.
func (v *Viewer) Kind(k *graph.Kind) *Withheld {
	if k.Existence != "" && v.need(k.Existence) == never {
		return &Withheld{Reason: NotForPurpose, Category: k.Existence}
	}
	if v.self() && !ofPersons(k) && k.Existence == "" && !k.Offered {
		return &Withheld{Reason: NotForPurpose, Category: graph.CategoryCompany}
	}
	shown := func(c graph.Category) bool { return tells(c) && v.need(c) != never }
	if k.Person && !slices.ContainsFunc(categories(k), shown) {
		return &Withheld{Reason: NotForPurpose, Category: graph.CategoryIdentity}
	}
	return nil
}

// Edge says why an edge is withheld from the purpose, whomever it is about, or nil.
func (v *Viewer) Edge(e *graph.Edge) *Withheld {
	if v.need(e.Category) == never {
		return &Withheld{Reason: NotForPurpose, Category: e.Category}
	}
	if v.self() && !ofPersons(e.Owner) { // it would lead from what is offered to all to others
		return &Withheld{Reason: OutOfScope, Category: e.Category}
	}
	if e.Strands != nil {
		return timeline(e, v.Strand)
	}
	var last *Withheld
	for _, k := range e.Targets {
		if last = v.Kind(k); last == nil {
			return nil
		}
	}
	return last
}

// Property says why a property is withheld from the purpose, whomever it is about, or nil.
func (v *Viewer) Property(p *graph.Property) *Withheld {
	if v.property(p) == never {
		c, _ := v.denies(p)
		return &Withheld{Reason: NotForPurpose, Category: c}
	}
	return nil
}

// A State is what the standing of those a node is about withholds of it.
type State struct {
	viewer *Viewer
	row    *graph.Row
	now    graph.Time
}

// State reads what a guarded fetch brought of the standing.
func (v *Viewer) State(row *graph.Row, now graph.Time) State { return State{v, row, now} }

// Property says why a property of the node is withheld, or nil.
func (s State) Property(p *graph.Property) *Withheld {
	if w := s.viewer.Property(p); w != nil {
		return w
	}
	own := s.row != nil && s.row.Sel.Kind.Person && p.Given() && s.row.Sel.Kind.Property(p.Name) == p
	for _, c := range append([]graph.Category{p.Category}, p.Also...) {
		if w := s.erased(c, own); w != nil && p.Given() && s.value(p) == nil {
			return w
		}
		if w := s.category(c); w != nil {
			return w
		}
	}
	return nil
}

// Edge says why an edge of the node is withheld, or nil.
func (s State) Edge(e *graph.Edge) *Withheld {
	if w := s.viewer.Edge(e); w != nil {
		return w
	}
	if w := s.viewer.single(e); w != nil {
		return w
	}
	if e.Strands != nil {
		return timeline(e, s.Strand)
	}
	if w := s.erased(e.Category, false); w != nil && s.row.Sel.Kind.Person {
		return w
	}
	return s.category(e.Category)
}

// erased says that the person was erased, or somebody whom the node is about, and nothing of a kind of data is kept; of what was her
// own nothing is, whatever kind it was.
func (s State) erased(c graph.Category, own bool) *Withheld {
	if s.row == nil {
		return nil
	}
	gone := s.viewer.Policy.erases(c)
	if of, told := s.value(s.row.Sel.Kind.Property(graph.ErasedOf)).([]string); told {
		gone = slices.Contains(of, string(c))
	}
	if !own && !gone {
		return nil
	}
	if at, ok := s.value(s.row.Sel.Kind.Property(graph.ErasedAt)).(int64); ok {
		since := graph.Time(at)
		return &Withheld{IsErased, c, &since}
	}
	return nil
}

// Erased reports whether the node is a person who was erased.
func (s State) Erased() bool { return s.row.Sel.Kind.Person && s.erased("", true) != nil }

// value is what came of a property, nil where it was not asked for.
func (s State) value(p *graph.Property) any {
	if i := slices.IndexFunc(s.row.Sel.Props, func(r graph.Ref) bool { return r.Prop == p }); i >= 0 {
		return s.row.Props[i]
	}
	return nil
}

// Computed says why a computed field is withheld, or nil.
func (s State) Computed(c *graph.Computed) *Withheld { return s.category(c.Category) }

func (s State) category(c graph.Category) *Withheld {
	n := s.viewer.need(c)
	switch {
	case n == never:
		return &Withheld{Reason: NotForPurpose, Category: c}
	case n == free || s.row == nil || n == own && s.row.Sel.Kind.Person: // nobody else is there
		return nil
	case s.row.Sel.Kind.Person:
		return s.ofPerson(c, n)
	case len(s.row.Sel.Tests) == 0:
		return nil
	}
	tests := s.viewer.tests(s.row.Sel.Kind, int64(s.now))
	w := &Withheld{Category: c}
	for i, t := range tests {
		switch {
		case t.category != c || !s.row.Tests[i]:
		case t.reason == "": // it may be seen
			return nil
		case w.Reason == "":
			w.Reason = t.reason
		}
	}
	switch {
	case !slices.ContainsFunc(tests, func(t stateTest) bool { return t.category == c }):
		return nil // whoever may see that the node exists may see this
	case w.Reason == "":
		w.Reason = lacking(n)
	}
	return w
}

// lacking is the reason that remains when nothing was said.
func lacking(n need) Reason {
	switch n {
	case consent:
		return NoConsent
	case own:
		return OutOfScope
	}
	return NotForPurpose
}

func (s State) ofPerson(c graph.Category, n need) *Withheld {
	value := func(name string) any { return s.value(s.row.Sel.Kind.Property(name)) }
	instant := func(name string) *graph.Time {
		if at, ok := value(name).(int64); ok {
			t := graph.Time(at)
			return &t
		}
		return nil
	}
	if !slices.ContainsFunc(s.row.Sel.Props, func(r graph.Ref) bool { return r.Prop.Name == graph.RestrictedAt }) {
		return nil // nothing that was asked for depends on it
	}
	v := s.viewer
	if at := instant(graph.RestrictedAt); at != nil && v.restricts() {
		return &Withheld{IsRestricted, c, at}
	}
	objected, party := instant(graph.ObjectedAt(v.Purpose)), value(graph.Party) == true
	until := instant(graph.ConsentUntil(v.Purpose))
	switch {
	case n == unrestricted, n == contract && party, n == either && party, n == consent && until != nil && *until > s.now:
		return nil
	case n == interest && objected == nil, n == either && objected == nil:
		return nil
	case n == contract:
		return &Withheld{Reason: NotForPurpose, Category: c}
	case objected != nil:
		return &Withheld{HasObjected, c, objected}
	case until != nil:
		return &Withheld{ConsentExpired, c, until}
	}
	if at := instant(graph.WithdrawnAt(v.Purpose)); at != nil {
		return &Withheld{ConsentWithdrawn, c, at}
	}
	return &Withheld{Reason: NoConsent, Category: c}
}

// A stateTest asks a node about persons whether data of a category may be seen (no reason), or whether one of them gives a
// reason to withhold it.
type stateTest struct {
	category graph.Category
	reason   Reason
	filter   *graph.Filter
}

// tests are those whose answers tell what is withheld of nodes of a kind, whatever is selected of them.
func (v *Viewer) tests(k *graph.Kind, now int64) []stateTest {
	g := &guard{Viewer: v, now: now}
	_, met := g.existence(k)
	var out []stateTest
	for _, c := range categories(k) {
		n := v.need(c)
		f, ok := g.permitNeed(k, n, c == graph.CategoryContent, met)
		if !ok || f == nil {
			continue
		}
		out = append(out, stateTest{c, "", f})
		add := func(r Reason, property string) {
			out = append(out, stateTest{c, r, someone(k, property)})
		}
		if v.restricts() {
			add(IsRestricted, graph.RestrictedAt)
		}
		if n == interest || n == either || n == consent {
			add(HasObjected, graph.ObjectedAt(v.Purpose))
		}
		if n == consent {
			add(ConsentWithdrawn, graph.WithdrawnAt(v.Purpose))
			out = append(out, stateTest{c, ConsentExpired, somebody(k, func(p *graph.Kind) *graph.Filter {
				return &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: p.Property(graph.ConsentUntil(v.Purpose))}, Op: graph.Lte, Value: now}}
			})})
		}
	}
	return out
}

// someone is the condition that one of the persons whom a node is about has a value.
func someone(k *graph.Kind, property string) *graph.Filter {
	return somebody(k, func(p *graph.Kind) *graph.Filter {
		return &graph.Filter{Not: &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: p.Property(property)}, Op: graph.IsNull}}}
	})
}

// WantState has a fetch bring what State needs of a selection's nodes, whatever else is asked of them.
func WantState(sel *graph.Selection) {
	switch {
	case wantsState(sel):
	case sel.Kind.Person:
		sel.Props = append(sel.Props, graph.Ref{Prop: sel.Kind.Property(graph.RestrictedAt)})
	case len(sel.Kind.Subjects) > 0:
		sel.Tests = []*graph.Filter{nil}
	}
}

func wantsState(sel *graph.Selection) bool {
	return len(sel.Tests) > 0 || slices.ContainsFunc(sel.Props, func(r graph.Ref) bool { return r.Prop.Hidden })
}

// asksErased has a fetch bring whether the person was erased, or somebody a node is about, where something of the selection
// would be gone then.
func (g *guard) asksErased(sel *graph.Selection, always bool) {
	p := sel.Kind.Property(graph.ErasedAt)
	if p == nil {
		return
	}
	gone := func(r graph.Ref) bool { return !r.Prop.Hidden && (sel.Kind.Person || g.Policy.erases(r.Prop.Category)) }
	along := func(l *graph.List) bool { return sel.Kind.Person && g.Policy.erases(l.Edge.Category) }
	if always || slices.ContainsFunc(sel.Props, gone) || slices.ContainsFunc(sel.Lists, along) {
		sel.Props, g.partial[sel] = append(sel.Props, graph.Ref{Prop: p}), true
	}
	if always { // all fields are asked after, of which some may have been kept
		sel.Props = append(sel.Props, graph.Ref{Prop: sel.Kind.Property(graph.ErasedOf)})
	}
}

// state adds to a selection what State reads.
func (g *guard) state(sel *graph.Selection) {
	if !sel.Kind.Person {
		sel.Tests = nil
		for _, t := range g.tests(sel.Kind, g.now) {
			sel.Tests = append(sel.Tests, t.filter)
		}
		return
	}
	for _, name := range []string{graph.RestrictedAt, graph.Party, graph.ObjectedAt(g.Purpose), graph.ConsentUntil(g.Purpose), graph.WithdrawnAt(g.Purpose)} {
		p := sel.Kind.Property(name)
		if p == nil { // nobody says anything about the purpose
			continue
		}
		if !slices.ContainsFunc(sel.Props, func(r graph.Ref) bool { return r.Prop == p }) {
			sel.Props = append(sel.Props, graph.Ref{Prop: p})
		}
	}
}
