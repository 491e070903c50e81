package write

import (
	"context"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// removals carries out the batch's.
func (a *applier) removals(ctx context.Context) error {
	if len(a.batch.Remove) == 0 {
		return nil
	}
	if err := a.flush(ctx); err != nil {
		return err
	}
	a.quiet = true
	defer func() { a.quiet = false }()
	names, edges := map[*graph.Kind]map[string][]string{}, map[*graph.Rel][]string{}
	nodes := map[*graph.Kind][]string{}
	for _, r := range a.batch.Remove {
		switch {
		case r.Rel != nil:
			edges[r.Rel] = append(edges[r.Rel], r.ID)
		case len(r.Properties) == 0:
			nodes[r.Kind] = append(nodes[r.Kind], r.ID)
		default:
			if names[r.Kind] == nil {
				names[r.Kind] = map[string][]string{}
			}
			names[r.Kind][r.ID] = append(names[r.Kind][r.ID], r.Properties...)
		}
	}
	for _, r := range a.cat.Rels {
		if len(edges[r]) == 0 {
			continue
		}
		stored, err := a.tx.Edges(ctx, r, distinct(edges[r]))
		if err != nil {
			return err
		}
		for _, e := range stored {
			a.removeEdge(r, e)
		}
	}
	q := &query{}
	for _, k := range a.cat.Kinds {
		if len(nodes[k]) > 0 {
			sel := whole(k)
			for _, e := range a.ways(k) {
				sel.Lists = append(sel.Lists, along(e, all, bare(e)...))
			}
			q.rows(byID(sel, distinct(nodes[k])...), a.removeNodes)
		}
		if len(names[k]) > 0 {
			ids := graph.Where(slices.Sorted(maps.Keys(names[k])), func(id string) bool { return !slices.Contains(nodes[k], id) })
			q.rows(byID(whole(k), ids...), func(rows []graph.Row) { a.removeValues(rows, names[k]) })
		}
	}
	return a.read(ctx, q)
}

// distinct are texts in their order, each once.
func distinct(texts []string) []string { return slices.Compact(slices.Sorted(slices.Values(texts))) }

// removeValues takes values of nodes away, by their ids.
func (a *applier) removeValues(rows []graph.Row, names map[string][]string) {
	for i := range rows {
		k, n, set := rows[i].Sel.Kind, nodeOf(&rows[i]), graph.Values{}
		for _, p := range k.Shown() {
			if slices.Contains(names[n.ID], p.Name) && n.Values[p.Name] != nil {
				set[p.Name] = nil
			}
		}
		if len(set) > 0 {
			a.report.NodesChanged++
			a.changeNode(k, n, set, "")
		}
	}
}

// removeNodes removes nodes with all their relationships, which are below them.
func (a *applier) removeNodes(rows []graph.Row) {
	for i := range rows {
		r := &rows[i]
		for l, to := range r.Below() {
			a.removeEdge(l.Edge.Rel, edgeOf(l, r.ID, to))
		}
		a.report.NodesRemoved++
		a.dropNode(r.Sel.Kind, nodeOf(r))
	}
}

func (a *applier) removeEdge(r *graph.Rel, e Edge) {
	if a.dropEdge(r, e) {
		a.report.EdgesRemoved++
	}
}
