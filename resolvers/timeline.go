package resolvers

import (
	"fmt"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
)

// timeline reads the arguments of a timeline into its list.
func (p *planner) timeline(l *graph.List, f graphql.CollectedField) {
	args, where := f.ArgumentMap(p.op.Variables), strings.Join(p.path, ".")
	kinds, given := kindsAsked(args)
	if given && len(kinds) == 0 {
		p.fail("%s: kinds is empty, so that there is nothing to show", where)
	}
	for _, kind := range kinds {
		if has := entryKinds(l.Edge); !slices.Contains(has, fmt.Sprint(kind)) {
			p.fail("%s.kinds: what a timeline of %s has is %s, and no %v", where, l.Edge.Owner.Plural, strings.Join(has, ", "), kind)
		}
	}
	l.Edge = l.Edge.Of(strandsOf(l.Edge, args))
	l.Nodes = slices.DeleteFunc(l.Nodes, func(sel *graph.Selection) bool {
		return !slices.ContainsFunc(l.Edge.Strands, func(s graph.Strand) bool { return s.Hops[len(s.Hops)-1].To == sel.Kind })
	})
	at := graph.Ref{Prop: l.Edge.Rel.Property(graph.EntryAt)}
	l.Order = []graph.Order{{Prop: &at, OnEdge: true, Desc: true}}
	for _, s := range l.Edge.Strands { // entries of one kind and instant come in their sequence
		sequence := s.At.Prop.Within
		if sequence != nil && !slices.ContainsFunc(l.Order, func(o graph.Order) bool { return o.Prop.Prop == sequence }) {
			l.Order = append(l.Order, graph.Order{Prop: &graph.Ref{Prop: sequence}, Desc: true})
		}
	}
	var bounds []*graph.Filter
	for name, op := range map[string]graph.Op{"from": graph.Gte, "to": graph.Lt} {
		if args[name] == nil {
			continue
		}
		t := instant(args[name], where+"."+name, p.fail)
		bounds = append(bounds, &graph.Filter{Test: &graph.Test{Ref: at, OnEdge: true, Op: op, Value: int64(t)}})
	}
	if p.moment != nil && p.moment.At != nil {
		bounds = append(bounds, &graph.Filter{Test: &graph.Test{Ref: at, OnEdge: true, Op: graph.Lte, Value: int64(*p.moment.At)}})
	}
	if len(bounds) > 0 {
		slices.SortFunc(bounds, func(a, b *graph.Filter) int { return int(b.Test.Op) - int(a.Test.Op) }) // of a map, which has no order
		l.Filter = &graph.Filter{And: bounds}
	}
	l.Page = p.page(l, args, where)
}

// strandsOf are the strands of the kinds that are asked for; all where none is named.
func strandsOf(e *graph.Edge, args map[string]any) []graph.Strand {
	kinds, given := kindsAsked(args)
	return graph.Where(e.Strands, func(s graph.Strand) bool { return !given || slices.Contains(kinds, any(s.Kind)) })
}

// kindsAsked are the kinds that are asked for, if any are named.
func kindsAsked(args map[string]any) (kinds []any, given bool) {
	if s, one := args["kinds"].(string); one { // a variable may be an element instead of a list
		return []any{s}, true
	}
	kinds, given = args["kinds"].([]any)
	return kinds, given
}

// entryKinds are the kinds of entries that a timeline may have.
func entryKinds(e *graph.Edge) (out []string) {
	for _, s := range e.Strands {
		graph.AddOnce(&out, s.Kind)
	}
	return out
}
