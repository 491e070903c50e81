package resolvers

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
)

// groupsLayout is an aggregate by groups.
type groupsLayout struct {
	*aggregate
	keys []sdl.GroupName
	page policy.GroupPage
	mark uint64 // fingerprint of its cursors
}

// groupBy plans a selection of groups.
func (p *planner) groupBy(l *graph.List, f graphql.CollectedField) {
	args := f.ArgumentMap(p.op.Variables)
	g := &groupsLayout{page: policy.GroupPage{First: defaultPage}, mark: fingerprint(l, args, groupArguments, p.moment, p.viewer.Purpose)}
	if n, ok := p.count(args, "first", f.Name); ok {
		g.page.First = n
	}
	if s, ok := args["after"].(string); ok {
		g.after(p, s, f.Name)
	}
	names := keysOf(l)
	var by []graph.GroupKey
	for _, arg := range []string{"by", "edgeBy"} {
		if args[arg] == nil {
			continue
		}
		for _, v := range elements(args[arg]) {
			i := slices.IndexFunc(names, func(n sdl.GroupName) bool {
				return n.Enum == text(v) && (n.OnEdge == (arg == "edgeBy") || isTimeline(l))
			})
			n := names[i] // the parser has checked it
			if slices.ContainsFunc(g.keys, func(k sdl.GroupName) bool { return k.Enum == n.Enum && k.OnEdge == n.OnEdge }) {
				p.fail("%s.%s: %s is given twice", f.Name, arg, n.Enum)
			}
			if as, ok := n.Called(); ok && p.selects(f.Selections, append([]string{"rows", "key"}, as.Names...)) {
				g.keys = append(g.keys, as)
				by = append(by, p.groupKey(as, args, f.Name)) // before the id, so that groups are in the order of names
			}
			g.keys = append(g.keys, n)
			by = append(by, p.groupKey(n, args, f.Name))
		}
	}
	if len(by) == 0 {
		p.fail("%s.by: at least one key is to be given", f.Name)
	}
	p.ranges(l, g.keys, by, args, f.Name)
	g.aggregate = newAggregate(l, addTally(l, &graph.Tally{By: by, Most: graph.MostOf(by)}))
	p.groupOrder(l, g.aggregate, args["orderBy"], f.Name+".orderBy")
	for _, h := range p.collect(f.Selections) {
		g.folds = h.Name == "other"
		for _, i := range p.collect(h.Selections) { // of rows and of other
			if i.Name == "aggregate" {
				p.measures(l, g.aggregate, i)
			}
		}
	}
	p.layout(l).groups[f.Field] = g
}

// selects reports whether a field is selected to which these names lead.
func (p *planner) selects(set ast.SelectionSet, names []string) bool {
	return slices.ContainsFunc(p.collect(set), func(f graphql.CollectedField) bool {
		return f.Name == names[0] && (len(names) == 1 || p.selects(f.Selections, names[1:]))
	})
}

func isTimeline(l *graph.List) bool { return l.Edge != nil && l.Edge.Strands != nil }

// keysOf are the ways the rows of a list can be grouped.
func keysOf(l *graph.List) []sdl.GroupName {
	if isTimeline(l) {
		return sdl.EntryKeys(l.Edge.Rel)
	}
	return sdl.GroupKeys(l.Nodes[0].Kind, relOf(l.Edge))
}

// groupKey is what the store groups by: of times the part that the arguments name.
func (p *planner) groupKey(n sdl.GroupName, args map[string]any, where string) graph.GroupKey {
	k := graph.GroupKey{Path: n.Path, Ref: graph.Ref{Prop: n.Prop}, OnEdge: n.OnEdge}
	if !n.Time() {
		return k
	}
	if k.Cut = sdl.Cut(text(args["unit"])); k.Cut == graph.NoCut {
		p.fail("%s: unit is null: leave it out, which is DAY, or name one", where)
	}
	if n.Prop.Type == graph.Day {
		if k.Cut.OfHours() {
			p.fail("%s: %s is a day, and has no hours: unit is DAY, WEEK, MONTH, QUARTER, YEAR or WEEKDAY, not %s", where, n.Enum, text(args["unit"]))
		}
		return k
	}
	if args["zone"] != nil {
		zone, err := graph.ZoneOf(text(args["zone"]))
		if err != nil {
			p.fail("%s.zone: %s", where, err)
		}
		k.Zone = zone
	}
	return k
}

// after reads a cursor of groups: a group's place, and its keys.
func (g *groupsLayout) after(p *planner, cursor, where string) {
	keys, err := readKeys(p.hidden.Open(cursor), g.mark)
	if err == nil && len(keys) > 1 {
		if at, is := keys[0].(int64); is && at >= 0 {
			g.page.From, g.page.After = int(at), keys[1:]
			return
		}
	}
	p.fail("%s.after: %v", where, errCursor)
}

// cursor is that of the group at a place.
func (g *groupsLayout) cursor(at int, of graph.Group) string {
	return writeCursor(g.mark, append([]any{int64(at)}, of.Keys...))
}

// groupOrder reads what groups are ordered by, which is measured if it is not yet.
func (p *planner) groupOrder(l *graph.List, a *aggregate, v any, where string) {
	in, _ := v.(map[string]any)
	keys := given(in)
	if v == nil {
		return
	}
	if len(keys) != 1 {
		p.fail("%s: exactly one of count, key and measure is to be given", where)
		return
	}
	direction, o := in[keys[0]], &graph.GroupOrder{}
	switch keys[0] {
	case "key":
		o.By = graph.RankKey
	case "measure":
		m, _ := in["measure"].(map[string]any)
		direction = m["direction"]
		if !p.ranked(l, a, o, m, where+".measure") {
			return
		}
	}
	to := toward(graph.Order{}, direction)
	o.Desc, o.First = to.Desc, to.First
	a.tally.Order = o
}

// ranked reads which measure groups are ordered by.
func (p *planner) ranked(l *graph.List, a *aggregate, o *graph.GroupOrder, in map[string]any, where string) bool {
	kind, name := l.Nodes[0].Kind, text(in["field"])
	m := measureOf(kind, relOf(l.Edge), name)
	if prop := m.Ref.Prop; prop == nil || isTimeline(l) || prop.Hidden || measuredTypes[prop.Type].value == nil {
		p.fail("%s.field: %q is not a number, an amount or a time of %s", where, name, kind.Plural)
		return false
	}
	for by := graph.RankSum; by <= graph.RankMaximum; by++ {
		if strings.EqualFold(by.String(), text(in["by"])) {
			o.By = by
		}
	}
	o.Currency = text(in["currency"])
	switch amount := m.Ref.Prop.Type == graph.Amount; {
	case m.Ref.Prop.Temporal() && (o.By == graph.RankSum || o.By == graph.RankMean):
		p.fail("%s.by: %s is a time, which has MEDIAN, MINIMUM and MAXIMUM, and no %s", where, name, text(in["by"]))
		return false
	case amount && o.Currency == "":
		p.fail("%s.currency: %s is an amount, so that a currency is to be named", where, name)
		return false
	case !amount && o.Currency != "":
		p.fail("%s.currency: %s is no amount, and has none", where, name)
		return false
	}
	o.Measure = a.measured(m, name)
	if o.By == graph.RankMedian {
		a.tally.Measures[o.Measure].Values = true
	}
	return true
}
