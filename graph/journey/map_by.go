package journey

import (
	"fmt"
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
	of := make([]int32, len(t.view.log.cases)) // 1 + which value of those that were found a case has, and then its place; each row looks at all of them
	var found []string
	sizes, known := map[string]int{}, map[string]int32{}
	t.view.population(func(s *sequence) {
		value := b.Of(s.c, s.times[0])
		if known[value] == 0 {
			if len(found) > MostValues {
				return // they are too many
			}
			found = append(found, value)
			known[value] = int32(len(found))
		}
		of[s.c] = known[value]
		sizes[value]++
	})
	if len(found) > MostValues {
		return nil, errValues
	}
	names := b.sorted(slices.Clone(found), func(value string) int { return sizes[value] })
	places := make([]int32, 1+len(found))
	for i, name := range names {
		places[known[name]] = int32(i + 1)
	}
	for c, value := range of {
		of[c] = places[value]
	}
	only := func(from, to int) *Folded { // of values by their places
		m := t.view.chosen(func(c int) bool { return int(of[c]) > from && int(of[c]) <= to }).Map(true).Fold(0, first, 0)
		return &m
	}
	apart, edges := min(values, len(names)), 0
	out := &MapRows{Values: len(names) - apart}
	for i, name := range names[:apart] {
		out.Rows = append(out.Rows, MapRow{name, *only(i, i+1)})
		if edges += len(out.Rows[i].Edges); edges > MostCells {
			return nil, fmt.Errorf("edges: %d of %d rows have %d, and at most %d are told in all: ask for fewer edges, or fewer rows", i+1, apart, edges, MostCells)
		}
	}
	if out.Values > 0 {
		out.Other = only(values, len(names))
	}
	inOrder(b, out.Rows, func(r MapRow) string { return r.Value })
	return out, nil
}
