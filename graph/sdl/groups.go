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
	Edge             *graph.Edge
}

// Time reports whether it is a time, of which rows are grouped by a part.
func (g GroupName) Time() bool { return g.Prop != nil && g.Prop.Temporal() }

// Cut is the part of a time that a value of the enumeration TimeUnit names; NoCut: none does.
func Cut(unit string) graph.Cut {
	for c := graph.ByDay; c <= graph.ByHourOfWeek; c++ {
		if strings.ReplaceAll(strings.ToUpper(c.String()), " ", "_") == unit {
			return c
		}
	}
	return graph.NoCut
}

// EntryKeys are the ways the entries of a timeline can be grouped.
func EntryKeys(r *graph.Rel) []GroupName {
	p := r.Property(graph.EntryKind)
	return []GroupName{{Enum: Constant(p.Field()), Name: p.Field(), Type: p.Enum, Prop: p, OnEdge: true}}
}

// GroupKeys are the ways nodes of a kind, reached along a relationship or not, can be grouped: by enumerations, truth
// values, parts of times, and to-one neighbours.
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
			case graph.Instant:
				add(GroupName{Name: p.Field(), Type: "TimeKey", Prop: p, OnEdge: onEdge})
			case graph.Day:
				add(GroupName{Name: p.Field(), Type: "DateKey", Prop: p, OnEdge: onEdge})
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
