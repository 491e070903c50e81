package policy

import (
	"cmp"
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
	NotByAll         Reason = "NOT_PERMITTED_BY_ALL"
)

// Withheld says why something of a category is withheld, and since when, where that is known.
type Withheld struct {
	Reason   Reason
	Category graph.Category
	Since    *graph.Time
}

// A State is what the standing of those a node is about withholds of it.
type State struct {
	lens *Lens
	row  *graph.Row
	now  graph.Time
	past *graph.Row // the person as she was before, whose standing counts, too; nil: it does not
}

// State reads what a guarded fetch brought of the standing.
func (l *Lens) State(row *graph.Row, now graph.Time) State { return State{lens: l, row: row, now: now} }

// Property says why a property of the node is withheld, or nil.
func (s State) Property(p *graph.Property) *Withheld {
	rule := s.lens.property(p)
	if rule.withheld != nil {
		return rule.withheld
	}
	own := s.row != nil && s.row.Sel.Kind.Person && p.Given() && s.row.Sel.Kind.Property(p.Name) == p
	for _, c := range rule.categories {
		if w := s.erased(c, own); w != nil && p.Given() && s.missing(p) {
			return w
		}
		if w := s.category(c); w != nil {
			return w
		}
	}
	return nil
}

// Called says why it is withheld what the node is called, or nil: because all of it is.
func (s State) Called() *Withheld { return all(s.row.Sel.Kind.Display, s.Property) }

// all says why all of some things are withheld, by the first one's reason, or nil: because one of them is not.
func all[T any](of []T, withheld func(T) *Withheld) (first *Withheld) {
	for _, v := range of {
		w := withheld(v)
		if w == nil {
			return nil
		}
		first = cmp.Or(first, w)
	}
	return first
}

// Edge says why an edge of the node is withheld, or nil.
func (s State) Edge(e *graph.Edge) *Withheld {
	if rule := s.lens.edge(e); rule.withheld != nil || rule.single != nil {
		return cmp.Or(rule.withheld, rule.single)
	}
	if e.Strands != nil {
		return all(e.Strands, s.Strand)
	}
	for _, c := range e.Categories() {
		if w := s.erased(c, false); w != nil && s.row.Sel.Kind.Person {
			return w
		}
		if w := s.category(c); w != nil {
			return w
		}
	}
	return nil
}

// Computed says why a computed field is withheld, or nil.
func (s State) Computed(c *graph.Computed) *Withheld {
	return cmp.Or(s.lens.Computed(c), s.category(c.Category))
}

// Computed says why a computed field is withheld from the purpose, whatever it is computed of, or nil: it is worked out of few nodes, and
// tells of the persons whom these have to do with, if it is not a company's, or of groups alone.
func (l *Lens) Computed(c *graph.Computed) *Withheld {
	switch {
	case l.need(c.Category) == never:
		return &Withheld{Reason: NotForPurpose, Category: c.Category}
	case l.Pseudonymous() && c.Category != graph.CategoryCompany && !c.Groups:
		return &Withheld{Reason: SmallGroup, Category: c.Category}
	}
	return nil
}

// Erased reports whether the node is a person who was erased.
func (s State) Erased() bool { return s.row.Sel.Kind.Person && s.erased("", true) != nil }

// erased says that the person was erased, or somebody whom the node is about, and nothing of a kind of data is kept; of what was her
// own nothing is, whatever kind it was.
func (s State) erased(c graph.Category, own bool) *Withheld {
	if s.row == nil {
		return nil
	}
	at, ok := s.row.Value(s.lens.kinds[s.row.Sel.Kind].erasedAt).(int64)
	if !ok {
		return nil
	}
	gone := s.lens.Policy.erases(c)
	if of, told := s.row.Value(s.lens.kinds[s.row.Sel.Kind].erasedOf).([]string); told {
		gone = slices.Contains(of, string(c))
	}
	if !own && !gone {
		return nil
	}
	return &Withheld{IsErased, c, new(graph.Time(at))}
}

// missing reports whether nothing is told of a property's value.
func (s State) missing(p *graph.Property) bool {
	v := s.row.Value(p)
	if key, is := v.(string); is && p == s.row.Sel.Kind.Key {
		further, _ := s.row.Value(s.row.Sel.Kind.Further).([]string)
		return len(graph.Externals(key, further)) == 0
	}
	return v == nil
}

func (s State) instant(p *graph.Property) *graph.Time {
	if at, ok := s.row.Value(p).(int64); ok {
		return new(graph.Time(at))
	}
	return nil
}

func (s State) category(c graph.Category) *Withheld {
	n := s.lens.need(c)
	switch {
	case n == never:
		return &Withheld{Reason: NotForPurpose, Category: c}
	case n == free || s.row == nil || n == own && s.row.Sel.Kind.Person: // nobody else is there
		return nil
	case s.row.Sel.Kind.Person:
		return s.ofPerson(c, n)
	}
	rule := s.lens.kinds[s.row.Sel.Kind].states[c]
	if rule == nil { // whoever may see that the node exists may see this
		return nil
	}
	if permitted, asked := s.met(rule.permit); permitted || !asked {
		return nil
	}
	for _, r := range rule.reasons {
		if given, _ := s.met(r.ask); given {
			return r.Withheld
		}
	}
	return rule.lacking
}

// met reports whether a condition is true of the node, where it was asked.
func (s State) met(f *graph.Filter) (is, asked bool) {
	i := slices.Index(s.row.Sel.Asks, f)
	return i >= 0 && s.row.Met[i], i >= 0
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

// standing are the properties by which a kind's nodes tell what may be seen of them, nil where it has none.
type standing struct {
	party, restrictedAt, objectedAt, consentUntil, withdrawnAt *graph.Property
	erasedAt, erasedOf                                         *graph.Property
}

func standingOf(k *graph.Kind, purpose graph.Purpose) standing {
	return standing{
		party: k.Property(graph.Party), restrictedAt: k.Property(graph.RestrictedAt), objectedAt: k.Property(graph.ObjectedAt(purpose)),
		consentUntil: k.Property(graph.ConsentUntil(purpose)), withdrawnAt: k.Property(graph.WithdrawnAt(purpose)),
		erasedAt: k.Property(graph.ErasedAt), erasedOf: k.Property(graph.ErasedOf),
	}
}

func (s State) ofPerson(c graph.Category, n need) *Withheld {
	k := s.lens.kinds[s.row.Sel.Kind]
	if !slices.ContainsFunc(s.row.Sel.Props, func(r graph.Ref) bool { return r.Prop == k.restrictedAt }) {
		return nil // nothing that was asked for depends on it
	}
	if s.past != nil {
		if w := s.lens.State(s.past, s.now).ofPerson(c, n); w != nil {
			return w
		}
	}
	if at := s.instant(k.restrictedAt); at != nil && s.lens.restricts() {
		return &Withheld{IsRestricted, c, at}
	}
	objected, party, until := s.instant(k.objectedAt), s.row.Value(k.party) == true, s.instant(k.consentUntil)
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
	if at := s.instant(k.withdrawnAt); at != nil {
		return &Withheld{ConsentWithdrawn, c, at}
	}
	return &Withheld{Reason: NoConsent, Category: c}
}

// A stateRule says of nodes about persons by which answers data of a category is withheld, and why.
type stateRule struct {
	permit  *graph.Filter // where it is true the data may be seen
	reasons []reason      // elsewhere the first of these that somebody gives
	lacking *Withheld     // or else this
}

type reason struct {
	*Withheld
	ask *graph.Filter
}

// asks are all conditions that a rule's answer takes.
func (r *stateRule) asks() []*graph.Filter {
	out := []*graph.Filter{r.permit}
	for _, one := range r.reasons {
		out = append(out, one.ask)
	}
	return out
}

// placeStates makes the rules of a kind's categories, whatever is selected of its nodes. Where nodes may be about several persons, the
// reason is one that the policy has chosen: what one of them has said, who may be hidden, is not for who sees the others.
func (l *Lens) placeStates(k *graph.Kind, r *kindRule) {
	r.states = map[graph.Category]*stateRule{}
	if k.Person {
		return
	}
	someone := func(meet func(*graph.Property) *graph.Filter, property string) *graph.Filter {
		return somebody(k, func(p *graph.Kind) *graph.Filter { return meet(p.Property(property)) })
	}
	hasValue := func(p *graph.Property) *graph.Filter { return present(p, false) }
	isOver := func(p *graph.Property) *graph.Filter { return test(p, graph.Lte, graph.GivenNow) }
	restricted, objected := someone(hasValue, graph.RestrictedAt), someone(hasValue, graph.ObjectedAt(l.Purpose))
	withdrawn, expired := someone(hasValue, graph.WithdrawnAt(l.Purpose)), someone(isOver, graph.ConsentUntil(l.Purpose))
	all := categories(k)
	graph.AddOnce(&all, k.Key.Category)
	for _, c := range all {
		n := l.need(c)
		f, ok := l.permit(k, c, r.met)
		if !ok || f == nil {
			continue
		}
		rule := &stateRule{permit: f, lacking: &Withheld{Reason: lacking(n), Category: c}}
		add := func(why Reason, ask *graph.Filter) {
			rule.reasons = append(rule.reasons, reason{&Withheld{Reason: why, Category: c}, ask})
		}
		alone := !several(k)
		if !alone && n != own {
			rule.lacking = &Withheld{Reason: NotByAll, Category: c}
		}
		if alone && l.restricts() {
			add(IsRestricted, restricted)
		}
		if alone && (n == interest || n == either || n == consent) {
			add(HasObjected, objected)
		}
		if alone && n == consent {
			add(ConsentWithdrawn, withdrawn)
			add(ConsentExpired, expired)
		}
		r.states[c] = rule
		graph.AddOnce(&r.asks, rule.asks()...)
	}
}

// WantState has a fetch bring what State needs of a selection's nodes, whatever else is asked of them.
func WantState(sel *graph.Selection) {
	switch {
	case wantsState(sel):
	case sel.Kind.Person:
		sel.Props = append(sel.Props, graph.Ref{Prop: sel.Kind.Property(graph.RestrictedAt)})
	case sel.Kind.OfPersons():
		sel.Asks = []*graph.Filter{nil}
	}
}

func wantsState(sel *graph.Selection) bool {
	return len(sel.Asks) > 0 || slices.ContainsFunc(sel.Props, func(r graph.Ref) bool { return r.Prop.Hidden && r.Prop.Name != graph.InteractionCrowded })
}

// asksErased has a fetch bring whether the person was erased, or somebody a node is about, where something of the selection
// would be gone then.
func (g *guard) asksErased(sel *graph.Selection, always bool) {
	k := g.kinds[sel.Kind]
	if k.erasedAt == nil {
		return
	}
	gone := func(r graph.Ref) bool {
		return !r.Prop.Hidden && (sel.Kind.Person || g.Policy.erases(r.Prop.Category))
	}
	along := func(l *graph.List) bool {
		return sel.Kind.Person && slices.ContainsFunc(l.Edge.Categories(), g.Policy.erases)
	}
	if always || slices.ContainsFunc(sel.Props, gone) || slices.ContainsFunc(sel.Lists, along) {
		sel.Props, g.partial[sel] = append(sel.Props, graph.Ref{Prop: k.erasedAt}), true
	}
	if always { // all fields are asked after, of which some may have been kept
		sel.Props = append(sel.Props, graph.Ref{Prop: k.erasedOf})
	}
}

// state adds to a selection what State reads of it, for some categories or, where all is asked after, for all.
func (g *guard) state(sel *graph.Selection, all bool, of []graph.Category) {
	k := g.kinds[sel.Kind]
	switch {
	case sel.Kind.Person:
		for _, p := range []*graph.Property{k.restrictedAt, k.party, k.objectedAt, k.consentUntil, k.withdrawnAt} {
			if p != nil { // about some purposes nobody says anything
				graph.Mention(&sel.Props, p)
			}
		}
	case all:
		sel.Asks = k.asks // Asked adds to a copy
	default:
		sel.Asks = nil
		for _, c := range sel.Kind.Computed {
			of = append(of, c.Category)
		}
		for _, c := range of {
			if rule := k.states[c]; rule != nil {
				graph.AddOnce(&sel.Asks, rule.asks()...)
			}
		}
	}
}
