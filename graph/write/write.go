// Package write turns a batch into the changes that a store carries out: it checks the batch against the catalog, looks up what is
// there, and asks only for what differs. It imports graph, graph/fold and graph/rules.
package write

import (
	"context"
	"crypto/rand"
	"maps"
	"reflect"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A Host is what a store gives to what it applies.
type Host struct {
	NewID func(prefix string) string // a new id for a prefix
	Now   graph.Time                 // what its clock says
	Mark  func(text string) string   // a keyed hash, by which those who are erased are known again; nil: nobody is erased
}

// Apply carries out a batch. The error is a *graph.BatchError where the batch itself is at fault; then the transaction is to be
// rolled back, as after any error.
func Apply(ctx context.Context, cat *graph.Catalog, tx Tx, b *graph.Batch, h Host) (*graph.Report, error) {
	a := &applier{cat: cat, tx: tx, batch: b, host: h, now: int64(h.Now), report: &graph.Report{}, pending: newPending(),
		want: map[nodeKey]graph.Values{}, said: map[nodeKey]*overruled{}, past: map[nodeKey][]graph.Upsert{}, names: newNames(), have: map[nodeKey]Node{}, named: map[string]Node{}, gone: map[nodeKey]bool{}, created: map[string]bool{}, renewed: map[string]bool{},
		stamped: map[string]bool{}, erasedOf: map[string][]string{}, again: map[string]bool{}, links: map[*graph.Rel]*links{}}
	for _, begin := range derivations {
		a.derivations = append(a.derivations, begin(a))
	}
	if err := a.check(); err != nil {
		return nil, err
	}
	if err := a.find(ctx); err != nil || a.report.Repeated {
		return a.report, err
	}
	for _, step := range []func(context.Context) error{a.nodes, a.moves, a.relationships, a.removals, a.inheritErased, a.erasures, a.settle, a.tied.tie, a.record, a.announce, a.flush} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return a.report, nil
}

type applier struct {
	cat         *graph.Catalog
	tx          Tx
	batch       *graph.Batch
	host        Host
	now         int64
	derivations []derivation
	told        *telling    // one of them,
	inherits    *inheriting // another,
	tied        *tying      // and another
	pending     *pending
	problems    []graph.Problem
	report      *graph.Report

	want    map[nodeKey]graph.Values   // what the batch's upserts say of a node
	said    map[nodeKey]*overruled     // what of that its source has said otherwise before
	past    map[nodeKey][]graph.Upsert // what its upserts say of the past of a node
	order   []nodeKey                  // of these, as the batch has them, so that ids are given in it
	names   *names                     // that lead to others
	merging []merging
	have    map[nodeKey]Node // of nodes that the batch names by their keys, those that are there
	named   map[string]Node  // of nodes that it names by their ids, those that are there
	created map[string]bool  // ids of nodes that the batch has made
	renewed map[string]bool  // ids of Consents in whose place the batch has a later one with an authority
	stamped map[string]bool  // ids of nodes that the batch has given their time already
	quiet   bool             // what is changed now marks no node as changed

	rels  []*graph.Rel // in the batch's order
	links map[*graph.Rel]*links

	erasing  bool                // somebody was erased
	gone     map[nodeKey]bool    // nodes that erasures have removed
	erasedOf map[string][]string // of what nothing is kept, by the ids of nodes that were erased
	again    map[string]bool     // ids of persons who were erased and to whom the batch has led something
	former   []string            // ids that have led to persons whom the batch erases
}

// nodeKey tells nodes apart as batches do: a key is one of a kind.
type nodeKey struct {
	kind *graph.Kind
	key  string
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

// keyOf is the key of the node that an upsert is about.
func (a *applier) keyOf(n graph.Upsert) nodeKey {
	if n.Node != "" {
		return nodeKey{n.Kind, a.named[n.Node].Key}
	}
	return a.names.first(nodeKey{n.Kind, a.key(graph.External{ID: n.ID})})
}

// nodes makes and changes the nodes that the batch's upserts are about.
func (a *applier) nodes(context.Context) error {
	for _, k := range a.order {
		if of := a.erasedOf[a.have[k].ID]; of != nil {
			a.drop(k.kind, of, a.want[k])
		}
	}
	a.conditions()
	for _, k := range a.order {
		if a.batch.Loads && !a.gone[k] {
			a.keepChanged(k, a.want[k])
		}
		a.fill(k)
		if !a.gone[k] {
			a.recall(k, a.want[k])
		}
		a.states(k)
	}
	if err := a.failed(); err != nil {
		return err
	}
	became := map[nodeKey]graph.Outcome{}
	for _, k := range a.order {
		if became[k] = graph.LeftOut; !a.gone[k] {
			a.addKeys(k)
			became[k] = a.upsert(k, a.want[k])
		}
	}
	for i, n := range a.batch.Nodes {
		k := a.keyOf(n)
		a.tellPassed(k, i)
		a.report.IDs = append(a.report.IDs, a.have[k].ID)
		a.report.Nodes = append(a.report.Nodes, became[k])
		switch {
		case became[k] == graph.LeftOut:
		case n.At == nil:
			became[k] = graph.Folded
		case became[k] == graph.Created: // what follows tells more of its past
			became[k] = graph.Changed
		}
	}
	return a.failed()
}

// upsert makes a node, or has it have the values.
func (a *applier) upsert(k nodeKey, want graph.Values) graph.Outcome {
	said := k.kind.Name == graph.ConsentKind
	old, there := a.have[k]
	if !there {
		n := Node{ID: a.host.NewID(k.kind.Prefix), Key: k.key, Values: want}
		a.born(k.kind, n.Values)
		a.stamp(k.kind, n.ID, n.Values, nil)
		if said {
			a.sign(n.Values, a.authority(n.Values))
		}
		n.Values = present(n.Values)
		a.have[k], a.created[n.ID] = n, true
		a.report.NodesCreated++
		a.addNode(k.kind, n)
		return graph.Created
	}
	diff := difference(want, old.Values)
	if said {
		a.signAnew(k, old, want, diff)
	}
	if _, loaded := diff[graph.Loaded]; len(diff) == 0 || loaded && len(diff) == 1 {
		if loaded { // nothing that anybody sees
			a.changeNode(k.kind, old, diff, "")
		}
		return graph.Unchanged
	}
	a.stamp(k.kind, old.ID, diff, old.Values)
	a.report.NodesChanged++
	a.changeNode(k.kind, old, diff, "")
	return graph.Changed
}

// present leaves out what is missing.
func present(v graph.Values) graph.Values {
	out := graph.Values{}
	for name, x := range v {
		if x != nil {
			out[name] = x
		}
	}
	return out
}

// merged are values with others put over them. Nil takes one away.
func merged(old, over graph.Values) graph.Values {
	out := make(graph.Values, len(old)+len(over))
	maps.Copy(out, old)
	for name, v := range over {
		if out[name] = v; v == nil {
			delete(out, name)
		}
	}
	return out
}

// difference is what want says otherwise than have.
func difference(want, have graph.Values) graph.Values {
	out := graph.Values{}
	for name, v := range want {
		if !reflect.DeepEqual(v, have[name]) {
			out[name] = v
		}
	}
	return out
}

// A Change is what becomes of one node or relationship. Without an old one it is new, without a new one it goes.
type Change struct {
	Kind             *graph.Kind
	OldNode, NewNode *Node
	Rel              *graph.Rel
	OldEdge, NewEdge *Edge
}

// A derivation keeps what follows from what a batch writes, in the same transaction.
type derivation interface {
	// touch notes a change, when it is made. It may add to what is pending what follows from this change alone.
	touch(c Change)
	// settle gives the lists that are to be looked at when all is written, and what to do with their answers: it makes changes and notes
	// problems. Nothing to look at: there is nothing to do.
	settle() (look []*graph.List, then func([]graph.ListResult))
}

// derivations are all there are, in the order in which they settle.
var derivations = []func(*applier) derivation{searchWords, histories, marksOfChange, consentState, inheritedSubjects, acquaintances, aliasesOfNodes, toldChanges}

// touch tells the derivations of a change.
func (a *applier) touch(c Change) {
	for _, d := range a.derivations {
		d.touch(c)
	}
}

// settle has all derivations look at the graph together, and then change it together.
func (a *applier) settle(ctx context.Context) error { return a.settleOf(ctx, a.derivations...) }

func (a *applier) settleOf(ctx context.Context, derivations ...derivation) error {
	q := &query{}
	for _, d := range derivations {
		if look, then := d.settle(); len(look) > 0 {
			q.ask(look, then)
		}
	}
	if len(q.lists) == 0 {
		return nil
	}
	if err := a.flush(ctx); err != nil {
		return err
	}
	if err := a.read(ctx, q); err != nil {
		return err
	}
	return a.failed()
}

// RandomID is a new id: the prefix, and 130 random bits in letters and digits.
func RandomID(prefix string) string { return prefix + "_" + strings.ToLower(rand.Text()) }
