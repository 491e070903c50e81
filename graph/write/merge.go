package write

import (
	"cmp"
	"context"
	"fmt"
	"slices"

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
	a.names.more[gone] = slices.Concat(further, a.names.more[gone])
	a.names.former[at] = append(append(append(a.names.former[at], m.from.ID), former...), a.names.former[gone]...)
	a.leadOn(gone, at)
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
	a.inherit(at, gone, m)
	if a.want[at] == nil {
		a.want[at] = graph.Values{}
		a.order = append(a.order, at)
	}
}

// inherit notes the values of a node that goes which the other has not: but for those that rules hold against others of its own. With them
// come what was loaded of them, so that what was changed here stays so, and what they were before.
func (a *applier) inherit(at, gone nodeKey, m merging) {
	from, over := merged(m.from.Values, a.names.values[gone]), merged(m.into.Values, a.names.values[at])
	past, own := slices.Concat(versionsOf(m.from.Values), a.names.past[gone]), slices.Concat(versionsOf(m.into.Values), a.names.past[at])
	loaded, last := loadedOf(Node{Values: from}), loadedOf(Node{Values: over})
	takes := graph.Values{}
	for _, p := range m.kind.Properties {
		v := from[p.Name]
		if v == nil || over[p.Name] != nil || !p.Given() || slices.Contains(rules.Beside(m.kind), p) {
			continue
		}
		takes[p.Name] = v
		if s, was := loaded[p.Name]; was {
			last[p.Name] = s.taken(gone, at, p.Name, v)
		}
		if len(only(own, p.Name)) == 0 {
			a.names.past[at] = append(a.names.past[at], only(past, p.Name)...)
		}
	}
	if len(takes) > 0 && len(last) > 0 {
		takes[graph.Loaded] = packed(last)
	}
	a.names.values[at] = merged(a.names.values[at], takes)
}

// fill gives a node what it takes over from one that it was merged with, as far as the batch says nothing else.
func (a *applier) fill(k nodeKey) {
	for name, v := range a.names.values[k] {
		if _, said := a.want[k][name]; !said {
			a.want[k][name] = v
		}
	}
}

// mergedFrom is where a statement was said that a merge makes.
const mergedFrom = "merge"

// sayStricter has the person who stays say what keeps the merge from permitting more than either permitted: else data of the one would be
// seen by what the other said.
func (v *mover) sayStricter(ctx context.Context) error {
	if !v.kind.Person {
		return nil
	}
	for _, e := range v.kind.Edges {
		if e.Standing != graph.ByConsent {
			continue
		}
		said := map[string][]graph.Statement{}
		q := &query{}
		l := along(e, all, whole(e.Targets[0]))
		q.rows(byID(&graph.Selection{Kind: v.kind, Lists: []*graph.List{l}}, v.from.ID, v.into.ID), func(rows []graph.Row) {
			for i := range rows {
				for _, r := range rows[i].Below() {
					said[rows[i].ID] = append(said[rows[i].ID], statement(nodeOf(r)))
				}
			}
		})
		if err := v.read(ctx, q); err != nil {
			return err
		}
		for _, s := range graph.Stricter(said[v.from.ID], said[v.into.ID], v.now) {
			v.say(e, s)
		}
	}
	return nil
}

// say adds a statement of the person who stays.
func (v *mover) say(e *graph.Edge, s graph.Statement) {
	k := e.Targets[0]
	text := func(of string) any {
		if of == "" {
			return nil
		}
		return of
	}
	c := Node{ID: v.host.NewID(k.Prefix), Values: graph.Values{
		graph.ConsentPurpose: text(string(s.Purpose)), graph.ConsentChannel: text(s.Channel), graph.ConsentStatus: s.Status, graph.ConsentAt: s.At,
		graph.ConsentSource: mergedFrom,
	}}
	c.Key = c.ID
	if s.Expires != nil {
		c.Values[graph.ConsentExpires] = *s.Expires
	}
	v.born(k, c.Values)
	v.stamp(k, c.ID, c.Values, nil)
	v.sign(c.Values, "")
	c.Values = present(c.Values)
	v.created[c.ID] = true
	v.report.NodesCreated++
	v.addNode(k, c)
	given := Edge{Key: graph.BareKey(v.into.ID, c.ID), From: v.into.ID, To: c.ID}
	if !e.Out {
		given = Edge{Key: graph.BareKey(c.ID, v.into.ID), From: c.ID, To: v.into.ID}
	}
	given.Values = graph.Values{}
	recorded(e.Rel.Properties, given.Values, v.now)
	v.report.EdgesCreated++
	v.addEdge(e.Rel, given)
}
