package sdl

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/kithgraph/kith/graph"
)

// derive completes the document with what follows from the catalog: fields and arguments of the types that are written, and of other
// types those that are referred to. The names are
//
//	{Type}Connection, {Type}Edge                 pages of nodes
//	{Type}Filter, {Type}ListFilter, {Type}Sort   conditions and orders of nodes
//	{Type}AggregateSort                          order by what is counted or added up over an edge
//	{Type}Aggregate, {Type}Totals                what is added up over nodes, and over edges that lead to nodes
//	{Type}GroupBy, {Type}Groups, {Type}Group     groups of nodes
//	SearchKind                                   the kinds that a search looks into
//	TrackedProperty                              the properties that have a history
//	CountedEdge                                  the edges beyond which different nodes are counted
//
// where {Type} stands for the name of the type and that of the relationship's properties, if it has any. Timelines have
// TimelineConnection and TimelineEdge.
func derive(cat *graph.Catalog, doc *ast.SchemaDocument) error {
	d := &deriver{cat: cat, doc: doc, defs: map[string]string{}}
	for _, k := range cat.Kinds {
		d.kind(k)
	}
	for _, r := range cat.Rels {
		if r.Name != "" {
			d.conditions(target{rel: r})
		}
	}
	d.searched()
	d.histories()
	d.counted()
	if err := d.complete(); err != nil {
		return err
	}
	more, err := parser.ParseSchema(&ast.Source{Name: "derived", Input: d.reachable() + d.inputs()})
	if err == nil {
		doc.Merge(more)
	}
	return err
}

type deriver struct {
	cat  *graph.Catalog
	doc  *ast.SchemaDocument
	defs map[string]string // definition by name
}

// A target is what an edge leads to, with the properties of its relationship; or the properties alone.
type target struct {
	kind    *graph.Kind // nil for a union
	union   string
	of      []*graph.Kind // the union's
	rel     *graph.Rel    // nil: it has none
	entries bool          // of a timeline
}

func targetOf(e *graph.Edge) target {
	t := target{kind: e.Target(), union: e.Union, entries: e.Strands != nil}
	if e.Union != "" {
		t.of = e.Targets
	}
	if e.Rel.Name != "" {
		t.rel = e.Rel
	}
	return t
}

func (t target) node() string {
	if t.kind != nil {
		return t.kind.Name
	}
	return t.union
}

func (t target) name() string {
	if t.rel == nil {
		return t.node()
	}
	return t.node() + t.rel.Name
}

// groups begins the names of the types of groups.
func (t target) groups() string {
	if t.entries {
		return "Timeline"
	}
	return t.name()
}

// several is how descriptions call what is reached.
func (t target) several() string {
	of := ""
	switch {
	case t.entries:
		return "entries of a timeline"
	case t.kind != nil:
		of = words(t.kind.Plural)
	case t.union != "":
		of = words(lower(t.union))
	default:
		return words(lower(t.rel.Name))
	}
	if t.rel != nil {
		of += " and their " + words(lower(t.rel.Name))
	}
	return of
}

// keys are the ways of grouping what is reached; none where it is of several kinds and stands in no timeline.
func (t target) keys() []GroupName {
	switch {
	case t.entries:
		return EntryKeys(t.rel)
	case t.kind != nil:
		return GroupKeys(t.kind, t.rel)
	}
	return nil
}

// connection names the type of the field of an edge that leads to several.
func (t target) connection() string {
	if t.entries {
		return "TimelineConnection"
	}
	return t.name() + "Connection"
}

// props are the properties of the relationship.
func (t target) props() []*graph.Property {
	if t.rel == nil {
		return nil
	}
	return t.rel.Shown()
}

// all are the properties of the node and of the relationship, of which what stores set by themselves is not summed up: the node has the
// same by that name.
func (t target) all() []*graph.Property {
	if t.kind == nil {
		return t.props()
	}
	return slices.Concat(t.kind.Shown(), given(t.props()))
}

func given(props []*graph.Property) []*graph.Property {
	return slices.DeleteFunc(slices.Clone(props), func(p *graph.Property) bool { return !p.Given() })
}

func (d *deriver) kind(k *graph.Kind) {
	t := target{kind: k}
	d.connection(t)
	d.conditions(t)
	d.aggregate(k.Name+"Aggregate", t, k.Edges)
	d.groups(t)
	if e := k.Timeline; e != nil {
		d.connection(targetOf(e))
		d.groups(targetOf(e))
	}
	for _, e := range k.Edges {
		t := targetOf(e)
		d.conditions(t)
		d.listFilter(t)
		if e.One {
			continue
		}
		d.connection(t)
		d.aggregateSort(t)
		if t.kind != nil {
			d.aggregate(t.name()+"Totals", t, nil)
			d.groups(t)
		}
	}
}

// aggregateOf names what a connection is added up to: with properties of the relationship it is one unit an edge.
func aggregateOf(t target) string {
	if t.rel == nil {
		return t.node() + "Aggregate"
	}
	return t.name() + "Totals"
}

// searched names the kinds that a search looks into.
func (d *deriver) searched() {
	var values []field
	for _, k := range d.cat.Kinds {
		if len(k.Searched()) > 0 {
			values = append(values, field{d.of(k.Name), SearchKind(k)})
		}
	}
	d.def("enum", "SearchKind", "What can be searched for.", "", values...)
}

// SearchKind is the kind's value of the enumeration SearchKind.
func SearchKind(k *graph.Kind) string { return Constant(lower(k.Name)) }

// A field of a derived type: a line of its definition, and what is said of it.
type field struct{ said, line string }

// def keeps a definition, unless there is one of the name. Types that several edges lead to are the same whichever it is.
func (d *deriver) def(what, name, said, directive string, fields ...field) {
	if d.defs[name] != "" || len(fields) == 0 {
		return
	}
	var b strings.Builder
	if directive != "" {
		directive = " " + directive
	}
	fmt.Fprintf(&b, "\n%q\n%s %s%s {\n", said, what, name, directive)
	for _, f := range fields {
		fmt.Fprintf(&b, "%q %s\n", f.said, f.line)
	}
	b.WriteString("}\n")
	d.defs[name] = b.String()
}

// of is the first sentence that the document says of a type, or of a type's field.
func (d *deriver) of(typ string, name ...string) string {
	def := d.doc.Definitions.ForName(typ)
	said := def.Description
	if len(name) > 0 {
		said = def.Fields.ForName(name[0]).Description
	}
	if end := sentence.FindStringIndex(said); end != nil {
		said = said[:end[0]] + "."
	}
	return said
}

// sentence is where the first one ends, or what is said in it without the explanation behind.
var sentence = regexp.MustCompile(`[.:;] `)

// property is what the document says of a property.
func (d *deriver) property(p *graph.Property) string { return d.of(p.Owner, p.Field()) }

// edge is what the document says of an edge.
func (d *deriver) edge(e *graph.Edge) string {
	if e.IsMain() {
		return "The main one of the " + words(e.Several().Name) + "."
	}
	return d.of(e.Owner.Name, e.Name)
}

// reachable are the definitions that the document refers to, and those that they refer to, by name.
func (d *deriver) reachable() string {
	wanted := map[string]bool{}
	var follow func(text string)
	follow = func(text string) {
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') }) {
			if def, ok := d.defs[w]; ok && !wanted[w] {
				wanted[w] = true
				follow(def)
			}
		}
	}
	for _, def := range d.doc.Definitions {
		for _, f := range def.Fields {
			follow(f.Type.Name())
			for _, a := range f.Arguments {
				follow(a.Type.Name())
			}
		}
	}
	var b strings.Builder
	for _, n := range slices.Sorted(maps.Keys(wanted)) {
		b.WriteString(d.defs[n])
	}
	return b.String()
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
