package graph

// A naming collects the Aliases of ids that conditions of lists compare with.
type naming struct{ aliases []string }

func (n *naming) list(l *List) {
	n.filter(l.When)
	n.filter(l.Filter)
	n.refs(l.Props)
	for i := range l.Order {
		o := &l.Order[i]
		for _, over := range []*Over{o.Count, o.Sum, o.Latest, o.Earliest} {
			n.over(over)
		}
	}
	for _, t := range l.Tallies {
		n.over(t.Over)
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

func (n *naming) refs(refs []Ref) {
	for _, r := range refs {
		n.filter(r.When)
	}
}

func (n *naming) over(o *Over) {
	if o != nil {
		n.filter(o.When)
		n.filter(o.Filter)
	}
}

func (n *naming) filter(f *Filter) {
	switch {
	case f == nil:
		return
	case f.Test != nil:
		n.test(f.Test)
	case f.Some != nil:
		n.filter(f.Some.Filter)
	case f.Every != nil:
		n.filter(f.Every.Filter)
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
