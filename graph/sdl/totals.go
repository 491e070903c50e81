package sdl

import (
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// AggregateOf are the types of what is found of properties, by their types.
var AggregateOf = map[graph.Type]string{graph.Int: "IntAggregate", graph.Float: "FloatAggregate", graph.Amount: "MoneyAggregate", graph.Instant: "DateTimeAggregate", graph.Day: "DateAggregate"}

// aggregate derives what a set adds up to, itself and over edges.
func (d *deriver) aggregate(name string, t target, edges []*graph.Edge) {
	fields := []field{{"How many there are.", "count: Int"}}
	for _, p := range t.all() {
		switch of, adds := AggregateOf[p.Type]; {
		case p.Type == graph.Amount:
			fields = append(fields, field{with(d.property(p), "by currency"), p.Field() + ": [" + of + "!]"})
		case adds:
			fields = append(fields, field{d.property(p), p.Field() + ": " + of})
		}
	}
	if t.kind != nil && len(Instants(t.kind)) > 1 {
		by := t.kind.Name + "GroupBy!"
		ends := []field{{"Which instant begins it.", "from: " + by}, {"Which ends it.", "to: " + by}}
		fields = append(fields, field{"From one instant to another.", durationName + "(" + arguments(ends...) + "): DurationAggregate"})
		d.def("input", t.kind.Name+"Duration", "From one instant to another.", "", ends...)
	}
	if len(edges) > 0 && len(CountedEdges(t.kind)) > 0 {
		fields = append(fields, field{"How many different nodes an edge leads to.", "distinct(" + arguments(field{"Along which edge.", "of: CountedEdge!"}) + "): Int"})
	}
	for _, e := range edges {
		if e.Union == "" && !e.One && !e.Walks() {
			to := targetOf(e)
			filter := arguments(append([]field{{"Only those meeting this count.", "filter: " + to.node() + "Filter"}}, to.edgeFilter()...)...)
			fields = append(fields, field{with(d.edge(e), "of all together"), e.Name + "(" + filter + "): " + to.name() + "Totals"})
			d.aggregate(to.name()+"Totals", to, nil)
		}
	}
	d.def("type", name, "What a set of "+t.several()+" adds up to.", "", fields...)
}

// CountedEdges are the edges of a kind beyond which different nodes are counted, by the value of the enumeration: those that do not change
// in time where they lead to one, and that go along no hierarchy. Of a union's there is one for each of its members, too.
func CountedEdges(k *graph.Kind) map[string]*graph.Edge {
	out := map[string]*graph.Edge{}
	for _, e := range k.Edges {
		if e.Walks() || e.One && e.History {
			continue
		}
		if out[Constant(e.Name)] = e; e.Union != "" {
			for _, to := range e.Targets {
				out[Constant(e.Name+to.Name)] = e.To(to)
			}
		}
	}
	return out
}

// counted names the edges beyond which different nodes are counted.
func (d *deriver) counted() {
	var values []field
	for _, k := range d.cat.Kinds {
		edges := CountedEdges(k)
		for _, name := range slices.Sorted(maps.Keys(edges)) {
			if !slices.ContainsFunc(values, func(f field) bool { return f.line == name }) {
				values = append(values, field{d.edge(edges[name]), name})
			}
		}
	}
	d.def("enum", "CountedEdge", "An edge beyond which different nodes are counted; each type has some of these.", "", values...)
}

// groups derives what a set adds up to in groups.
func (d *deriver) groups(t target) {
	n := t.groups()
	of := t.several()
	var by, edgeBy, node, edge []field
	for _, g := range t.keys() {
		value := field{d.groupKey(g), g.Enum}
		key := field{value.said, g.Names[0] + ": " + g.Type}
		switch {
		case g.OnEdge:
			edgeBy, edge = append(edgeBy, value), append(edge, key)
			continue
		case len(g.Path) == 0:
			node = append(node, key)
		case len(g.Names) == 2 && g.Prop == nil:
			node = append(node, field{value.said, g.Names[0] + ": " + d.neighbourKey(g.Path[0])})
		}
		by = append(by, value)
	}
	var keys []field
	if len(node) > 0 {
		d.def("type", t.node()+"GroupKey", common, "", node...)
		keys = append(keys, field{"What its nodes have in common.", "key: " + t.node() + "GroupKey!"})
	}
	if len(edge) > 0 {
		d.def("type", t.rel.Name+"GroupKey", common, "", edge...)
		keys = append(keys, field{"What its relationships have in common.", "edgeKey: " + t.rel.Name + "GroupKey!"})
	}
	sums := []field{{"How many rows it has.", "count: Int"}}
	if t.kind != nil {
		sums = append(sums, field{"What its rows add up to.", "aggregate: " + aggregateOf(t)})
	}
	if t.entries {
		by, edgeBy = edgeBy, nil
	}
	d.def("enum", t.groupBy()+"GroupBy", "What groups have in common.", "", by...)
	if len(edgeBy) > 0 {
		d.def("enum", t.rel.Name+"GroupBy", "What relationships of a group have in common.", "", edgeBy...)
	}
	d.def("type", n+"Group", "Some "+of+" with something in common.", "", append(keys, sums...)...)
	d.def("type", n+"OtherGroups", "All groups of "+of+" that are not shown by themselves, together.", "", append([]field{{"How many these are.", "groups: Int"}}, sums...)...)
	d.def("type", n+"Groups", "Groups of "+of+", some by themselves.", "", field{"Those of this page.", "rows: [" + n + "Group!]!"},
		field{"All others together; null without any.", "other: " + n + "OtherGroups"},
		field{"After which cursor there is more.", "pageInfo: PageInfo!"})
}

// groupBy is what the enumeration is called after of what rows are grouped by: a kind, or a timeline.
func (t target) groupBy() string {
	if t.entries {
		return t.groups()
	}
	return t.node()
}

// groupArguments are those of groups.
func groupArguments(t target) []field {
	var args []field
	keys := t.keys()
	if t.entries || slices.ContainsFunc(keys, func(g GroupName) bool { return !g.OnEdge }) {
		args = append(args, field{"What the nodes of a group have in common.", "by: [" + t.groupBy() + "GroupBy!]"})
	}
	if !t.entries && slices.ContainsFunc(keys, func(g GroupName) bool { return g.OnEdge }) {
		args = append(args, field{"What their relationships have.", "edgeBy: [" + t.rel.Name + "GroupBy!]"})
	}
	args = append(args, field{"At most so many, or 20.", "first: Int"},
		field{"Only groups after this cursor.", "after: String"}, field{"The largest first, if not given.", "orderBy: GroupSort"})
	if slices.ContainsFunc(keys, GroupName.Time) {
		args = append(args, field{"Which part of times.", "unit: TimeUnit = DAY"}, field{"In which time zone, or else UTC.", "zone: String"})
	}
	if slices.ContainsFunc(keys, GroupName.Range) {
		args = append(args, field{"Where ranges begin, of DURATION in seconds.", "buckets: [Float!]"})
	}
	if slices.ContainsFunc(keys, GroupName.Money) {
		args = append(args, field{"Of which amounts are.", "currency: String"})
	}
	if slices.ContainsFunc(keys, GroupName.Duration) {
		args = append(args, field{"What DURATION is between.", "duration: " + t.kind.Name + "Duration"})
	}
	return args
}

const common = "In common; null where missing, or not grouped by."

// neighbourKey names, and derives, what groups have in common of what a to-one edge leads to.
func (d *deriver) neighbourKey(e *graph.Edge) string {
	t := targetOf(e)
	fields := []field{{"The node's id.", "id: ID"}}
	if t.kind != nil && named(t.kind) {
		fields = append(fields, field{"What the node is called.", graph.DisplayName + ": String"})
	}
	for _, to := range towards(e.Owner) {
		if to.Member() && to.Name == e.Name && t.union != "" {
			fields = append(fields, field{d.of(to.Target().Name), lower(to.Target().Name) + ": " + d.neighbourKey(to)})
		}
	}
	if t.kind != nil && !t.kind.Person { // whichever edge leads here
		var g grouping
		g.props(t.kind.Shown(), []*graph.Edge{e}, false)
		for _, n := range g.names {
			fields = append(fields, field{d.property(n.Prop), n.Names[len(n.Names)-1] + ": " + n.Type})
		}
		for _, f := range towards(t.kind) {
			if f.One && near(f) && !f.Member() {
				fields = append(fields, field{d.edge(f), f.Name + ": " + d.neighbourKey(f)})
			}
		}
	}
	d.def("type", t.node()+"Key", common, "", fields...)
	return t.node() + "Key"
}

// groupKey says what a group has in common.
func (d *deriver) groupKey(g GroupName) string {
	switch {
	case g.Prop != nil:
		return d.property(g.Prop)
	case g.Duration():
		return "From one instant to another."
	}
	return d.edge(g.Path[len(g.Path)-1])
}

// with adds to what is said.
func with(said, more string) string { return strings.TrimSuffix(said, ".") + ", " + more + "." }
