package change

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rules"
)

// look reads the nodes that the input names as the purpose sees them, fails those that it does not see, and reports whether it sees all.
func (c *change) look(ctx context.Context) (rows map[string]*graph.Row, seen bool, err error) {
	rows, seen = map[string]*graph.Row{}, true
	f := &graph.Fetch{Now: c.Now, Lists: c.named()}
	if len(f.Lists) > 0 {
		res, err := c.Read(ctx, f)
		if err != nil {
			return nil, false, err
		}
		for i := range res.Lists {
			for j := range res.Lists[i].Rows {
				rows[res.Lists[i].Rows[j].ID] = &res.Lists[i].Rows[j]
			}
		}
		for _, r := range c.refs { // by the id that the input has, too
			if row := rows[res.Leads.ID(r.ID)]; row != nil {
				rows[r.ID] = row
			}
		}
	}
	for _, r := range c.refs {
		switch row := rows[r.ID]; {
		case row == nil || c.hides(row, r.Edge):
			c.wrong, seen = append(c.wrong, notFound(r.Field)), false
		case c.Viewer.State(row, c.Now).Erased():
			c.wrong, seen = append(c.wrong, wasErased(r.Field)), false
		}
	}
	return rows, seen, nil
}

// named are the nodes that the input names, a list for each kind, as far as they are of a kind that may stand there.
func (c *change) named() (lists []*graph.List) {
	for _, r := range c.refs {
		k := c.Catalog.KindOf(r.ID)
		if k == nil || c.Viewer.Single(k) != nil || r.Edge == nil && k != c.Kind || r.Edge != nil && !slices.Contains(r.Edge.Targets, k) {
			continue
		}
		i := slices.IndexFunc(lists, func(l *graph.List) bool { return l.Nodes[0].Kind == k })
		if i < 0 {
			i = len(lists)
			sel := &graph.Selection{Kind: k}
			policy.WantState(sel)
			if r.Edge == nil {
				beside := rules.Beside(k)
				for _, name := range c.Form.Now {
					if p := k.Field(name); p != nil { // else it is of the relationship that is changed
						beside = append(beside, p)
					}
				}
				for _, p := range beside {
					graph.Mention(&sel.Props, p)
				}
			}
			lists = append(lists, &graph.List{Key: k.Name, Rows: true, Nodes: []*graph.Selection{sel}})
		}
		lists[i].IDs = append(lists[i].IDs, r.ID)
	}
	return lists
}

// hides reports whether a node withholds the edge by which another is to lead to it.
func (c *change) hides(row *graph.Row, e *graph.Edge) bool {
	if e == nil {
		return false
	}
	back := row.Sel.Kind.Reverse(e)
	return back != nil && c.Viewer.State(row, c.Now).Edge(back) != nil
}

// stateOfNew are the states that a new node's values depend on: hers, where it is a person, of whom nothing is known yet; else
// of the persons it is about.
func (c *change) stateOfNew(rows map[string]*graph.Row) {
	c.states = []policy.State{c.Viewer.State(nil, c.Now)}
	if c.Kind.Person {
		sel := &graph.Selection{Kind: c.Kind}
		policy.WantState(sel)
		c.states = append(c.states, c.Viewer.State(&graph.Row{Sel: sel, Props: make([]any, len(sel.Props))}, c.Now))
	}
	for _, r := range c.refs {
		if row := rows[r.ID]; row.Sel.Kind.Person && slices.Contains(c.Kind.Subjects, r.Edge) {
			c.states = append(c.states, c.Viewer.State(row, c.Now))
		}
	}
}

// permitted fails what is given and is withheld: what may not be read may not be written.
func (c *change) permitted() {
	for _, p := range c.Kind.Properties {
		if _, given := c.set[p.Name]; given {
			c.allowed(p.Field(), func(s policy.State) *policy.Withheld { return s.Property(p) })
		}
	}
	for _, r := range c.refs {
		if r.Edge != nil {
			c.allowed(r.Field, func(s policy.State) *policy.Withheld { return s.Edge(r.Edge) })
		}
	}
}

func (c *change) allowed(field string, withheld func(policy.State) *policy.Withheld) {
	for _, s := range c.states {
		if c.denied(field, withheld(s)) {
			return
		}
	}
}
