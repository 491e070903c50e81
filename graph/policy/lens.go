package policy

import (
	"cmp"
	"slices"
	"sync"

	"github.com/kithgraph/kith/graph"
)

// A Lens is what a purpose makes of a catalog under a policy: a rule for each kind, edge and property. It is worked out once, and
// does not change.
type Lens struct {
	Policy  *Policy
	Purpose graph.Purpose
	catalog *graph.Catalog
	regard
	lacked need // by the person who was not yet permitting it; see AsBefore
	needs  map[graph.Category]need
	kinds  map[*graph.Kind]*kindRule
	edges  map[*graph.Edge]*edgeRule
	props  map[*graph.Property]*propertyRule
	conds  map[condition]*graph.Filter
	told   func() *telling
}

// A Viewer is for whom a fetch is guarded: a purpose and, under SELF, the person who asks.
type Viewer struct {
	*Lens
	Subject string     // her id
	past    *graph.Row // of a person, as she was before
}

// A kindRule is what the purpose makes of nodes of a kind.
type kindRule struct {
	withheld *Withheld // why they are, or nil
	root     *Withheld // why they are when they are asked for from the start
	single   *Withheld // why one is that is asked for by itself
	refuses  bool      // a search that is to look at them finds nothing at all
	answers  bool      // one that is asked for by its id does, whatever it withholds
	given    bool      // one is whose an edge says that leads there from a person, and nothing else does
	also     *graph.Filter
	there    *graph.Filter // the condition that one is there for the purpose, also included
	met      need          // what is known then
	listed   *graph.Filter // the condition that one stands in lists; of what is no person, there
	listedAs need
	states   map[graph.Category]*stateRule
	asks     []*graph.Filter // all that states ask
	standing
}

// An edgeRule is what the purpose makes of an edge, whomever it leads from.
type edgeRule struct {
	withheld *Withheld // why it is, or nil
	single   *Withheld // why it is of each node that it leads from
	total    *Withheld // why what it leads to is not added up over those: nobody could say how many persons stand behind the sum
}

// A propertyRule is what the purpose makes of a property.
type propertyRule struct {
	need       need // never: it is withheld from all
	withheld   *Withheld
	categories []graph.Category // it may be seen where all may
}

// A condition is that of a kind's nodes under which data that needs something may be seen; of all persons whom one is about, or some.
type condition struct {
	kind *graph.Kind
	need need
	all  bool
}

type lensKey struct {
	catalog *graph.Catalog
	purpose graph.Purpose
	lacked  need
}

// Lens is what a purpose makes of a catalog. It is worked out when it is asked for first.
func (p *Policy) Lens(cat *graph.Catalog, purpose graph.Purpose) *Lens {
	return p.lens(lensKey{catalog: cat, purpose: purpose})
}

func (p *Policy) lens(key lensKey) *Lens {
	if known, ok := p.lenses.Load(key); ok {
		return known.(*Lens)
	}
	known, _ := p.lenses.LoadOrStore(key, newLens(p, key))
	return known.(*Lens)
}

func newLens(p *Policy, key lensKey) *Lens {
	cat := key.catalog
	l := &Lens{
		Policy: p, Purpose: key.purpose, catalog: cat, regard: regardOf(key.purpose), lacked: key.lacked, needs: map[graph.Category]need{}, kinds: map[*graph.Kind]*kindRule{},
		edges: map[*graph.Edge]*edgeRule{}, props: map[*graph.Property]*propertyRule{}, conds: map[condition]*graph.Filter{},
	}
	for _, c := range Categories {
		l.needs[c] = l.needed(c)
	}
	for _, k := range cat.Kinds {
		l.properties(k.Properties)
		l.properties([]*graph.Property{k.Key, k.Further})
		l.kinds[k] = l.kindRule(k)
	}
	for _, r := range cat.Rels {
		l.properties(r.Properties)
	}
	for _, k := range cat.Kinds {
		for _, n := range l.needs {
			for _, all := range []bool{false, true} {
				l.conds[condition{k, n, all}] = l.condition(k, n, all)
			}
		}
		for _, e := range k.Edges {
			l.edges[e] = l.edgeRule(e)
		}
	}
	for _, k := range cat.Kinds {
		if k.Timeline != nil { // along edges
			l.properties(k.Timeline.Rel.Properties)
			l.edges[k.Timeline] = l.edgeRule(k.Timeline)
		}
		l.place(k)
	}
	l.told = sync.OnceValue(l.telling)
	return l
}

func (l *Lens) properties(ps []*graph.Property) {
	for _, p := range ps {
		l.props[p] = l.propertyRule(p)
	}
}

// kindRule says of which nodes of a kind the purpose may know at all. Their conditions are yet to come.
func (l *Lens) kindRule(k *graph.Kind) *kindRule {
	r := &kindRule{answers: k.Person}
	shown := func(c graph.Category) bool { return tells(c) && l.need(c) != never }
	switch {
	case k.Existence != "" && l.need(k.Existence) == never, k.Excludes(l.Purpose):
		r.withheld = &Withheld{Reason: NotForPurpose, Category: k.Existence}
	case k.Person && !slices.ContainsFunc(categories(k), shown):
		r.withheld = &Withheld{Reason: NotForPurpose, Category: graph.CategoryIdentity}
	}
	l.regard.kind(k, r)
	r.root = cmp.Or(r.withheld, r.root)
	r.single = cmp.Or(r.root, r.single)
	return r
}

// place works out where a kind's nodes stand, and what tells why something of them is withheld.
func (l *Lens) place(k *graph.Kind) {
	r := l.kinds[k]
	switch {
	case r.withheld != nil:
		r.there = nobody
	case k.Existence != "":
		f, _ := l.permit(k, k.Existence, free)
		r.there, r.met = and(f, r.also), free.with(l.need(k.Existence))
	}
	if r.listed, r.listedAs = r.there, r.met; k.Person {
		r.listed, r.listedAs = l.inLists(k)
	}
	r.standing = standingOf(k, l.Purpose)
	l.placeStates(k, r)
}

// existence is the condition that a node is there for the purpose, and what is known of it then.
func (l *Lens) existence(k *graph.Kind) (*graph.Filter, need) {
	r := l.kinds[k]
	return r.there, r.met
}

// listed is the condition that a node stands in lists, and what is known of it then.
func (l *Lens) listed(k *graph.Kind) (*graph.Filter, need) {
	r := l.kinds[k]
	return r.listed, r.listedAs
}

// edge is the rule of an edge. Those that are made of the catalog's, to some of what it leads to, have one of their own.
func (l *Lens) edge(e *graph.Edge) *edgeRule {
	if r := l.edges[e]; r != nil {
		return r
	}
	return l.edgeRule(e)
}

func (l *Lens) edgeRule(e *graph.Edge) *edgeRule {
	r := &edgeRule{}
	for _, c := range e.Categories() {
		if r.withheld == nil && (l.need(c) == never || e.Excludes(l.Purpose)) {
			r.withheld = &Withheld{Reason: NotForPurpose, Category: c}
		}
	}
	l.regard.edge(e, r)
	switch {
	case r.withheld != nil:
	case e.Strands != nil:
		r.withheld = all(e.Strands, l.Strand)
	default:
		for _, k := range e.Targets {
			if r.withheld = l.Kind(k); r.withheld == nil {
				break
			}
		}
	}
	r.total = cmp.Or(r.withheld, r.total)
	return r
}

// property is the rule of a property; one that is not of the catalog has one of its own.
func (l *Lens) property(p *graph.Property) *propertyRule {
	if r := l.props[p]; r != nil {
		return r
	}
	return l.propertyRule(p)
}

func (l *Lens) propertyRule(p *graph.Property) *propertyRule {
	r := &propertyRule{need: l.need(p.Category), categories: append([]graph.Category{p.Category}, p.Also...)}
	by := p.Category
	denied := func(c graph.Category) bool { return l.need(c) == never }
	if i := slices.IndexFunc(r.categories, denied); i >= 0 {
		r.need, by = never, r.categories[i]
	}
	if p.Excludes(l.Purpose) || l.excludes(p) {
		r.need = never
	}
	if r.need == never {
		r.withheld = &Withheld{Reason: NotForPurpose, Category: by}
	}
	return r
}

// Kind says why nodes of a kind are withheld from the purpose, or nil.
func (l *Lens) Kind(k *graph.Kind) *Withheld { return l.kinds[k].withheld }

// Root says why nodes of a kind are withheld when they are asked for from the start, or nil.
func (l *Lens) Root(k *graph.Kind) *Withheld { return l.kinds[k].root }

// Single says why a node of a kind is withheld when it is asked for by itself, or nil.
func (l *Lens) Single(k *graph.Kind) *Withheld { return l.kinds[k].single }

// Edge says why an edge is withheld from the purpose, whomever it is about, or nil.
func (l *Lens) Edge(e *graph.Edge) *Withheld { return l.edge(e).withheld }

// Total says why what an edge leads to is not added up over the nodes it leads from, or nil.
func (l *Lens) Total(e *graph.Edge) *Withheld { return l.edge(e).total }

// Along says why a property of the relationship that an edge goes along is withheld from the purpose, or nil. It may be added up all
// the same, where it is not denied.
func (l *Lens) Along(e *graph.Edge, p *graph.Property) *Withheld {
	return cmp.Or(l.Property(p), l.tie(e, p))
}

// Property says why a property is withheld from the purpose, whomever it is about, or nil.
func (l *Lens) Property(p *graph.Property) *Withheld { return l.property(p).withheld }

// Folds reports whether the purpose looks at groups alone, so that no number is told behind which, or beside which, too few persons stand.
func (l *Lens) Folds() bool { return l.fewest() > 0 }

// Lapses reports whether what permits to see data of a category may end by itself, as a consent does.
func (l *Lens) Lapses(c graph.Category) bool { return l.need(c) == consent }

// Everybody reports whether the purpose may see data of a category of everybody, whatever persons say.
func (l *Lens) Everybody(c graph.Category) bool { return l.need(c) == free }

// WantStanding has a selection of a person bring what AsBefore takes.
func WantStanding(sel *graph.Selection) {
	for _, p := range graph.StandingProperties(sel.Kind.Name) {
		sel.Props = append(sel.Props, graph.Ref{Prop: sel.Kind.Property(p.Name)})
	}
}

// AsBefore is the viewer to whom a person permits no more than she did when a row of her was read, with what WantStanding asks: what has
// been said since shows nothing more of her. It is for purposes other than SELF.
func (v *Viewer) AsBefore(row *graph.Row, now graph.Time) *Viewer {
	key, before := lensKey{catalog: v.catalog, purpose: v.Purpose}, v.Lens.State(row, now)
	for _, n := range []need{unrestricted, contract, interest, either, consent} {
		if before.ofPerson("", n) != nil {
			key.lacked |= n
		}
	}
	return &Viewer{Lens: v.Policy.lens(key), Subject: row.ID, past: row}
}

// State reads what a guarded fetch brought of the standing.
func (v *Viewer) State(row *graph.Row, now graph.Time) State {
	s := v.Lens.State(row, now)
	if v.past != nil && row != nil && row.ID == v.past.ID {
		s.past = v.past
	}
	return s
}

// Unsearched says what a search of these kinds leaves out, a reason for each category; refused: it finds nothing at all. Where
// the purpose is to learn about groups, no person is looked for, nor what is about one.
func (l *Lens) Unsearched(kinds []*graph.Kind) (out []Withheld, refused bool) {
	note := func(w *Withheld) {
		if w != nil {
			graph.AddOnce(&out, *w)
		}
	}
	searched := false
	for _, k := range kinds {
		if w := l.Single(k); w != nil {
			note(w)
			refused = refused || l.kinds[k].refuses
		}
		for _, p := range k.Searched() {
			w := l.Property(p)
			note(w)
			searched = searched || w == nil && l.Single(k) == nil
		}
	}
	return out, refused || !searched
}

// search guards what a search looks into, and the names that its rows are ordered by: values that may not be seen are not there.
// Nodes whose existence is withheld are not found.
func (g *guard) search(l *graph.List) {
	met := known{}
	rows, all := &graph.Filter{Or: []*graph.Filter{}}, true
	for _, sel := range l.Nodes {
		k := sel.Kind
		var there *graph.Filter
		if g.Single(k) != nil {
			there = nobody
		} else {
			there, met[k] = g.listed(k)
		}
		rows.Or = append(rows.Or, &graph.Filter{Kind: k, Of: there})
		all = all && there == nil
	}
	if all {
		rows = nil
	}
	a, s := g.asksRoot(l), l.Search
	s.In, s.By = g.searched(s.In, l, met), g.searched(s.By, l, met)
	g.list(l, rows, met, a)
}

// searched are the mentions that the purpose does not deny, with their conditions, which those of one kind and one need share.
func (g *guard) searched(refs []graph.Ref, l *graph.List, met known) []graph.Ref {
	var out []graph.Ref
	for _, r := range refs {
		i := slices.IndexFunc(l.Nodes, func(s *graph.Selection) bool { return s.Kind.Name == r.Prop.Owner })
		k := l.Nodes[i].Kind
		cond, ok := g.permitNeed(k, g.property(r.Prop).need, r.Prop.Category == graph.CategoryContent, met[k])
		if !ok {
			continue
		}
		r.When = and(r.When, cond)
		out = append(out, r)
	}
	return out
}
