package sdl

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// connection derives the pages of what an edge, or a root field, leads to.
func (d *deriver) connection(t target) {
	name := strings.TrimSuffix(t.connection(), "Connection")
	fields := []field{
		{"The rows of this page.", "edges: [" + name + "Edge!]!"},
		{"The nodes of these rows.", "nodes: [" + t.node() + "!]!"},
		{"After which cursor there is more.", "pageInfo: PageInfo!"},
		{"How many there are on all pages.", "totalCount: Int"},
	}
	if !t.entries {
		fields = append(fields, field{"What each condition of the filter does.", "explain: [Explained!]!"})
	}
	if t.kind != nil {
		fields = append(fields, field{"What all pages add up to.", "aggregate: " + aggregateOf(t)})
	}
	if len(t.keys()) > 0 {
		fields = append(fields, field{"The same in groups.", "groups(" + arguments(groupArguments(t)...) + "): " + t.groups() + "Groups"})
	}
	if t.rel == nil && t.kind != nil && slices.ContainsFunc(t.kind.Edges, (*graph.Edge).Walks) {
		fields = append(fields, field{fmt.Sprintf("Whether the hierarchy goes on after %d steps, of which the rest is left out. Null where the list goes along none.", graph.MaxSteps), "truncated: Boolean"})
	}
	d.def("type", name+"Connection", "Pages of "+t.several()+".", "", fields...)
	edge := []field{{"Where the row leads.", "node: " + t.node() + "!"}, {"Where the row stands, for after and before.", "cursor: String!"}}
	if t.rel != nil {
		edge = append(edge, field{"What is known of the relationship.", "properties: " + t.rel.Name + "!"})
	}
	d.def("type", name+"Edge", "A row of "+name+"Connection.", "", edge...)
}

// conditions derives filters and orders of nodes of a kind, or of a union's, or of the properties of a relationship.
func (d *deriver) conditions(t target) {
	name := t.node()
	if name == "" {
		name = t.rel.Name
	} else {
		t.rel = nil
	}
	of := t.several()
	if t.union != "" {
		var fields []field
		for _, k := range t.of {
			fields = append(fields, field{"It is one of these, and meets this.", lower(k.Name) + ": " + k.Name + "Filter"})
		}
		d.def("input", name+"Filter", "Conditions on "+of+" by type; where any is given, the types that are not do not match.", "", fields...)
	} else {
		d.def("input", name+"Filter", "Conditions on "+of+"; all hold.", "", d.filters(t, name)...)
	}
	d.def("input", name+"Sort", "Order of "+of+": one key, further ones as further elements of the list.", "@oneOf", d.sorts(t)...)
}

// filters are the conditions on nodes of a kind, or on the properties of a relationship.
func (d *deriver) filters(t target, name string) []field {
	fields := []field{
		{"All hold.", "and: [" + name + "Filter!]"},
		{"One of these holds.", "or: [" + name + "Filter!]"},
		{"Is known not to hold.", "not: " + name + "Filter"},
	}
	var edges []*graph.Edge
	props := t.props()
	if t.kind != nil {
		fields = append(fields, field{"The node's id.", "id: IDFilter"})
		props, edges = t.kind.Shown(), t.kind.Edges
		if len(t.kind.Display) == 1 {
			fields = append(fields, field{d.property(t.kind.Display[0]), graph.DisplayName + ": StringFilter"})
		}
	}
	for _, p := range props {
		fields = append(fields, field{d.property(p), p.Field() + ": " + d.operators(p)})
	}
	for _, e := range edges {
		of := targetOf(e).name() + "ListFilter"
		if e.One {
			of = targetOf(e).node() + "Filter"
		}
		fields = append(fields, field{d.edge(e), e.Name + ": " + of})
	}
	return fields
}

// sorts are the keys that nodes of a kind, or the properties of a relationship, are ordered by.
func (d *deriver) sorts(t target) (sort []field) {
	var edges []*graph.Edge
	props := t.props()
	switch {
	case t.kind != nil:
		props, edges = t.kind.Shown(), t.kind.Edges
		if len(t.kind.Display) == 1 {
			sort = append(sort, field{d.property(t.kind.Display[0]), graph.DisplayName + ": Direction"})
		}
	case t.union != "":
		props = nil
	}
	for _, p := range props {
		switch {
		case p.Type == graph.Amount:
			sort = append(sort, field{d.property(p), p.Field() + ": MoneySort"})
		case p.Ordered():
			sort = append(sort, field{d.property(p), p.Field() + ": Direction"})
		}
	}
	for _, e := range edges {
		switch {
		case !e.One:
			sort = append(sort, field{d.edge(e), e.Name + ": " + targetOf(e).name() + "AggregateSort"})
		case e.Union == "":
			sort = append(sort, field{d.edge(e), e.Name + ": " + e.Target().Name + "Sort"})
		}
	}
	return sort
}

// filterOf are the inputs with conditions that all properties of a type share.
var filterOf = map[graph.Type]string{graph.String: "StringFilter", graph.Strings: "StringListFilter", graph.Int: "IntFilter", graph.Float: "FloatFilter",
	graph.Bool: "BooleanFilter", graph.Instant: "DateTimeFilter", graph.Day: "DateFilter", graph.Amount: "MoneyFilter"}

// operators names the input with the conditions on a property.
func (d *deriver) operators(p *graph.Property) string {
	if p.Format == graph.FormatAttribute { // the form in which it is kept is nobody's to ask by
		return "AttributeFilter"
	}
	if of, same := filterOf[p.Type]; same {
		return of
	}
	d.def("input", p.Enum+"Filter", "Conditions on "+p.Enum+"; all hold.", "",
		field{"It has this value.", "eq: " + p.Enum}, field{"It has one of these values.", "in: [" + p.Enum + "!]"},
		field{"It has none of these.", "notIn: [" + p.Enum + "!]"},
		field{"It is this or behind it in the schema.", "gte: " + p.Enum}, field{"It is this or before it.", "lte: " + p.Enum}, field{"Whether it is missing.", "isNull: Boolean"})
	return p.Enum + "Filter"
}

// listFilter derives the quantifiers over what an edge leads to.
func (d *deriver) listFilter(t target) {
	on := t.node() + "Filter"
	fields := []field{{"At least one meets this.", "some: " + on}, {"Each is known not to meet this.", "none: " + on}, {"Each meets this.", "every: " + on}}
	fields = append(append(fields, t.edgeFilter()...),
		field{"What count, sums and times are of.", "filter: " + on}, field{"How many there are.", "count: CountFilter"})
	fields = append(fields, d.sums(t, "their sum", "MoneySumFilter", d.operators)...)
	for _, p := range t.times() {
		of := "DateTimesFilter"
		if p.Type == graph.Day {
			of = "DatesFilter"
		}
		fields = append(fields, field{d.property(p), p.Field() + ": " + of})
	}
	d.def("input", t.name()+"ListFilter", "Conditions on all it leads to; all hold.", "", fields...)
}

// sums are the keys of what a target's properties add up to: of amounts of one type, of others of one for each property.
func (d *deriver) sums(t target, said, amount string, other func(*graph.Property) string) (fields []field) {
	for _, p := range t.all() {
		switch {
		case t.kind == nil || !p.Additive:
		case p.Type == graph.Amount:
			fields = append(fields, field{with(d.property(p), said+" in one currency"), p.Field() + "Sum: " + amount})
		default:
			fields = append(fields, field{with(d.property(p), said), p.Field() + "Sum: " + other(p)})
		}
	}
	return fields
}

// times are the instants and days of which what an edge leads to has a newest and an oldest: those of the relationship, and those of the node
// that are called otherwise.
func (t target) times() (out []*graph.Property) {
	if t.kind == nil {
		return nil
	}
	for _, p := range append(given(t.props()), given(t.kind.Shown())...) {
		named := func(o *graph.Property) bool { return o.Field() == p.Field() }
		if p.Temporal() && !slices.ContainsFunc(out, named) {
			out = append(out, p)
		}
	}
	return out
}

// aggregateSort derives the order by what an edge leads to.
func (d *deriver) aggregateSort(t target) {
	fields := append([]field{{"Only those meeting this count.", "filter: " + t.node() + "Filter"}}, t.edgeFilter()...)
	fields = append(fields, field{"By how many there are.", "count: Direction"})
	fields = append(fields, d.sums(t, "by the sum", "MoneySort", func(*graph.Property) string { return "Direction" })...)
	for _, p := range t.times() {
		fields = append(fields, field{d.property(p), p.Field() + ": TimesSort"})
	}
	d.def("input", t.name()+"AggregateSort", "By what an edge leads to: one key beside the conditions.", "", fields...)
}

// edgeFilter are the conditions on the relationship, where there are any.
func (t target) edgeFilter() []field {
	if t.rel == nil {
		return nil
	}
	return []field{{"By relationships meeting this.", "edgeFilter: " + t.rel.Name + "Filter"}}
}

func arguments(args ...field) string {
	return strings.Join(graph.Map(args, func(a field) string { return fmt.Sprintf("%q %s", a.said, a.line) }), ", ")
}

// page are the arguments of every connection.
var page = []field{
	{"At most so many, or 20.", "first: Int"},
	{"Rows after this cursor.", "after: String"},
	{"So many from the end.", "last: Int"},
	{"Rows before this cursor.", "before: String"},
}

// listArguments are those of a connection to what a target says.
func listArguments(t target) []field {
	args := append(append(slices.Clip(page), field{"Rows meeting this.", "filter: " + t.node() + "Filter"}), t.edgeFilter()...)
	if t.kind != nil {
		args = append(args, field{"By these keys, then by id.", "orderBy: [" + t.kind.Name + "Sort!]"})
	}
	if slices.ContainsFunc(t.props(), (*graph.Property).Ordered) {
		args = append(args, field{"By these keys of the relationship first.", "edgeOrderBy: [" + t.rel.Name + "Sort!]"})
	}
	return args
}
