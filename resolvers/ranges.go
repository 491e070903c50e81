package resolvers

import (
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
)

// mostBuckets is how many bounds ranges may have.
const mostBuckets = 100

// ranges reads where ranges of the number among the keys begin, and in which currency, or between which instants, it is.
func (p *planner) ranges(l *graph.List, names []sdl.GroupName, by []graph.GroupKey, args map[string]any, where string) {
	var numbers []string
	var n sdl.GroupName
	key := &graph.GroupKey{}
	for i := range names {
		if names[i].Range() {
			n, key, numbers = names[i], &by[i], append(numbers, names[i].Enum)
		}
	}
	if len(numbers) > 1 {
		p.fail("%s.by: %s are numbers, of which buckets cut one", where, strings.Join(numbers, " and "))
		return
	}
	// wanted reports whether an argument is given that the keys want.
	wanted := func(arg string, wanted bool, want, of string) bool {
		given := args[arg] != nil
		switch {
		case given && !wanted:
			p.fail("%s.%s: groups are by no %s", where, arg, of)
		case wanted && !given:
			p.fail("%s.%s: %s is %s", where, arg, n.Enum, want)
		}
		return given && wanted
	}
	if wanted("duration", n.Duration(), "between two instants, which are to be named", "DURATION") {
		from, to := p.instants(l.Nodes[0].Kind, args["duration"].(map[string]any), where+".duration")
		key.Ref.Prop, key.Until = from, &graph.Ref{Prop: to}
	}
	if wanted("currency", n.Money(), "an amount, so that a currency is to be named", "amount") {
		key.Currency = text(args["currency"])
		if _, err := graph.MoneyOf("0", key.Currency); err != nil {
			p.fail("%s.currency: %v", where, err)
			return
		}
	}
	if wanted("buckets", len(numbers) > 0, "a number, of which ranges are groups: it is to say where they begin, as [0, 1000, 10000]", "number") && key.Ref.Prop != nil {
		key.Bounds = p.bounds(key, elements(args["buckets"]), where+".buckets")
	}
}

// bounds reads where ranges begin.
func (p *planner) bounds(k *graph.GroupKey, values []any, where string) []int64 {
	if len(values) == 0 || len(values) > mostBuckets {
		p.fail("%s: from 1 to %d bounds are to be given, not %d", where, mostBuckets, len(values))
	}
	out := []int64{}
	for i, v := range values {
		n, err := boundOf(k, v)
		switch {
		case err != nil:
			p.fail("%s[%d]: %v", where, i, err)
		case i > 0 && n <= out[i-1]:
			p.fail("%s[%d]: each is to be above the one before, and %s is not above %s", where, i, number(v), number(values[i-1]))
		}
		out = append(out, n)
	}
	return out
}

// boundOf reads a bound as the store has such numbers; of the time between two instants, in seconds.
func boundOf(k *graph.GroupKey, v any) (int64, error) {
	switch {
	case k.Until != nil || k.Ref.Prop.Type == graph.Float:
		s, err := graph.ParseScore(number(v))
		return int64(s), err
	case k.Ref.Prop.Type == graph.Amount:
		m, err := graph.MoneyOf(number(v), k.Currency)
		return m.Amount, err
	}
	return whole(v)
}

// A numberRange is the range of numbers that a group has in common.
type numberRange struct {
	*graph.GroupKey
	reached int // how many bounds
}

// rangeFields are the fields of NumberKey and of MoneyKey.
var rangeFields = table[numberRange]{
	"from":     func(w *writer, r numberRange) bool { return r.reached > 0 && w.bound(r, r.reached-1) },
	"to":       func(w *writer, r numberRange) bool { return r.reached < len(r.Bounds) && w.bound(r, r.reached) },
	"currency": func(w *writer, r numberRange) bool { return w.text(r.Currency) },
}

func (w *writer) bound(r numberRange, i int) bool {
	typ := r.Ref.Prop.Type
	if r.Until != nil {
		typ = durations
	}
	w.b = measuredTypes[typ].value(w.b, r.Bounds[i])
	return true
}

// rangeKey binds the range that numbers of a group have in common; null where there are none.
func (b *binder) rangeKey(k *graph.GroupKey, at int, f graphql.CollectedField) field[*group] {
	fields := bindTable(b, f, rangeFields)
	return fieldOf(f, func(w *writer, of *group) bool {
		v, known := of.keys[at].(int64)
		return known && fields.write(w, numberRange{k, int(v)})
	})
}

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
