package write

import (
	"context"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// Tx is what a store lends to Apply: a transaction that no other writer runs beside.
type Tx interface {
	// Read answers a fetch as graph.Store does, of what the transaction has written, too; but it follows names by Fetch.Leads alone. The
	// kinds of graph.Own may be asked for by their ids, and an External without a source is a key as it is stored.
	Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error)
	// Edges finds relationships by their keys; those that do not exist are left out.
	Edges(ctx context.Context, r *graph.Rel, keys []string) ([]Edge, error)
	// Mentioning gives entries of the feed behind a place in which any of these ids is, so many at most.
	Mentioning(ctx context.Context, ids []string, after int64, limit int) ([]graph.Entry, error)
	// Write carries changes out.
	Write(ctx context.Context, c *Changes) error
}

// Node is a node as it is stored. Key is the External.Key it was first seen under, or the mark of that.
type Node struct {
	ID, Key string
	Values  graph.Values // of all properties, hidden ones, too; none is nil
}

// Edge is a relationship as it is stored, by the ids of its ends.
type Edge struct {
	Key, From, To string
	Values        graph.Values
}

// Changes are what a transaction carries out at once. The store takes each list wholly before the next, in this order, so that a
// relationship may take the key of one that goes, and lead to a node that comes.
type Changes struct {
	GoneEdges    []*EdgeChange
	GoneWords    []Word // a word that is not there is no error
	GoneNodes    []*NodeChange
	NewNodes     []*NodeChange
	ChangedNodes []*NodeChange
	NewEdges     []*EdgeChange
	ChangedEdges []*EdgeChange
	NewWords     []Word         // nor is one that is there already
	NewEntry     *graph.Entry   // nil: none; it gets the next place of the feed
	Entries      []*graph.Entry // take the place of those that have theirs; of Place 0, of the newest
}

// Empty reports whether there is nothing to carry out.
func (c *Changes) Empty() bool {
	return len(c.GoneEdges)+len(c.GoneWords)+len(c.GoneNodes)+len(c.NewNodes)+len(c.ChangedNodes)+len(c.NewEdges)+len(c.ChangedEdges)+len(c.NewWords)+len(c.Entries) == 0 && c.NewEntry == nil
}

// A NodeChange is what becomes of one node. Each list of Changes has a node once.
type NodeChange struct {
	Kind   *graph.Kind
	Node          // Values of a new one are all it has; of one that changes those that do, nil taking one away
	NewKey string // empty: it keeps its key
}

// An EdgeChange is what becomes of one relationship, which is known by its key.
type EdgeChange struct {
	Rel *graph.Rel
	Edge
	NewKey string // empty: it keeps its key
}

// Columns are the physical columns of values, by name, with values string, int64, bool, []string or nil. Those of a property stand
// together: with nil all of them are.
func Columns(props []*graph.Property, v graph.Values) map[string]any {
	out := make(map[string]any, len(v)+4)
	for _, p := range props {
		x, given := v[p.Name]
		if !given {
			continue
		}
		for _, c := range p.Columns() {
			out[c] = nil
		}
		switch x := x.(type) {
		case nil:
		case string:
			out[p.Name] = x
			switch {
			case p.Type == graph.String:
				out[p.Folded()] = fold.Key(x)
			case p.Ranked():
				out[p.Rank()] = p.RankOf(x)
			}
		case graph.Money:
			out[p.Name], out[p.Currency()] = x.Amount, x.Currency
		case []graph.Version:
			from, known := graph.Settled(x)
			out[p.Name], out[graph.LastFrom], out[graph.LastKnown] = Kept{p.Of, x}, int64(from), int64(known)
		default:
			out[p.Name] = x
		}
	}
	return out
}

// Grouped does something with the elements of each group, in the order in which the groups come first.
func Grouped[T any, K comparable](all []T, by func(T) K, do func(K, []T) error) error {
	groups := map[K][]T{}
	var keys []K
	for _, v := range all {
		k := by(v)
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], v)
	}
	for _, k := range keys {
		if err := do(k, groups[k]); err != nil {
			return err
		}
	}
	return nil
}
