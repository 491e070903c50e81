package ingest

import (
	"crypto/sha256"
	"fmt"
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
	node                                     bool
}

const firstFolded = 3

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

// said is a value of a property, or what is short for it.
type said struct {
	prop  *graph.Property
	value mark
}

func markOf(parts ...string) mark {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return mark(sum[:16])
}

func newNamed() *named {
	return &named{at: map[mark]mention{}, kinds: map[string]*KindSummary{}}
}

// admit notes what a row names. The error says that a relationship is there twice, by the same ends and without an id, and is not the
// same: the second one would take the place of the first.
func (n *named) admit(file string, m *made) error {
	type element struct {
		name string
		node bool
		mark mark
		says []said
	}
	var all []element
	for _, u := range m.nodes {
		parts := []string{"node", u.Kind.Name, u.ID}
		if u.At != nil { // each instant of a node's past is told by a row of its own
			parts = append(parts, u.At.String())
		}
		all = append(all, element{u.Kind.Name, true, markOf(parts...), nil})
	}
	for i := range m.edges {
		l := &m.edges[i]
		if l.ID != "" {
			all = append(all, element{l.Rel.Type, false, markOf("edge", l.Rel.Type, l.ID), nil})
			continue
		}
		e := element{l.Rel.Type, false, markOf(keyOf(l)...), saidOf(l)}
		if before, twice := n.at[e.mark]; twice {
			if p := differs(before.values, e.says); p != nil {
				return fmt.Errorf("the same %s is on line %d%s with another %s: give each an id of its own", l.Rel.Type, before.line, of(before.file, file), p.Field())
			}
		}
		all = append(all, e)
	}
	for _, e := range all {
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
			continue
		}
		if len(k.Again) < firstFolded {
			k.Again = append(k.Again, fmt.Sprintf("%s:%d is %s:%d again", file, m.row.line, before.file, before.line))
		}
		before.values = append(before.values, e.says...)
		n.at[e.mark] = before
	}
	return nil
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

func saidOf(l *graph.Link) (out []said) {
	for _, p := range l.Rel.Properties {
		if v, given := l.Set[p.Name]; given {
			out = append(out, said{p, markOf(fmt.Sprintf("%T %v", v, v))})
		}
	}
	return out
}

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
