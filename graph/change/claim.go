package change

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Fields of a claim.
const (
	claimCustomer    = "customer"
	claimUndertaking = "undertaking"
	claimAssertedBy  = "assertedBy"
	claimDisputes    = "disputedClaims"
	claimOrigin      = "claimOrigin"
)

// Assert makes a claim. Where nobody else is named, the caller makes it, if she is one of our own people. It gives what Create gives.
func (c *Caller) Assert(ctx context.Context, in *Input) (ids map[string]string, err error) {
	return c.do(ctx, in, (*change).assert)
}

// Dispute makes a claim that contradicts the one that the input names: about the same person, in the same deal or account. It gives what
// Create gives.
func (c *Caller) Dispute(ctx context.Context, in *Input) (ids map[string]string, err error) {
	return c.do(ctx, in, (*change).dispute)
}

func (c *change) assert(ctx context.Context) error {
	by := c.Kind.Edge(claimAssertedBy)
	named := slices.ContainsFunc(c.Leads, func(r Reference) bool { return r.Edge == by })
	origin, _ := c.Values[c.Kind.Field(claimOrigin).Name].(string)
	if !named && (origin == "" || origin == c.Form.Usual[claimOrigin]) {
		id, err := c.caller(ctx, by.Target())
		if err != nil {
			return err
		}
		if id != "" {
			c.lead(by, claimAssertedBy, id)
		}
	}
	return c.create(ctx)
}

// lead has the node lead to another one, as if the input had said it by a field.
func (c *change) lead(e *graph.Edge, field, id string) {
	in := *c.Input
	in.Leads = append(slices.Clip(in.Leads), Reference{Edge: e, Field: field, ID: id})
	c.Input = &in
}

// caller is the id of the caller among our own people, empty where it is not known.
func (c *change) caller(ctx context.Context, k *graph.Kind) (string, error) {
	who, err := c.Employee(k)
	if who == nil {
		return "", err
	}
	l := &graph.List{Key: k.Name, Rows: true, Nodes: []*graph.Selection{{Kind: k}}}
	if who.ID != "" {
		l.IDs = []string{who.ID}
	} else {
		l.External = []graph.External{who.External}
	}
	rows, err := c.lookUp(ctx, l)
	if err != nil || len(rows) == 0 {
		return "", err
	}
	return rows[0].ID, nil
}

// lookUp reads a list as the purpose sees it.
func (c *change) lookUp(ctx context.Context, l *graph.List) ([]graph.Row, error) {
	read, err := c.Read(ctx, &graph.Fetch{Now: c.Now, Lists: []*graph.List{l}})
	if err != nil {
		return nil, err
	}
	return read.Answer(l).Rows, nil
}

// dispute leads the claim where the other one leads. What is wrong with that is wrong with the other claim: the caller has named no more.
func (c *change) dispute(ctx context.Context) error {
	if c.Catalog.KindOf(c.ID) != c.Kind || c.Viewer.Single(c.Kind) != nil {
		c.wrong = append(c.wrong, notFound(c.Field))
		return nil
	}
	sel := &graph.Selection{Kind: c.Kind}
	same := []*graph.Edge{c.Kind.Edge(claimCustomer), c.Kind.Edge(claimUndertaking)}
	for _, e := range same {
		sel.Lists = append(sel.Lists, &graph.List{Key: e.Name, Edge: e, Nodes: graph.Bare(e.Targets), Rows: true, Page: graph.Page{Limit: 1}})
	}
	rows, err := c.lookUp(ctx, &graph.List{Key: c.Field, IDs: []string{c.ID}, Rows: true, Nodes: []*graph.Selection{sel}})
	if err != nil {
		return err
	}
	for _, e := range same {
		id := leadsTo(rows, e)
		if id == "" {
			c.wrong = append(c.wrong, notFound(c.Field))
			return nil
		}
		c.lead(e, c.Field, id)
	}
	c.lead(c.Kind.Edge(claimDisputes), c.Field, c.ID)
	return c.assert(ctx)
}

// leadsTo is the id of the first node to which an edge leads from the first of some rows, empty where none is seen.
func leadsTo(rows []graph.Row, e *graph.Edge) string {
	if len(rows) == 0 {
		return ""
	}
	row := &rows[0]
	i := slices.IndexFunc(row.Sel.Lists, func(l *graph.List) bool { return l.Key == e.Name })
	if i < 0 || len(row.Lists[i].Rows) == 0 { // the guard has taken it out, or it leads nowhere
		return ""
	}
	return row.Lists[i].Rows[0].ID
}
