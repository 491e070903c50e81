package sdl

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A GroupName is one way of grouping: the value of the enumeration, the field of the key, and what the store is asked.
type GroupName struct {
	Enum, Name, Type string
	Prop             *graph.Property
	OnEdge           bool
	Cut              graph.Cut
	Edge             *graph.Edge
}

var cuts = []struct {
	cut  graph.Cut
	name string
}{{graph.ByDay, "Day"}, {graph.ByMonth, "Month"}, {graph.ByYear, "Year"}}

// EntryKeys are the ways the entries of a timeline can be grouped.
func EntryKeys(r *graph.Rel) []GroupName {
	p := r.Property(graph.EntryKind)
	return []GroupName{{Enum: Constant(p.Field()), Name: p.Field(), Type: p.Enum, Prop: p, OnEdge: true}}
}

// GroupKeys are the ways nodes of a kind, reached along a relationship or not, can be grouped: by enumerations, truth
// values, times cut to day, month and year, and to-one neighbours.
func GroupKeys(k *graph.Kind, r *graph.Rel) []GroupName {
	var out []GroupName
	add := func(g GroupName) {
		g.Enum = Constant(g.Name)
		out = append(out, g)
	}
	props := func(ps []*graph.Property, onEdge bool) {
		for _, p := range ps {
			switch p.Type {
			case graph.Enum:
				add(GroupName{Name: p.Field(), Type: p.Enum, Prop: p, OnEdge: onEdge})
			case graph.Bool:
				add(GroupName{Name: p.Field(), Type: "Boolean", Prop: p, OnEdge: onEdge})
			case graph.Instant, graph.Day:
				for _, c := range cuts {
					add(GroupName{Name: p.Field() + c.name, Type: "Date", Prop: p, OnEdge: onEdge, Cut: c.cut})
				}
			}
		}
	}
	props(k.Shown(), false)
	if r != nil {
		props(given(r.Properties), true)
	}
	for _, e := range k.Edges {
		if e.One {
			add(GroupName{Name: e.Name, Type: "ID", Edge: e})
		}
	}
	return out
}

// constant turns closedAtMonth into CLOSED_AT_MONTH.
// Constant is a name as values of enumerations are written: openedAt as OPENED_AT.
func Constant(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= 'A' && r <= 'Z' {
			b.WriteByte('_')
		}
		b.WriteRune(r)
	}
	return strings.ToUpper(b.String())
}
