package write

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// removals carries out the batch's.
func (a *applier) removals(ctx context.Context) error {
	whole, parts, edges := map[*graph.Kind][]string{}, map[*graph.Kind]map[string][]string{}, map[*graph.Rel][]string{}
	for _, r := range a.batch.Remove {
		if r.Rel != nil {
			edges[r.Rel] = append(edges[r.Rel], r.ID)
			continue
		}
		if len(r.Properties) == 0 {
			whole[r.Kind] = append(whole[r.Kind], r.ID)
			continue
		}
		if parts[r.Kind] == nil {
			parts[r.Kind] = map[string][]string{}
		}
		parts[r.Kind][r.ID] = append(parts[r.Kind][r.ID], r.Properties...)
	}
	for _, r := range a.cat.Rels {
		if len(edges[r]) == 0 {
			continue
		}
		slices.Sort(edges[r])
		stored, err := a.tx.Edges(ctx, r, slices.Compact(edges[r]))
		if err != nil {
			return err
		}
		if err := a.removeEdges(ctx, r, stored); err != nil {
			return err
		}
	}
	for _, k := range a.cat.Kinds {
		if len(whole[k])+len(parts[k]) == 0 {
			continue
		}
		slices.Sort(whole[k])
		nodes, err := a.tx.NodesAt(ctx, k, slices.Compact(whole[k]))
		if err != nil {
			return err
		}
		if err := a.removeNodes(ctx, k, nodes); err != nil {
			return err
		}
		if err := a.removeValues(ctx, k, parts[k]); err != nil {
			return err
		}
	}
	return nil
}

func (a *applier) removeValues(ctx context.Context, k *graph.Kind, names map[string][]string) error {
	ids := make([]string, 0, len(names))
	for id := range names {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	nodes, err := a.tx.NodesAt(ctx, k, ids)
	if err != nil {
		return err
	}
	var changes []Node
	for _, n := range nodes {
		c := Columns{}
		for _, p := range k.Shown() {
			if slices.Contains(names[n.ID], p.Name) && n.Columns[p.Name] != nil {
				put(c, p, nil)
			}
		}
		if len(c) > 0 {
			changes = append(changes, Node{n.ID, n.Key, c})
		}
	}
	a.report.NodesChanged += len(changes)
	return a.rewrite(ctx, k, nodes, changes)
}

// rewrite changes stored nodes, and the words by which they are found.
func (a *applier) rewrite(ctx context.Context, k *graph.Kind, stored, changes []Node) error {
	if len(changes) == 0 {
		return nil
	}
	have := map[string]Node{}
	for _, n := range stored {
		have[n.Key] = n
	}
	if err := a.tx.UpdateNodes(ctx, k, changes); err != nil {
		return err
	}
	gone, come := changedWords(k, have, changes)
	return a.words(ctx, gone, come)
}

// removeNodes removes nodes with all their relationships.
func (a *applier) removeNodes(ctx context.Context, k *graph.Kind, nodes []Node) error {
	if len(nodes) == 0 {
		return nil
	}
	ids := make([]string, len(nodes))
	for i, n := range nodes {
		ids[i] = n.ID
	}
	for _, r := range a.cat.Rels {
		for _, out := range []bool{true, false} {
			if !slices.ContainsFunc(r.Pairs, func(p [2]*graph.Kind) bool { return out && p[0] == k || !out && p[1] == k }) {
				continue
			}
			edges, err := a.tx.EdgesAt(ctx, r, out, ids)
			if err != nil {
				return err
			}
			if err := a.removeEdges(ctx, r, edges); err != nil {
				return err
			}
		}
	}
	if err := a.words(ctx, WordsOf(k, nodes), nil); err != nil {
		return err
	}
	a.report.NodesRemoved += len(nodes)
	return a.tx.DeleteNodes(ctx, k, ids)
}

func (a *applier) removeEdges(ctx context.Context, r *graph.Rel, edges []Edge) error {
	if len(edges) == 0 {
		return nil
	}
	keys := make([]string, len(edges))
	for i, e := range edges {
		keys[i] = e.Key
	}
	a.touch(r, nil, edges)
	a.report.EdgesRemoved += len(edges)
	return a.tx.DeleteEdges(ctx, r, keys)
}
