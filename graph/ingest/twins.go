package ingest

import (
	"crypto/sha256"
	"fmt"
	"hash/maphash"
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A KindSummary counts what became of what rows named of a kind or a relationship: it is new, has changed, was there as it is, was
// named before in this run and said nothing new, or was left out since it is of somebody who was erased.
type KindSummary struct {
	Name                                     string // of the kind, or the type of the relationship
	New, Changed, Unchanged, Folded, LeftOut int
	Again                                    []string // where the first three of what was named before are, and where it was before
	// Otherwise counts rows that say something else of a node, or of a relationship with an id, than one before them: what the last one says
	// holds. First are three of them.
	Otherwise int
	First     []string
	node      bool
}

// firstTold is of how many it is said where they are.
const firstTold = 3

// named keeps what the rows of a run have named so far: by it twins are told from what is only said again.
type named struct {
	at    map[mark]mention
	kinds map[string]*KindSummary
}

// mark is short for what an element is known by.
type mark [16]byte

// mention is where an element was named first, and what was said of it.
type mention struct {
	file   string
	line   int
	values []said
}

// said is what is short for a value of a property or, without one, for a node that a to-one edge leads to.
type said struct {
	prop  *graph.Property
	value uint64
}

var seed = maphash.MakeSeed()

func markOf(parts ...string) mark {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return mark(sum[:16])
}

func markOfNode(u graph.Upsert) mark {
	parts := []string{"node", u.Kind.Name, u.ID}
	if u.At != nil { // each instant of a node's past is told by a row of its own
		parts = append(parts, u.At.String())
	}
	return markOf(parts...)
}

// An element is a node or a relationship that a row names.
type element struct {
	name string
	node bool
	mark mark
	says []said
}

// admit notes what a row names. The error says that a relationship is there twice, by the same ends and without an id, and is not the
// same, or that what leads to one node at most leads to another: the second one would take the place of the first.
func (n *named) admit(file string, m *made) error {
	var all []element
	for _, u := range m.nodes {
		all = append(all, element{u.Kind.Name, true, markOfNode(u), saidOf(u.Kind.Properties, u.Set)})
	}
	ones := map[mark]said{}
	for i := range m.edges {
		l := &m.edges[i]
		for _, e := range toOne(l) {
			owner, to := l.From, l.To
			if !e.Out {
				owner, to = to, owner
			}
			at, leads := markOf("one", e.Owner.Name, e.Name, owner.External.Source, owner.External.ID), said{nil, short(to.Kind.Name, to.External.Source, to.External.ID)}
			if before, twice := n.at[at]; twice && before.values[0] != leads {
				return fmt.Errorf("%s of %s %q is another one on line %d%s: there can be one only", e.Name, e.Owner.Name, owner.External.ID, before.line, of(before.file, file))
			}
			ones[at] = leads
		}
		if l.ID != "" {
			all = append(all, element{l.Rel.Type, false, markOf("edge", l.Rel.Type, l.ID), saidOf(l.Rel.Properties, l.Set)})
			continue
		}
		e := element{l.Rel.Type, false, markOf(keyOf(l)...), saidOf(l.Rel.Properties, l.Set)}
		if before, twice := n.at[e.mark]; twice {
			if p := differs(before.values, e.says); p != nil {
				return fmt.Errorf("the same %s is on line %d%s with another %s: give each an id of its own", l.Rel.Type, before.line, of(before.file, file), p.Field())
			}
		}
		all = append(all, e)
	}
	for at, leads := range ones {
		if _, twice := n.at[at]; !twice {
			n.at[at] = mention{file, m.row.line, []said{leads}}
			m.marks = append(m.marks, at)
		}
	}
	for i, e := range all {
		over := n.note(file, m, e)
		if i < len(m.nodes) && m.nodes[i].At == nil {
			m.nodes[i].Over = over
		}
	}
	return nil
}

// note counts an element that a row names, and gives the properties of which an earlier row has said something else.
func (n *named) note(file string, m *made, e element) (over []string) {
	k := n.kinds[e.name]
	if k == nil {
		k = &KindSummary{Name: e.name, node: e.node}
		n.kinds[e.name] = k
	}
	before, twice := n.at[e.mark]
	m.again = append(m.again, twice)
	if !twice {
		n.at[e.mark] = mention{file, m.row.line, e.says}
		m.marks = append(m.marks, e.mark)
		return nil
	}
	here, there := fmt.Sprintf("%s:%d", file, m.row.line), fmt.Sprintf("%s:%d", before.file, before.line)
	if len(k.Again) < firstTold {
		k.Again = append(k.Again, here+" is "+there+" again")
	}
	if p := differs(before.values, e.says); p != nil {
		if k.Otherwise++; len(k.First) < firstTold {
			k.First = append(k.First, here+" has another "+p.Field()+" than "+there)
		}
	}
	for _, s := range e.says {
		if differs(before.values, []said{s}) != nil {
			over = append(over, s.prop.Name)
		}
	}
	before.values = latest(before.values, e.says)
	n.at[e.mark] = before
	return over
}

// latest are values with others in their place, or beside them.
func latest(values, over []said) []said {
	for _, o := range over {
		if i := slices.IndexFunc(values, func(s said) bool { return s.prop == o.prop }); i >= 0 {
			values[i] = o
		} else {
			values = append(values, o)
		}
	}
	return values
}

// toOne are the edges along a relationship that lead to one node at most, whatever the time.
func toOne(l *graph.Link) (out []*graph.Edge) {
	if l.Rel.Temporal() {
		return nil
	}
	along := func(from, to *graph.Kind, leads bool) {
		out = append(out, graph.Where(from.Edges, func(e *graph.Edge) bool {
			return e.Rel == l.Rel && e.One && e.Stored() && e.Out == leads && slices.Contains(e.Targets, to)
		})...)
	}
	along(l.From.Kind, l.To.Kind, true)
	along(l.To.Kind, l.From.Kind, false)
	return out
}

// forget takes back what a row has named first that is rejected after all.
func (n *named) forget(m *made) {
	for _, mark := range m.marks {
		delete(n.at, mark)
	}
}

// became counts what became of an element. One that was named before and said nothing new is folded, in whichever batch.
func (n *named) became(name string, of graph.Outcome, again bool) {
	k := n.kinds[name]
	switch {
	case of == graph.Created:
		k.New++
	case of == graph.Changed:
		k.Changed++
	case of == graph.LeftOut:
		k.LeftOut++
	case again || of == graph.Folded:
		k.Folded++
	default:
		k.Unchanged++
	}
}

// all are the counts, by name.
func (n *named) all() []KindSummary {
	var out []KindSummary
	for _, name := range slices.Sorted(maps.Keys(n.kinds)) {
		out = append(out, *n.kinds[name])
	}
	return out
}

// balance holds the counts against what the store says that it has made.
func (n *named) balance(r *graph.Report) error {
	nodes, edges := 0, 0
	for _, k := range n.kinds {
		if k.node {
			nodes += k.New
		} else {
			edges += k.New
		}
	}
	if nodes != r.NodesCreated || edges != r.EdgesCreated {
		return fmt.Errorf("%d nodes and %d relationships are new by their kinds, %d and %d in all: this does not add up", nodes, edges, r.NodesCreated, r.EdgesCreated)
	}
	return nil
}

func of(before, file string) string {
	if before == file {
		return ""
	}
	return " of " + before
}

// keyOf is what a relationship without an id is known by.
func keyOf(l *graph.Link) []string {
	parts := []string{"ends", l.Rel.Type}
	for _, end := range []graph.NodeRef{l.From, l.To} {
		parts = append(parts, end.Kind.Name, end.External.Source, end.External.ID)
	}
	for _, p := range l.Rel.Key {
		parts = append(parts, fmt.Sprint(l.Set[p.Name]))
	}
	return parts
}

// saidOf is what values say of properties.
func saidOf(props []*graph.Property, set graph.Values) (out []said) {
	for _, p := range props {
		if v, given := set[p.Name]; given {
			out = append(out, said{p, short(fmt.Sprintf("%T %v", v, v))})
		}
	}
	return out
}

// short tells texts apart.
func short(parts ...string) uint64 { return maphash.String(seed, strings.Join(parts, "\x00")) }

// differs is the first property of which two say something else, or nil.
func differs(a, b []said) *graph.Property {
	for _, s := range a {
		for _, o := range b {
			if s.prop == o.prop && s.value != o.value {
				return s.prop
			}
		}
	}
	return nil
}
