package graph

import (
	"cmp"
	"slices"
	"strings"
)

// A naming collects the Aliases of ids that conditions of lists compare with, and notes whether one compares with the asker.
type naming struct {
	aliases []string
	asker   bool
}

func (n *naming) list(l *List) {
	n.edge(l.Edge)
	n.filter(l.When)
	n.filter(l.Filter)
	n.refs(l.Props)
	if l.Search != nil {
		n.refs(l.Search.In)
		n.refs(l.Search.By)
	}
	for i := range l.Order {
		n.order(&l.Order[i])
	}
	for _, t := range l.Tallies {
		n.tally(t)
	}
	for _, sel := range l.Nodes {
		for _, f := range sel.Asks {
			n.filter(f)
		}
		n.refs(sel.Props)
		for _, below := range sel.Lists {
			n.list(below)
		}
	}
}

func (n *naming) order(o *Order) {
	n.path(o.Path)
	n.filter(o.When)
	n.ref(o.Prop)
	for _, over := range []*Over{o.Count, o.Sum, o.Latest, o.Earliest} {
		n.over(over)
	}
}

func (n *naming) tally(t *Tally) {
	n.over(t.Over)
	for i := range t.By {
		k := &t.By[i]
		n.path(k.Path)
		n.filter(k.When)
		n.ref(&k.Ref)
		n.ref(k.Until)
	}
	for i := range t.Measures {
		n.ref(&t.Measures[i].Ref)
		n.ref(t.Measures[i].Until)
	}
}

func (n *naming) path(path []*Edge) {
	for _, e := range path {
		n.edge(e)
	}
}

func (n *naming) edge(e *Edge) {
	if e == nil {
		return
	}
	n.filter(e.Through)
	for i := range e.Strands {
		for _, h := range e.Strands[i].Hops {
			n.edge(h.Edge)
			n.filter(h.When)
			n.filter(h.Filter)
		}
		n.ref(&e.Strands[i].At)
	}
}

func (n *naming) refs(refs []Ref) {
	for i := range refs {
		n.ref(&refs[i])
	}
}

func (n *naming) ref(r *Ref) {
	if r != nil {
		n.filter(r.When)
	}
}

func (n *naming) over(o *Over) {
	if o != nil {
		n.edge(o.Edge)
		n.filter(o.When)
		n.filter(o.Filter)
		n.ref(o.Prop)
	}
}

func (n *naming) quantified(q *Quantified) {
	n.edge(q.Edge)
	n.filter(q.Filter)
}

func (n *naming) filter(f *Filter) {
	switch {
	case f == nil:
		return
	case f.Test != nil:
		n.test(f.Test)
	case f.Some != nil:
		n.quantified(f.Some)
	case f.Every != nil:
		n.quantified(f.Every)
	case f.Total != nil:
		n.over(f.Total.Over)
	}
	n.filter(f.Not)
	n.filter(f.Of)
	n.filter(f.Fails)
	for _, g := range f.And {
		n.filter(g)
	}
	for _, g := range f.Or {
		n.filter(g)
	}
}

func (n *naming) test(t *Test) {
	n.ref(&t.Ref)
	n.ref(t.With)
	n.asker = n.asker || t.Value == GivenAsker
	if !t.Follows() {
		return
	}
	ids, several := t.Value.([]any)
	if !several {
		ids = []any{t.Value}
	}
	for _, id := range ids {
		if id, is := id.(string); is {
			n.aliases = append(n.aliases, IDAlias(id))
		}
	}
}

// DisplayName is the field that shows what a node is called.
const DisplayName = "displayName"

// Called is what a node is called by the values of its kind's Display that are known.
func Called(values []string) string { return strings.Join(values, ", ") }

// Field finds the property that a field of the schema shows by its name, or nil. DisplayName shows one where nodes are called by one.
func (k *Kind) Field(name string) *Property {
	if name == DisplayName && len(k.Display) == 1 {
		return k.Display[0]
	}
	return First(k.Properties, func(p *Property) bool { return !p.Hidden && p.Field() == name })
}

// ExternalsField is the field that shows which rows of sources a node came from.
const ExternalsField = "externals"

// HistoryField is the field that tells what became of the values of a node with tracked properties.
const HistoryField = "history"

// KeyOf makes Kind.Key of a kind that is known otherwise. Of whom a node is about it tells who they are. Where ids are hidden, it is.
func KeyOf(k *Kind) *Property {
	p := &Property{Name: "key", Alias: ExternalsField, Type: Enum, Owner: k.Name, Category: cmp.Or(k.Existence, CategoryCompany)}
	if k.OfPersons() {
		p.Category = CategoryIdentity
	}
	p.Internal = !k.OfPersons() && k.Existence == ""
	p.Only = slices.DeleteFunc(slices.Clone(Purposes), func(purpose Purpose) bool { return purpose == Analysis })
	return p
}

// Externals are the rows of sources that a node's keys tell of, its first key and the further ones: none of a node that was made here, nor of
// keys that were erased.
func Externals(key string, further []string) (out []External) {
	for _, k := range append([]string{key}, further...) {
		if e, ok := ParseKey(k); ok && !OwnSource(e.Source) {
			out = append(out, e)
		}
	}
	return out
}
