package sqlite

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	driversqlite "modernc.org/sqlite"

	"github.com/kithgraph/kith/graph"
)

// tally reads one tally of a list under each parent: rows of the parent, the group keys, the count, and for each measure the
// currency, the count of values, their sum, minimum and maximum, and all of them where they are wanted. Where there are more groups than
// come by themselves it is read once more, now that it is known which do.
func (r *reader) tally(ctx context.Context, l *graph.List, t *graph.Tally, index int, parents []string, res []graph.ListResult) error {
	take := func(parent int64, row graph.TallyRow) error {
		rows := &res[parent].Tallies[index]
		*rows = append(*rows, row)
		return r.brought.Take(t, &row)
	}
	var err error
	if t.Most > 0 {
		err = r.foremost(ctx, l, t, parents, take)
	} else {
		err = r.tallyRows(ctx, l, t, parents, r.keptOf(t), func(parent int64, row graph.TallyRow, _ string) error { return take(parent, row) })
	}
	if err != nil || len(t.By) > 0 {
		return err
	}
	for i := range res {
		if rows := &res[i].Tallies[index]; len(*rows) == 0 {
			*rows = []graph.TallyRow{{Measures: make([]graph.Summary, len(t.Measures))}}
		}
	}
	return nil
}

// tallyRows reads the rows of a tally, with the parent of each, and what tells its group apart where none is kept.
func (r *reader) tallyRows(ctx context.Context, l *graph.List, t *graph.Tally, parents []string, kept *foremost, take func(parent int64, row graph.TallyRow, id string) error) error {
	as := formOf(l, parents)
	of := any(t)
	if kept != nil {
		of = folding{t}
	}
	st := r.kept(of, as, func(q *query) *statement { return q.tally(l, t, as, kept != nil) })
	return r.tallyRun(ctx, st, call{list: l, parents: parents, kept: kept}, func(v []any) error {
		row, id := graph.TallyRow{}, ""
		cells := v[1:]
		if kept != nil && cells[0].(int64) > 0 {
			row.Rest = kept.rest[v[0].(int64)]
		}
		if kept != nil {
			cells = cells[1:]
		} else if t.Most > 0 {
			id = groupID(v[:1+len(t.By)])
		}
		err := tallied(t, cells, &row)
		if err != nil {
			return err
		}
		return take(v[0].(int64), row, id)
	})
}

// tally writes the statement of a tally.
func (q *query) tally(l *graph.List, t *graph.Tally, as form, folding bool) *statement {
	number, owner, source := "0", "", ""
	switch {
	case l.Edge != nil && as == one:
		owner = q.parent()
	case l.Edge != nil:
		number, owner, source = "p.key", parent, q.under()
	}
	e := q.list(l, owner)
	unit, cond, over := e.scope, e.cond, reach{}
	if t.Over != nil {
		over = q.follow(t.Over.Edge, e.scope)
		if t.Over.Edge.Walks() { // side by side with what it begins at
			over = q.reach(t.Over.Edge, t.Over.Edge.Targets, "")
			over.cond = and(over.cond, over.rel+".src = "+e.id)
		}
		unit, cond = over.scope, and(cond, q.when(t.Over.When, e.scope), over.cond, q.when(t.Over.Filter, over.scope))
	}
	var groups []string
	for i := range t.By {
		groups = append(groups, q.groupKey(&t.By[i], e.scope))
	}
	if folding {
		groups = q.folding(number, groups)
	}
	count := "count(*)"
	if t.Distinct {
		count = "count(DISTINCT " + unit.id + ")"
	}
	cols := append(slices.Clone(groups), count)
	if t.Units {
		cols = append(cols, q.brings(idsFunction, unit.id))
	}
	for i := range t.Measures {
		m := &t.Measures[i]
		out := q.output(&m.Ref, unit, m.OnEdge)
		currency, sum := "NULL", "NULL"
		if len(out) > 1 {
			currency = out[1]
			groups = append(groups, currency)
		}
		key := q.sortKey(&m.Ref, unit, m.OnEdge)
		if m.Until != nil {
			out[0] = "(" + q.output(m.Until, unit, m.OnEdge)[0] + " - " + out[0] + ")"
			key = out[0]
		}
		if m.Numeric() {
			sum = "sum(" + out[0] + ")"
		}
		cols = append(cols, currency, "count("+out[0]+")", sum, "min("+key+")", "max("+key+")")
		if m.Values {
			cols = append(cols, q.brings(valuesFunction, out[0]))
		}
	}
	reads := append(slices.Clone(cols), cond)
	from := e.from(reads...)
	if t.Over != nil {
		from += " JOIN " + over.from(reads...)
	}
	if l.Edge == nil && t.Over == nil && len(q.past) > 0 && len(cols) > 1 {
		from, cond = q.foundOnce(from, cond, unit.nodes[unit.kinds[0]], cols, groups), ""
	}
	if source != "" && len(cols) == 1 { // counts alone need no grouping, which would sort what is counted
		return &statement{text: "SELECT p.key, (SELECT " + count + " FROM " + from + where(cond) + ") FROM " + source, columns: 2}
	}
	if source != "" {
		from = source + " CROSS JOIN " + from
		groups = append([]string{number}, groups...)
	}
	text := "SELECT " + number + ", " + strings.Join(cols, ", ") + " FROM " + from + where(cond)
	if len(groups) > 0 {
		text += " GROUP BY " + strings.Join(groups, ", ")
	}
	if t.Most > 0 && !folding { // each group's rows come together
		text += " ORDER BY " + strings.Join(groups, ", ")
	}
	return &statement{text: text, columns: len(cols) + 1}
}

func tallied(t *graph.Tally, v []any, row *graph.TallyRow) error {
	row.Measures = make([]graph.Summary, len(t.Measures))
	for i, k := range t.By {
		key := v[i]
		if k.Ref.Prop != nil {
			var err error
			if key, err = value(k.Ref.Prop, key); err != nil {
				return err
			}
		}
		row.Keys = append(row.Keys, key)
	}
	v = v[len(t.By):]
	row.Count, v = v[0].(int64), v[1:]
	if t.Units {
		var ids []string
		text, _ := v[0].(string)
		if err := json.Unmarshal([]byte(text), &ids); err != nil {
			return err
		}
		slices.Sort(ids)
		row.Units, v = append(row.Units, ids...), v[1:]
	}
	for i := range t.Measures {
		m, cells := &row.Measures[i], v
		v = v[5:]
		if t.Measures[i].Values {
			v = v[1:]
		}
		if m.Count = cells[1].(int64); m.Count == 0 {
			continue
		}
		m.Currency, _ = cells[0].(string)
		m.Sum = cells[2]
		var err error
		p := t.Measures[i].Ref.Prop
		if m.Min, err = ofSortKey(p, cells[3]); err != nil {
			return err
		}
		if m.Max, err = ofSortKey(p, cells[4]); err != nil {
			return err
		}
		if t.Measures[i].Values {
			if m.Values, err = numbers(cells[5]); err != nil {
				return err
			}
		}
	}
	return nil
}

// sortKey is the effective value of a mention as one value that is put in order as it is. No text has a NUL in it.
func (q *query) sortKey(r *graph.Ref, s scope, onEdge bool) string {
	return given(q.when(r.When, s), strings.Join(q.sortColumns(r, s, onEdge), " || char(0) || "))
}

// ofSortKey is the value that it stands for.
func ofSortKey(p *graph.Property, v any) (any, error) {
	if text, is := v.(string); is && p.Folds() {
		_, v, _ := strings.Cut(text, "\x00")
		return v, nil
	}
	return sorted(p, v)
}

// groupKey is the value a row is grouped by.
func (q *query) groupKey(k *graph.GroupKey, s scope) string {
	if len(k.Path) > 0 {
		return given(q.when(k.When, s), q.groupKeyAt(k, k.Path, s))
	}
	v := q.effective(&k.Ref, k.Ref.Prop.Name, k.Currency, s, k.OnEdge)
	switch {
	case k.Bounds != nil:
		if k.Until != nil {
			v = q.effective(k.Until, k.Until.Prop.Name, "", s, k.OnEdge) + " - " + v
		}
		return fmt.Sprintf("%s(%s, %s)", reachedFunction, v, joined(graph.Map(k.Bounds, func(b int64) string { return q.arg(b) }), ", "))
	case k.Cut == graph.NoCut:
		return v
	}
	return cut(v, k.Cut, q.arg(string(k.Zone)))
}

// cut is what of a time, on the clocks of a zone, a cut is of.
func cut(value string, of graph.Cut, zone string) string {
	return fmt.Sprintf("%s(%s, %d, %s)", cutFunction, value, of, zone)
}

// groupKeyAt is the value that the neighbour at the end of a path has.
func (q *query) groupKeyAt(k *graph.GroupKey, path []*graph.Edge, s scope) string {
	r := q.follow(path[0], s)
	value := r.id
	switch {
	case len(path) > 1:
		value = q.groupKeyAt(k, path[1:], r.scope)
	case k.Ref.Prop != nil:
		end := *k
		end.Path, end.When = nil, nil
		value = q.groupKey(&end, r.scope)
	}
	return "(SELECT " + value + " FROM " + r.from(value, r.cond) + where(r.cond) + q.first(path[0], r.scope) + ")"
}

// Functions of these names are there in SQL: what of a time a cut is of, and how many of some bounds a value has reached.
const (
	cutFunction     = "kith_cut"
	reachedFunction = "kith_reached"
)

func init() {
	driversqlite.MustRegisterDeterministicScalarFunction(cutFunction, 3, func(_ *driversqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		at, is := args[0].(int64)
		if !is {
			return nil, nil
		}
		cut, _ := args[1].(int64)
		zone, _ := args[2].(string)
		return graph.Cut(cut).Of(graph.Zone(zone).Shown(graph.Time(at))), nil
	})
	driversqlite.MustRegisterDeterministicScalarFunction(reachedFunction, -1, func(_ *driversqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
		v, is := args[0].(int64)
		if !is {
			return nil, nil
		}
		n := int64(0)
		for _, bound := range args[1:] {
			if b, _ := bound.(int64); b <= v {
				n++
			}
		}
		return n, nil
	})
}
