package resolvers

import (
	"fmt"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/secret"
)

// What one field may ask for, where Options do not say so.
const (
	defaultPage = 20
	maxPage     = 200
)

// planner turns the selection below a root field into a fetch. It keeps the first mistake it meets, so that the walk
// needs no error at every step.
type planner struct {
	*Resolver
	op     *graphql.OperationContext
	viewer *policy.Viewer
	hidden *secret.Pseudonyms
	path   []string                // of the field that is being planned, for errors
	lists  map[*graph.List]*layout // how a list's answer is shown
	// moment is that of the field that is being planned, or bound; moments are those of lists, and thens those of what is selected of their
	// nodes. Nil: now.
	moment  *graph.Moment
	moments map[*graph.List]*graph.Moment
	thens   map[*graph.Selection]*graph.Moment
	changes map[fieldThen]*histories // what a history asks for
	needed  map[fieldThen]*need      // what a computed field does
	place   bool                     // whether something rests on what is kept as of a place of the feed
	err     error
}

// A fieldThen is a selected field as of a moment: one that stands in a fragment may be asked as of several.
type fieldThen struct {
	field *ast.Field
	then  string
}

func asOf(f *ast.Field, m *graph.Moment) fieldThen { return fieldThen{f, edgeKeyThen("", nil, m)} }

func (r *Resolver) planner(op *graphql.OperationContext, o *operation) *planner {
	return &planner{Resolver: r, op: op, viewer: o.viewer, hidden: o.hidden,
		lists: map[*graph.List]*layout{}, moments: map[*graph.List]*graph.Moment{}, thens: map[*graph.Selection]*graph.Moment{},
		changes: map[fieldThen]*histories{}, needed: map[fieldThen]*need{}}
}

func (p *planner) fail(format string, args ...any) {
	if p.err == nil {
		p.err = graph.Invalid("%s", fmt.Sprintf(format, args...))
	}
}

// collect merges the fields of a selection set that have one name in the answer.
func (p *planner) collect(set ast.SelectionSet, satisfies ...string) []graphql.CollectedField {
	fields := graphql.CollectFields(p.op, set, satisfies)
	again := func(i int) bool {
		return slices.ContainsFunc(fields[:i], func(f graphql.CollectedField) bool { return f.Alias == fields[i].Alias })
	}
	for i := range fields {
		if !again(i) {
			continue
		}
		// gqlgen merges all but the __typename of a union with that of its members. What it gives is not to be changed.
		var once []graphql.CollectedField
		for i := range fields {
			if !again(i) {
				once = append(once, fields[i])
			}
		}
		return once
	}
	return fields
}

// ofKind plans nodes of a kind that are yet to be named.
func (p *planner) ofKind(field graphql.CollectedField, k *graph.Kind) *graph.List {
	l := &graph.List{Key: field.Name + k.Name, Rows: true, Nodes: []*graph.Selection{{Kind: k}}}
	p.during(p.asked(field), func() {
		p.moments[l] = p.moment
		p.fill(l.Nodes[0], field.Selections)
	})
	return l
}

// all plans a page of a kind, and what is counted beside it.
func (p *planner) all(field graphql.CollectedField, k *graph.Kind) (lists []*graph.List) {
	if p.path == nil {
		p.path = []string{field.Name}
	}
	l := &graph.List{Key: edgeKey(field.Name, field.ArgumentMap(p.op.Variables)), Nodes: []*graph.Selection{{Kind: k}}}
	p.during(p.asked(field), func() {
		p.moments[l] = p.moment
		p.arguments(l, field)
		p.connection(l, field.Selections)
		lists = append([]*graph.List{l}, p.explained(l, field)...)
	})
	return lists
}

// fill adds to sel what the selection set asks of its kind.
func (p *planner) fill(sel *graph.Selection, set ast.SelectionSet) {
	if _, filled := p.thens[sel]; !filled { // a computed field may need more of it as of another
		p.thens[sel] = p.moment
	}
	for _, f := range p.collect(set, p.satisfy[sel.Kind]...) {
		if f.Name == "withheld" {
			policy.WantState(sel)
		} else if prop := sel.Kind.Field(f.Name); prop != nil {
			graph.Mention(&sel.Props, prop)
		} else if f.Name == graph.ExternalsField {
			graph.Mention(&sel.Props, sel.Kind.Key)
			graph.Mention(&sel.Props, sel.Kind.Further)
		} else if f.Name == graph.DisplayName {
			for _, part := range sel.Kind.Display {
				graph.Mention(&sel.Props, part)
			}
		} else if e := sel.Kind.Edge(f.Name); e != nil {
			p.edge(sel, e, f)
		} else if f.Name == graph.HistoryField && sel.Kind.Property(graph.VersionsOf) != nil {
			p.history(sel, f)
		} else if i := slices.IndexFunc(sel.Kind.Computed, func(c *graph.Computed) bool { return c.Name == f.Name }); i >= 0 {
			p.computed(sel, sel.Kind.Computed[i], f)
		}
	}
}

// edge adds an edge's list, or merges with the one that has the same arguments and is read as of the same moment.
func (p *planner) edge(sel *graph.Selection, e *graph.Edge, f graphql.CollectedField) {
	p.path = append(p.path, f.Name)
	p.during(p.asked(f), func() { p.along(sel, e, f) })
	p.path = p.path[:len(p.path)-1]
}

func (p *planner) along(sel *graph.Selection, e *graph.Edge, f graphql.CollectedField) {
	key := edgeKeyThen(f.Name, f.ArgumentMap(p.op.Variables), p.moment)
	i := slices.IndexFunc(sel.Lists, func(l *graph.List) bool { return l.Key == key })
	if i < 0 {
		l := &graph.List{Key: key, Edge: p.ever(e, f), Nodes: graph.Bare(e.Targets), Page: graph.Page{Limit: 1}}
		if e.Strands != nil {
			p.timeline(l, f)
		} else if !e.One {
			p.arguments(l, f)
		}
		i = len(sel.Lists)
		sel.Lists, p.moments[l] = append(sel.Lists, l), p.moment
	}
	if e.One {
		sel.Lists[i].Rows = true
		p.nodes(sel.Lists[i], f.Selections)
	} else {
		p.connection(sel.Lists[i], f.Selections)
		sel.Lists = append(sel.Lists, p.explained(sel.Lists[i], f)...)
	}
}

func (p *planner) nodes(l *graph.List, set ast.SelectionSet) {
	for _, sel := range l.Nodes {
		p.fill(sel, set)
	}
}

// connection adds what is asked of a connection.
func (p *planner) connection(l *graph.List, set ast.SelectionSet) {
	for _, f := range p.collect(set) {
		switch f.Name {
		case "edges":
			l.Rows = true
			for _, g := range p.collect(f.Selections) {
				switch g.Name {
				case "node":
					p.nodes(l, g.Selections)
				case "cursor":
					l.Cursors = true
				case "properties":
					for _, h := range p.collect(g.Selections) {
						if prop := l.Edge.Rel.Property(h.Name); prop != nil {
							graph.Mention(&l.Props, prop)
						}
					}
				}
			}
		case "nodes":
			l.Rows = true
			p.nodes(l, f.Selections)
		case "pageInfo":
			for _, g := range p.collect(f.Selections) {
				switch g.Name {
				case "hasNextPage":
					l.Rows, l.HasNext = true, true
				case "hasPreviousPage":
					l.Rows, l.HasPrevious = true, true
				case "startCursor", "endCursor":
					l.Rows, l.Cursors = true, true
				}
			}
		case "truncated":
			l.Cut = l.Edge != nil && l.Edge.Walks()
		case "totalCount":
			p.layout(l).total = new(p.whole(l))
		case "aggregate":
			p.aggregate(l, f)
		case "groups":
			p.groupBy(l, f)
		}
	}
}
