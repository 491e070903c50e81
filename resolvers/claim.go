package resolvers

import (
	"context"
	"maps"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// assert has the batch make a claim. Where nobody else is named, who asks makes it, if she is one of our own people.
func (c *change) assert(ctx context.Context) error {
	by, usual := c.kind.Edge("assertedBy"), c.form.Fields.ForName("claimOrigin").DefaultValue.Raw
	if origin := text(c.input["claimOrigin"]); c.input["assertedBy"] == nil && (origin == "" || origin == usual) {
		id, err := c.asks(ctx, by.Target())
		if err != nil {
			return err
		}
		c.input = maps.Clone(c.input)
		c.input["assertedBy"] = id
	}
	return c.create(ctx)
}

// asks is the id of who asks among our own people, nil where it is not known.
func (c *change) asks(ctx context.Context, k *graph.Kind) (any, error) {
	who, err := c.asker.employee(k)
	if who == nil {
		return nil, err
	}
	rows, err := c.lookUp(ctx, &graph.List{Key: k.Name, IDs: who.ids, External: who.external, Rows: true, Nodes: []*graph.Selection{{Kind: k}}})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	return rows[0].ID, nil
}

// lookUp reads a list as the purpose sees it.
func (c *change) lookUp(ctx context.Context, l *graph.List) ([]graph.Row, error) {
	read, err := c.Read(ctx, &graph.Fetch{Now: c.now, Lists: []*graph.List{l}})
	if err != nil {
		return nil, err
	}
	return read.Answer(l).Rows, nil
}

// dispute has the batch make a claim that contradicts another one: about the same person, in the same deal or account.
func (c *change) dispute(ctx context.Context) error {
	id := text(c.input["claim"])
	if c.catalog.KindOf(id) != c.kind || c.viewer.Single(c.kind) != nil {
		c.wrong = append(c.wrong, notFound("input.claim"))
		return nil
	}
	sel := &graph.Selection{Kind: c.kind}
	same := []string{"customer", "undertaking"}
	for _, name := range same {
		e := c.kind.Edge(name)
		l := &graph.List{Key: name, Edge: e, Rows: true, Page: graph.Page{Limit: 1}}
		for _, k := range e.Targets {
			l.Nodes = append(l.Nodes, &graph.Selection{Kind: k})
		}
		sel.Lists = append(sel.Lists, l)
	}
	rows, err := c.lookUp(ctx, &graph.List{Key: "claim", IDs: []string{id}, Rows: true, Nodes: []*graph.Selection{sel}})
	if err != nil {
		return err
	}
	c.input = maps.Clone(c.input)
	for _, name := range same {
		var to []tree
		if len(rows) > 0 {
			to = tree{row: &rows[0], need: &need{below: map[string]*need{name: {key: name}}}}.all(name)
		}
		if len(to) == 0 {
			c.wrong = append(c.wrong, notFound("input.claim"))
			return nil
		}
		c.input[name] = to[0].row.ID
	}
	c.input["disputedClaims"] = []any{id}
	err = c.assert(ctx)
	for _, e := range c.wrong { // of what the caller did not give
		if field := strings.TrimPrefix(e.Field, "input."); field == same[0] || field == same[1] || strings.HasPrefix(field, "disputedClaims") {
			e.Field = "input.claim"
		}
	}
	return err
}
