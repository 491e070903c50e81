package sdl

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A GroupName is one way of grouping: the value of the enumeration, the fields that lead to the value within the key, and what the store
// is asked.
type GroupName struct {
	Enum   string
	Names  []string
	Type   string
	Path   []*graph.Edge
	Prop   *graph.Property // nil: the id of what the path leads to, or the time from one instant to another
	OnEdge bool
}

// Types of keys that are ranges, and the names of the time from one instant to another.
const (
	numberKey    = "NumberKey"
	moneyKey     = "MoneyKey"
	durationEnum = "DURATION"
	durationName = "duration"
)

// Range reports whether it is a number, or something that is counted, of which rows are grouped by ranges.
func (g GroupName) Range() bool { return g.Type == numberKey || g.Type == moneyKey }

// Duration reports whether it is the time from one instant to another.
func (g GroupName) Duration() bool { return g.Prop == nil && g.Enum == durationEnum }

// Money reports whether it is an amount.
func (g GroupName) Money() bool { return g.Type == moneyKey }

// Time reports whether it is a time, of which rows are grouped by a part.
func (g GroupName) Time() bool { return g.Prop != nil && g.Prop.Temporal() }

// Instants are the instants of a kind that somebody gives, by the value of the enumeration of its groups: what lies between two of them is
// measured.
func Instants(k *graph.Kind) map[string]*graph.Property {
	out := map[string]*graph.Property{}
	for _, p := range given(k.Shown()) {
		if p.Type == graph.Instant {
			out[Constant(p.Field())] = p
		}
	}
	return out
}

// ToPersons reports whether it is by a neighbour that may be a person, or by what such a one has.
func (g GroupName) ToPersons() bool {
	return slices.ContainsFunc(g.Path, func(e *graph.Edge) bool {
		return slices.ContainsFunc(e.Targets, func(k *graph.Kind) bool { return k.Person })
	})
}

// Called is the way by what nodes are called, where g is by nodes that have one name each and are about nobody: it has the groups that g has,
// and tells more of each.
func (g GroupName) Called() (as GroupName, ok bool) {
	if g.Prop != nil || len(g.Path) == 0 {
		return g, false
	}
	k := g.Path[len(g.Path)-1].Target()
	if k == nil || !named(k) {
		return g, false
	}
	g.Names = append(slices.Clone(g.Names[:len(g.Names)-1]), graph.DisplayName)
	g.Prop, g.Type = k.Display[0], "String"
	return g, true
}

// named reports whether groups by nodes of a kind tell what these are called.
func named(k *graph.Kind) bool {
	return !k.OfPersons() && len(k.Display) == 1 && k.Display[0].Type == graph.String
}

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
	var g grouping
	g.props([]*graph.Property{r.Property(graph.EntryKind), r.Property(graph.EntryAt)}, nil, true)
	return g.names
}

// GroupKeys are the ways nodes of a kind, reached along a relationship or not, can be grouped: by enumerations, truth values, texts with
// few values, ranges of numbers and parts of times; by ranges of the time between two instants; and by to-one neighbours, the main one of several among these, by
// what these have, and by to-one neighbours of theirs.
func GroupKeys(k *graph.Kind, r *graph.Rel) []GroupName {
	var g grouping
	g.props(k.Shown(), nil, false)
	if r != nil {
		g.props(given(r.Properties), nil, true)
	}
	if len(Instants(k)) > 1 {
		g.names = append(g.names, GroupName{Enum: durationEnum, Names: []string{durationName}, Type: numberKey})
	}
	g.neighbours(k, nil)
	return g.names
}

type grouping struct{ names []GroupName }

func (g *grouping) add(path []*graph.Edge, name, typ string, p *graph.Property, onEdge bool) {
	n := GroupName{Type: typ, Path: path, Prop: p, OnEdge: onEdge}
	for _, e := range path {
		if n.Names = append(n.Names, e.Name); e.Member() {
			n.Names = append(n.Names, lower(e.Target().Name))
		}
	}
	n.Enum = Constant(strings.Join(n.Names, "_") + "_" + name)
	if p == nil {
		n.Enum = strings.TrimSuffix(n.Enum, "_"+Constant(name))
	}
	n.Enum = strings.TrimPrefix(n.Enum, "_")
	n.Names = append(n.Names, name)
	g.names = append(g.names, n)
}

// props are the ways by properties; of neighbours not by times, which are their own, and by ranges of those numbers alone that are to be
// grouped by.
func (g *grouping) props(ps []*graph.Property, path []*graph.Edge, onEdge bool) {
	for _, p := range ps {
		switch {
		case p.Type == graph.Enum:
			g.add(path, p.Field(), p.Enum, p, onEdge)
		case p.Type == graph.Bool:
			g.add(path, p.Field(), "Boolean", p, onEdge)
		case p.Type == graph.String && p.Groupable:
			g.add(path, p.Field(), "String", p, onEdge)
		case p.Type == graph.Amount && (path == nil || p.Groupable):
			g.add(path, p.Field(), moneyKey, p, onEdge)
		case p.Type != graph.Amount && p.Numeric() && (path == nil || p.Groupable):
			g.add(path, p.Field(), numberKey, p, onEdge)
		case p.Type == graph.Instant && path == nil:
			g.add(path, p.Field(), "TimeKey", p, onEdge)
		case p.Type == graph.Day && path == nil:
			g.add(path, p.Field(), "DateKey", p, onEdge)
		}
	}
}

// neighbours are the ways by to-one edges, two at most. Of what is not near there is the id alone. Of an edge to several kinds there are the
// ways by those of them that are near, of which the nodes of the others have none.
func (g *grouping) neighbours(k *graph.Kind, path []*graph.Edge) {
	for _, e := range towards(k) {
		if !e.One || path != nil && (!near(e) || e.Member()) {
			continue
		}
		to := append(slices.Clip(path), e)
		g.add(to, "id", "ID", nil, false)
		if near(e) {
			g.props(e.Target().Shown(), to, false)
		}
		if near(e) && path == nil {
			g.neighbours(e.Target(), to)
		}
	}
}

// towards are the edges of a kind; those to the main one of several that others lead to; and, behind a to-one edge that leads to several
// kinds, the same as far as it leads to each of these that is near and about nobody: by what is about persons, as by what they have, it is
// grouped itself.
func towards(k *graph.Kind) (out []*graph.Edge) {
	for _, e := range k.Edges {
		out = append(out, e)
		if main := e.MainOne(); main != nil {
			out = append(out, main)
		}
		if e.Union == "" || !e.One {
			continue
		}
		for _, to := range e.Targets {
			if of := e.To(to); near(of) && !to.OfPersons() {
				out = append(out, of)
			}
		}
	}
	return out
}

// near reports whether an edge leads to one node of another kind, by one step and now, which is no person: by what persons have these
// are grouped themselves.
func near(e *graph.Edge) bool {
	return e.Union == "" && !e.Walks() && !e.History && e.Target() != e.Owner && !e.Target().Person
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
