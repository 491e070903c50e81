package write

import (
	"context"

	"github.com/kithgraph/kith/graph"
)

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
