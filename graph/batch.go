package graph

import (
	"fmt"
	"regexp"
	"strings"
)

// A Batch is a set of upserts that is applied wholly or not at all. Everything in it is named by the row of a source it
// comes from, so that applying it again changes nothing. The last of several upserts of one thing wins, property by
// property.
type Batch struct {
	Source string // of every External that names none; letters, digits, - . _
	Actor  string // who brings it, as Consents keep it; empty: the source
	// Authority is what stands behind the Consents in it: BySubject, ByOfficer, BySource, or nothing. It is that of a Consent that,
	// but for BySubject, has a proof in this batch. Without it, and a later instant, no kept Consent that
	// refuses or has an authority gets another giver; nor does one that refuses another status, purpose, channel or instant. One
	// that is changed has the authority of the batch that changes it.
	Authority string
	// Loads has the batch be of a source that may be loaded again. What was changed here since it was last loaded stays, and is counted as
	// Kept: neither an older value nor a newer one of the source takes it back.
	Loads  bool
	Once   *Once // nil: nothing keeps the batch from being applied again
	Merge  []Merge
	Nodes  []Upsert
	Edges  []Link
	Remove []Removal // after that
	Erase  []Erasure // at last
}

var sourceName = regexp.MustCompile(`^[A-Za-z0-9._-]{1,100}$`)

// CheckSource says what is wrong with the name of a source.
func CheckSource(name string) error {
	if !sourceName.MatchString(name) {
		return fmt.Errorf("%q is not a name of letters, digits, dots, dashes and underscores", name)
	}
	return nil
}

// OwnSource reports whether a source is Kith's own: what it writes by itself, and nobody else in its name.
func OwnSource(name string) bool { return strings.HasPrefix(name, "kith.") }

// Once has a batch be applied once. Where one with the same key was, nothing is written and the report has the IDs of then
// and is Repeated; where that one had another hash, the error is ErrKeyUsed.
type Once struct{ Key, Hash string }

// ErrKeyUsed says that the key of a Once was used for another batch.
var ErrKeyUsed = &Error{Code: Conflict, Message: "the key was used for something else"}

// Applied is the kind of node by which stores remember batches with a key. No catalog has it, so that nobody reads it and
// nothing leads to it.
var Applied = &Kind{Name: "Applied", Label: "KithApplied", Prefix: "app", Properties: []*Property{
	{Name: AppliedHash, Type: Enum, Hidden: true}, {Name: AppliedIDs, Type: Strings, Hidden: true},
}}

// Names of the properties of Applied.
const (
	AppliedHash = "hash"
	AppliedIDs  = "ids"
)

// Values are properties by name. A property that is not named stays as it is, nil clears it.
type Values map[string]any

// ValuesOf are those that mentions have in a row.
func ValuesOf(refs []Ref, of []any) Values {
	out := Values{}
	for i, r := range refs {
		if of[i] != nil {
			out[r.Prop.Name] = of[i]
		}
	}
	return out
}

// UpdatedAt names the property, of the kinds that have it, that stores set by their clock when they create a node, and
// whenever a property of it changes or a relationship along an edge that Marks it. It always grows: by a microsecond at least.
const UpdatedAt = "updatedAt"

// Loaded names the hidden property in which stores keep what is short for each value of a node as it was last loaded.
const Loaded = "loaded"

// LoadedProperty is that of a kind.
func LoadedProperty(owner string) *Property {
	return &Property{Name: Loaded, Type: Strings, Category: CategoryConsent, Owner: owner, Hidden: true}
}

// An Upsert creates or changes a node.
type Upsert struct {
	Kind *Kind
	ID   string // of the row in the batch's source
	Node string // id of a node that exists; then ID is empty
	// Also are other rows that the node comes from: from now on it is found by each. Where there is a node by some of these names it is that
	// one, and where there are two that is a Problem with Conflict; or, if the upsert Unites, they become one by a Merge into the first.
	Also   []External
	Unites bool
	Set    Values
	// At has the values hold from then on, until the next that is told of their properties, whenever that is told: these are all tracked.
	// Nil: from now on.
	At *Time

	// Over names properties of which a load has said something else before. That is remembered: where it is loaded again it is passed over,
	// since what comes behind it will say this again. Holds has nothing be passed over: this time nothing came behind.
	Over  []string
	Holds bool

	// IfNew has the node not be there, IfUpdatedAt has it be as it was last changed at this instant. Where that is not so
	// when the batch is applied, that is a Problem with Conflict.
	IfNew       bool
	IfUpdatedAt *Time

	// IfHeard has a new Consent come to something. Where what its giver has refused Stands in its way, that is a Problem with Conflict.
	IfHeard bool
}

// A Merge has two nodes of a kind be one, since they are the same. From goes: its id leads to Into from then on, and so do its keys. Into gets its
// relationships, but for those that it has alike, or of which it can have one and has; and the values that it has none of, but for those that
// rules hold against others of the node, as a state with what belongs to it. Of persons the Stricter of what both have said holds. What the batch says besides is of the one that is left, by whichever name. Two that are one already are no error.
type Merge struct{ From, Into NodeRef }

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

	// Succeeds has the relationship take over at its from, which is to be given: that of the same type from the same node,
	// with the same key properties besides from, that is valid then ends then. If it leads to the same node nothing is
	// changed. One that begins later is a Problem with Conflict.
	Succeeds bool
	// Ends has every relationship of the type between the two nodes end at the to that is to be given, as far as it is valid then and has
	// the other key properties that are given. None: it is a Problem.
	Ends bool
}

// Report says what a batch changed.
type Report struct {
	IDs                                      []string  // of Batch.Nodes, in their order
	Nodes, Edges                             []Outcome // of Batch.Nodes and Batch.Edges, in their order
	NodesCreated, NodesChanged               int
	EdgesCreated, EdgesChanged, EdgesRemoved int
	NodesRemoved                             int
	Repeated                                 bool         // see Once
	Kept                                     int          // values that a batch that Loads has left as they were changed here
	Passed                                   []PassedOver // what a batch that Loads has passed over, see Upsert.Over
	Suppressed                               int          // elements that were left out, wholly or in part, since they are of somebody who was erased
	Erased                                   []ErasedPart // by Batch.Erase
}

// PassedOver are properties of an element of Batch.Nodes that were passed over.
type PassedOver struct {
	Index      int
	Properties []string
}

// An Outcome is what became of an element of a batch.
type Outcome byte

// The outcomes.
const (
	Unchanged Outcome = iota // it was there, as the batch has it
	Created
	Changed
	Folded  // one before it in the batch is about the same, and says what became of it, or one behind it has taken its place
	LeftOut // it is of somebody who was erased
	Removed // in the feed
)

// Changed reports whether the batch changed anything.
func (r *Report) Changed() bool {
	return r.NodesCreated+r.NodesChanged+r.NodesRemoved+r.EdgesCreated+r.EdgesChanged+r.EdgesRemoved > 0
}

// Add sums up what several batches changed. IDs, Nodes, Edges, Passed and Erased are not kept.
func (r *Report) Add(o *Report) {
	r.NodesCreated += o.NodesCreated
	r.NodesChanged += o.NodesChanged
	r.EdgesCreated += o.EdgesCreated
	r.EdgesChanged += o.EdgesChanged
	r.EdgesRemoved += o.EdgesRemoved
	r.NodesRemoved += o.NodesRemoved
	r.Suppressed += o.Suppressed
	r.Kept += o.Kept
}

// A BatchError lists everything that keeps a batch from being applied. Nothing of the batch was.
type BatchError struct{ Problems []Problem }

// A Problem is what is wrong with one element of a batch.
type Problem struct {
	Edge     bool // Index is of Batch.Edges, else of Batch.Nodes
	Index    int
	Conflict bool   // the element could be right, were it not for what is there
	Property string // that is at fault, where it is one
	Reason   string // of a property: what it must be and was, without its name
}

// In says what is wrong, with the name of the property that is at fault in the batch.
func (p Problem) In(b *Batch) string {
	switch {
	case p.Property == "":
		return p.Reason
	case p.Edge:
		return b.Edges[p.Index].Rel.Type + "." + p.Property + " " + p.Reason
	}
	return b.Nodes[p.Index].Kind.Name + "." + p.Property + " " + p.Reason
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
		fmt.Fprintf(&b, "; %s %d: %s", what, p.Index, strings.TrimSpace(p.Property+" "+p.Reason))
	}
	return b.String()
}
