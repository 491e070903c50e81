package write

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// keepToOne sees to it that edges which lead to one node at most do so. Without valid time the newest link of the batch
// takes the place of all others, whose keys are returned; with it, links that overlap are problems.
func (a *applier) keepToOne(ctx context.Context, r *graph.Rel, after []*link) ([]string, error) {
	var replaced []string
	for _, e := range a.toOne(r) {
		mine := map[string][]*link{} // by owner
		var owners []string
		for _, l := range after {
			owner, target := ends(e, l.Edge)
			if a.cat.KindOf(owner) != e.Owner || !slices.Contains(e.Targets, a.cat.KindOf(target)) {
				continue
			}
			if mine[owner] == nil {
				owners = append(owners, owner)
			}
			mine[owner] = append(mine[owner], l)
		}
		if len(owners) == 0 {
			continue
		}
		stored, err := a.tx.EdgesAt(ctx, r, e.Out, owners)
		if err != nil {
			return nil, err
		}
		for _, s := range stored {
			owner, target := ends(e, s)
			if !slices.Contains(e.Targets, a.cat.KindOf(target)) ||
				slices.ContainsFunc(after, func(l *link) bool { return l.Key == s.Key }) {
				continue
			}
			mine[owner] = append([]*link{{Edge: s, index: -1}}, mine[owner]...)
		}
		for _, owner := range owners {
			links := mine[owner]
			if !r.Temporal() {
				newest := slices.MaxFunc(links, func(a, b *link) int { return a.index - b.index })
				for _, l := range links {
					if l != newest && !slices.Contains(replaced, l.Key) {
						replaced = append(replaced, l.Key)
					}
				}
				continue
			}
			a.overlaps(e, links)
		}
	}
	return replaced, nil
}

func (a *applier) overlaps(e *graph.Edge, links []*link) {
	for i, l := range links {
		for _, m := range links[:i] {
			if l.index < 0 && m.index < 0 {
				continue
			}
			lf, lt := validity(l.Columns)
			mf, mt := validity(m.Columns)
			if lf < mt && mf < lt {
				a.problems = append(a.problems, graph.Problem{Edge: true, Index: max(l.index, m.index),
					Reason: fmt.Sprintf("%s leads to one %s at a time, and this one overlaps another in time", e, e.Targets[0])})
			}
		}
	}
}

func validity(c Columns) (from, to int64) {
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
		for _, e := range k.Edges {
			if e.Rel == r && e.One {
				out = append(out, e)
			}
		}
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

// along finds the relationships by which an edge leads from nodes.
func (a *applier) along(ctx context.Context, e *graph.Edge, ids []string) ([]Edge, error) {
	links, err := a.tx.EdgesAt(ctx, e.Rel, e.Out, ids)
	return slices.DeleteFunc(links, func(l Edge) bool {
		_, target := ends(e, l)
		return !slices.Contains(e.Targets, a.cat.KindOf(target))
	}), err
}
