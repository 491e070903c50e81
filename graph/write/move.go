package write

import (
	"context"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A ledTo is a relationship with the way that it goes from a node.
type ledTo struct {
	way *graph.Edge
	Edge
}

// A mover has relationships of a node that goes be those of another.
type mover struct {
	*applier
	merging
	ways []*graph.Edge          // of the kind
	has  map[edgeID]bool        // relationships that the other has, of those that would take their keys
	one  map[*graph.Rel][]ledTo // its relationships, of those of which it may have one at a time
}

// moves has relationships of nodes that go be those of the nodes that they are merged with.
func (a *applier) moves(ctx context.Context) error {
	for _, m := range a.merging {
		v := &mover{applier: a, merging: m, ways: a.ways(m.kind), one: map[*graph.Rel][]ledTo{}}
		for _, step := range []func(context.Context) error{a.flush, v.sayStricter, v.readOne, v.pages} {
			if err := step(ctx); err != nil {
				return err
			}
		}
		a.report.NodesRemoved++
		a.dropNode(m.kind, m.from)
	}
	if len(a.merging) == 0 {
		return nil
	}
	return a.flush(ctx)
}

// readOne reads the relationships of the node that stays of which it may have one at a time.
func (v *mover) readOne(ctx context.Context) error {
	q := &query{}
	for _, way := range v.ways {
		if v.limits(way) {
			q.along(way, all, []string{v.into.ID}, func(e Edge) { v.one[way.Rel] = append(v.one[way.Rel], ledTo{way, e}) })
		}
	}
	return v.read(ctx, q)
}

// pages moves so many relationships along each way at a time. They have moved when the next are read.
func (v *mover) pages(ctx context.Context) error {
	for {
		var from []ledTo
		q := &query{}
		for _, way := range v.ways {
			q.along(way, pageSize, []string{v.from.ID}, func(e Edge) { from = append(from, ledTo{way, e}) })
		}
		if err := v.read(ctx, q); err != nil || len(from) == 0 {
			return err
		}
		if err := v.readAlike(ctx, from); err != nil {
			return err
		}
		v.move(from)
		if err := v.flush(ctx); err != nil {
			return err
		}
	}
}

// readAlike reads which relationships have the keys that others are to take.
func (v *mover) readAlike(ctx context.Context, from []ledTo) error {
	keys := map[*graph.Rel][]string{}
	v.has = map[edgeID]bool{}
	for _, l := range from {
		if key := v.moved(l.Edge).Key; key != l.Key {
			keys[l.way.Rel] = append(keys[l.way.Rel], key)
		}
	}
	for _, r := range v.cat.Rels {
		if len(keys[r]) == 0 {
			continue
		}
		there, err := v.tx.Edges(ctx, r, distinct(keys[r]))
		if err != nil {
			return err
		}
		for _, e := range there {
			v.has[edgeID{r, e.Key}] = true
		}
	}
	return nil
}

// move leaves out what the other node has alike, and what leads from one node to itself then. What the store keeps by itself follows.
func (v *mover) move(from []ledTo) {
	for _, l := range from {
		r := l.way.Rel
		if !v.dropEdge(r, l.Edge) {
			continue
		}
		e := v.moved(l.Edge)
		kept := r.Kept || e.Values[graph.RoleProperty] == graph.RoleSubject && v.inherited(r)
		now := ledTo{l.way, e}
		if kept || e.From == e.To || v.has[edgeID{r, e.Key}] || slices.ContainsFunc(v.one[r], func(o ledTo) bool { return v.excludes(o, now) }) {
			v.report.EdgesRemoved++
			continue
		}
		v.has[edgeID{r, e.Key}] = true
		if v.limits(l.way) {
			v.one[r] = append(v.one[r], now)
		}
		v.addEdge(r, e)
		v.report.EdgesChanged++
	}
}

// moved is a relationship as the other node has it. Where its ends are its key, these are the other's, too.
func (m *merging) moved(e Edge) Edge {
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

// once reports whether an edge along a way leads to one node at a time.
func once(e, way *graph.Edge) bool {
	return e.Stored() && e.One && e.Rel == way.Rel && e.Out == way.Out
}

// limits reports whether some edge along a way leads to one node at a time.
func (v *mover) limits(way *graph.Edge) bool {
	return slices.ContainsFunc(v.kind.Edges, func(e *graph.Edge) bool { return once(e, way) })
}

// excludes reports whether a relationship that a node has keeps another from being its: an edge along both leads to one node at a time.
func (v *mover) excludes(has, other ledTo) bool {
	target := func(l ledTo) *graph.Kind {
		if l.way.Out {
			return v.cat.KindOf(l.To)
		}
		return v.cat.KindOf(l.From)
	}
	begins, ends := validity(has.Values)
	from, to := validity(other.Values)
	return has.way.Out == other.way.Out && begins < to && from < ends && slices.ContainsFunc(v.kind.Edges, func(e *graph.Edge) bool {
		return once(e, has.way) && slices.Contains(e.Targets, target(has)) && slices.Contains(e.Targets, target(other))
	})
}
