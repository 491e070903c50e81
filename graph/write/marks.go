package write

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// stamp adds to the values of a node that is made or changed when it was.
func (a *applier) stamp(k *graph.Kind, id string, v, old graph.Values) {
	if k.Property(graph.UpdatedAt) == nil {
		return
	}
	at := a.now
	if before, ok := old[graph.UpdatedAt].(int64); ok {
		at = max(at, before+1) // a clock may stand still, or go back
	}
	v[graph.UpdatedAt] = at
	a.stamped[id] = true
}

// recorded adds to the values of what is new when it was first written here, if nobody says so.
func recorded(props []*graph.Property, v graph.Values, now int64) {
	if v[graph.RecordedAt] == nil && slices.ContainsFunc(props, func(p *graph.Property) bool { return p.Name == graph.RecordedAt }) {
		v[graph.RecordedAt] = now
	}
}

// A marking marks nodes as changed whose relationships were, unless what has changed them marks nothing, or they were marked already.
type marking struct {
	*applier
	owners map[string]bool // ids
}

func marksOfChange(a *applier) derivation { return &marking{a, map[string]bool{}} }

func (m *marking) touch(c Change) {
	if c.Rel == nil || m.quiet {
		return
	}
	for _, e := range []*Edge{c.OldEdge, c.NewEdge} {
		if e != nil && m.marks(c.Rel, e) {
			m.owners[e.From] = true
		}
	}
}

// marks reports whether a relationship marks the node that it leaves.
func (m *marking) marks(r *graph.Rel, e *Edge) bool {
	k, to := m.cat.KindOf(e.From), m.cat.KindOf(e.To)
	return k.Property(graph.UpdatedAt) != nil && slices.ContainsFunc(k.Edges, func(e *graph.Edge) bool {
		return e.Rel == r && k.Marks(e) && slices.Contains(e.Targets, to)
	})
}

func (m *marking) settle() (look []*graph.List, then func([]graph.ListResult)) {
	byKind := map[*graph.Kind][]string{}
	for id := range m.owners {
		if !m.stamped[id] {
			byKind[m.cat.KindOf(id)] = append(byKind[m.cat.KindOf(id)], id)
		}
	}
	for _, k := range m.cat.Kinds {
		if ids := byKind[k]; len(ids) > 0 {
			slices.Sort(ids)
			look = append(look, byID(some(k, graph.UpdatedAt), ids...))
		}
	}
	return look, m.mark
}

// mark marks the nodes that were found.
func (m *marking) mark(found []graph.ListResult) {
	for _, l := range found {
		for i := range l.Rows {
			n, set := nodeOf(&l.Rows[i]), graph.Values{}
			m.stamp(l.Rows[i].Sel.Kind, n.ID, set, n.Values)
			m.changeNode(l.Rows[i].Sel.Kind, n, set, "")
		}
	}
}
