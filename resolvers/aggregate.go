package resolvers

import (
	"cmp"
	"fmt"
	"maps"
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
	folds  bool // what is planned now is of groups that are folded into one
}

// sums are the groups that an aggregate shows parts of: its own, and one for each edge that it is over.
type sums []sum

// A sum is one of these, as far as enough persons stand behind it.
type sum struct {
	*graph.Group
	small    bool   // they do not behind all of it
	measures []bool // nor behind these
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
		if g.Name == distinctField {
			p.distinct(l, a, kind, g)
			continue
		}
		if e := kind.Edge(g.Name); e != nil {
			if p.viewer.Total(e) != nil {
				continue // there is nothing to add up
			}
			args := g.ArgumentMap(p.op.Variables)
			key := edgeKey(e.Name, args)
			if a.over[key] == nil {
				w, where := p.walker(), strings.Join(append(slices.Clone(p.path), f.Name, e.Name), ".")
				over := &graph.Over{Edge: e, Filter: both(w.bounded(w.target(e, args["filter"], where+".filter"), where+".filter"), w.properties(e.Rel, args["edgeFilter"], where+".edgeFilter"))}
				a.add(l, key, &graph.Tally{Over: over})
			}
			for _, h := range p.collect(g.Selections) {
				p.measure(a.over[key], e.Target(), e.Rel, h)
			}
			continue
		}
		p.measure(a, kind, rel, g)
	}
}

// add adds a tally over an edge, by the same groups.
func (a *aggregate) add(l *graph.List, key string, t *graph.Tally) {
	t.By = a.tally.By
	sub := newAggregate(l, addTally(l, t))
	sub.place = len(a.over) + 1
	a.over[key] = sub
}

// distinctField is the field of an aggregate that counts different nodes.
const distinctField = "distinct"

// distinct has different nodes beyond an edge be counted.
func (p *planner) distinct(l *graph.List, a *aggregate, k *graph.Kind, f graphql.CollectedField) {
	edges, name := sdl.CountedEdges(k), text(f.ArgumentMap(p.op.Variables)["of"])
	e := edges[name]
	if e == nil {
		p.fail("%s.of: what %s lead to is %s, and no %s", f.Name, k.Plural, strings.Join(slices.Sorted(maps.Keys(edges)), ", "), name)
		return
	}
	if p.viewer.Total(e) != nil {
		return
	}
	key := f.Name + " " + name
	if a.over[key] == nil {
		a.add(l, key, &graph.Tally{Over: &graph.Over{Edge: e}, Distinct: true})
	}
	if t := a.over[key].tally; a.folds {
		t.Units = true
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
	m, name := measureOf(k, r, f.Name), f.Name
	if name == "duration" {
		m, name = p.duration(k, f)
	}
	if m.Ref.Prop == nil || p.viewer.Property(m.Ref.Prop) != nil || m.Until != nil && p.viewer.Property(m.Until.Prop) != nil {
		return // count, __typename, or what is not for the purpose
	}
	at := a.measured(m, name)
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

// duration measures the time from one instant to another, and is called by both.
func (p *planner) duration(k *graph.Kind, f graphql.CollectedField) (m graph.Measure, name string) {
	args := f.ArgumentMap(p.op.Variables)
	from, to := p.instants(k, args, f.Name)
	if from == nil {
		return m, ""
	}
	m.Ref.Prop, m.Until = from, &graph.Ref{Prop: to}
	return m, durationName(args)
}

// instants reads between which instants a time is; nil: it was a mistake.
func (p *planner) instants(k *graph.Kind, in map[string]any, where string) (from, to *graph.Property) {
	instants := sdl.Instants(k)
	for _, end := range []string{"from", "to"} {
		if instants[text(in[end])] == nil {
			p.fail("%s.%s: what lies between is measured of %s, not of %s", where, end, strings.Join(slices.Sorted(maps.Keys(instants)), ", "), text(in[end]))
			return nil, nil
		}
	}
	return instants[text(in["from"])], instants[text(in["to"])]
}

func durationName(args map[string]any) string {
	return "duration from " + text(args["from"]) + " to " + text(args["to"])
}

// measureOf measures a property of the node, or of the relationship that leads to it; without one where there is none of the name.
func measureOf(k *graph.Kind, r *graph.Rel, name string) graph.Measure {
	m := graph.Measure{Ref: graph.Ref{Prop: k.Field(name)}}
	if m.Ref.Prop == nil && r != nil {
		m.Ref.Prop, m.OnEdge = r.Property(name), true
	}
	return m
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

// measured is the same of one that may be yet to be measured.
func (a *aggregate) measured(m graph.Measure, name string) int {
	at := a.measure(name)
	if at < 0 {
		at = len(a.fields)
		a.tally.Measures, a.fields = append(a.tally.Measures, m), append(a.fields, name)
	}
	return at
}

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
	err := read(a)
	for _, sub := range a.over {
		err = cmp.Or(err, read(sub))
	}
	return out, err
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
