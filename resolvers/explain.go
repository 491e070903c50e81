package resolvers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
)

// explainField is the field of a connection that says what each condition of its filter does.
const explainField = "explain"

// A conditionLayout is one condition of a connection's filter, with the keys of the lists that count what meets it alone, and what meets all
// others; empty where that is not asked for.
type conditionLayout struct{ name, alone, without string }

// A condition is one part of the conjunction that a connection's arguments ask for. Read again, it is a filter of its own: what rewrites one
// leaves the others.
type condition struct {
	name string
	read func() *graph.Filter
}

// conditions are those of a connection's arguments, each by the path that errors name it by.
func (p *planner) conditions(l *graph.List, args map[string]any) (out []condition) {
	w, where := p.walker(), strings.Join(p.path, ".")+"."
	add := func(name string, v any, read func(v any, path string) *graph.Filter) {
		out = append(out, condition{name, func() *graph.Filter { return read(v, where+name) }})
	}
	parts := func(arg string, read func(v any, path string) *graph.Filter) {
		for _, key := range given(args[arg]) {
			v := args[arg].(map[string]any)[key]
			if key != "and" {
				add(arg+"."+key, map[string]any{key: v}, func(v any, _ string) *graph.Filter { return read(v, where+arg) })
				continue
			}
			for i, el := range elements(v) {
				add(fmt.Sprintf("%s.and[%d]", arg, i), el, read)
			}
		}
	}
	ofNodes := func(v any, path string) *graph.Filter { return w.nodes(l, v, path) }
	switch {
	case len(l.Nodes) == 1:
		parts("filter", ofNodes)
	case args["filter"] != nil: // by kind, of which a node is one
		add("filter", args["filter"], ofNodes)
	}
	parts("edgeFilter", func(v any, path string) *graph.Filter { return w.properties(relOf(l.Edge), v, path) })
	return out
}

// explained gives the lists that count what each condition of a list does, if its field asks for that.
func (p *planner) explained(l *graph.List, f graphql.CollectedField) (out []*graph.List) {
	if !p.selects(f.Selections, []string{explainField}) {
		return nil
	}
	conditions := p.conditions(l, f.ArgumentMap(p.op.Variables))
	asks := func(name string) bool { return p.selects(f.Selections, []string{explainField, name}) }
	alone, without := asks("alone"), asks("without")
	var cost time.Duration
	if alone { // each is planned once
		cost = l.Filter.Planning()
	}
	if without { // all but each are nearly all
		cost += l.Filter.Planning() * time.Duration(len(conditions))
	}
	if cost > p.MaxPlanning {
		p.fail("%s.%s: its %d conditions, each alone and all but each, would take about %d ms to be planned, and %d ms is the most; fewer of them take less",
			strings.Join(p.path, "."), explainField, len(conditions), cost.Milliseconds(), p.MaxPlanning.Milliseconds())
		return nil
	}
	count := func(key string, filter *graph.Filter) string {
		c := &graph.List{Key: l.Key + "\n" + key, Edge: l.Edge, Nodes: graph.Bare(l.Kinds()), Filter: filter, Page: graph.Page{Limit: 1}}
		p.layout(c).total = new(p.whole(c))
		p.moments[c] = p.moment
		out = append(out, c)
		return c.Key
	}
	y := p.layout(l)
	if y.explain == nil {
		y.explain = make([]conditionLayout, len(conditions))
	}
	for i, c := range conditions {
		e := &y.explain[i] // of another field of the same list there may be the one or the other
		if e.name = c.name; alone && e.alone == "" {
			e.alone = count("alone "+c.name, c.read())
		}
		if !without || e.without != "" {
			continue
		}
		var others []*graph.Filter
		for j, o := range conditions {
			if j != i {
				others = append(others, o.read())
			}
		}
		e.without = count("without "+c.name, both(others...))
	}
	return out
}

// A set of lists, with their answers.
type set struct {
	lists   []*graph.List
	results []graph.ListResult
}

// explain binds what is selected of a connection's conditions.
func (b *binder) explain(planned, _ *graph.List, f graphql.CollectedField) field[*page] {
	conditions := b.layout(planned).explain
	number := func(key func(*conditionLayout) string) func(w *writer, c explained) bool {
		return func(w *writer, c explained) bool {
			i := slices.IndexFunc(c.set.lists, func(l *graph.List) bool { return l.Key == key(c.conditionLayout) })
			l, res := c.set.lists[i], &c.set.results[i]
			if w.tooSmall(l, res) {
				return false
			}
			whole, err := wholeOf(l, res)(0)
			if err != nil {
				return w.fail(f.Field, err)
			}
			return w.count(whole)
		}
	}
	fields := bindTable(b, f, table[explained]{
		"condition": func(w *writer, c explained) bool { return w.text(c.name) },
		"alone":     number(func(c *conditionLayout) string { return c.alone }),
		"without":   number(func(c *conditionLayout) string { return c.without }),
	})
	return fieldOf(f, func(w *writer, p *page) bool {
		return w.list(len(conditions), true, func(i int) bool { return fields.write(w, explained{&conditions[i], p.set}) })
	})
}

// An explained condition is written of a page.
type explained struct {
	*conditionLayout
	set set
}
