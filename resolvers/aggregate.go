package resolvers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
)

// layout says how the answer to a list is shown. Tallies are named by their place among the list's.
type layout struct {
	mark      uint64 // fingerprint of its cursors
	total     *int
	explain   []conditionLayout // nil: it is not asked for
	aggregate *aggregate
	groups    map[*ast.Field]*groupsLayout // by the selected field
}

// aggregate says which measures of which tallies a selection of an aggregate shows.
type aggregate struct {
	own    int
	tally  *graph.Tally // own, as it is planned
	place  int          // among sums
	fields []string     // one for each measure
	over   map[string]*aggregate
}

// sums are the groups that an aggregate shows parts of: its own, and one for each edge that it is over.
type sums []sum

// A sum is one of these, as far as enough persons stand behind it.
type sum struct {
	*graph.Group
	small    bool   // they do not behind all of it
	measures []bool // nor behind these
}

// groupsLayout is an aggregate by groups.
type groupsLayout struct {
	*aggregate
	keys  []sdl.GroupName
	first int
}

func (p *planner) layout(l *graph.List) *layout {
	if p.lists[l] == nil {
		p.lists[l] = &layout{groups: map[*ast.Field]*groupsLayout{}}
	}
	return p.lists[l]
}

// whole is the tally of a list's rows without groups, which totalCount and aggregate share.
func (p *planner) whole(l *graph.List) int {
	y := p.layout(l)
	if y.total != nil {
		return *y.total
	}
	if y.aggregate != nil {
		return y.aggregate.own
	}
	return addTally(l, &graph.Tally{})
}

func addTally(l *graph.List, t *graph.Tally) int {
	l.Tallies = append(l.Tallies, t)
	return len(l.Tallies) - 1
}

func (p *planner) aggregate(l *graph.List, f graphql.CollectedField) {
	y := p.layout(l)
	if y.aggregate == nil {
		y.aggregate = newAggregate(l, p.whole(l))
	}
	p.measures(l, y.aggregate, f)
}

func newAggregate(l *graph.List, own int) *aggregate {
	return &aggregate{own: own, tally: l.Tallies[own], over: map[string]*aggregate{}}
}

// measures adds what a selection of an aggregate asks for.
func (p *planner) measures(l *graph.List, a *aggregate, f graphql.CollectedField) {
	kind, rel := l.Nodes[0].Kind, relOf(l.Edge)
	for _, g := range p.collect(f.Selections) {
		if e := kind.Edge(g.Name); e != nil {
			if p.viewer.Total(e) != nil {
				continue // there is nothing to add up
			}
			args := g.ArgumentMap(p.op.Variables)
			key := edgeKey(e.Name, args)
			if a.over[key] == nil {
				w, where := p.walker(), strings.Join(append(slices.Clone(p.path), f.Name, e.Name), ".")
				over := &graph.Over{Edge: e, Filter: w.both(w.bounded(w.target(e, args["filter"], where+".filter"), where+".filter"), w.properties(e.Rel, args["edgeFilter"], where+".edgeFilter"))}
				sub := newAggregate(l, addTally(l, &graph.Tally{By: a.tally.By, Over: over}))
				sub.place = len(a.over) + 1
				a.over[key] = sub
			}
			for _, h := range p.collect(g.Selections) {
				p.measure(a.over[key], e.Target(), e.Rel, h)
			}
			continue
		}
		p.measure(a, kind, rel, g)
	}
}

// relOf is the relationship that a list's rows are reached by, nil at a root.
func relOf(e *graph.Edge) *graph.Rel {
	if e == nil {
		return nil
	}
	return e.Rel
}

// measure has a property of the node, or of the relationship that leads to it, be measured.
func (p *planner) measure(a *aggregate, k *graph.Kind, r *graph.Rel, f graphql.CollectedField) {
	m := graph.Measure{Ref: graph.Ref{Prop: k.Field(f.Name)}}
	if m.Ref.Prop == nil && r != nil {
		m.Ref.Prop, m.OnEdge = r.Property(f.Name), true
	}
	if m.Ref.Prop == nil || p.viewer.Property(m.Ref.Prop) != nil {
		return // count, __typename, or what is not for the purpose
	}
	at := a.measure(f.Name)
	if at < 0 {
		at = len(a.fields)
		a.tally.Measures = append(a.tally.Measures, m)
		a.fields = append(a.fields, f.Name)
	}
	for _, g := range p.collect(f.Selections) {
		if g.Name == "percentile" {
			if _, err := shareOf(g.ArgumentMap(p.op.Variables)["of"]); err != nil {
				p.fail("%s.percentile.of: %s", f.Name, err)
			}
		}
		if g.Name == "percentile" || g.Name == "median" {
			a.tally.Measures[at].Values = true
		}
	}
}

// shareOf reads which percentile is asked for.
func shareOf(v any) (graph.Score, error) {
	share, err := graph.ParseScore(text(v))
	if err != nil || share < 1 || share > 1e6 {
		return 0, fmt.Errorf("it is above 0 and at most 1, to six decimals, not %s", text(v))
	}
	return share, nil
}

// measure is the place of a property among the measures.
func (a *aggregate) measure(name string) int { return slices.Index(a.fields, name) }

// sums reads what the aggregate shows of a list's answer. of finds the group that a tally has for it, nil where there is none.
func (a *aggregate) sums(small *policy.Small, res *graph.ListResult, of func(tally int) (*graph.Group, error)) (sums, error) {
	out := make(sums, len(a.over)+1)
	read := func(a *aggregate) error {
		group, err := of(a.own)
		if group == nil {
			group = &graph.Group{Measures: make([][]graph.Summary, len(a.fields))}
		}
		s := sum{Group: group, small: small.Tally(res, a.own)}
		for i := range a.fields {
			s.measures = append(s.measures, small.Measure(res, a.own, i))
		}
		out[a.place] = s
		return err
	}
	if err := read(a); err != nil {
		return nil, err
	}
	for _, sub := range a.over {
		if err := read(sub); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// groupBy plans a selection of groups.
func (p *planner) groupBy(l *graph.List, f graphql.CollectedField) {
	args := f.ArgumentMap(p.op.Variables)
	g := &groupsLayout{first: defaultPage}
	if n, ok := p.count(args, "first", f.Name); ok {
		g.first = n
	}
	names := keysOf(l)
	var by []graph.GroupKey
	for _, arg := range []string{"by", "edgeBy"} {
		if args[arg] == nil {
			continue
		}
		for _, v := range elements(args[arg]) {
			i := slices.IndexFunc(names, func(n sdl.GroupName) bool { return n.Enum == text(v) && (n.OnEdge == (arg == "edgeBy") || l.Edge != nil && l.Edge.Strands != nil) })
			n := names[i] // the parser has checked it
			if slices.ContainsFunc(g.keys, func(k sdl.GroupName) bool { return k.Enum == n.Enum && k.OnEdge == n.OnEdge }) {
				p.fail("%s.%s: %s is given twice", f.Name, arg, n.Enum)
			}
			g.keys = append(g.keys, n)
			by = append(by, p.groupKey(n, args, f.Name))
		}
	}
	if len(by) == 0 {
		p.fail("%s.by: at least one key is to be given", f.Name)
	}
	g.aggregate = newAggregate(l, addTally(l, &graph.Tally{By: by}))
	for _, h := range p.collect(f.Selections) {
		for _, i := range p.collect(h.Selections) { // of rows and of other
			if i.Name == "aggregate" {
				p.measures(l, g.aggregate, i)
			}
		}
	}
	p.layout(l).groups[f.Field] = g
}

// keysOf are the ways the rows of a list can be grouped.
func keysOf(l *graph.List) []sdl.GroupName {
	if l.Edge != nil && l.Edge.Strands != nil {
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

// wholeOf finds the one group of tallies without keys.
func wholeOf(l *graph.List, res *graph.ListResult) func(tally int) (*graph.Group, error) {
	return func(tally int) (*graph.Group, error) {
		groups, err := graph.Groups(l.Tallies[tally], res.Tallies[tally])
		if err != nil || len(groups) == 0 {
			return nil, err
		}
		return &groups[0], nil
	}
}
