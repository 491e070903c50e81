package neo4j

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// decode reads the values of a record in the order that the compiler asked for them.
func decode(f *graph.Fetch, values []any) *graph.Result {
	res := &graph.Result{Lists: make([]graph.ListResult, len(f.Lists))}
	d := decoder{values}
	for i, l := range f.Lists {
		res.Lists[i] = d.list(l)
	}
	return res
}

// decoder takes values one after the other.
type decoder struct{ rest []any }

func (d *decoder) next() any {
	v := d.rest[0]
	d.rest = d.rest[1:]
	return v
}

func (d *decoder) list(l *graph.List) graph.ListResult {
	var res graph.ListResult
	if l.Rows {
		rows := d.next().([]any)
		if !l.Identified() && len(rows) > l.Page.Limit { // the one more that was asked for
			rows = rows[:l.Page.Limit]
			res.HasNext, res.HasPrevious = !l.Page.Backward, l.Page.Backward
		}
		res.Rows = make([]graph.Row, len(rows))
		for i, r := range rows {
			res.Rows[i] = row(l, r.([]any))
		}
		if l.Page.Backward {
			slices.Reverse(res.Rows)
		}
	}
	if l.HasPrevious && l.Page.After != nil {
		res.HasPrevious = d.next().(bool) || res.HasPrevious
	}
	if l.HasNext && l.Page.Before != nil {
		res.HasNext = d.next().(bool) || res.HasNext
	}
	if len(l.Tallies) > 0 {
		res.Tallies = make([][]graph.TallyRow, len(l.Tallies))
		for i, t := range l.Tallies {
			res.Tallies[i] = tallied(t, d.next().([]any))
		}
	}
	return res
}

func row(l *graph.List, cells []any) graph.Row {
	d := decoder{cells}
	r := graph.Row{Sel: l.Nodes[d.next().(int64)]}
	r.ID = d.next().(string)
	r.Props = d.refs(r.Sel.Props)
	r.Edge = d.refs(l.Props)
	if l.Cursors {
		n := len(l.Order) + 1
		if l.Edge != nil {
			n++
		}
		r.Keys = slices.Clone(d.rest[:n])
		d.rest = d.rest[n:]
	}
	if len(r.Sel.Lists) > 0 {
		r.Lists = make([]graph.ListResult, len(r.Sel.Lists))
		for i, below := range r.Sel.Lists {
			r.Lists[i] = d.list(below)
		}
	}
	return r
}

func (d *decoder) refs(refs []graph.Ref) []any {
	if len(refs) == 0 {
		return nil
	}
	out := make([]any, len(refs))
	for i, r := range refs {
		v := d.next()
		switch r.Prop.Type {
		case graph.Amount:
			currency, _ := d.next().(string)
			if v != nil {
				v = graph.Money{Amount: v.(int64), Currency: currency}
			}
		case graph.Strings:
			if list, ok := v.([]any); ok {
				texts := make([]string, len(list))
				for j, s := range list {
					texts[j] = s.(string)
				}
				v = texts
			}
		}
		out[i] = v
	}
	return out
}

func tallied(t *graph.Tally, rows []any) []graph.TallyRow {
	out := make([]graph.TallyRow, 0, max(len(rows), 1))
	for _, r := range rows {
		d := decoder{r.([]any)}
		tr := graph.TallyRow{Keys: make([]any, len(t.By)), Measures: make([]graph.Summary, len(t.Measures))}
		for i := range t.By {
			tr.Keys[i] = d.next()
		}
		tr.Count = d.next().(int64)
		for i := range t.Measures {
			m := &tr.Measures[i]
			m.Currency, _ = d.next().(string)
			m.Count = d.next().(int64)
			m.Sum, m.Min, m.Max = d.next(), d.next(), d.next()
			if m.Count == 0 {
				*m = graph.Summary{}
			}
		}
		out = append(out, tr)
	}
	if len(out) == 0 && len(t.By) == 0 {
		out = append(out, graph.TallyRow{Measures: make([]graph.Summary, len(t.Measures))})
	}
	return out
}
