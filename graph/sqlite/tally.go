package sqlite

import (
	"context"
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// tally reads one tally of a list under each parent: rows of the parent, the group keys, the count, and for each measure the
// currency, the count of values, their sum, minimum and maximum.
func (r *reader) tally(ctx context.Context, l *graph.List, t *graph.Tally, index int, parents []string, res map[string]*graph.ListResult) error {
	q := &query{}
	source, owner, groups := "", "", []string{}
	if l.Edge != nil {
		source, owner = "json_each("+q.arg(parents)+") p CROSS JOIN ", "p.value"
		groups = append(groups, "p.value")
	}
	from, cond, s := r.entry(q, l, owner)
	unit := s
	if t.Over != nil {
		joined, at, below := q.reach(t.Over, s.id, r.now)
		// A join whose left side is itself a join: the nodes of the list, then each edge of each.
		from, cond, unit = from+" JOIN "+joined, and(cond, at), below
	}
	cols := []string{"NULL"}
	if l.Edge != nil {
		cols[0] = "p.value"
	}
	for i := range t.By {
		key := r.groupKey(q, &t.By[i], s)
		cols, groups = append(cols, key), append(groups, key)
	}
	cols = append(cols, "count(*)")
	for i := range t.Measures {
		m := &t.Measures[i]
		out := q.output(&m.Ref, unit, m.OnEdge, r.now)
		currency, sum := "NULL", "NULL"
		if len(out) > 1 {
			currency = out[1]
			groups = append(groups, currency)
		}
		if m.Ref.Prop.Numeric() {
			sum = "sum(" + out[0] + ")"
		}
		cols = append(cols, currency, "count("+out[0]+")", sum, "min("+out[0]+")", "max("+out[0]+")")
	}
	text := "SELECT " + strings.Join(cols, ", ") + " FROM " + source + from + where(cond)
	if len(groups) > 0 {
		text += " GROUP BY " + strings.Join(groups, ", ")
	}
	err := r.query(ctx, text, q.args, len(cols), func(v []any) {
		p, _ := v[0].(string)
		res[p].Tallies[index] = append(res[p].Tallies[index], tallied(t, v[1:]))
	})
	if err != nil {
		return err
	}
	for _, p := range parents {
		if len(t.By) == 0 && len(res[p].Tallies[index]) == 0 {
			res[p].Tallies[index] = []graph.TallyRow{{Measures: make([]graph.Summary, len(t.Measures))}}
		}
	}
	return nil
}

func tallied(t *graph.Tally, v []any) graph.TallyRow {
	row := graph.TallyRow{Keys: make([]any, len(t.By)), Measures: make([]graph.Summary, len(t.Measures))}
	for i, k := range t.By {
		row.Keys[i] = v[i]
		if k.Edge == nil {
			row.Keys[i] = value(k.Ref.Prop.Type, v[i])
		}
	}
	v = v[len(t.By):]
	row.Count = v[0].(int64)
	for i := range t.Measures {
		m, cells := &row.Measures[i], v[1+5*i:]
		if m.Count = cells[1].(int64); m.Count == 0 {
			continue
		}
		m.Currency, _ = cells[0].(string)
		typ := t.Measures[i].Ref.Prop.Type
		m.Sum, m.Min, m.Max = cells[2], value(typ, cells[3]), value(typ, cells[4])
	}
	return row
}

// groupKey is the value a row is grouped by.
func (r *reader) groupKey(q *query, k *graph.GroupKey, s scope) string {
	if k.Edge != nil {
		from, at, below := q.reach(k.Edge, s.id, r.now)
		return "(SELECT min(" + below.id + ") FROM " + from + where(at) + ")"
	}
	v := q.effective(&k.Ref, k.Ref.Prop.Name, "", s, k.OnEdge, r.now)
	const day, second = "86400000000", "1000000"
	floor := func(unit string) string { // towards the past, before 1970, too
		return fmt.Sprintf("((%[1]s) - ((%[1]s) %% %[2]s + %[2]s) %% %[2]s)", v, unit)
	}
	switch k.Cut {
	case graph.ByDay:
		return floor(day)
	case graph.ByMonth:
		return "CAST(strftime('%s', " + floor(second) + " / " + second + ", 'unixepoch', 'start of month') AS INTEGER) * " + second
	case graph.ByYear:
		return "CAST(strftime('%s', " + floor(second) + " / " + second + ", 'unixepoch', 'start of year') AS INTEGER) * " + second
	}
	return v
}
