package resolvers

import (
	"context"
	"fmt"
	"slices"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rules"
	"github.com/kithgraph/kith/resolvers/gql"
)

// A change is what a mutation makes of its input: a batch that is to be written, or what is wrong.
type change struct {
	*operation
	catalog *graph.Catalog
	kind    *graph.Kind // of the node that is made or changed
	input   map[string]any
	field   string // of the input, with the id of the node that is changed
	key     string // of the change
	set     graph.Values
	refs    []reference
	form    *ast.Definition // of the input
	stored  graph.Values    // of the node that is changed, what rules hold others against, as the purpose sees it
	states  []policy.State  // of the node, or of the persons whom a new one is about
	batch   graph.Batch
	linked  []reference // that the batch's links are made of
	wrong   []*gql.UserError
}

// A reference is a node that the input names, and the edge by which the changed node is to lead to it; no edge: it is that
// node.
type reference struct {
	edge *graph.Edge
	path string
	id   string
	set  graph.Values // of the relationship
	says string       // the path of these
}

func (c *change) fail(code gql.UserErrorCode, field, format string, args ...any) {
	c.wrong = append(c.wrong, &gql.UserError{Code: code, Field: field, Message: fmt.Sprintf(format, args...)})
}

// denied fails a field that stands for what is withheld.
func (c *change) denied(field string, w *policy.Withheld) bool {
	if w != nil {
		c.fail("PURPOSE_DENIED", field, "this is %s, which is withheld from the purpose %s: %s", w.Category, c.viewer.Purpose, w.Reason)
	}
	return w != nil
}

// create has the batch make a node, and lead it to those that the input names.
func (c *change) create(ctx context.Context) error {
	if c.denied("input", c.viewer.Single(c.kind)) {
		return nil
	}
	c.values(c.kind.Properties, c.input, "input", c.set)
	c.references()
	rows, err := c.look(ctx)
	if err != nil {
		return err
	}
	if c.seen(rows) { // else nothing is known of what it may
		c.stateOfNew(rows)
		c.permitted()
	}
	if len(c.set)+len(c.wrong) == 0 {
		c.fail("INVALID", "input", "needs at least one value")
	}
	c.defaults(c.kind.Field, c.set)
	e, external := c.external()
	c.batch.Source = e.Source
	c.batch.Nodes = []graph.Upsert{{Kind: c.kind, ID: e.ID, Set: c.set, IfNew: external}}
	for _, r := range c.refs {
		c.link(graph.NodeRef{Kind: c.kind, External: graph.External{ID: e.ID}}, r, begins)
	}
	return nil
}

// update has the batch change a node.
func (c *change) update(ctx context.Context) error {
	node := reference{path: "input." + c.field, id: text(c.input[c.field])}
	c.values(c.kind.Properties, c.input, "input", c.set)
	c.refs = []reference{node}
	rows, err := c.look(ctx)
	if err != nil || !c.seen(rows) {
		return err
	}
	c.defaults(c.kind.Field, c.set)
	c.unchanged(rows[node.id])
	for _, p := range rules.Beside(c.kind) {
		c.stored[p.Name] = propOf(rows[node.id], p.Name)
	}
	c.permitted()
	c.since()
	return nil
}

// A linking is what becomes of a relationship.
type linking uint8

const (
	begins   linking = iota
	succeeds         // it begins, and takes over from another one; see graph.Link
	ends
	replaces // it begins where others between the same nodes end
)

// relate has the batch begin or end a relationship by which the node leads to another one, by an edge of it.
func (c *change) relate(ctx context.Context, edge *graph.Edge, to string, how linking) error {
	if c.denied("input."+c.field, c.viewer.Edge(edge)) {
		return nil
	}
	set := graph.Values{}
	c.values(edge.Rel.Properties, c.input, "input", set)
	c.defaults(edge.Rel.Property, set)
	of, other := reference{path: "input." + c.field, id: text(c.input[c.field])}, reference{edge: edge, path: "input." + to, id: text(c.input[to]), set: set, says: "input"}
	c.refs = []reference{of, other}
	rows, err := c.look(ctx)
	if err != nil || len(c.wrong) > 0 {
		return err
	}
	c.unchanged(rows[of.id])
	c.permitted()
	from := graph.NodeRef{Kind: c.kind, ID: of.id}
	if how == replaces {
		before := other
		before.set = graph.Values{"to": set["from"]}
		c.link(from, before, ends)
	}
	c.link(from, other, how)
	return nil
}

// unchanged has the batch change a node that was read, unless it has changed since the caller read it.
func (c *change) unchanged(row *graph.Row) {
	c.states = []policy.State{c.viewer.State(row, c.now)}
	up := graph.Upsert{Kind: c.kind, Node: row.ID, Set: c.set}
	if v := c.input["updatedAt"]; v != nil {
		at, err := graph.ParseTime(text(v))
		if err != nil {
			c.fail("INVALID", "input.updatedAt", "%v", err)
			return
		}
		if c.denied("input.updatedAt", c.states[0].Property(c.kind.Property(graph.UpdatedAt))) {
			return
		}
		up.IfUpdatedAt = &at
	}
	c.batch.Source, c.batch.Nodes = changeSource, []graph.Upsert{up}
}

// since has what is tracked hold from the time that the input says.
func (c *change) since() {
	v := c.input["since"]
	if v == nil || len(c.wrong) > 0 {
		return
	}
	at, err := graph.ParseTime(text(v))
	switch {
	case err != nil:
		c.fail("INVALID", "input.since", "%v", err)
		return
	case at > c.now:
		c.fail("INVALID", "input.since", "must not be in the future: %s", at)
		return
	}
	past := graph.Upsert{Kind: c.kind, Node: c.batch.Nodes[0].Node, Set: graph.Values{}, At: &at}
	for _, p := range graph.TrackedOf(c.kind.Properties) {
		if v, given := c.set[p.Name]; given {
			past.Set[p.Name] = v
			delete(c.set, p.Name)
		}
	}
	if len(past.Set) == 0 {
		c.fail("INVALID", "input.since", "needs a value whose history is kept")
		return
	}
	c.batch.Nodes = append(c.batch.Nodes, past)
}

// external names a new node: by the row of a source where the input has one, else by the change's key.
func (c *change) external() (e graph.External, given bool) {
	ref, given := c.input["external"].(map[string]any)
	if !given {
		return graph.External{Source: changeSource, ID: c.key}, false
	}
	if c.kind.Person && !c.viewer.Everybody(graph.CategoryIdentity) {
		c.fail("PURPOSE_DENIED", "input.external", "that somebody comes from a row of a source is IDENTITY, which the purpose %s may not see of everybody", c.viewer.Purpose)
	}
	e = graph.External{Source: text(ref["source"]), ID: text(ref["id"])}
	if c.kind.Person {
		c.record.NoteExternal(c.kind, e, graph.CategoryIdentity)
	}
	if graph.OwnSource(e.Source) {
		c.fail("INVALID", "input.external.source", "the source %s is Kith's own", e.Source)
	}
	return e, true
}

func (c *change) link(from graph.NodeRef, r reference, how linking) {
	to := graph.NodeRef{Kind: c.catalog.KindOf(r.id), ID: r.id}
	if !r.edge.Out {
		from, to = to, from
	}
	c.batch.Edges = append(c.batch.Edges, graph.Link{Rel: r.edge.Rel, From: from, To: to, Set: r.set, Succeeds: how == succeeds, Ends: how == ends})
	c.linked = append(c.linked, r)
}

// look reads the nodes that the input names as the purpose sees them, and fails those that it does not see.
func (c *change) look(ctx context.Context) (map[string]*graph.Row, error) {
	rows := map[string]*graph.Row{}
	f := &graph.Fetch{Now: c.now}
	for _, r := range c.refs {
		k := c.catalog.KindOf(r.id)
		if k == nil || c.viewer.Single(k) != nil || r.edge == nil && k != c.kind || r.edge != nil && !slices.Contains(r.edge.Targets, k) {
			continue
		}
		i := slices.IndexFunc(f.Lists, func(l *graph.List) bool { return l.Nodes[0].Kind == k })
		if i < 0 {
			i = len(f.Lists)
			sel := &graph.Selection{Kind: k}
			policy.WantState(sel)
			if r.edge == nil {
				for _, p := range rules.Beside(k) {
					addRef(&sel.Props, p)
				}
			}
			f.Lists = append(f.Lists, &graph.List{Key: k.Name, Rows: true, Nodes: []*graph.Selection{sel}})
		}
		f.Lists[i].IDs = append(f.Lists[i].IDs, r.id)
	}
	if len(f.Lists) > 0 {
		res, err := c.Read(ctx, f)
		if err != nil {
			return nil, err
		}
		for i := range res.Lists {
			for j := range res.Lists[i].Rows {
				rows[res.Lists[i].Rows[j].ID] = &res.Lists[i].Rows[j]
			}
		}
		for _, r := range c.refs { // by the id that the input has, too
			if row := rows[res.Leads.ID(r.id)]; row != nil {
				rows[r.id] = row
			}
		}
	}
	for _, r := range c.refs {
		row := rows[r.id]
		switch {
		case row == nil || c.hides(row, r.edge):
			c.wrong = append(c.wrong, notFound(r.path))
		case c.viewer.State(row, c.now).Erased():
			c.wrong = append(c.wrong, wasErased(r.path))
		}
	}
	return rows, nil
}

// seen reports whether all nodes that the input names have been found, and are seen.
func (c *change) seen(rows map[string]*graph.Row) bool {
	return !slices.ContainsFunc(c.refs, func(r reference) bool {
		row := rows[r.id]
		return row == nil || c.hides(row, r.edge) || c.viewer.State(row, c.now).Erased()
	})
}

// hides reports whether a node withholds the edge by which another is to lead to it.
func (c *change) hides(row *graph.Row, e *graph.Edge) bool {
	if e == nil {
		return false
	}
	back := row.Sel.Kind.Reverse(e)
	return back != nil && c.viewer.State(row, c.now).Edge(back) != nil
}

// stateOfNew are the states that a new node's values depend on: hers, where it is a person, of whom nothing is known yet; else
// of the persons it is about.
func (c *change) stateOfNew(rows map[string]*graph.Row) {
	c.states = []policy.State{c.viewer.State(nil, c.now)}
	if c.kind.Person {
		sel := &graph.Selection{Kind: c.kind}
		policy.WantState(sel)
		c.states = append(c.states, c.viewer.State(&graph.Row{Sel: sel, Props: make([]any, len(sel.Props))}, c.now))
	}
	for _, r := range c.refs {
		if row := rows[r.id]; row.Sel.Kind.Person && slices.Contains(c.kind.Subjects, r.edge) {
			c.states = append(c.states, c.viewer.State(row, c.now))
		}
	}
}

// permitted fails what is given and is withheld: what may not be read may not be written.
func (c *change) permitted() {
	for _, p := range c.kind.Properties {
		if _, given := c.set[p.Name]; given {
			c.allowed("input."+p.Field(), func(s policy.State) *policy.Withheld { return s.Property(p) })
		}
	}
	for _, r := range c.refs {
		if r.edge != nil {
			c.allowed(r.path, func(s policy.State) *policy.Withheld { return s.Edge(r.edge) })
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
