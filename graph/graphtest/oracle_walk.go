package graphtest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// walk are the places that an edge comes to in so many steps.
func (r *reading) walk(from place, e *graph.Edge, steps int) []place {
	switch e.Walk {
	case graph.Up:
		return r.up(from, e, steps)
	case graph.Down:
		return r.down(from, e, steps)
	case graph.Top:
		return []place{r.top(from, e)}
	}
	top := r.top(from, e)
	return append([]place{top}, r.down(top, e, steps)...)
}

// up follows the main relationship until there is none, or it leads back.
func (r *reading) up(from place, e *graph.Edge, steps int) []place {
	var out []place
	seen := []string{from.ID}
	for at, ok := r.above(from, e); ok && len(out) < steps && !slices.Contains(seen, at.ID); at, ok = r.above(at, e) {
		out, seen = append(out, at), append(seen, at.ID)
	}
	return out
}

// top is where up ends, one step further where that leads back.
func (r *reading) top(from place, e *graph.Edge) place {
	all := append([]place{{node: from.node}}, r.up(from, e, graph.MaxSteps)...)
	last := all[len(all)-1]
	if next, ok := r.above(last, e); ok && len(all) <= graph.MaxSteps {
		return next
	}
	return last
}

// down are all from which up leads here.
func (r *reading) down(from place, e *graph.Edge, steps int) []place {
	var out []place
	for _, n := range r.state.nodes {
		p := place{node: n}
		if n.kind != e.Owner || n.ID == from.ID || r.truth(e.Through, p) != yes {
			continue
		}
		if slices.ContainsFunc(r.up(p, e, steps), func(q place) bool { return q.ID == from.ID }) {
			out = append(out, p)
		}
	}
	return out
}

// cut reports whether a step more would come to somebody.
func (r *reading) cut(from place, e *graph.Edge) bool {
	longer := func(from place, walk graph.Walk) bool {
		as := *e
		as.Walk = walk
		return len(r.walk(from, &as, graph.MaxSteps+1)) > len(r.walk(from, &as, graph.MaxSteps))
	}
	if e.Walk == graph.Family {
		return longer(from, graph.Up) || longer(r.top(from, e), graph.Down)
	}
	return longer(from, e.Walk)
}

// above is the main node above another.
func (r *reading) above(from place, e *graph.Edge) (place, bool) {
	step := *e
	step.Walk, step.Rel, step.Out = graph.NoWalk, e.Along, true
	all := slices.DeleteFunc(r.reach(from, &step), func(p place) bool { return r.truth(e.Through, p) != yes })
	if len(all) == 0 {
		return place{}, false
	}
	best := slices.MinFunc(all, func(a, b place) int { return cmp.Or(r.ranked(e, a, b), byID(a, b)) })
	return place{node: best.node}, true
}

// ranked is which of two relationships is the main one, as far as its properties tell.
func (r *reading) ranked(e *graph.Edge, a, b place) int {
	along := e.Rel
	if e.Walks() {
		along = e.Along
	}
	for _, p := range along.Main {
		ref := graph.Ref{Prop: p}
		if e.Known != nil {
			ref.At = &graph.Moment{Known: e.Known}
		}
		x, y := r.stored(ref, a.via.Values), r.stored(ref, b.via.Values)
		c := p.Compare(x, y)
		if x != nil && y != nil && p.Type != graph.Enum {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func byID(a, b place) int {
	return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.via.Key, b.via.Key))
}
