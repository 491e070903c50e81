// Package write turns a batch into the inserts, updates and removals that a store carries out: it checks the batch
// against the catalog, looks up what is there, and asks only for what differs. It imports graph and graph/fold.
package write

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Columns are physical columns by name, with values string, int64, bool, []string or nil.
type Columns map[string]any

// Node is a node as it is stored. Key is the External.Key it was first seen under.
type Node struct {
	ID, Key string
	Columns Columns
}

// Edge is a relationship as it is stored, by the ids of its ends.
type Edge struct {
	Key, From, To string
	Columns       Columns
}

// Tx is what a store lends to Apply: a transaction that no other writer runs beside.
type Tx interface {
	// Nodes finds nodes by their keys; those that do not exist are left out.
	Nodes(ctx context.Context, k *graph.Kind, keys []string) ([]Node, error)
	// NodesAt finds nodes by their ids.
	NodesAt(ctx context.Context, k *graph.Kind, ids []string) ([]Node, error)
	// Edges finds relationships by their keys.
	Edges(ctx context.Context, r *graph.Rel, keys []string) ([]Edge, error)
	// EdgesAt finds the relationships that leave (out) or reach the nodes with these ids.
	EdgesAt(ctx context.Context, r *graph.Rel, out bool, ids []string) ([]Edge, error)
	// InsertNodes creates nodes with all their columns.
	InsertNodes(ctx context.Context, k *graph.Kind, nodes []Node) error
	// UpdateNodes sets the given columns, nil removing one; the others stay.
	UpdateNodes(ctx context.Context, k *graph.Kind, nodes []Node) error
	// InsertEdges, UpdateEdges and DeleteEdges do the same for relationships.
	InsertEdges(ctx context.Context, r *graph.Rel, edges []Edge) error
	UpdateEdges(ctx context.Context, r *graph.Rel, edges []Edge) error
	DeleteEdges(ctx context.Context, r *graph.Rel, keys []string) error
	// Words takes away by which words nodes are found, and adds others. A word that is there already, or is not, is no error.
	Words(ctx context.Context, gone, come []Word) error
}

// Apply carries out a batch. newID gives a new id for a prefix. The error is a *graph.BatchError where the batch itself
// is at fault; then the transaction is to be rolled back, as after any error.
func Apply(ctx context.Context, cat *graph.Catalog, tx Tx, b *graph.Batch, newID func(prefix string) string) (*graph.Report, error) {
	a := &applier{cat: cat, tx: tx, batch: b, newID: newID, ids: map[*graph.Kind]map[string]string{}, there: map[string]bool{}, report: &graph.Report{}}
	if err := a.check(); err != nil {
		return nil, err
	}
	if err := a.nodes(ctx); err != nil {
		return nil, err
	}
	if err := a.edges(ctx); err != nil {
		return nil, err
	}
	if err := a.standings(ctx); err != nil {
		return nil, err
	}
	return a.report, nil
}

type applier struct {
	cat      *graph.Catalog
	tx       Tx
	batch    *graph.Batch
	newID    func(string) string
	ids      map[*graph.Kind]map[string]string // of nodes by key, as far as they are known
	there    map[string]bool                   // ids that links name and that exist
	problems []graph.Problem
	report   *graph.Report
	standing touched
}

func (a *applier) failed() error {
	if len(a.problems) > 0 {
		return &graph.BatchError{Problems: a.problems}
	}
	return nil
}

func (a *applier) key(e graph.External) string {
	if e.Source == "" {
		e.Source = a.batch.Source
	}
	return e.Key()
}

func (a *applier) nodes(ctx context.Context) error {
	want := map[*graph.Kind]map[string]Columns{}
	keys := map[*graph.Kind][]string{} // in the batch's order, so that ids are given in it
	var kinds []*graph.Kind
	for _, n := range a.batch.Nodes {
		key := a.key(graph.External{ID: n.ID})
		if want[n.Kind] == nil {
			want[n.Kind] = map[string]Columns{}
			kinds = append(kinds, n.Kind)
		}
		if want[n.Kind][key] == nil {
			want[n.Kind][key] = Columns{}
			keys[n.Kind] = append(keys[n.Kind], key)
		}
		columns(want[n.Kind][key], n.Kind.Properties, n.Set)
	}
	for _, k := range kinds {
		if err := a.look(ctx, k, keys[k], want[k]); err != nil {
			return err
		}
	}
	for _, n := range a.batch.Nodes {
		a.report.IDs = append(a.report.IDs, a.ids[n.Kind][a.key(graph.External{ID: n.ID})])
	}
	return nil
}

// look finds the nodes with the keys, and writes what want says and they have not.
func (a *applier) look(ctx context.Context, k *graph.Kind, keys []string, want map[string]Columns) error {
	stored, err := a.tx.Nodes(ctx, k, keys)
	if err != nil {
		return err
	}
	if a.ids[k] == nil {
		a.ids[k] = map[string]string{}
	}
	have := map[string]Node{}
	for _, n := range stored {
		have[n.Key] = n
		a.ids[k][n.Key] = n.ID
	}
	if want == nil {
		return nil
	}
	var created, changed []Node
	for _, key := range keys {
		old, ok := have[key]
		if !ok {
			n := Node{ID: a.newID(k.Prefix), Key: key, Columns: present(want[key])}
			a.ids[k][key] = n.ID
			created = append(created, n)
		} else if diff := difference(want[key], old.Columns); len(diff) > 0 {
			changed = append(changed, Node{ID: old.ID, Key: key, Columns: diff})
		}
	}
	a.report.NodesCreated += len(created)
	a.report.NodesChanged += len(changed)
	if len(created) > 0 {
		if err := a.tx.InsertNodes(ctx, k, created); err != nil {
			return err
		}
	}
	if len(changed) > 0 {
		if k.Name == graph.ConsentKind {
			a.standing.said(changed)
		}
		if err := a.tx.UpdateNodes(ctx, k, changed); err != nil {
			return err
		}
	}
	gone, come := changedWords(k, have, changed)
	return a.words(ctx, gone, append(come, WordsOf(k, created)...))
}

// link is a Link whose ends are found.
type link struct {
	Edge
	index int
}

func (a *applier) edges(ctx context.Context) error {
	if err := a.findEnds(ctx); err != nil {
		return err
	}
	links := map[*graph.Rel][]*link{}
	byKey := map[*graph.Rel]map[string]*link{}
	var rels []*graph.Rel
	for i, l := range a.batch.Edges {
		from, to := a.end(l.From), a.end(l.To)
		if from == "" || to == "" {
			continue // reported by findEnds
		}
		key := a.edgeKey(l, from, to)
		if byKey[l.Rel] == nil {
			byKey[l.Rel] = map[string]*link{}
			rels = append(rels, l.Rel)
		}
		at := byKey[l.Rel][key]
		if at == nil {
			at = &link{Edge: Edge{Key: key, Columns: Columns{}}}
			byKey[l.Rel][key] = at
			links[l.Rel] = append(links[l.Rel], at)
		}
		at.From, at.To, at.index = from, to, i
		columns(at.Columns, l.Rel.Properties, l.Set)
	}
	if err := a.failed(); err != nil {
		return err
	}
	for _, r := range rels {
		if err := a.writeEdges(ctx, r, links[r]); err != nil {
			return err
		}
	}
	return a.failed()
}

func (a *applier) findEnds(ctx context.Context) error {
	missing := map[*graph.Kind][]string{}
	named := map[*graph.Kind][]string{}
	seen := map[string]bool{}
	var kinds []*graph.Kind
	for _, l := range a.batch.Edges {
		for _, end := range []graph.NodeRef{l.From, l.To} {
			if end.ID != "" {
				named[end.Kind] = append(named[end.Kind], end.ID)
				continue
			}
			key := a.key(end.External)
			if a.ids[end.Kind][key] != "" || seen[end.Kind.Name+"|"+key] {
				continue
			}
			seen[end.Kind.Name+"|"+key] = true
			if missing[end.Kind] == nil {
				kinds = append(kinds, end.Kind)
			}
			missing[end.Kind] = append(missing[end.Kind], key)
		}
	}
	for _, k := range kinds {
		if err := a.look(ctx, k, missing[k], nil); err != nil {
			return err
		}
	}
	for k, ids := range named {
		slices.Sort(ids)
		stored, err := a.tx.NodesAt(ctx, k, slices.Compact(ids))
		if err != nil {
			return err
		}
		for _, n := range stored {
			a.there[n.ID] = true
		}
	}
	for i, l := range a.batch.Edges {
		for _, end := range []graph.NodeRef{l.From, l.To} {
			if a.end(end) == "" {
				a.problems = append(a.problems, graph.Problem{Edge: true, Index: i, Reason: fmt.Sprintf("there is no %s %s", end.Kind, cmp.Or(end.ID, a.key(end.External)))})
				break
			}
		}
	}
	return nil
}

// end is the id of a node that a link names, empty where there is none.
func (a *applier) end(r graph.NodeRef) string {
	switch {
	case r.ID == "":
		return a.ids[r.Kind][a.key(r.External)]
	case a.there[r.ID]:
		return r.ID
	}
	return ""
}

func (a *applier) edgeKey(l graph.Link, from, to string) string {
	if l.ID != "" {
		return a.key(graph.External{ID: l.ID})
	}
	parts := []string{from, to}
	for _, p := range l.Rel.Key {
		parts = append(parts, strings.ReplaceAll(fmt.Sprint(orEmpty(l.Set[p.Name])), "|", "||"))
	}
	return strings.Join(parts, "|")
}

func orEmpty(v any) any {
	if v == nil {
		return ""
	}
	return v
}

func (a *applier) writeEdges(ctx context.Context, r *graph.Rel, links []*link) error {
	keys := make([]string, len(links))
	for i, l := range links {
		keys[i] = l.Key
	}
	stored, err := a.tx.Edges(ctx, r, keys)
	if err != nil {
		return err
	}
	have := map[string]Edge{}
	for _, e := range stored {
		have[e.Key] = e
	}
	var created, changed []Edge
	var removed []string
	var after []*link // every link as it stands when the batch is done
	for _, l := range links {
		old, ok := have[l.Key]
		switch {
		case !ok:
			l.Columns = present(l.Columns)
			created = append(created, l.Edge)
		case old.From != l.From || old.To != l.To:
			removed = append(removed, l.Key)
			l.Columns = present(merged(old.Columns, l.Columns))
			created = append(created, l.Edge)
		default:
			diff := difference(l.Columns, old.Columns)
			l.Columns = merged(old.Columns, l.Columns)
			if len(diff) > 0 {
				changed = append(changed, Edge{l.Key, l.From, l.To, diff})
			}
		}
		after = append(after, l)
	}
	if len(created)+len(changed) == 0 {
		return nil
	}
	replaced, err := a.keepToOne(ctx, r, after)
	if err != nil {
		return err
	}
	moved := len(removed)
	for _, key := range replaced {
		// A link of this very batch may give way to a later one.
		if i := slices.IndexFunc(created, func(e Edge) bool { return e.Key == key }); i >= 0 {
			created = slices.Delete(created, i, i+1)
			continue
		}
		changed = slices.DeleteFunc(changed, func(e Edge) bool { return e.Key == key })
		removed = append(removed, key)
	}
	a.report.EdgesCreated += len(created) - moved
	a.report.EdgesChanged += len(changed) + moved
	a.report.EdgesRemoved += len(removed) - moved
	if err := a.touch(ctx, r, created, removed); err != nil {
		return err
	}
	if len(removed) > 0 {
		if err := a.tx.DeleteEdges(ctx, r, removed); err != nil {
			return err
		}
	}
	if len(created) > 0 {
		if err := a.tx.InsertEdges(ctx, r, created); err != nil {
			return err
		}
	}
	if len(changed) > 0 {
		return a.tx.UpdateEdges(ctx, r, changed)
	}
	return nil
}

// columns puts the physical columns of values into cols.
func columns(cols Columns, props []*graph.Property, set graph.Values) {
	for _, p := range props {
		if v, ok := set[p.Name]; ok {
			put(cols, p, v)
		}
	}
}

// present leaves out what is missing.
func present(c Columns) Columns {
	out := Columns{}
	for k, v := range c {
		if v != nil {
			out[k] = v
		}
	}
	return out
}

func merged(old, over Columns) Columns {
	out := Columns{}
	for k, v := range old {
		out[k] = v
	}
	for k, v := range over {
		out[k] = v
	}
	return out
}

// difference is what want says otherwise than have.
func difference(want, have Columns) Columns {
	out := Columns{}
	for k, v := range want {
		if !reflect.DeepEqual(v, have[k]) {
			out[k] = v
		}
	}
	return out
}
