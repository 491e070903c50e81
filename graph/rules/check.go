package rules

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// pageSize is how many nodes, or relationships of one, are looked at at a time.
const pageSize = 200

// A Breach is what is wrong with a node, or with a relationship from it to another.
type Breach struct {
	ID, To string // of nodes; To is empty where it is the node itself
	Type   string // of the node or of the relationship
	Faults []Fault
}

// Check looks at all that is in a store, and tells what breaks a rule: it may be younger than what is there, and a file may not have known
// when something ended.
func Check(ctx context.Context, store graph.Store, cat *graph.Catalog, now graph.Time, tell func(Breach)) error {
	for _, k := range cat.Kinds {
		c := &checking{ctx: ctx, store: store, now: now, tell: tell}
		sel := &graph.Selection{Kind: k, Props: ruled(k.Properties, Beside(k)), Lists: along(cat, k)}
		if len(sel.Props)+len(sel.Lists) == 0 {
			continue
		}
		if err := c.pages(&graph.List{Key: k.Name, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: pageSize}, Nodes: []*graph.Selection{sel}}, c.node); err != nil {
			return err
		}
	}
	return nil
}

type checking struct {
	ctx   context.Context
	store graph.Store
	now   graph.Time
	tell  func(Breach)
}

// ruled asks for the properties that there is a rule for.
func ruled(props, beside []*graph.Property) []graph.Ref {
	return graph.Refs(graph.Where(props, func(p *graph.Property) bool {
		return p.Range != nil || p.Past || p.Format != "" || slices.Contains(beside, p) || p.Path() == graph.ConsentKind+"."+graph.ConsentPurpose
	})...)
}

// along are the relationships that leave nodes of a kind and that there is a rule for, whatever their valid time.
func along(cat *graph.Catalog, k *graph.Kind) (out []*graph.List) {
	for _, r := range cat.Rels {
		var beside []*graph.Property
		for _, s := range r.Spans {
			beside = append(beside, s.From, s.To)
		}
		e := &graph.Edge{Name: r.Type, Owner: k, Rel: r, Out: true, History: true}
		var nodes []*graph.Selection
		for _, pair := range r.Pairs {
			if pair[0] == k {
				e.Targets, nodes = append(e.Targets, pair[1]), append(nodes, &graph.Selection{Kind: pair[1]})
			}
		}
		if props := ruled(r.Properties, beside); len(props) > 0 && len(nodes) > 0 {
			out = append(out, &graph.List{Key: r.Type, Edge: e, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: pageSize}, Nodes: nodes, Props: props})
		}
	}
	return out
}

// pages reads a list to its end.
func (c *checking) pages(l *graph.List, step func(*graph.Row) error) error {
	for {
		res, err := c.store.Read(c.ctx, &graph.Fetch{Now: c.now, Lists: []*graph.List{l}})
		if err != nil {
			return err
		}
		rows := res.Lists[0].Rows
		for i := range rows {
			if err := step(&rows[i]); err != nil {
				return err
			}
		}
		if !res.Lists[0].HasNext {
			return nil
		}
		l.Page.After = rows[len(rows)-1].Keys
	}
}

// node looks at a node, and at the relationships that leave it.
func (c *checking) node(r *graph.Row) error {
	k := r.Sel.Kind
	if faults := OfNode(k, graph.ValuesOf(r.Sel.Props, r.Props), graph.Values{}, c.now); len(faults) > 0 {
		c.tell(Breach{ID: r.ID, Type: k.Name, Faults: faults})
	}
	for i := range r.Lists {
		if err := c.relationships(r.ID, r.Sel.Lists[i], &r.Lists[i]); err != nil {
			return err
		}
	}
	return nil
}

// relationships looks at those of a list that leave a node, and at the pages behind it.
func (c *checking) relationships(from string, l *graph.List, page *graph.ListResult) error {
	for {
		for i := range page.Rows {
			to := &page.Rows[i]
			if faults := OfRelationship(l.Edge.Rel, graph.ValuesOf(l.Props, to.Edge), c.now); len(faults) > 0 {
				c.tell(Breach{ID: from, To: to.ID, Type: l.Edge.Rel.Type, Faults: faults})
			}
		}
		if !page.HasNext {
			return nil
		}
		next := *l
		next.Page.After = page.Rows[len(page.Rows)-1].Keys
		owner := &graph.Selection{Kind: l.Edge.Owner, Lists: []*graph.List{&next}}
		res, err := c.store.Read(c.ctx, &graph.Fetch{Now: c.now, Lists: []*graph.List{{Key: "owner", IDs: []string{from}, Rows: true, Nodes: []*graph.Selection{owner}}}})
		if err != nil || len(res.Lists[0].Rows) == 0 { // it is gone by now
			return err
		}
		l, page = &next, &res.Lists[0].Rows[0].Lists[0]
	}
}
