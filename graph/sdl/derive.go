package sdl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// Derive writes the types that follow from schema.graphqls and are referred to: connections, filters, sorts,
// aggregates and groups. The names are
//
//	{Type}{Field}Connection, {Type}{Field}Edge   of a field; of a root field {Type}Connection, {Type}Edge
//	{Type}Filter, {Type}ListFilter, {Type}Sort   conditions and orders of nodes
//	{Type}{Field}Sort                            order of a connection whose relationship has properties
//	{Type}AggregateSort                          order by what is counted or added up over an edge
//	{Type}Aggregate, {Type}Totals                what is added up over nodes, and over edges that lead to nodes
//	{Type}GroupBy, {Type}Groups, {Type}Group     groups of nodes
//	SearchKind                                   the kinds that a search looks into
//
// and the fields of inputs with @sets,
//
// where {Type} stands for the name of the type and that of the relationship's properties, if it has any.
func Derive(text string) (string, error) {
	cat, doc, err := Parse(text)
	if err != nil {
		return "", err
	}
	d := &deriver{cat: cat, doc: doc, defs: map[string]string{}}
	for _, k := range cat.Kinds {
		d.kind(k)
	}
	for _, r := range cat.Rels {
		if r.Name != "" {
			d.properties(r)
		}
	}
	d.searched()
	return "# Written by `make generate` from schema.graphqls; not to be edited.\n" + d.reachable() + d.inputs(), nil
}

// searched names the kinds that a search looks into.
func (d *deriver) searched() {
	var names []string
	for _, k := range d.cat.Kinds {
		if len(k.Searched()) > 0 {
			names = append(names, SearchKind(k))
		}
	}
	d.def("enum", "SearchKind", "What can be searched for.", "", names...)
}

// SearchKind is the kind's value of the enumeration SearchKind.
func SearchKind(k *graph.Kind) string { return constant(lower(k.Name)) }

// A target is what an edge leads to, with the properties of its relationship.
type target struct {
	kind    *graph.Kind // nil for a union
	union   string
	rel     *graph.Rel
	entries bool // of a timeline, which are not counted
}

func targetOf(e *graph.Edge) target {
	if e.Rel.Name == "" {
		return target{e.Target(), e.Union, nil, false}
	}
	return target{e.Target(), e.Union, e.Rel, e.Strands != nil}
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

func (t target) props() []*graph.Property {
	if t.rel == nil {
		return nil
	}
	return t.rel.Properties
}

type deriver struct {
	cat  *graph.Catalog
	doc  *ast.SchemaDocument
	defs map[string]string // definition by name
}

func (d *deriver) kind(k *graph.Kind) {
	d.connection(k.Name, target{kind: k}, "Pages of "+plural(k.Name)+".")
	d.filter(k.Name, k.Shown(), k.Edges, true)
	d.sort(k.Name, k.Shown(), k.Edges)
	d.aggregate(k.Name+"Aggregate", target{kind: k}, k.Edges)
	d.groups(target{kind: k}, k.Name+"Aggregate")
	if e := k.Timeline; e != nil {
		d.connection(k.Name+title(e.Name), targetOf(e), fmt.Sprintf("Pages of %s.", e))
	}
	for _, e := range k.Edges {
		t := targetOf(e)
		if e.Union != "" {
			d.unionInputs(e)
		}
		d.listFilter(t)
		if e.One {
			continue
		}
		d.connection(k.Name+title(e.Name), t, fmt.Sprintf("Pages of %s.", e), cut(e)...)
		d.aggregateSort(t)
		if e.Rel.Name != "" {
			var keys []string
			if slices.ContainsFunc(e.Rel.Properties, (*graph.Property).Ordered) {
				keys = append(keys, "edge: "+e.Rel.Name+"Sort")
			}
			if t.kind != nil {
				keys = append(keys, "node: "+t.node()+"Sort")
			}
			d.def("input", k.Name+title(e.Name)+"Sort", fmt.Sprintf("Order of %s: one key.", e), "@oneOf", keys...)
		}
		if t.kind != nil {
			d.aggregate(t.name()+"Totals", t, nil)
			d.groups(t, d.aggregateOf(t))
		}
	}
}

// aggregateOf names what a connection is added up to: with properties of the relationship it is one unit an edge.
func (d *deriver) aggregateOf(t target) string {
	if t.props() == nil {
		return t.node() + "Aggregate"
	}
	return t.name() + "Totals"
}

func (d *deriver) properties(r *graph.Rel) {
	d.filter(r.Name, r.Properties, nil, false)
	d.sort(r.Name, r.Properties, nil)
}

// cut is a field of what is walked.
func cut(e *graph.Edge) []string {
	if !e.Walks() {
		return nil
	}
	return []string{fmt.Sprintf(`"Whether there are more than %d steps. Those beyond are left out."`, graph.MaxSteps), "cut: Boolean"}
}

func (d *deriver) connection(name string, t target, desc string, more ...string) {
	fields := append(more,
		`"The edges of this page."`, "edges: ["+name+"Edge!]!",
		"pageInfo: PageInfo!",
	)
	if !t.entries {
		fields = append(fields, `"How many there are on all pages."`, "totalCount: Int")
	}
	if t.kind != nil {
		fields = append(fields, `"What they add up to, on all pages."`, "aggregate: "+d.aggregateOf(t))
	}
	if t.kind != nil && len(GroupKeys(t.kind, t.rel)) > 0 {
		fields = append(fields,
			`"What they add up to in groups, the largest first. Groups beyond the first (default 20, at most 200), and under ANALYSIS those that too few persons stand behind, are folded into other."`,
			"groups(by: ["+t.name()+"GroupBy!]!, first: Int): "+t.name()+"Groups")
	}
	d.def("type", name+"Connection", desc, "", fields...)
	edge := []string{"node: " + t.node() + "!", `"Where this edge stands, for the arguments after and before."`, "cursor: String!"}
	if t.props() != nil {
		edge = append(edge, `"What is known of the relationship."`, "properties: "+t.rel.Name+"!")
	}
	d.def("type", name+"Edge", "An element of "+name+"Connection.", "", edge...)
}

func (d *deriver) filter(name string, props []*graph.Property, edges []*graph.Edge, id bool) {
	fields := []string{"and: [" + name + "Filter!]", "or: [" + name + "Filter!]", "not: " + name + "Filter"}
	if id {
		fields = append(fields, "id: IDFilter")
	}
	for _, p := range props {
		fields = append(fields, p.Name+": "+d.operators(p))
	}
	for _, e := range edges {
		t := targetOf(e)
		if e.One {
			fields = append(fields, e.Name+": "+t.node()+"Filter")
		} else {
			fields = append(fields, e.Name+": "+t.name()+"ListFilter")
		}
	}
	d.def("input", name+"Filter", "Conditions on "+name+"; all that are given hold.", "", fields...)
}

func (d *deriver) operators(p *graph.Property) string {
	switch p.Type {
	case graph.String:
		return "StringFilter"
	case graph.Strings:
		return "StringListFilter"
	case graph.Int:
		return "IntFilter"
	case graph.Float:
		return "FloatFilter"
	case graph.Bool:
		return "BooleanFilter"
	case graph.Instant:
		return "DateTimeFilter"
	case graph.Day:
		return "DateFilter"
	case graph.Amount:
		return "MoneyFilter"
	}
	d.def("input", p.Enum+"Filter", "Conditions on "+p.Enum+"; all that are given hold.", "",
		"eq: "+p.Enum, "in: ["+p.Enum+"!]", "isNull: Boolean")
	return p.Enum + "Filter"
}

// listFilter has the quantifiers over an edge. With properties of the relationship each speaks of a node and its edge.
func (d *deriver) listFilter(t target) {
	on := t.node() + "Filter"
	if t.props() != nil {
		on = t.name() + "Filter"
		d.def("input", on, "Conditions on a node and on the relationship that leads to it; both hold.", "",
			"node: "+t.node()+"Filter", "edge: "+t.rel.Name+"Filter")
	}
	d.def("input", t.name()+"ListFilter", "Conditions on the nodes that an edge leads to; all that are given hold.", "",
		`"At least one meets these."`, "some: "+on, `"None meets these."`, "none: "+on, `"Each meets these."`, "every: "+on)
}

func (d *deriver) unionInputs(e *graph.Edge) {
	var fields []string
	for _, k := range e.Targets {
		fields = append(fields, lower(k.Name)+": "+k.Name+"Filter")
	}
	d.def("input", e.Union+"Filter", "Conditions by type of node; where any is given, the types that are not do not match.", "", fields...)
}

func (d *deriver) sort(name string, props []*graph.Property, edges []*graph.Edge) {
	var fields []string
	for _, p := range props {
		switch {
		case p.Type == graph.Amount:
			fields = append(fields, p.Name+": MoneySort")
		case p.Ordered():
			fields = append(fields, p.Name+": Direction")
		}
	}
	for _, e := range edges {
		switch {
		case !e.One:
			fields = append(fields, e.Name+": "+targetOf(e).name()+"AggregateSort")
		case e.Union == "":
			fields = append(fields, e.Name+": "+e.Target().Name+"Sort")
		}
	}
	if len(fields) == 0 { // nothing here has an order
		return
	}
	d.def("input", name+"Sort", "Order of "+name+": one key, further ones as further elements of the list.", "@oneOf", fields...)
}

func (d *deriver) aggregateSort(t target) {
	fields := []string{"filter: " + t.node() + "Filter"}
	if t.props() != nil {
		fields = append(fields, "edge: "+t.rel.Name+"Filter")
	}
	fields = append(fields, `"By how many there are."`, "count: Direction")
	var props []*graph.Property
	if t.kind != nil {
		props = slices.Concat(t.kind.Shown(), t.props())
	}
	for _, p := range props {
		switch {
		case p.Type == graph.Amount:
			fields = append(fields, `"By their sum in one currency."`, p.Name+"Sum: MoneySort")
		case p.Numeric():
			fields = append(fields, `"By their sum."`, p.Name+"Sum: Direction")
		}
	}
	d.def("input", t.name()+"AggregateSort", "Order by what the edges that match add up to: exactly one key beside the conditions.", "", fields...)
}

func (d *deriver) aggregate(name string, t target, edges []*graph.Edge) {
	fields := []string{`"How many there are."`, "count: Int"}
	for _, p := range slices.Concat(t.kind.Shown(), t.props()) {
		switch p.Type {
		case graph.Int:
			fields = append(fields, p.Name+": IntAggregate")
		case graph.Float:
			fields = append(fields, p.Name+": FloatAggregate")
		case graph.Amount:
			fields = append(fields, `"One for each currency that occurs."`, p.Name+": [MoneyAggregate!]")
		case graph.Instant:
			fields = append(fields, p.Name+": DateTimeAggregate")
		case graph.Day:
			fields = append(fields, p.Name+": DateAggregate")
		}
	}
	for _, e := range edges {
		if e.Union == "" && !e.One && !e.Walks() {
			args := "filter: " + e.Target().Name + "Filter"
			if e.Rel.Name != "" {
				args += ", edge: " + e.Rel.Name + "Filter"
			}
			fields = append(fields, fmt.Sprintf("%q", "Over all edges of all of them that match, each counted."), e.Name+"("+args+"): "+targetOf(e).name()+"Totals")
			d.aggregate(targetOf(e).name()+"Totals", targetOf(e), nil)
		}
	}
	d.def("type", name, "What a set adds up to.", "", fields...)
}

func (d *deriver) groups(t target, aggregate string) {
	var by, key []string
	for _, g := range GroupKeys(t.kind, t.rel) {
		by = append(by, g.Enum)
		key = append(key, g.Name+": "+g.Type)
	}
	n := t.name()
	d.def("enum", n+"GroupBy", "What can be grouped by.", "", by...)
	d.def("type", n+"GroupKey", "What a group has in common. Null of what is not grouped by, and where the value is missing.", "", key...)
	d.def("type", n+"Group", "A group.", "", "key: "+n+"GroupKey!", "count: Int", "aggregate: "+aggregate)
	d.def("type", n+"OtherGroups", "All groups beyond the first, together.", "", `"How many groups are folded."`, "groups: Int", "count: Int", "aggregate: "+aggregate)
	d.def("type", n+"Groups", "Groups, the largest first.", "", "rows: ["+n+"Group!]!", `"Null where all groups are shown."`, "other: "+n+"OtherGroups")
}

// def keeps a definition: fields are lines, those that begin with a quotation mark describe the next.
func (d *deriver) def(what, name, desc, directive string, fields ...string) {
	var b strings.Builder
	if directive != "" {
		directive = " " + directive
	}
	fmt.Fprintf(&b, "\n%q\n%s %s%s {\n", desc, what, name, directive)
	for _, f := range fields {
		fmt.Fprintf(&b, "  %s\n", f)
	}
	b.WriteString("}\n")
	d.defs[name] = b.String()
}

// reachable are the definitions that schema.graphqls refers to, and those that they refer to, by name.
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
	names := make([]string, 0, len(wanted))
	for n := range wanted {
		names = append(names, n)
	}
	slices.Sort(names)
	var b strings.Builder
	for _, n := range names {
		b.WriteString(d.defs[n])
	}
	return b.String()
}

func plural(name string) string {
	switch {
	case strings.HasSuffix(name, "s"):
		return name
	default:
		return name + "s"
	}
}

func lower(s string) string { return strings.ToLower(s[:1]) + s[1:] }
