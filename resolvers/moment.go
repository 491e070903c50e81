package resolvers

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// asked reads as of which moment a field is to be read, and with it all that is below it: what it says not is that of the field around it.
// Nil: as it is.
func (p *planner) asked(f graphql.CollectedField) *graph.Moment {
	args, where := f.ArgumentMap(p.op.Variables), strings.Join(p.path, ".")
	m := graph.Moment{}
	if p.moment != nil {
		m = *p.moment
	}
	told := false
	for name, to := range map[string]**graph.Time{"asOf": &m.At, "knownAt": &m.Known} {
		if args[name] == nil {
			continue
		}
		told, *to = true, new(instant(args[name], where+"."+name, p.fail))
	}
	if !told {
		return p.moment
	}
	return &m
}

// edgeKeyThen is the edge's key as of a moment: what several fields of one node need, each as of another one, is read apart.
func edgeKeyThen(name string, args map[string]any, m *graph.Moment) string {
	key := edgeKey(name, args)
	if m == nil {
		return key
	}
	for _, t := range []*graph.Time{m.At, m.Known} {
		if key += "\n"; t != nil {
			key += t.String()
		}
	}
	return key
}

// during plans, or binds, what is below a field as of a moment.
func (p *planner) during(m *graph.Moment, plan func()) {
	before := p.moment
	p.moment = m
	plan()
	p.moment = before
}

// then has lists, and those below them, be read as of their moments. Edges are the catalog's until now, so that one that is asked along
// twice is the same again.
func (p *planner) then(lists []*graph.List) {
	as := map[edgeThen]*graph.Edge{}
	for _, l := range lists {
		if m := p.moments[l]; m != nil {
			(&past{*m, as, p.viewer.Lens}).list(l)
		}
		for _, sel := range l.Nodes {
			p.then(sel.Lists)
		}
	}
}

// A past rewrites what is asked so that it is asked of a moment.
type past struct {
	graph.Moment
	as   map[edgeThen]*graph.Edge
	lens *policy.Lens
}

type edgeThen struct {
	edge *graph.Edge
	graph.Moment
}

func (m *past) list(l *graph.List) {
	l.Edge = m.edge(l.Edge)
	l.Filter = m.filter(l.Filter)
	for i := range l.Order {
		m.order(&l.Order[i])
	}
	for _, t := range l.Tallies {
		m.tally(t)
	}
	m.refs(l.Props)
	for _, sel := range l.Nodes {
		m.refs(sel.Props)
	}
	if isTimeline(l) { // the time at which an entry stands says whether it had begun
		m = &past{graph.Moment{Known: m.Known}, m.as, m.lens}
	}
	l.Filter = m.there(l.Filter, l.Kinds())
}

// edge is the one that leads along the relationships of then.
func (m *past) edge(e *graph.Edge) *graph.Edge {
	if e == nil {
		return nil
	}
	key := edgeThen{e, m.Moment}
	if m.as[key] == nil {
		as := e.As(m.Moment)
		for _, s := range as.Strands { // the list says it of those that they end at
			for i := range s.Hops[:len(s.Hops)-1] {
				h := &s.Hops[i]
				h.Filter = m.there(h.Filter, []*graph.Kind{h.To})
			}
		}
		m.as[key] = as
	}
	return m.as[key]
}

func (m *past) refs(all []graph.Ref) {
	for i := range all {
		m.Read(&all[i])
	}
}

// filter is a condition on what was then. Conditions are of one plan alone, so that they are changed where they stand.
func (m *past) filter(f *graph.Filter) *graph.Filter {
	if f == nil {
		return nil
	}
	for _, part := range slices.Concat(f.And, f.Or, []*graph.Filter{f.Not, f.Of, f.Fails}) {
		m.filter(part)
	}
	switch {
	case f.Test != nil && !f.Test.ID:
		m.Read(&f.Test.Ref)
		if f.Test.With != nil {
			m.Read(f.Test.With)
		}
		f.Test.Value = m.ago(f.Test.Value)
	case f.Some != nil:
		f.Some.Edge = m.edge(f.Some.Edge)
		f.Some.Filter = m.there(m.filter(f.Some.Filter), f.Some.Edge.Targets)
	case f.Every != nil:
		f.Every.Edge = m.edge(f.Every.Edge)
		m.filter(f.Every.Filter)
		if there := m.there(nil, f.Every.Edge.Targets); there != nil && f.Every.Filter != nil {
			f.Every.Filter = &graph.Filter{Or: []*graph.Filter{{Fails: there}, f.Every.Filter}}
		}
	case f.Total != nil:
		m.over(f.Total.Over)
		f.Total.Value = m.ago(f.Total.Value)
	}
	return f
}

// ago is a value that, if it lies so long ago, does so as of then.
func (m *past) ago(v any) any {
	if ago, is := v.(graph.Ago); is && m.At != nil {
		ago.Before, ago.Fixed = *m.At, true
		return ago
	}
	return v
}

func (m *past) path(path *[]*graph.Edge) {
	*path = slices.Clone(*path)
	for i, e := range *path {
		(*path)[i] = m.edge(e)
	}
}

func (m *past) order(o *graph.Order) {
	m.path(&o.Path)
	if o.Prop != nil {
		m.Read(o.Prop)
	}
	over, _ := o.Over()
	m.over(over)
}

func (m *past) over(o *graph.Over) {
	if o == nil {
		return
	}
	o.Edge = m.edge(o.Edge)
	o.Filter = m.there(m.filter(o.Filter), o.Edge.Targets)
	if o.Prop != nil {
		m.Read(o.Prop)
	}
}

func (m *past) tally(t *graph.Tally) {
	for i := range t.By {
		m.path(&t.By[i].Path)
		m.Read(&t.By[i].Ref)
		if until := t.By[i].Until; until != nil {
			m.Read(until)
		}
	}
	m.over(t.Over)
	for i := range t.Measures {
		m.Read(&t.Measures[i].Ref)
		if until := t.Measures[i].Until; until != nil {
			m.Read(until)
		}
	}
}

// there is a condition, and that a node of one of some kinds had begun by then, and had been recorded by the time as of which is asked what
// was known. Persons are there whatever is known of them.
func (m *past) there(f *graph.Filter, kinds []*graph.Kind) *graph.Filter {
	all := []*graph.Filter{f}
	for _, k := range kinds {
		by := m.by(k)
		if by != nil && len(kinds) > 1 {
			by = &graph.Filter{Or: []*graph.Filter{{Not: &graph.Filter{Kind: k}}, {Kind: k, Of: by}}}
		}
		all = append(all, by)
	}
	return both(all...)
}

// by is the condition on nodes of one kind; nil: they are there at any time.
func (m *past) by(k *graph.Kind) *graph.Filter {
	until := func(p *graph.Property, t *graph.Time) *graph.Filter {
		if p == nil || t == nil || k.Person || m.lens.Property(p) != nil { // of what is withheld from the purpose nothing is told by when it began, either
			return nil
		}
		later := &graph.Test{Ref: graph.Ref{Prop: p}, Op: graph.Gt, Value: int64(*t)}
		m.Read(&later.Ref)
		return &graph.Filter{Fails: &graph.Filter{Test: later}} // what nobody says is there
	}
	return both(until(k.Begins, m.At), until(k.Property(graph.RecordedAt), m.Known))
}
