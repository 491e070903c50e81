package graphtest

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
)

// list answers a list under a parent, which is nil at a root.
func (r *reading) list(l *graph.List, parent *place) graph.ListResult {
	var set []place
	if l.Edge != nil && r.truth(l.When, *parent) == yes {
		set = r.reach(*parent, l.Edge)
	} else if l.Search != nil {
		set = r.search(l)
	} else if l.Edge == nil {
		set = r.roots(l)
	}
	set = slices.DeleteFunc(set, func(p place) bool { return r.truth(l.Filter, p) != yes })
	var res graph.ListResult
	if l.Cut && r.truth(l.When, *parent) == yes {
		res.Cut = r.cut(*parent, l.Edge)
	}
	for _, t := range l.Tallies {
		rows := r.tally(t, set)
		for i := range rows {
			if err := r.brought.Take(t, &rows[i]); err != nil {
				r.err = err
			}
		}
		res.Tallies = append(res.Tallies, rows)
	}
	if !l.Rows {
		return res
	}
	switch {
	case l.Identified():
	case l.Search != nil:
		set = set[:min(len(set), l.Page.Limit)]
	case l.Edge != nil && l.Edge.One:
		set = first(set)
	default:
		slices.SortFunc(set, func(a, b place) int { return compare(l, r.keys(l, a), r.keys(l, b)) })
		set = r.page(l, set, &res)
	}
	for _, p := range set {
		res.Rows = append(res.Rows, r.row(l, p))
	}
	return res
}

// roots are the nodes of a kind, or those that are named.
func (r *reading) roots(l *graph.List) []place {
	var out []place
	for _, n := range r.state.nodes {
		named := !l.Identified() || slices.Contains(r.fetch.IDs(l), n.ID) || slices.Contains(r.fetch.Keys(l), n.Key) ||
			r.follows && (slices.ContainsFunc(l.IDs, n.led) || slices.ContainsFunc(l.External, n.from))
		if n.kind == l.Nodes[0].Kind && named {
			out = append(out, place{node: n})
		}
	}
	return out
}

// page cuts a page out of an ordered set.
func (r *reading) page(l *graph.List, set []place, res *graph.ListResult) []place {
	from, to := 0, len(set)
	for i, p := range set {
		if l.Page.After != nil && compare(l, r.keys(l, p), l.Page.After) <= 0 {
			from = i + 1
		}
	}
	for i := len(set) - 1; i >= 0; i-- {
		if l.Page.Before != nil && compare(l, r.keys(l, set[i]), l.Page.Before) >= 0 {
			to = i
		}
	}
	before, after := from > 0, to < len(set)
	if to = max(to, from); to-from > l.Page.Limit {
		if l.Page.Backward {
			from, before = to-l.Page.Limit, true
		} else {
			to, after = from+l.Page.Limit, true
		}
	}
	res.HasPrevious, res.HasNext = l.HasPrevious && before, l.HasNext && after
	return set[from:to]
}

func (r *reading) row(l *graph.List, p place) graph.Row {
	row := graph.Row{ID: p.ID}
	for _, sel := range l.Nodes {
		if sel.Kind == p.kind {
			row.Sel = sel
		}
	}
	for _, ref := range row.Sel.Props {
		row.Props = append(row.Props, r.value(ref, p, false))
	}
	for _, f := range row.Sel.Asks {
		row.Met = append(row.Met, r.truth(f, p) == yes)
	}
	for _, ref := range l.Props {
		row.Edge = append(row.Edge, r.value(ref, p, true))
	}
	if l.Cursors {
		row.Keys = r.keys(l, p)
	}
	if l.Search != nil {
		row.Found = p.foundIn(l.Search)
	}
	for _, below := range row.Sel.Lists {
		row.Lists = append(row.Lists, r.list(below, &p))
	}
	return row
}

func (r *reading) keys(l *graph.List, p place) []any {
	var keys []any
	for _, o := range l.Order {
		keys = append(keys, r.orderValue(o, p))
	}
	keys = append(keys, p.ID)
	if p.via != nil {
		keys = append(keys, p.via.Key)
	}
	return keys
}

// compare orders two places of a list by their keys.
func compare(l *graph.List, a, b []any) int {
	for i := range a {
		c := graph.Compare(a[i], b[i])
		if i < len(l.Order) && l.Order[i].Prop != nil {
			c = l.Order[i].Prop.Prop.Compare(a[i], b[i])
		}
		if one := (a[i] == nil) != (b[i] == nil); i < len(l.Order) && (one && l.Order[i].First || !one && l.Order[i].Desc) {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

func (r *reading) orderValue(o graph.Order, p place) any {
	if r.truth(o.When, p) != yes {
		return nil
	}
	for _, e := range o.Path {
		next := r.the(p, e)
		if len(next) == 0 {
			return nil
		}
		p = next[0]
	}
	if o.Prop != nil {
		return amountIn(o.Currency, r.value(*o.Prop, p, o.OnEdge))
	}
	over, by := o.Over()
	if r.truth(over.When, p) != yes {
		return nil
	}
	values := r.over(over, o.Currency, p)
	if by == graph.BySum {
		return r.sum(values)
	}
	return folded(by, values)
}

// amountIn is an amount without its currency, if that is the one; other values stay as they are.
func amountIn(currency string, v any) any {
	m, ok := v.(graph.Money)
	switch {
	case !ok:
		return v
	case m.Currency != currency:
		return nil
	}
	return m.Amount
}

// sum adds up int64; the sum of nothing is nil.
func (r *reading) sum(values []any) any {
	if len(values) == 0 {
		return nil
	}
	sum := sumOf(values)
	if !sum.IsInt64() {
		r.err = graph.Invalid("a sum is too large to be kept exactly")
		return nil
	}
	return sum.Int64()
}

// part is a row of a tally in the making.
type part struct {
	keys, currencies []any
	rest             int64 // of groups that do not come by themselves: how many there are
	count            int64
	units            map[string]bool // their ids
	values           [][]any         // of each measure
}

// tally has the groups of a tally that shares its keys with one before it be those of that one.
func (r *reading) tally(t *graph.Tally, set []place) []graph.TallyRow {
	if len(t.By) == 0 {
		return r.parts(t, set, nil)
	}
	if t.Most == 0 {
		return r.parts(t, set, r.foremost[&t.By[0]])
	}
	rows := r.parts(t, set, nil)
	groups, err := graph.Groups(t, rows)
	if err != nil { // which the rows tell
		return rows
	}
	delete(r.foremost, &t.By[0])
	if len(groups) <= t.Most {
		return rows
	}
	all := int64(len(groups))
	kept := &foremost{rest: all - int64(t.Most)}
	for _, g := range t.Foremost(groups) {
		kept.keys = append(kept.keys, g.Keys)
	}
	if r.foremost == nil {
		r.foremost = map[*graph.GroupKey]*foremost{}
	}
	r.foremost[&t.By[0]] = kept
	return r.parts(t, set, kept)
}

// A foremost has the keys of groups that come by themselves, and how many do not.
type foremost struct {
	keys [][]any
	rest int64
}

func (f *foremost) has(keys []any) bool {
	return f == nil || slices.ContainsFunc(f.keys, func(k []any) bool { return slices.Equal(k, keys) })
}

// parts are the rows of a tally. What is of no group that comes by itself is taken together; nil: there is none.
func (r *reading) parts(t *graph.Tally, set []place, kept *foremost) []graph.TallyRow {
	var parts []*part
	add := func(keys []any, unit place) {
		rest := int64(0)
		if !kept.has(keys) {
			keys, rest = make([]any, len(keys)), kept.rest
		}
		mine := &part{keys: keys, rest: rest, units: map[string]bool{}, values: make([][]any, len(t.Measures))}
		values := make([]any, len(t.Measures))
		for i, m := range t.Measures {
			values[i] = r.value(m.Ref, unit, m.OnEdge)
			mine.currencies = append(mine.currencies, "")
			if m.Until != nil {
				values[i] = until(values[i], r.value(*m.Until, unit, m.OnEdge))
			}
			if a, ok := values[i].(graph.Money); ok {
				values[i], mine.currencies[i] = a.Amount, a.Currency
			}
		}
		at := slices.IndexFunc(parts, func(p *part) bool {
			return p.rest == rest && slices.Equal(p.keys, keys) && slices.Equal(p.currencies, mine.currencies)
		})
		if at >= 0 {
			mine = parts[at]
		} else {
			parts = append(parts, mine)
		}
		mine.count++
		mine.units[unit.ID] = true
		for i, v := range values {
			if v != nil {
				mine.values[i] = append(mine.values[i], v)
			}
		}
	}
	for _, p := range set {
		keys := make([]any, len(t.By))
		for i, k := range t.By {
			keys[i] = r.groupKey(k, p)
		}
		if t.Over == nil {
			add(keys, p)
			continue
		}
		for _, q := range r.reach(p, t.Over.Edge) {
			if r.truth(t.Over.When, p) == yes && r.truth(t.Over.Filter, q) == yes {
				add(keys, q)
			}
		}
	}
	if len(t.By) == 0 && len(parts) == 0 {
		return []graph.TallyRow{{Measures: make([]graph.Summary, len(t.Measures))}}
	}
	var rows []graph.TallyRow
	for _, p := range parts {
		row := graph.TallyRow{Keys: p.keys, Count: p.count, Rest: p.rest}
		if t.Distinct {
			row.Count = int64(len(p.units))
		}
		if t.Units {
			row.Units = slices.Sorted(maps.Keys(p.units))
		}
		for i, m := range t.Measures {
			row.Measures = append(row.Measures, r.summary(m, fmt.Sprint(p.currencies[i]), p.values[i]))
		}
		rows = append(rows, row)
	}
	return rows
}

// until is the time from one instant to another, if both are known.
func until(from, to any) any {
	if from == nil || to == nil {
		return nil
	}
	return to.(int64) - from.(int64)
}

func (r *reading) summary(m graph.Measure, currency string, values []any) graph.Summary {
	if len(values) == 0 {
		return graph.Summary{}
	}
	p := m.Ref.Prop
	s := graph.Summary{Currency: currency, Count: int64(len(values)), Min: slices.MinFunc(values, p.Compare), Max: slices.MaxFunc(values, p.Compare)}
	if m.Numeric() {
		s.Sum = r.sum(values)
	}
	if m.Values {
		for _, v := range slices.SortedFunc(slices.Values(values), p.Compare) {
			s.Values = append(s.Values, v.(int64))
		}
	}
	return s
}

func (r *reading) groupKey(k graph.GroupKey, p place) any {
	if r.truth(k.When, p) != yes {
		return nil
	}
	for _, e := range k.Path {
		to := r.the(p, e)
		if len(to) == 0 {
			return nil
		}
		p = to[0]
	}
	if k.Ref.Prop == nil {
		return p.ID
	}
	v := r.value(k.Ref, p, k.OnEdge)
	if k.Currency != "" {
		v = amountIn(k.Currency, v)
	}
	if k.Until != nil {
		v = until(v, r.value(*k.Until, p, k.OnEdge))
	}
	switch {
	case v == nil:
		return nil
	case k.Bounds != nil:
		at, found := slices.BinarySearch(k.Bounds, v.(int64))
		if found {
			at++
		}
		return int64(at)
	case k.Cut == graph.NoCut:
		return v
	}
	zone, err := time.LoadLocation(string(k.Zone))
	if err != nil {
		panic(err)
	}
	return cutOf(k.Cut, graph.Time(v.(int64)).Std().In(zone))
}

// cutOf is what of a time rows are grouped by, as it is where the time is.
func cutOf(cut graph.Cut, t time.Time) int64 {
	y, m, d := t.Date()
	weekday := (int(t.Weekday()) + 6) % 7 // from Monday on
	switch cut {
	case graph.ByWeek:
		d -= weekday
	case graph.ByMonth:
		d = 1
	case graph.ByQuarter:
		m, d = m-(m-1)%3, 1
	case graph.ByYear:
		m, d = time.January, 1
	case graph.ByHourOfDay:
		return int64(t.Hour())
	case graph.ByWeekday:
		return int64(weekday) + 1
	case graph.ByHourOfWeek:
		return int64(24*weekday + t.Hour())
	}
	return int64(graph.At(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)))
}
