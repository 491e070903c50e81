package change

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rules"
)

// A change is what an input comes to: a batch that is to be written, or what is wrong.
type change struct {
	*Caller
	*Input
	set    graph.Values   // of the node
	refs   []Reference    // that the input names
	stored graph.Values   // of the node that is changed, what rules hold others against, as the purpose sees it
	states []policy.State // of the node, or of the persons whom a new one is about
	batch  graph.Batch
	linked []Reference // that the batch's links are made of
	wrong  Faults
}

// Create makes a node, and leads it to those that the input names. It gives the ids of all of them, by the fields that named them. Errors are
// Faults, and those of the Reader, of the Writer and of Caller.Needs.
func (c *Caller) Create(ctx context.Context, in *Input) (ids map[string]string, err error) {
	return c.do(ctx, in, (*change).create)
}

// Update changes a node. It gives its id, by the field that named it; errors are those of Create.
func (c *Caller) Update(ctx context.Context, in *Input) (ids map[string]string, err error) {
	return c.do(ctx, in, (*change).update)
}

// A Linking is what becomes of a relationship.
type Linking uint8

// The linkings.
const (
	Begins   Linking = iota
	Succeeds         // it begins, and takes over from another one; see graph.Link
	Ends
	Replaces // it begins where others between the same nodes end
)

// Relate has the relationship to the one node that the input leads to begin or end. It gives the ids of both nodes, by the fields that named
// them; errors are those of Create.
func (c *Caller) Relate(ctx context.Context, in *Input, how Linking) (ids map[string]string, err error) {
	return c.do(ctx, in, func(m *change, ctx context.Context) error { return m.relate(ctx, in.Leads[0], how) })
}

// do makes a change, once.
func (c *Caller) do(ctx context.Context, in *Input, fill func(*change, context.Context) error) (map[string]string, error) {
	if err := c.Viewer.Changes(false); err != nil {
		return nil, err
	}
	if err := c.Needs(roleWriter); err != nil {
		return nil, err
	}
	once, err := in.once(c.Actor)
	if err != nil {
		return nil, err
	}
	m := &change{Caller: c, Input: in, set: graph.Values{}, stored: graph.Values{}, batch: graph.Batch{Source: source, Actor: c.Actor, Once: once}}
	if err := fill(m, ctx); err != nil {
		return nil, err
	}
	if len(m.wrong) > 0 {
		m.faults()
		return nil, m.wrong
	}
	report, err := c.Writer.Write(ctx, &m.batch)
	if err != nil {
		return nil, m.refused(err)
	}
	ids := map[string]string{}
	for _, r := range m.refs {
		ids[r.Field] = r.ID
	}
	ids[in.Field] = report.IDs[0]
	return ids, nil
}

func (c *change) fail(code graph.Code, field, format string, args ...any) {
	c.wrong = append(c.wrong, Fault{code, field, fmt.Sprintf(format, args...)})
}

// denied fails a field that stands for what is withheld.
func (c *change) denied(field string, w *policy.Withheld) bool {
	if w != nil {
		c.fail(graph.PurposeDenied, field, "this is %s, which is withheld from the purpose %s: %s", w.Category, c.Viewer.Purpose, w.Reason)
	}
	return w != nil
}

// create has the batch make a node, and lead it to those that the input names.
func (c *change) create(ctx context.Context) error {
	if c.denied("", c.Viewer.Single(c.Kind)) {
		return nil
	}
	c.set = c.values(c.Kind.Properties)
	c.references()
	rows, seen, err := c.look(ctx)
	if err != nil {
		return err
	}
	if seen { // else nothing is known of what it may
		c.stateOfNew(rows)
		c.permitted()
	}
	if len(c.set)+len(c.wrong) == 0 {
		c.fail(graph.BadInput, "", "needs at least one value")
	}
	c.defaults(c.Kind.Field, c.set)
	e, external := c.external()
	c.batch.Source = e.Source
	c.batch.Nodes = []graph.Upsert{{Kind: c.Kind, ID: e.ID, Set: c.set, IfNew: external}}
	for _, r := range c.refs {
		c.link(graph.NodeRef{Kind: c.Kind, External: graph.External{ID: e.ID}}, r, Begins)
	}
	return nil
}

// update has the batch change a node.
func (c *change) update(ctx context.Context) error {
	c.set = c.values(c.Kind.Properties)
	c.refs = []Reference{{Field: c.Field, ID: c.ID}}
	rows, seen, err := c.look(ctx)
	if err != nil || !seen {
		return err
	}
	c.defaults(c.Kind.Field, c.set)
	row := rows[c.ID]
	c.over(row)
	c.unchanged(row)
	for _, p := range rules.Beside(c.Kind) {
		c.stored[p.Name] = row.ByName(p.Name)
	}
	c.permitted()
	c.since()
	return nil
}

// relate has the batch begin or end a relationship by which the node leads to another one.
func (c *change) relate(ctx context.Context, to Reference, how Linking) error {
	if c.denied(c.Field, c.Viewer.Edge(to.Edge)) {
		return nil
	}
	to.Values = c.values(to.Edge.Rel.Properties)
	c.defaults(to.Edge.Rel.Property, to.Values)
	c.refs = []Reference{{Field: c.Field, ID: c.ID}, to}
	rows, _, err := c.look(ctx)
	if err != nil || len(c.wrong) > 0 {
		return err
	}
	if how != Ends && rows[c.ID].ID == rows[to.ID].ID { // one that was loaded can be ended
		c.fail(graph.BadInput, to.Field, "must be another one than the %s: %s", c.Field, to.ID)
		return nil
	}
	c.unchanged(rows[c.ID])
	c.permitted()
	from := graph.NodeRef{Kind: c.Kind, ID: c.ID}
	if how == Replaces {
		before := to
		before.Values = graph.Values{"to": to.Values["from"]}
		c.link(from, before, Ends)
	}
	c.link(from, to, how)
	return nil
}

// over leaves what is over as it was where the input does not say when that is to be: what is ended, or taken back, once more does not last longer.
func (c *change) over(row *graph.Row) {
	for _, name := range c.Form.Now {
		p := c.Kind.Field(name)
		if at, is := row.ByName(p.Name).(int64); is && c.Values[p.Name] == nil && at <= int64(c.Now) {
			delete(c.set, p.Name)
		}
	}
}

// unchanged has the batch change a node that was read, unless it has changed since the caller read it.
func (c *change) unchanged(row *graph.Row) {
	c.states = []policy.State{c.Viewer.State(row, c.Now)}
	up := graph.Upsert{Kind: c.Kind, Node: row.ID, Set: c.set}
	if m := c.UpdatedAt; m != nil {
		if m.Wrong != nil {
			c.fail(graph.BadInput, "updatedAt", "%v", m.Wrong)
			return
		}
		if c.denied("updatedAt", c.states[0].Property(c.Kind.Property(graph.UpdatedAt))) {
			return
		}
		up.IfUpdatedAt = &m.At
	}
	c.batch.Nodes = []graph.Upsert{up}
}

// since has what is tracked hold from the time that the input says.
func (c *change) since() {
	m := c.Since
	if m == nil || len(c.wrong) > 0 {
		return
	}
	switch {
	case m.Wrong != nil:
		c.fail(graph.BadInput, "since", "%v", m.Wrong)
		return
	case m.At > c.Now:
		c.fail(graph.BadInput, "since", "must not be in the future: %s", m.At)
		return
	}
	if p := c.Kind.Begins; p != nil {
		began, known := c.stored[p.Name].(int64)
		if given, is := c.set[p.Name].(int64); is {
			began, known = given, true
		}
		if known && m.At < graph.Time(began) {
			c.fail(graph.BadInput, "since", "must not be before %s, which is %s: %s", p.Field(), graph.Time(began), m.At)
			return
		}
	}
	past := graph.Upsert{Kind: c.Kind, Node: c.batch.Nodes[0].Node, Set: graph.Values{}, At: &m.At}
	for _, p := range graph.TrackedOf(c.Kind.Properties) {
		if v, given := c.set[p.Name]; given {
			past.Set[p.Name] = v
			delete(c.set, p.Name)
		}
	}
	if len(past.Set) == 0 {
		c.fail(graph.BadInput, "since", "needs a value whose history is kept")
		return
	}
	c.batch.Nodes = append(c.batch.Nodes, past)
}

func (c *change) link(from graph.NodeRef, r Reference, how Linking) {
	to := graph.NodeRef{Kind: c.Catalog.KindOf(r.ID), ID: r.ID}
	if !r.Edge.Out {
		from, to = to, from
	}
	c.batch.Edges = append(c.batch.Edges, graph.Link{Rel: r.Edge.Rel, From: from, To: to, Set: r.Values, Succeeds: how == Succeeds, Ends: how == Ends})
	c.linked = append(c.linked, r)
}

// refused says which fields of the input stood in the way of the batch, or is the error where none did.
func (c *change) refused(err error) error {
	bad := (*graph.BatchError)(nil)
	switch {
	case errors.As(err, &bad):
		node := func(p graph.Problem) bool { return !p.Edge }
		for _, p := range bad.Problems {
			if !p.Edge || !slices.ContainsFunc(bad.Problems, node) { // a node that cannot be made is no end of anything
				c.problem(p)
			}
		}
	case errors.Is(err, graph.ErrKeyUsed):
		return keyUsed(err)
	case graph.CodeOf(err) == graph.BadInput: // all that batches have from callers and that is not an element's
		c.fail(graph.BadInput, "external.source", "%v", err)
	default:
		return err
	}
	return c.wrong
}

func (c *change) problem(p graph.Problem) {
	switch {
	case p.Edge && p.Conflict:
		c.fail(graph.Conflict, "from", "%s", p.Reason)
	case p.Edge && p.Property != "":
		c.fail(graph.BadInput, c.linked[p.Index].field(p.Property), "%s", p.Reason)
	case p.Edge:
		c.wrong = append(c.wrong, notFound(c.linked[p.Index].Field))
	case p.Conflict && c.UpdatedAt == nil && c.External != nil:
		c.fail(graph.Conflict, "external", "%s", p.Reason)
	case p.Conflict:
		c.fail(graph.Conflict, "updatedAt", "%s", p.Reason)
	case p.Property != "":
		c.fail(graph.BadInput, c.Kind.Property(p.Property).Field(), "%s", p.Reason)
	default:
		c.fail(graph.BadInput, "external.id", "%s", p.Reason)
	}
}
