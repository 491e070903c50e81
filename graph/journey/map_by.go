package journey

import (
	"maps"
	"slices"
)

// A MapRow is the map of the cases of a value.
type MapRow struct {
	Value string
	Folded
}

// MapRows are maps by value: each case is in one row, or in Other.
type MapRows struct {
	Rows   []MapRow
	Other  *Folded // of all other values together; nil: there are none
	Values int     // how many these are
}

// MapBy tells the map of cases by value: so many values apart, and of each so many edges. Where cases are objects, and values their types, it is the
// object-centric directly-follows graph (van der Aalst and Berti 2020, Discovering Object-Centric Petri Nets, section 4; pm4py's OC-DFG): Events of an
// edge are its total objects, and Cases its unique objects. Nil: the purpose looks at groups, and somebody stands behind cases: what flows between
// activities in one row, and in all, tells of others.
func (t *Telling) MapBy(b Breakdown, values, first int) (*MapRows, error) {
	if t.fewest > 0 && t.Persons > 0 {
		return nil, nil
	}
	of, sizes := map[int]string{}, map[string]int{}
	t.view.population(func(s *sequence) {
		value := b.Of(s.c, s.times[0])
		of[s.c] = value
		sizes[value]++
	})
	if len(sizes) > MostValues {
		return nil, errValues
	}
	names := b.sorted(slices.Collect(maps.Keys(sizes)), func(value string) int { return sizes[value] })
	places := make(map[string]int, len(names))
	for i, name := range names {
		places[name] = i
	}
	only := func(from, to int) *Folded { // of values by their places
		view := *t.view
		view.def.Cases = func(c int) bool {
			value, in := of[c]
			at := places[value]
			return in && from <= at && at < to
		}
		m := view.Map(true).Fold(0, first, 0)
		return &m
	}
	out := &MapRows{Values: max(0, len(names)-values)}
	for i, name := range names[:min(values, len(names))] {
		out.Rows = append(out.Rows, MapRow{name, *only(i, i+1)})
	}
	if out.Values > 0 {
		out.Other = only(values, len(names))
	}
	inOrder(b, out.Rows, func(r MapRow) string { return r.Value })
	return out, nil
}
