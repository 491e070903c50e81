package ingest

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A Folded tells of a kind or a relationship what of it the rows named again: it is there once.
type Folded struct {
	Name         string // of the kind, or the type of the relationship
	Named, Again int
	First        []string // where the first three of them are, and where the same was before
}

const firstFolded = 3

// named keeps what the rows of a run have named so far: by it twins are told from what is only said again.
type named struct {
	at     map[mark]mention
	folded map[string]*Folded
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
	return &named{at: map[mark]mention{}, folded: map[string]*Folded{}}
}

// admit notes what a row names. The error says that a relationship is there twice, by the same ends and without an id, and is not the
// same: the second one would take the place of the first.
func (n *named) admit(file string, m *made) error {
	type element struct {
		name string
		mark mark
		says []said
	}
	var all []element
	for _, u := range m.nodes {
		all = append(all, element{u.Kind.Name, markOf("node", u.Kind.Name, u.ID), nil})
	}
	for i := range m.edges {
		l := &m.edges[i]
		if l.ID != "" {
			all = append(all, element{l.Rel.Type, markOf("edge", l.Rel.Type, l.ID), nil})
			continue
		}
		e := element{l.Rel.Type, markOf(keyOf(l)...), saidOf(l)}
		if before, twice := n.at[e.mark]; twice {
			if p := differs(before.values, e.says); p != nil {
				return fmt.Errorf("the same %s is on line %d%s with another %s: give each an id of its own", l.Rel.Type, before.line, of(before.file, file), p.Field())
			}
		}
		all = append(all, e)
	}
	for _, e := range all {
		f := n.folded[e.name]
		if f == nil {
			f = &Folded{Name: e.name}
			n.folded[e.name] = f
		}
		f.Named++
		before, twice := n.at[e.mark]
		if !twice {
			n.at[e.mark] = mention{file, m.row.line, e.says}
			m.marks = append(m.marks, e.mark)
			continue
		}
		f.Again++
		if len(f.First) < firstFolded {
			f.First = append(f.First, fmt.Sprintf("%s:%d is %s:%d again", file, m.row.line, before.file, before.line))
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

// all are those of which something was named again, by name.
func (n *named) all() []Folded {
	var out []Folded
	for _, f := range n.folded {
		if f.Again > 0 {
			out = append(out, *f)
		}
	}
	slices.SortFunc(out, func(a, b Folded) int { return cmp.Compare(a.Name, b.Name) })
	return out
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
