package graph

// Adding is how what a set of edges leads to comes to one value.
type Adding uint8

// The ways. The newest and the oldest of instants or days, and a sum, are missing where no value is there; a count never is.
const (
	ByCount Adding = iota
	BySum
	ByLatest
	ByEarliest
)

// A Total is what a set of edges of a node comes to, compared with a value. It is unknown where that is missing, but for IsNull, and where
// Over.When is not true of the node. A sum that is too large to be kept is taken as the greatest, or the least, there may be: it is no
// error, since nobody says of which nodes, and of whether withheld ones, a condition is asked.
type Total struct {
	Over     *Over // with Prop, but for a count
	By       Adding
	Currency string // of an amount that is added up; amounts in others count as missing
	Op       Op     // Eq, In, Lt, Lte, Gt, Gte or IsNull
	Not      bool   // the comparison is false
	Value    any    // an int64, or several of them; an Ago of times
}

// negated is true where t is false.
func (t *Total) negated() *Total {
	out := *t
	out.Not = !t.Not
	return &out
}

// failing is true of the nodes that t is not true of: those that it is false of, whose total is missing, or whose edges may not be followed.
func (t *Total) failing() *Filter {
	out := &Filter{Or: []*Filter{{Total: t.negated()}}}
	if t.By != ByCount && t.Op != IsNull {
		missing := *t
		missing.Op, missing.Not, missing.Value = IsNull, false, nil
		out.Or = append(out.Or, &Filter{Total: &missing})
	}
	if may := t.Over.When.normal(false); may != nil {
		out.Or = append(out.Or, fails(may, false))
	}
	return out
}

// Any reports whether it says that there is an edge of the set, and no more.
func (t *Total) Any() bool {
	return t.By == ByCount && !t.Not && (t.Op == Gte && t.Value == int64(1) || t.Op == Gt && t.Value == int64(0))
}

// Reaches reports whether one edge of the set of which the comparison is true is enough: one that is newer than the value makes the newest so.
func (t *Total) Reaches() bool {
	return !t.Not && (t.By == ByLatest && (t.Op == Gt || t.Op == Gte) || t.By == ByEarliest && (t.Op == Lt || t.Op == Lte))
}

// Begins reports whether what t Reaches by is found by an index on the edges themselves.
func (t *Total) Begins() bool {
	return t.Reaches() && t.Over.Edge.Stored() && t.Over.OnEdge && t.Over.Prop.Indexed()
}

// Same reports whether two come to the same value for a node, but for whether their edges may be followed from it: false also where that is not seen at once.
func (o *Over) Same(p *Over) bool {
	return o.Edge == p.Edge && o.Filter == p.Filter && o.OnEdge == p.OnEdge && (o.Prop == p.Prop || o.Prop != nil && p.Prop != nil && *o.Prop == *p.Prop)
}

// Some is true where there is an edge of the set, or one with a value that the total is of.
func (o *Over) Some() *Filter {
	f := o.Filter
	if o.Prop != nil {
		there := &Filter{Not: &Filter{Test: &Test{Ref: Ref{Prop: o.Prop.Prop, At: o.Prop.At}, OnEdge: o.OnEdge, Op: IsNull}}}
		if f = there; o.Filter != nil {
			f = &Filter{And: []*Filter{o.Filter, there}}
		}
	}
	return &Filter{Some: &Quantified{Edge: o.Edge, Filter: f}}
}

// Over is the set of edges that an order is by, and how it comes to a value; nil: it is by a property.
func (o *Order) Over() (*Over, Adding) {
	switch {
	case o.Count != nil:
		return o.Count, ByCount
	case o.Sum != nil:
		return o.Sum, BySum
	case o.Latest != nil:
		return o.Latest, ByLatest
	case o.Earliest != nil:
		return o.Earliest, ByEarliest
	}
	return nil, ByCount
}
