package graph

import "slices"

// A Segment is a part of a kind's nodes, by the first key of an order: those that have a value there, which an index has in
// order, and those that have none, or none that may be seen.
type Segment int

// Segments of a list whose order an index gives, and the whole of any other.
const (
	Whole Segment = iota
	Present
	Missing
)

// ByIndex reports whether a root's order begins with what an index has in order.
func (l *List) ByIndex() bool {
	return l.Edge == nil && len(l.Order) > 0 && l.Order[0].Prop != nil && len(l.Order[0].Path) == 0 && l.Order[0].Prop.Indexed()
}

// Segments are the parts of a list that reach between two places, as sort keys that may be nil, in the order they are to be read in.
func (l *List) Segments(after, before []any, backward bool) (out []Segment) {
	first, second := Present, Missing
	if l.Order[0].First {
		first, second = Missing, Present
	}
	in := func(place []any) Segment {
		if place[0] == nil {
			return Missing
		}
		return Present
	}
	if after == nil || in(after) == first {
		out = append(out, first)
	}
	if before == nil || in(before) == second {
		out = append(out, second)
	}
	if backward {
		slices.Reverse(out)
	}
	return out
}
