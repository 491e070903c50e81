package resolvers

import (
	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
)

// A timePart is what times of a group have in common.
type timePart struct {
	graph.GroupKey
	value int64 // as the cut says
}

// timeFields are the fields of TimeKey and of DateKey.
var timeFields = table[timePart]{
	"start": func(w *writer, t timePart) bool { return t.Cut.Span() && w.instant(t.Zone.First(t.value)) },
	"end":   func(w *writer, t timePart) bool { return t.Cut.Span() && w.instant(t.Zone.First(t.Cut.Next(t.value))) },
	"day":   func(w *writer, t timePart) bool { return t.Cut.Span() && w.leaf(graph.Day, t.value) },
	"weekday": func(w *writer, t timePart) bool {
		switch t.Cut {
		case graph.ByDay: // which is one
			return w.number(graph.ByWeekday.Of(t.value))
		case graph.ByWeekday:
			return w.number(t.value)
		case graph.ByHourOfWeek:
			return w.number(t.value/24 + 1)
		}
		return false
	},
	"hour": func(w *writer, t timePart) bool { return t.Cut.OfHours() && w.number(t.value%24) },
}

// timeKey binds what times of a group have in common; null where there are none.
func (b *binder) timeKey(k graph.GroupKey, at int, f graphql.CollectedField) field[*group] {
	fields := bindTable(b, f, timeFields)
	return fieldOf(f, func(w *writer, of *group) bool {
		v, known := of.keys[at].(int64)
		return known && fields.write(w, timePart{k, v})
	})
}

// instant writes one that can be written: the first of a period may lie before those, and the end of one behind.
func (w *writer) instant(t graph.Time) bool {
	if y := t.Std().Year(); y < 1 || y > 9999 {
		return false
	}
	w.b = appendTime(w.b, t)
	return true
}
