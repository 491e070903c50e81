package graph

// IsMain reports whether the edge leads to the main one of several: see MainOne.
func (e *Edge) IsMain() bool { return e.One && e.Main != "" }

// MainOne is the to-one edge to the main one of those that an edge leads to at any one time, which has a name of its own; nil: none of them
// is. It stands in paths, of keys and of orders, and no list is along it.
func (e *Edge) MainOne() *Edge {
	if e.One || e.Main == "" {
		return nil
	}
	as := *e
	as.Name, as.One = e.Main, true
	return &as
}

// Several is the edge to all of those of which a MainOne leads to the main one.
func (e *Edge) Several() *Edge {
	as := *e
	as.Name, as.One = First(e.Owner.Edges, func(o *Edge) bool { return !o.One && o.Main == e.Main }).Name, false
	return &as
}

// Ranking is the order in which relationships stand of which the main one is the first, as far as Rel.Main tells, as of the edge's Known.
func (e *Edge) Ranking() []Order {
	r := e.Rel
	if e.Walks() {
		r = e.Along
	}
	return Map(r.Main, func(p *Property) Order { return Order{Prop: e.mention(p), OnEdge: true, Desc: p.Type != Enum} })
}

// mention is a property of the relationships that the edge goes along, as of its Known.
func (e *Edge) mention(p *Property) *Ref {
	ref := &Ref{Prop: p}
	if e.Known != nil {
		ref.At = &Moment{Known: e.Known}
	}
	return ref
}
