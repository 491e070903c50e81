package neo4j

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// decode reads the values of a record in the order that the compiler asked for them. The error names a value that no store
// of this catalog has written. A transaction that writes takes the database's own ids.
func decode(f *graph.Fetch, values []any, within *transaction) (*graph.Result, error) {
	res := &graph.Result{Lists: make([]graph.ListResult, len(f.Lists))}
	var err error
	d := decoder{rest: values, err: &err, within: within, now: f.Now, brought: f.Bringing()}
	for i, l := range f.Lists {
		res.Lists[i] = d.list(l)
	}
	if f.Place {
		res.Place = take[int64](&d, "a place of the feed")
	}
	return res, err
}

// decoder takes values one after the other. It keeps the first mistake it meets and goes on with empty values, so that
// the walk needs no error at every step.
type decoder struct {
	rest    []any
	err     *error
	within  *transaction
	now     graph.Time // the fetch's
	brought *graph.Bringing
}

func (d *decoder) next() any {
	v := d.rest[0]
	d.rest = d.rest[1:]
	return v
}

func (d *decoder) fail(what string, v any) {
	if *d.err == nil {
		*d.err = fmt.Errorf("%s is a %T", what, v)
	}
}

// take is the next value, which has to be there.
func take[T any](d *decoder, what string) T {
	v := d.next()
	t, ok := v.(T)
	if !ok {
		d.fail(what, v)
	}
	return t
}

// within reads the cells of a row.
func (d *decoder) inside(row any) *decoder {
	cells, _ := row.([]any)
	return &decoder{cells, d.err, d.within, d.now, d.brought}
}

func (d *decoder) list(l *graph.List) graph.ListResult {
	var res graph.ListResult
	if counted(l) {
		d = d.inside(take[any](d, "rows and their number"))
	}
	if l.Rows {
		rows := take[[]any](d, "a list")
		if !l.Identified() && (l.Edge == nil || !l.Edge.One) && len(rows) > l.Page.Limit { // the one more that was asked for
			rows = rows[:l.Page.Limit]
			res.HasNext, res.HasPrevious = !l.Page.Backward, l.Page.Backward
		}
		res.Rows = make([]graph.Row, len(rows))
		for i, r := range rows {
			res.Rows[i] = d.inside(r).row(l)
		}
		if l.Page.Backward {
			slices.Reverse(res.Rows)
		}
	}
	if l.HasPrevious && l.Page.After != nil {
		res.HasPrevious = take[bool](d, "a probe") || res.HasPrevious
	}
	if l.HasNext && l.Page.Before != nil {
		res.HasNext = take[bool](d, "a probe") || res.HasNext
	}
	if l.Cut {
		res.Cut = take[bool](d, "whether a walk was cut")
	}
	if counted(l) {
		res.Tallies = [][]graph.TallyRow{{{Count: take[int64](d, "a number of rows"), Keys: []any{}, Measures: []graph.Summary{}}}}
	} else if len(l.Tallies) > 0 {
		res.Tallies = make([][]graph.TallyRow, len(l.Tallies))
		for i, t := range l.Tallies {
			res.Tallies[i] = d.tally(t)
		}
	}
	return res
}

func (d *decoder) row(l *graph.List) graph.Row {
	r := graph.Row{Sel: l.Nodes[take[int64](d, "a kind")]}
	r.ID = take[string](d, "an id")
	if d.within != nil {
		d.within.nodes[r.ID] = take[string](d, "the database's id")
	}
	if d.within != nil && packed(r.Sel) {
		r.Props, r.Met = d.unpacked(r.Sel.Props).refs(nil, r.Sel.Props)
	} else {
		var met []bool
		r.Props, met = d.refs(graph.Asked(r.Sel.Asks, r.Sel.Props), r.Sel.Props)
		r.Met = met[:len(r.Sel.Asks)]
	}
	r.Edge, _ = d.refs(graph.Asked(nil, l.Props), l.Props)
	if l.Search != nil {
		r.Found = d.foundIn(l.Search)
	}
	if l.Cursors {
		n := len(l.Order) + 1
		if l.Edge != nil && !l.Edge.Walks() {
			n++
		}
		r.Keys = d.keys(l, d.rest[:n])
		d.rest = d.rest[n:]
		if d.within != nil && l.Edge != nil && l.Edge.Stored() {
			d.within.relations[relation{l.Edge.Rel.Type, r.Keys[n-1].(string)}] = take[string](d, "the database's id")
		}
	}
	if len(r.Sel.Lists) > 0 {
		r.Lists = make([]graph.ListResult, len(r.Sel.Lists))
		for i, below := range r.Sel.Lists {
			r.Lists[i] = d.list(below)
		}
	}
	return r
}

// unpacked reads the cells of mentions from one that has all of a node's columns.
func (d *decoder) unpacked(refs []graph.Ref) *decoder {
	columns := take[map[string]any](d, "a node's values")
	cells := make([]any, 0, len(refs)+2)
	for i := range refs {
		switch p := refs[i].Prop; p.Type {
		case graph.Versions:
			cells = append(cells, graph.Map(versionColumns, func(name string) any { return columns[name] }))
		case graph.Amount:
			cells = append(cells, columns[p.Name], columns[p.Currency()])
		default:
			cells = append(cells, columns[p.Name])
		}
	}
	return &decoder{cells, d.err, d.within, d.now, d.brought}
}

// keys are a row's Keys, of which the cells of an order are the last parts of sort keys.
func (d *decoder) keys(l *graph.List, cells []any) []any {
	keys := slices.Clone(cells)
	for i, o := range l.Order {
		if o.Prop != nil && o.Prop.Prop.Type == graph.Enum {
			keys[i] = d.ranked(o.Prop.Prop, keys[i])
		}
	}
	return keys
}

// ranked is the value at a place of an enumeration.
func (d *decoder) ranked(p *graph.Property, rank any) any {
	v := p.Value(rank)
	if v == nil && rank != nil {
		d.fail("the place of "+p.Path(), rank)
	}
	return v
}

// refs reads which conditions are met, and the values of mentions whose own is.
func (d *decoder) refs(asked []*graph.Filter, refs []graph.Ref) (values []any, met []bool) {
	if len(asked) > 0 {
		met = make([]bool, len(asked))
		for i := range met {
			met[i] = take[bool](d, "a condition")
		}
	}
	if len(refs) > 0 {
		values = make([]any, len(refs))
	}
	past := false
	for i := range refs {
		if v := d.property(refs[i].Prop); !refs[i].Missing(asked, met) {
			values[i] = v
		}
		past = past || refs[i].Past()
	}
	if past {
		kept, recorded := d.next(), d.next()
		for i := range refs {
			if refs[i].Past() && !refs[i].Missing(asked, met) {
				values[i] = d.was(&refs[i], values[i], kept, recorded)
			}
		}
	}
	return values, met
}

// property is a value as graph.Type has it, or nil.
func (d *decoder) property(p *graph.Property) any {
	v := d.next()
	if p.Type == graph.Amount {
		currency := d.next()
		if v == nil {
			return nil
		}
		return graph.Money{Amount: as[int64](d, p, v), Currency: as[string](d, p, currency)}
	}
	if v == nil {
		return nil
	}
	switch p.Type {
	case graph.String, graph.Enum:
		return as[string](d, p, v)
	case graph.Bool:
		return as[bool](d, p, v)
	case graph.Strings:
		list := as[[]any](d, p, v)
		texts := make([]string, len(list))
		for i, s := range list {
			texts[i] = as[string](d, p, s)
		}
		return texts
	case graph.Versions:
		return d.versions(p, v)
	}
	return as[int64](d, p, v)
}

func as[T any](d *decoder, p *graph.Property, v any) T {
	t, ok := v.(T)
	if !ok {
		d.fail(p.Owner+"."+p.Name, v)
	}
	return t
}

// tally reads the rows of a tally. One without keys has a row even of nothing.
func (d *decoder) tally(t *graph.Tally) []graph.TallyRow {
	rows := take[[]any](d, "a tally")
	if len(rows) == 0 && len(t.By) == 0 {
		return []graph.TallyRow{{Measures: make([]graph.Summary, len(t.Measures))}}
	}
	if t.Brings() && len(rows) == 1 && len(d.inside(rows[0]).rest) == 1 {
		d.refuse(d.brought.TooMuch())
		return nil
	}
	out := make([]graph.TallyRow, len(rows))
	for i, r := range rows {
		out[i] = d.inside(r).tallyRow(t)
		if err := d.brought.Take(t, &out[i]); err != nil {
			d.refuse(err)
		}
	}
	return out
}

// refuse notes a mistake of who asks.
func (d *decoder) refuse(err error) {
	if *d.err == nil {
		*d.err = err
	}
}

func (d *decoder) tallyRow(t *graph.Tally) graph.TallyRow {
	r := graph.TallyRow{Measures: make([]graph.Summary, len(t.Measures))}
	for range t.By {
		r.Keys = append(r.Keys, d.next())
	}
	if len(t.By) > 0 {
		r.Rest = take[int64](d, "a number of groups")
	}
	r.Count = take[int64](d, "a count")
	if t.Units {
		r.Units = listOf[string](d, "an id")
	}
	for i := range t.Measures {
		currency := d.next()
		s := graph.Summary{Count: take[int64](d, "a count")}
		s.Sum, s.Min, s.Max = d.next(), d.ofSortKey(t.Measures[i].Ref.Prop), d.ofSortKey(t.Measures[i].Ref.Prop)
		if t.Measures[i].Values {
			s.Values = listOf[int64](d, "a number")
		}
		if s.Count == 0 { // the sum of nothing is 0 to Neo4j
			continue
		}
		s.Currency, _ = currency.(string)
		r.Measures[i] = s
	}
	return r
}

// listOf reads a list of values, or of lists of them, and puts it in order; nil: there are none.
func listOf[T cmp.Ordered](d *decoder, what string) (out []T) {
	for _, v := range take[[]any](d, "a list") {
		if of, is := v.([]any); is {
			in := d.inside([]any{of})
			out = append(out, listOf[T](in, what)...)
			continue
		}
		x, is := v.(T)
		if !is {
			d.fail(what, v)
		}
		out = append(out, x)
	}
	slices.Sort(out)
	return out
}

// ofSortKey is the value that the next sort key tells.
func (d *decoder) ofSortKey(p *graph.Property) any {
	v := d.next()
	switch parts, is := v.([]any); {
	case is && p.Folds():
		return parts[len(parts)-1]
	case p.Type == graph.Enum:
		return d.ranked(p, v)
	}
	return v
}
