package graph

// A naming collects the Aliases of ids that conditions of lists compare with, and notes whether one compares with the asker.
type naming struct {
	aliases []string
	asker   bool
}

func (n *naming) list(l *List) {
	n.edge(l.Edge)
	n.filter(l.When)
	n.filter(l.Filter)
	n.refs(l.Props)
	if l.Search != nil {
		n.refs(l.Search.In)
		n.refs(l.Search.By)
	}
	for i := range l.Order {
		n.order(&l.Order[i])
	}
	for _, t := range l.Tallies {
		n.tally(t)
	}
	for _, sel := range l.Nodes {
		for _, f := range sel.Asks {
			n.filter(f)
		}
		n.refs(sel.Props)
		for _, below := range sel.Lists {
			n.list(below)
		}
	}
}

func (n *naming) order(o *Order) {
	n.path(o.Path)
	n.filter(o.When)
	n.ref(o.Prop)
	for _, over := range []*Over{o.Count, o.Sum, o.Latest, o.Earliest} {
		n.over(over)
	}
}

func (n *naming) tally(t *Tally) {
	n.over(t.Over)
	for i := range t.By {
		k := &t.By[i]
		n.path(k.Path)
		n.filter(k.When)
		n.ref(&k.Ref)
		n.ref(k.Until)
	}
	for i := range t.Measures {
		n.ref(&t.Measures[i].Ref)
		n.ref(t.Measures[i].Until)
	}
}

func (n *naming) path(path []*Edge) {
	for _, e := range path {
		n.edge(e)
	}
}

func (n *naming) edge(e *Edge) {
	if e == nil {
		return
	}
	n.filter(e.Through)
	for i := range e.Strands {
		for _, h := range e.Strands[i].Hops {
			n.edge(h.Edge)
			n.filter(h.When)
			n.filter(h.Filter)
		}
		n.ref(&e.Strands[i].At)
	}
}

func (n *naming) refs(refs []Ref) {
	for i := range refs {
		n.ref(&refs[i])
	}
}

func (n *naming) ref(r *Ref) {
	if r != nil {
		n.filter(r.When)
	}
}

func (n *naming) over(o *Over) {
	if o != nil {
		n.edge(o.Edge)
		n.filter(o.When)
		n.filter(o.Filter)
		n.ref(o.Prop)
	}
}

func (n *naming) quantified(q *Quantified) {
	n.edge(q.Edge)
	n.filter(q.Filter)
}

func (n *naming) filter(f *Filter) {
	switch {
	case f == nil:
		return
	case f.Test != nil:
		n.test(f.Test)
	case f.Some != nil:
		n.quantified(f.Some)
	case f.Every != nil:
		n.quantified(f.Every)
	case f.Total != nil:
		n.over(f.Total.Over)
	}
	n.filter(f.Not)
	n.filter(f.Of)
	n.filter(f.Fails)
	for _, g := range f.And {
		n.filter(g)
	}
	for _, g := range f.Or {
		n.filter(g)
	}
}

func (n *naming) test(t *Test) {
	n.ref(&t.Ref)
	n.ref(t.With)
	n.asker = n.asker || t.Value == GivenAsker
	if !t.Follows() {
		return
	}
	ids, several := t.Value.([]any)
	if !several {
		ids = []any{t.Value}
	}
	for _, id := range ids {
		if id, is := id.(string); is {
			n.aliases = append(n.aliases, IDAlias(id))
		}
	}
}
