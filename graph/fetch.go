package graph

import (
	"slices"
	"strings"
)

// A Fetch asks for a tree of nodes in one request. It is plain data: the planner builds it from a selection, the guard
// rewrites it, a store compiles it.
type Fetch struct {
	Now   Time    // edges with valid time are read as of this instant
	Asker string  // the id of the person who asks for what is her own, where it is one
	Lists []*List // the roots; several only where ids of several kinds are asked for together
	Place bool    // whether Result.Place is wanted
	Memo  *Memo   // of all fetches that ask the same; nil: this one is asked once
	Leads Leads   // that names are to be followed by; see Following
	// MostBrought is how many values, and ids, tallies bring along at most; 0: however many there are.
	MostBrought int64
}

// Naming is the lists with the roots as a fetch names their nodes, list by list.
func (f *Fetch) Naming(lists []*List) []*List {
	out := slices.Clone(lists)
	for i, l := range f.Lists {
		if l.Identified() {
			root := *lists[i]
			root.IDs, root.External = l.IDs, l.External
			out[i] = &root
		}
	}
	return out
}

// A List asks for nodes: all of a kind, those of the given identity, those that a search finds (all three at a root), or those
// that an edge leads to. Page applies to Rows, Filter to Rows and to Tallies.
type List struct {
	Key      string // unique among its siblings: the field's name and canonical arguments
	Edge     *Edge  // nil at a root
	IDs      []string
	External []External
	Search   *Search      // at a root: only nodes that this finds
	Nodes    []*Selection // one for each kind of node that may come; at a root, but for a search, exactly one
	Props    []Ref        // of the relationship
	When     *Filter      // guard's slot: where it is not true of the node the edge leads from, there are no rows
	Filter   *Filter      // nil: all
	Order    []Order      // behind it always the id and, under an edge, the relationship's key
	Page     Page

	Rows        bool // whether nodes are wanted at all
	Cursors     bool // whether Row.Keys are wanted
	HasNext     bool // whether ListResult.HasNext is wanted
	HasPrevious bool // whether ListResult.HasPrevious is wanted
	Cut         bool // of a walk: whether ListResult.Cut is wanted
	Tallies     []*Tally
}

// Identified reports whether a root names its nodes, so that neither page nor order applies.
func (l *List) Identified() bool { return l.Edge == nil && (l.IDs != nil || l.External != nil) }

// Sought is how many rows of its page stores look for: one more says that there are more.
func (l *List) Sought() int {
	if l.HasNext && !l.Page.Backward || l.HasPrevious && l.Page.Backward {
		return l.Page.Limit + 1
	}
	return l.Page.Limit
}

// Kinds are those of the nodes that it may bring.
func (l *List) Kinds() []*Kind {
	return Map(l.Nodes, func(sel *Selection) *Kind { return sel.Kind })
}

// Bare ask for nodes of kinds, and for nothing of them.
func Bare(kinds []*Kind) []*Selection {
	return Map(kinds, func(k *Kind) *Selection { return &Selection{Kind: k} })
}

// TellsApart reports whether an answer shows which of several relationships led to one node, by their properties or by
// cursors. Where it does not, a store need not order by the relationship's key.
func (l *List) TellsApart() bool {
	return l.Edge != nil && !l.Edge.Walks() && (len(l.Props) > 0 || l.Cursors || l.Page.After != nil || l.Page.Before != nil)
}

// An External names a node by the row of a source that it came from. Without a source, ID is a key as it is stored.
type External struct{ Source, ID string }

// Key is how the pair is stored. No source's name has a colon, so that it is unambiguous.
func (e External) Key() string {
	if e.Source == "" {
		return e.ID
	}
	return e.Source + ":" + e.ID
}

// ParseKey is the External of a key; not ok: it is none, since whom it named was erased.
func ParseKey(key string) (e External, ok bool) {
	e.Source, e.ID, ok = strings.Cut(key, ":")
	return e, ok
}

// A Selection says what is wanted of a node of one kind. Its id always comes.
type Selection struct {
	Kind  *Kind
	Props []Ref
	Asks  []*Filter // conditions: whether each is true of the node is told
	Lists []*List
}

// A Ref is one mention of a property, in output, filter, order, measure or group. When is the guard's slot: where it
// is not true of the node, the mention has no value, as if none were stored. Of a relationship's property it is asked of
// the node that the relationship leads to. At has the value be that of a moment, if it has any then.
type Ref struct {
	Prop *Property
	When *Filter
	At   *Moment // of a tracked property: read as of then; nil: as it is
}

// Past reports whether the mention is of what was.
func (r *Ref) Past() bool { return r.At != nil && r.Prop.Versions != nil }

// Indexed reports whether an index may lead to the mention's value: indexes have what is, not what was.
func (r *Ref) Indexed() bool { return r.Prop.Indexed && !r.Past() }

// Refs are mentions of properties.
func Refs(props ...*Property) (refs []Ref) {
	for _, p := range props {
		refs = append(refs, Ref{Prop: p})
	}
	return refs
}

// Mention adds a mention of a property to others, unless it is among them.
func Mention(refs *[]Ref, p *Property) {
	if !slices.ContainsFunc(*refs, func(r Ref) bool { return r.Prop == p }) {
		*refs = append(*refs, Ref{Prop: p})
	}
}

// Asked are the conditions that a store asks of a row, each once however many mentions name it: those that are to be told and, behind
// them, those of mentions in the output that are not among them.
func Asked(asks []*Filter, mentions []Ref) []*Filter {
	for _, r := range mentions {
		if r.When != nil && !slices.Contains(asks, r.When) {
			asks = append(slices.Clip(asks), r.When)
		}
	}
	return asks
}

// Missing reports whether a mention in the output has no value in a row of which it is known which conditions that were Asked are met.
func (r *Ref) Missing(asked []*Filter, met []bool) bool {
	return r.When != nil && !met[slices.Index(asked, r.When)]
}

// Page is a part of an ordered list.
type Page struct {
	Limit    int   // at least 1
	Backward bool  // the last Limit rows instead of the first; they come in the list's order all the same
	After    []any // a row's Keys, all of them: only what follows it
	Before   []any // a row's Keys, all of them: only what precedes it
}

// Order is one key of an order. Exactly one of Prop, Count, Sum, Latest and Earliest is given. Missing values come last, whatever
// the direction, or first.
type Order struct {
	Path   []*Edge // to-one edges from the row to the node that has the value
	When   *Filter // guard's slot of a Path: where it is not true of the row, the value is missing
	Prop   *Ref    // where nodes of several kinds come, of one of these, as its When says
	OnEdge bool    // Prop belongs to the relationship the row is reached by; Path is empty
	Count  *Over   // how many edges
	Sum    *Over   // sum of Over.Prop
	// Latest and Earliest are the newest and the oldest Over.Prop, of instants or days.
	Latest, Earliest *Over
	// Currency of an amount that is ordered by; amounts in others count as missing.
	Currency string
	Desc     bool
	First    bool // missing values come first
}

// Over is a set of edges of a node, and the property that is added up over it.
type Over struct {
	Edge *Edge
	// When is the guard's slot: where it is not true of the node, an order's value is missing, and a tally has no units.
	When   *Filter
	Filter *Filter // on the nodes the edge leads to, and on the relationship
	Prop   *Ref    // for all but counts
	OnEdge bool    // Prop belongs to the relationship
}

// Filter is a condition in three-valued logic: a row stands only where it is true. Exactly one field is given; the zero
// Filter is true of everything.
type Filter struct {
	And  []*Filter
	Or   []*Filter // empty but not nil: false
	Not  *Filter
	Test *Test
	Some *Quantified // true: a node reached is true of Filter; false: all are false of it; else unknown
	// Every is true where no node reached is not true of its Filter, false where one is false of it, else unknown.
	Every *Quantified
	Total *Total
	// Kind is true of nodes of this kind that Of is true of, false of other nodes.
	Kind *Kind
	Of   *Filter
	// Fails is true of the nodes that it is not true of, false of the others, and never unknown.
	Fails *Filter
}

// Mentions reports whether a part of a filter that is demanded looks for texts within texts. No index leads to that, and few nodes have it.
func (f *Filter) Mentions() bool {
	switch {
	case f == nil:
		return false
	case f.Test != nil:
		return f.Test.Op == Mentions
	case f.Some != nil:
		return f.Some.Filter.Mentions()
	}
	return slices.ContainsFunc(f.And, (*Filter).Mentions) || len(f.Or) > 0 && !slices.ContainsFunc(f.Or, func(g *Filter) bool { return !g.Mentions() })
}

// None is true where all nodes that are reached are false of q's filter.
func None(q *Quantified) *Filter { return &Filter{Not: &Filter{Some: q}} }

// A Quantified is the set of nodes an edge leads to, and a condition on each.
type Quantified struct {
	Edge   *Edge
	Filter *Filter // nil: true
}

// Op is a comparison.
type Op uint8

// The comparisons. Those of texts exist with Test.Fold, too.
const (
	Eq Op = iota
	In    // Test.Value is a []any
	Lt    // also Lte, Gt, Gte: of amounts, one in another currency is unknown
	Lte
	Gt
	Gte
	StartsWith
	Contains
	Mentions // a text has one of several in it, which are loose, as it then is itself (graph/fold); Test.Value is a []any
	Includes // a Strings property has the value
	Tells    // one of several attributes is as Test.Value says, an *AttributeTest
	IsNull   // no value
)

// A Test compares a property with a value of its type, or with another property of the same node or relationship. A missing value makes
// it unknown, but for IsNull.
type Test struct {
	Ref    Ref
	With   *Ref // instead of Value: a property that Ref's ComparesWith; Eq, Lt, Lte, Gt and Gte only
	OnEdge bool // the properties belong to the relationship the node is reached by
	ID     bool // the node's id is compared and Ref is empty; Eq, In only
	Op     Op
	Fold   bool // Value is folded, as the column it is compared with
	Value  any  // or a Given, of an instant or an id; or an Ago, of an instant or a day
	// By says how ids came about that nobody named one by one; empty: somebody did.
	By string
	// Listed: the ids are those of different nodes of which it is known, as of Fetch.Now, that they stand in lists for whom the fetch is guarded.
	Listed bool
}

// When is the condition under which all that a test mentions has its value.
func (t *Test) When() *Filter {
	switch {
	case t.With == nil || t.With.When == nil:
		return t.Ref.When
	case t.Ref.When == nil:
		return t.With.When
	}
	return &Filter{And: []*Filter{t.Ref.When, t.With.When}}
}

// ComparesWith reports whether values of two properties compare with each other: numbers of one type, amounts, and times. Of an instant
// that is compared with a day, the day in UTC counts.
func (p *Property) ComparesWith(q *Property) bool {
	switch p.Type {
	case Int, Float, Amount:
		return p.Type == q.Type
	case Instant, Day:
		return q.Temporal()
	}
	return false
}

// A Given is a value that the fetch brings along. Conditions that name it are the same whoever asks, and whenever.
type Given uint8

// The given values.
const (
	GivenNow   Given = iota // Fetch.Now, an int64
	GivenAsker              // Fetch.Asker
)

// Given is what a test of the fetch compares with.
func (f *Fetch) Given(v any) any {
	switch v {
	case GivenNow:
		return int64(f.Now)
	case GivenAsker:
		return f.Leads.ID(f.Asker)
	}
	if ago, is := v.(Ago); is {
		return ago.From(f.Now)
	}
	return v
}

// A Tally counts and adds up over the whole set of a list, whatever the page.
type Tally struct {
	Key      string
	By       []GroupKey
	Over     *Over // nil: one unit a row; else one for each edge of each row, whose Prop is not looked at
	Distinct bool  // Count is of the different nodes that units are, not of units; there are no Measures
	Units    bool  // of a Distinct one: whether TallyRow.Units are wanted
	Measures []Measure
	Order    *GroupOrder // of Groups; nil: the largest first
	// Most is how many groups come by themselves at most, those that are Foremost; of all others together there are rows with a Rest. 0: all do.
	// Tallies of one fetch that share By, the same slice, are of the same groups: those that the first of them, which is not Distinct, has by
	// itself and together under each parent the others have, too.
	Most int
}

// Plain reports whether nothing but the number of rows is asked for.
func (t *Tally) Plain() bool {
	return len(t.By) == 0 && len(t.Measures) == 0 && t.Over == nil && !t.Distinct
}

// Measure asks for count, sum, minimum and maximum of a property of the unit, or of the time from one instant of it to another.
type Measure struct {
	Ref    Ref
	Until  *Ref // where it is an instant: the microseconds from it to this one, if both are there; below 0 where this one comes first
	OnEdge bool // belongs to Tally.Over, or where that is nil to the relationship the row is reached by
	Values bool // of numbers, amounts and times: whether Summary.Values are wanted, too
}

// Numeric reports whether there is a sum of what is measured.
func (m *Measure) Numeric() bool { return m.Until != nil || m.Ref.Prop.Numeric() }

// GroupKey is what rows are grouped by: a property of the row or of the node at the end of a path, or that node's id.
type GroupKey struct {
	Path   []*Edge // to-one edges from the row to the node that has the value
	When   *Filter // guard's slot of a Path: where it is not true of the row, the value is missing
	Ref    Ref     // empty at the end of a Path: the node's id
	OnEdge bool    // the property belongs to the relationship the row is reached by; Path is empty
	Cut    Cut     // of a time
	Zone   Zone    // whose clocks the Cut is of; of a Date none

	// Bounds are where ranges of a number, or of an amount in a currency, begin, each above the one before: rows are grouped by how many of them
	// the value has reached, an int64. Of what is missing there is none.
	Bounds   []int64
	Currency string // of an amount; amounts in others count as missing
	Until    *Ref   // where Ref is an instant: ranges are of the microseconds from it to this one
}
