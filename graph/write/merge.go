package write

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rules"
)

// A merging is of two nodes that are there.
type merging struct {
	kind       *graph.Kind
	from, into Node
}

// unmerged are kinds of nodes that tell of one event each: two of them are never the same.
var unmerged = []string{graph.ConsentKind, graph.ReceiptKind, graph.RequestKind}

// merges finds the nodes that are to be one, and has all names of the one that goes lead to the other.
func (a *applier) merges() {
	for i, m := range a.batch.Merge {
		from, into, reason := a.both(m)
		switch {
		case reason != "":
			a.problems = append(a.problems, graph.Problem{Index: i, Reason: reason})
		case from.ID != into.ID: // else they are one already
			a.merge(merging{m.Into.Kind, from, into})
		}
	}
}

// both are the nodes of a merge, or what keeps them from being one.
func (a *applier) both(m graph.Merge) (from, into Node, reason string) {
	k := m.Into.Kind
	if m.From.Kind != k {
		return from, into, fmt.Sprintf("two nodes are of one kind to become one: %s and %s", m.From.Kind, k)
	}
	if slices.Contains(unmerged, k.Name) {
		return from, into, fmt.Sprintf("of %s no two are the same", k)
	}
	for _, end := range []struct {
		ref  graph.NodeRef
		node *Node
	}{{m.From, &from}, {m.Into, &into}} {
		n, there := a.refNode(end.ref)
		name := cmp.Or(end.ref.ID, a.key(end.ref.External))
		switch {
		case !there:
			return from, into, fmt.Sprintf("there is no %s %s", k, name)
		case n.Values[graph.ErasedAt] != nil:
			return from, into, fmt.Sprintf("the %s %s was erased, or is about somebody who was: it stays apart", k, name)
		}
		*end.node = n
	}
	return from, into, ""
}

// refNode is the node that a reference names.
func (a *applier) refNode(r graph.NodeRef) (Node, bool) {
	if r.ID != "" {
		n, there := a.named[r.ID]
		return n, there
	}
	if r.External.Source == "" {
		if n, there := a.have[nodeKey{r.Kind, r.External.ID}]; there { // a key as it is kept
			return n, true
		}
	}
	n, there := a.have[a.refKey(r)]
	return n, there
}

// merge has one node take over the names of another and, where it has none itself, its values.
func (a *applier) merge(m merging) {
	a.merging = append(a.merging, m)
	gone, at := nodeKey{m.kind, m.from.Key}, nodeKey{m.kind, m.into.Key}
	former, _ := m.from.Values[graph.FormerIDs].([]string)
	further, _ := m.from.Values[graph.FurtherKeys].([]string)
	a.names.more[at] = append(append(append(a.names.more[at], m.from.Key), further...), a.names.more[gone]...)
	a.names.former[at] = append(append(append(a.names.former[at], m.from.ID), former...), a.names.former[gone]...)
	for k, to := range a.names.leads {
		if to == gone {
			a.names.leads[k] = at
		}
	}
	a.names.leads[gone] = at
	delete(a.have, gone)
	delete(a.want, gone)
	a.order = slices.DeleteFunc(a.order, func(k nodeKey) bool { return k == gone }) // it may have taken over from another
	a.have[at] = m.into
	for id, n := range a.named {
		if n.ID == m.from.ID {
			a.named[id] = m.into
		}
	}
	a.named[m.from.ID] = m.into
	a.inherit(at, merged(m.from.Values, a.names.values[gone]), m)
	if a.want[at] == nil {
		a.want[at] = graph.Values{}
		a.order = append(a.order, at)
	}
}

// inherit notes the values of a node that goes which the other has not: but for those that rules hold against others of its own.
func (a *applier) inherit(at nodeKey, values graph.Values, m merging) {
	if a.names.values[at] == nil {
		a.names.values[at] = graph.Values{}
	}
	for _, p := range m.kind.Properties {
		v, have := values[p.Name], m.into.Values[p.Name]
		if v == nil || have != nil || a.names.values[at][p.Name] != nil || !p.Given() || slices.Contains(rules.Beside(m.kind), p) {
			continue
		}
		a.names.values[at][p.Name] = v
	}
}

// fill gives a node what it takes over from one that it was merged with, as far as the batch says nothing else.
func (a *applier) fill(k nodeKey) {
	for name, v := range a.names.values[k] {
		if _, said := a.want[k][name]; !said {
			a.want[k][name] = v
		}
	}
}

// A ledTo is a relationship with the way that it goes from a node.
type ledTo struct {
	way *graph.Edge
	Edge
}

// moves has relationships of nodes that go be those of the nodes that they are merged with.
func (a *applier) moves(ctx context.Context) error {
	for _, m := range a.merging {
		if err := a.flush(ctx); err != nil {
			return err
		}
		var from, into []ledTo
		q := &query{}
		for _, way := range a.ways(m.kind) {
			q.along(way, []string{m.from.ID}, func(e Edge) { from = append(from, ledTo{way, e}) })
			q.along(way, []string{m.into.ID}, func(e Edge) { into = append(into, ledTo{way, e}) })
		}
		if err := a.read(ctx, q); err != nil {
			return err
		}
		a.move(m, from, into)
		a.report.NodesRemoved++
		a.dropNode(m.kind, m.from)
	}
	if len(a.merging) == 0 {
		return nil
	}
	return a.flush(ctx)
}

// move leaves out what the other node has alike, and what leads from one node to itself then. What the store keeps by itself follows.
func (a *applier) move(m merging, from, into []ledTo) {
	for _, l := range from {
		r := l.way.Rel
		if !a.dropEdge(r, l.Edge) {
			continue
		}
		e := m.moved(r, l.Edge)
		alike := func(o ledTo) bool { return o.way.Rel == r && (o.Key == e.Key || a.excludes(o, ledTo{l.way, e})) }
		kept := r.Kept || e.Values[graph.RoleProperty] == graph.RoleSubject && a.inherited(r)
		if kept || e.From == e.To || slices.ContainsFunc(into, alike) {
			a.report.EdgesRemoved++
			continue
		}
		into = append(into, ledTo{l.way, e})
		a.addEdge(r, e)
		a.report.EdgesChanged++
	}
}

// moved is a relationship as the other node has it. Where its ends are its key, these are the other's, too.
func (m *merging) moved(r *graph.Rel, e Edge) Edge {
	ends := func(e Edge) string { return graph.BareKey(e.From, e.To) }
	out := e
	for _, id := range []*string{&out.From, &out.To} {
		if *id == m.from.ID {
			*id = m.into.ID
		}
	}
	if rest, by := strings.CutPrefix(e.Key, ends(e)); by {
		out.Key = ends(out) + rest
	}
	return out
}

// excludes reports whether a relationship that a node has keeps another from being its: an edge along both leads to one node at a time.
func (a *applier) excludes(has, other ledTo) bool {
	target := func(l ledTo) *graph.Kind {
		if l.way.Out {
			return a.cat.KindOf(l.To)
		}
		return a.cat.KindOf(l.From)
	}
	begins, ends := validity(has.Values)
	from, to := validity(other.Values)
	return has.way.Out == other.way.Out && begins < to && from < ends && slices.ContainsFunc(has.way.Owner.Edges, func(e *graph.Edge) bool {
		return e.Stored() && e.One && e.Rel == has.way.Rel && e.Out == has.way.Out && slices.Contains(e.Targets, target(has)) && slices.Contains(e.Targets, target(other))
	})
}
