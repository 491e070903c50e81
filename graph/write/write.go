// Package write turns a batch into the inserts, updates and removals that a store carries out: it checks the batch
// against the catalog, looks up what is there, and asks only for what differs. It imports graph and graph/fold.
package write

import (
	"context"
	"reflect"
	"slices"

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
	// UpdateNodes sets the given columns, nil removing one; the others stay. KeyColumn is one of them.
	UpdateNodes(ctx context.Context, k *graph.Kind, nodes []Node) error
	// DeleteNodes removes the nodes with these ids, which have no relationships and no words any more.
	DeleteNodes(ctx context.Context, k *graph.Kind, ids []string) error
	// InsertEdges, UpdateEdges and DeleteEdges do the same for relationships.
	InsertEdges(ctx context.Context, r *graph.Rel, edges []Edge) error
	UpdateEdges(ctx context.Context, r *graph.Rel, edges []Edge) error
	DeleteEdges(ctx context.Context, r *graph.Rel, keys []string) error
	// Mentioning finds the nodes of a kind of which a text has one of these somewhere in it, which are loose, as it then is itself.
	Mentioning(ctx context.Context, k *graph.Kind, texts []string) ([]Node, error)
	// EdgesMentioning does the same for relationships.
	EdgesMentioning(ctx context.Context, r *graph.Rel, texts []string) ([]Edge, error)
	// Words takes away by which words nodes are found, and adds others. A word that is there already, or is not, is no error.
	Words(ctx context.Context, gone, come []Word) error
}

// A Host is what a store gives to what it applies.
type Host struct {
	NewID func(prefix string) string // a new id for a prefix
	Now   graph.Time                 // what its clock says
	Mark  func(text string) string   // a keyed hash, by which those who are erased are known again; nil: nobody is erased
}

// Apply carries out a batch. The error is a *graph.BatchError where the batch itself is at fault; then the transaction is to be
// rolled back, as after any error.
func Apply(ctx context.Context, cat *graph.Catalog, tx Tx, b *graph.Batch, h Host) (*graph.Report, error) {
	a := &applier{cat: cat, tx: tx, batch: b, host: h, now: int64(h.Now), gone: map[goneKey]bool{}, erasedOf: map[string][]string{}, again: map[string]bool{}, created: map[string]bool{}, renewed: map[string]bool{}, ids: map[*graph.Kind]map[string]string{}, named: map[string]string{}, links: map[*graph.Rel]*links{}, stamped: map[string]bool{}, there: map[string]bool{}, report: &graph.Report{}}
	if err := a.check(); err != nil {
		return nil, err
	}
	if b.Once != nil {
		if repeated, err := a.repeated(ctx); repeated || err != nil {
			return a.report, err
		}
	}
	for _, step := range []func(context.Context) error{a.begin, a.nodes, a.edges, a.removals, a.erasures, a.stamps, a.standings, a.record, a.remember} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return a.report, nil
}

type applier struct {
	cat      *graph.Catalog
	tx       Tx
	batch    *graph.Batch
	host     Host
	now      int64
	ids      map[*graph.Kind]map[string]string // of nodes by key, as far as they are known
	named    map[string]string                 // keys of nodes by id, of upserts that name their node
	there    map[string]bool                   // ids that links name and that exist
	problems []graph.Problem
	report   *graph.Report
	standing touched
	rels     []*graph.Rel // in the batch's order
	links    map[*graph.Rel]*links
	stamped  map[string]bool     // ids of nodes that the batch has given their time already
	owners   []string            // ids of nodes from which a relationship has come, gone or changed
	erasing  bool                // somebody was erased
	gone     map[goneKey]bool    // nodes that erasures have removed
	erasedOf map[string][]string // of what nothing is kept, by the ids of nodes that were erased
	created  map[string]bool     // ids of nodes that the batch has made
	renewed  map[string]bool     // ids of Consents in whose place the batch has a later one with an authority
	again    map[string]bool     // ids of persons who were erased and to whom the batch has led something
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

// nodeKey is the key of the node that an upsert is about, empty where it names one that does not exist.
func (a *applier) nodeKey(n graph.Upsert) string {
	if n.Node != "" {
		return a.named[n.Node]
	}
	return a.key(graph.External{ID: n.ID})
}

func (a *applier) nodes(ctx context.Context) error {
	if err := a.findNamed(ctx); err != nil {
		return err
	}
	want := map[*graph.Kind]map[string]Columns{}
	keys := map[*graph.Kind][]string{} // in the batch's order, so that ids are given in it
	var kinds []*graph.Kind
	for _, n := range a.batch.Nodes {
		key := a.nodeKey(n)
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
		a.report.IDs = append(a.report.IDs, a.ids[n.Kind][a.nodeKey(n)])
	}
	return nil
}

// look finds the nodes with the keys, and writes what want says and they have not.
func (a *applier) look(ctx context.Context, k *graph.Kind, keys []string, want map[string]Columns) error {
	stored, err := a.tx.Nodes(ctx, k, keys)
	if err == nil {
		stored, err = a.known(ctx, k, keys, stored, want)
	}
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
	if err := a.conditions(k, have); err != nil {
		return err
	}
	said := k.Name == graph.ConsentKind
	var created, changed []Node
	for _, key := range keys {
		old, ok := have[key]
		if a.gone[goneKey{k, key}] {
			continue
		}
		if !ok {
			n := Node{ID: a.host.NewID(k.Prefix), Key: key, Columns: present(want[key])}
			a.stamp(k, n.ID, n.Columns, nil)
			if said {
				a.sign(k, n.Columns, a.authority(n.Columns, n.Columns))
				n.Columns = present(n.Columns)
			}
			a.ids[k][key], a.created[n.ID] = n.ID, true
			created = append(created, n)
			continue
		}
		diff := difference(want[key], old.Columns)
		if said {
			a.signAnew(k, old, want[key], diff)
		}
		if len(diff) > 0 {
			a.stamp(k, old.ID, diff, old.Columns)
			changed = append(changed, Node{ID: old.ID, Key: key, Columns: diff})
		}
	}
	if err := a.failed(); err != nil {
		return err
	}
	a.report.NodesCreated += len(created)
	a.report.NodesChanged += len(changed)
	if len(created) > 0 {
		if err := a.tx.InsertNodes(ctx, k, created); err != nil {
			return err
		}
	}
	if len(changed) > 0 {
		if said {
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

// links are those of one type, in the batch's order.
type links struct {
	all   []*link
	byKey map[string]*link
}

func (a *applier) edges(ctx context.Context) error {
	if err := a.findEnds(ctx); err != nil {
		return err
	}
	for i, l := range a.batch.Edges {
		from, to := a.end(l.From), a.end(l.To)
		if a.leavesOut(&l, from, to) {
			a.report.Suppressed++
			continue
		}
		if l.Succeeds {
			if err := a.succeed(ctx, i, from, to); err != nil {
				return err
			}
			continue
		}
		a.gather(i, l.Rel, Edge{Key: a.edgeKey(l, from, to), From: from, To: to}, a.keptSet(&l, from, to))
	}
	if err := a.failed(); err != nil {
		return err
	}
	for _, r := range a.rels {
		if err := a.writeEdges(ctx, r, a.links[r].all); err != nil {
			return err
		}
	}
	return a.failed()
}

// gather takes in what a link of the batch makes of a relationship. The last of several wins, property by property.
func (a *applier) gather(index int, r *graph.Rel, e Edge, set graph.Values) {
	if a.links[r] == nil {
		a.links[r] = &links{byKey: map[string]*link{}}
		a.rels = append(a.rels, r)
	}
	at := a.links[r].byKey[e.Key]
	if at == nil {
		at = &link{Edge: Edge{Key: e.Key, Columns: Columns{}}}
		a.links[r].byKey[e.Key] = at
		a.links[r].all = append(a.links[r].all, at)
	}
	at.From, at.To, at.index = e.From, e.To, index
	columns(at.Columns, r.Properties, set)
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
	var gone []Edge
	if len(removed) > 0 {
		if gone, err = a.tx.Edges(ctx, r, removed); err != nil {
			return err
		}
	}
	if err := a.givers(ctx, r, links, created, gone); err != nil {
		return err
	}
	a.touch(r, created, gone)
	if err := a.touchErased(ctx, created); err != nil {
		return err
	}
	a.touchOwners(r, slices.Concat(created, changed, gone))
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
