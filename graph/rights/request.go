package rights

import (
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// A Right is one of a data subject, as records of its exercise name it.
type Right string

// The rights. An objection and a consent are none of them: what she said is its own record.
const (
	Access            Right = "ACCESS"             // GDPR Art. 15
	Erasure           Right = "ERASURE"            // Art. 17
	Restriction       Right = "RESTRICTION"        // Art. 18
	RestrictionLifted Right = "RESTRICTION_LIFTED" // Art. 18(3)
	Portability       Right = "PORTABILITY"        // Art. 20
)

// requestSource is the source that records of rights come from.
const requestSource = "kith.rights"

// A Request has a right of a customer be exercised.
type Request struct {
	Right     Right
	Customer  string     // her id
	Actor     string     // who exercises it for her; empty: it is not known
	Reference string     // a case, an order or a deal that it is about; empty: none
	At        graph.Time // when it is exercised
	Policy    *policy.Policy
	Copies    []string // of an erasure: what became of each copy outside the store
}

// Batch keeps the record that the right was exercised, once, and by an erasure what the policy has go.
func (q *Request) Batch(cat *graph.Catalog, once *graph.Once) *graph.Batch {
	b := &graph.Batch{Source: requestSource, Once: once}
	q.record(b, cat)
	if q.Right == Erasure {
		b.Erase = []graph.Erasure{q.Policy.Erasure(q.Customer)}
	}
	return b
}

// record has a batch with a key keep that the right was exercised.
func (q *Request) record(b *graph.Batch, cat *graph.Catalog) {
	kind, key := cat.MustKind(graph.RequestKind), b.Once.Key
	set := graph.Values{"right": string(q.Right), "at": int64(q.At), "policyVersion": q.Policy.Version}
	for name, v := range map[string]string{"actor": q.Actor, "reference": q.Reference} {
		if v != "" {
			set[name] = v
		}
	}
	if len(q.Copies) > 0 {
		set["copies"] = q.Copies
	}
	b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind, ID: key, Set: set})
	b.Edges = append(b.Edges, from(kind, "madeBy", key, q.Customer))
}

// from is the link of a node that a batch makes to the person it is of.
func from(kind *graph.Kind, edge, key, customer string) graph.Link {
	by := kind.Edge(edge)
	return graph.Link{Rel: by.Rel, From: graph.NodeRef{Kind: kind, External: graph.External{ID: key}}, To: graph.NodeRef{Kind: by.Target(), ID: customer}}
}

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
