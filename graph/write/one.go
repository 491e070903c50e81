package write

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// keepToOne sees to it that edges which lead to one node at most do so. Without valid time the newest link of the batch takes the place of
// all others; with it, links that overlap are problems.
func (a *applier) keepToOne(ctx context.Context) error {
	q := &query{}
	var sets []*toOne
	for _, r := range a.rels {
		if ls := a.links[r]; len(ls.created)+len(ls.changed) > 0 {
			for _, e := range a.toOne(r) {
				sets = append(sets, a.owners(e, ls))
			}
		}
	}
	for _, s := range sets {
		a.others(q, s)
	}
	if err := a.read(ctx, q); err != nil {
		return err
	}
	for _, s := range sets {
		for _, owner := range s.owners {
			if links := s.of[owner]; s.edge.Rel.Temporal() {
				a.overlaps(s.edge, links)
			} else {
				a.links[s.edge.Rel].keepNewest(links)
			}
		}
	}
	return nil
}

// toOne are the links along a to-one edge, those of the batch and those that are there besides, by the node that the edge leads from.
type toOne struct {
	edge   *graph.Edge
	owners []string
	of     map[string][]*link
}

// owners are the links of the batch along an edge.
func (a *applier) owners(e *graph.Edge, ls *links) *toOne {
	s := &toOne{edge: e, of: map[string][]*link{}}
	for _, l := range ls.all {
		owner, target := ends(e, l.Edge)
		if a.cat.KindOf(owner) != e.Owner || !slices.Contains(e.Targets, a.cat.KindOf(target)) {
			continue
		}
		if s.of[owner] == nil {
			s.owners = append(s.owners, owner)
		}
		s.of[owner] = append(s.of[owner], l)
	}
	return s
}

// others asks for the links that are there besides. From a node that the batch has made there are none.
func (a *applier) others(q *query, s *toOne) {
	old := slices.DeleteFunc(slices.Clone(s.owners), func(id string) bool { return a.created[id] })
	byKey := a.links[s.edge.Rel].byKey
	if len(old) > 0 {
		q.along(s.edge, all, old, func(e Edge) {
			if owner, _ := ends(s.edge, e); byKey[e.Key] == nil {
				s.of[owner] = append([]*link{{Edge: e, index: -1}}, s.of[owner]...)
			}
		})
	}
}

// keepNewest has all others give way to the newest of links, as one of the batch may to a later one.
func (ls *links) keepNewest(all []*link) {
	newest := slices.MaxFunc(all, func(a, b *link) int { return a.index - b.index })
	for _, l := range all {
		if l == newest || l.replaced {
			continue
		}
		l.replaced = true
		is := func(o *link) bool { return o == l }
		ls.created, ls.changed = slices.DeleteFunc(ls.created, is), slices.DeleteFunc(ls.changed, is)
		ls.moved = slices.DeleteFunc(ls.moved, func(e Edge) bool { return e.Key == l.Key })
		old, there := ls.stored[l.Key]
		if l.index < 0 {
			old, there = l.Edge, true
		}
		if there && !slices.ContainsFunc(ls.replaced, func(e Edge) bool { return e.Key == old.Key }) {
			ls.replaced = append(ls.replaced, old)
		}
	}
}

func (a *applier) overlaps(e *graph.Edge, links []*link) {
	for i, l := range links {
		for _, m := range links[:i] {
			if l.index < 0 && m.index < 0 {
				continue
			}
			lf, lt := validity(l.Values)
			mf, mt := validity(m.Values)
			if lf < mt && mf < lt {
				a.problems = append(a.problems, graph.Problem{Edge: true, Index: max(l.index, m.index),
					Reason: fmt.Sprintf("%s leads to one %s at a time, and this one overlaps another in time", e, e.Targets[0])})
			}
		}
	}
}

func validity(c graph.Values) (from, to int64) {
	from, to = math.MinInt64, math.MaxInt64
	if v, ok := c["from"].(int64); ok {
		from = v
	}
	if v, ok := c["to"].(int64); ok {
		to = v
	}
	return from, to
}

func (a *applier) toOne(r *graph.Rel) []*graph.Edge {
	var out []*graph.Edge
	for _, k := range a.cat.Kinds {
		out = append(out, graph.Where(k.Edges, func(e *graph.Edge) bool { return e.Rel == r && e.One })...)
	}
	return out
}

// ends are an edge's owner and target in a stored relationship.
func ends(e *graph.Edge, s Edge) (owner, target string) {
	if e.Out {
		return s.From, s.To
	}
	return s.To, s.From
}

// leads are the nodes at the ends of a relationship, and whether an edge goes along it from the first to the second.
func (a *applier) leads(e *graph.Edge, r *graph.Rel, s Edge) (owner, target string, ok bool) {
	if e.Rel != r {
		return "", "", false
	}
	owner, target = ends(e, s)
	return owner, target, a.cat.KindOf(owner) == e.Owner && slices.Contains(e.Targets, a.cat.KindOf(target))
}
