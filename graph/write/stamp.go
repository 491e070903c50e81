package write

import (
	"context"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// stamp adds to the columns of a node that is created or changed when it was.
func (a *applier) stamp(k *graph.Kind, id string, cols, old Columns) {
	if k.Property(graph.UpdatedAt) == nil {
		return
	}
	at := a.now
	if before, ok := old[graph.UpdatedAt].(int64); ok {
		at = max(at, before+1) // a clock may stand still, or go back
	}
	cols[graph.UpdatedAt] = at
	a.stamped[id] = true
}

// touchOwners notes the nodes that relationships leave which have come, gone or changed.
func (a *applier) touchOwners(r *graph.Rel, edges []Edge) {
	marks := map[[2]*graph.Kind]bool{}
	for _, k := range a.cat.Kinds {
		for _, e := range k.Edges {
			if e.Rel != r || !k.Marks(e) || k.Property(graph.UpdatedAt) == nil {
				continue
			}
			for _, t := range e.Targets {
				marks[[2]*graph.Kind{k, t}] = true
			}
		}
	}
	if len(marks) == 0 {
		return
	}
	for _, e := range edges {
		if marks[[2]*graph.Kind{a.cat.KindOf(e.From), a.cat.KindOf(e.To)}] {
			a.owners = append(a.owners, e.From)
		}
	}
}

// stamps marks the nodes as changed whose relationships were, and they not.
func (a *applier) stamps(ctx context.Context) error {
	byKind := map[*graph.Kind][]string{}
	for _, id := range a.owners {
		if k := a.cat.KindOf(id); !a.stamped[id] {
			byKind[k] = append(byKind[k], id)
		}
	}
	for _, k := range a.cat.Kinds {
		if len(byKind[k]) == 0 {
			continue
		}
		slices.Sort(byKind[k])
		nodes, err := a.tx.NodesAt(ctx, k, slices.Compact(byKind[k]))
		if err != nil {
			return err
		}
		for i, n := range nodes {
			nodes[i].Columns = Columns{}
			a.stamp(k, n.ID, nodes[i].Columns, n.Columns)
		}
		if err := a.tx.UpdateNodes(ctx, k, nodes); err != nil {
			return err
		}
	}
	return nil
}

// findNamed finds the keys of the nodes that upserts name by their ids.
func (a *applier) findNamed(ctx context.Context) error {
	for i, n := range a.batch.Nodes {
		if n.Node == "" {
			continue
		}
		stored, err := a.tx.NodesAt(ctx, n.Kind, []string{n.Node})
		if err != nil {
			return err
		}
		if len(stored) == 0 {
			a.note(false, i, fmt.Errorf("there is no %s %s", n.Kind, n.Node))
			continue
		}
		a.named[n.Node] = stored[0].Key
	}
	return a.failed()
}

// conditions checks what upserts of a kind ask of the nodes that are there, which are given by key.
func (a *applier) conditions(k *graph.Kind, have map[string]Node) error {
	for i, n := range a.batch.Nodes {
		if n.Kind != k || !n.IfNew && n.IfUpdatedAt == nil {
			continue
		}
		old, there := have[a.nodeKey(n)]
		reason := ""
		switch {
		case n.IfNew && there:
			reason = fmt.Sprintf("there is such a %s already", k)
		case n.IfUpdatedAt != nil && old.Columns[graph.UpdatedAt] != int64(*n.IfUpdatedAt):
			reason = fmt.Sprintf("the %s has changed since", k)
		default:
			continue
		}
		a.problems = append(a.problems, graph.Problem{Index: i, Conflict: true, Reason: reason})
	}
	return a.failed()
}

// repeated looks whether a batch with the same key was applied, and reports what it gave.
func (a *applier) repeated(ctx context.Context) (bool, error) {
	marks, err := a.tx.Nodes(ctx, graph.Applied, []string{a.batch.Once.Key})
	if err != nil || len(marks) == 0 {
		return false, err
	}
	if marks[0].Columns[graph.AppliedHash] != a.batch.Once.Hash {
		return false, graph.ErrKeyUsed
	}
	a.report.Repeated = true
	a.report.IDs, _ = marks[0].Columns[graph.AppliedIDs].([]string)
	return true, nil
}

// remember keeps that the batch was applied.
func (a *applier) remember(ctx context.Context) error {
	if a.batch.Once == nil {
		return nil
	}
	ids := append([]string{}, a.report.IDs...)
	mark := Node{ID: a.batch.Once.Key, Key: a.batch.Once.Key, Columns: Columns{graph.AppliedHash: a.batch.Once.Hash, graph.AppliedIDs: ids}}
	return a.tx.InsertNodes(ctx, graph.Applied, []Node{mark})
}
