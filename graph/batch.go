package graph

import (
	"fmt"
	"strings"
)

// A Batch is a set of upserts that is applied wholly or not at all. Everything in it is named by the row of a source it
// comes from, so that applying it again changes nothing. The last of several upserts of one thing wins, property by
// property.
type Batch struct {
	Source string // of every External that names none; letters, digits, - . _
	Nodes  []Upsert
	Edges  []Link
}

// Values are properties by name. A property that is not named stays as it is, nil clears it.
type Values map[string]any

// An Upsert creates or changes a node.
type Upsert struct {
	Kind *Kind
	ID   string // of the row in the batch's source
	Set  Values
}

// A NodeRef names a node that exists, or is created by the same batch.
type NodeRef struct {
	Kind     *Kind
	External External // an empty Source is the batch's
	ID       string   // of a node that exists; then External is empty
}

// A Link creates or changes a relationship. It is known by ID if given, else by its ends and its key properties. Where
// an edge field allows one relationship at most, a new one replaces the old; where such a relationship carries
// valid time, one that overlaps another is refused.
type Link struct {
	Rel      *Rel
	From, To NodeRef
	ID       string
	Set      Values
}

// Report says what a batch changed.
type Report struct {
	IDs                                      []string // of Batch.Nodes, in their order
	NodesCreated, NodesChanged               int
	EdgesCreated, EdgesChanged, EdgesRemoved int
}

// Changed reports whether the batch changed anything.
func (r *Report) Changed() bool {
	return r.NodesCreated+r.NodesChanged+r.EdgesCreated+r.EdgesChanged+r.EdgesRemoved > 0
}

// Add sums up what several batches changed. IDs are not kept.
func (r *Report) Add(o *Report) {
	r.NodesCreated += o.NodesCreated
	r.NodesChanged += o.NodesChanged
	r.EdgesCreated += o.EdgesCreated
	r.EdgesChanged += o.EdgesChanged
	r.EdgesRemoved += o.EdgesRemoved
}

// A BatchError lists everything that keeps a batch from being applied. Nothing of the batch was.
type BatchError struct{ Problems []Problem }

// A Problem is what is wrong with one element of a batch.
type Problem struct {
	Edge   bool // Index is of Batch.Edges, else of Batch.Nodes
	Index  int
	Reason string
}

// Sound are the links of the batch that nothing is wrong with, in their order.
func (e *BatchError) Sound(links []Link) []Link {
	wrong := map[int]bool{}
	for _, p := range e.Problems {
		if p.Edge {
			wrong[p.Index] = true
		}
	}
	var sound []Link
	for i, l := range links {
		if !wrong[i] {
			sound = append(sound, l)
		}
	}
	return sound
}

func (e *BatchError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of the batch's elements cannot be right", len(e.Problems))
	for i, p := range e.Problems {
		if i == 5 {
			b.WriteString("; …")
			break
		}
		what := "node"
		if p.Edge {
			what = "edge"
		}
		fmt.Fprintf(&b, "; %s %d: %s", what, p.Index, p.Reason)
	}
	return b.String()
}
