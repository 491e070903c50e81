package rights

import "github.com/kithgraph/kith/graph"

// wordSource is the source that words said through mutations come from.
const wordSource = "kith.words"

// A Word is what a customer said about the use of her data.
type Word struct {
	By        *Request     // who says it, of whom and when; its Right follows from the word
	Authority string       // what stands behind it: graph.BySubject, graph.ByOfficer or nothing
	Set       graph.Values // of the Consent
}

// restricts are the statuses of words by which a right is exercised.
var restricts = map[string]Right{graph.Restricted: Restriction, graph.Unrestricted: RestrictionLifted}

// Batch keeps the word, once, where it comes to something, and the record of the right that is exercised by it, if one is. The Consent
// is its first node.
func (w *Word) Batch(cat *graph.Catalog, once *graph.Once) *graph.Batch {
	kind := cat.MustKind(graph.ConsentKind)
	b := &graph.Batch{
		Source: wordSource, Actor: w.By.Actor, Authority: w.Authority, Once: once,
		Nodes: []graph.Upsert{{Kind: kind, ID: once.Key, Set: w.Set, IfHeard: true}},
		Edges: []graph.Link{from(kind, "givenBy", once.Key, w.By.Customer)},
	}
	status, _ := w.Set[graph.ConsentStatus].(string)
	if right, is := restricts[status]; is {
		q := *w.By
		q.Right = right
		q.record(b, cat)
	}
	return b
}
