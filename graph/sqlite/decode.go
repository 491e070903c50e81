package sqlite

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// columns are the values wanted of each row: the id, those of each kind that may come, then of the relationship.
func columns(q *query, l *graph.List, s scope) []string {
	cols := []string{s.id}
	for _, sel := range l.Nodes {
		asked := graph.Asked(sel.Asks, sel.Props)
		on, possible := s.as(sel.Kind)
		if !possible { // of which no rows come
			cols = append(cols, slices.Repeat([]string{"NULL"}, widthOf(asked, sel.Props))...)
			continue
		}
		cols = append(cols, q.outputs(asked, sel.Props, on, false)...)
	}
	return append(cols, q.outputs(graph.Asked(nil, l.Props), l.Props, s, true)...)
}

// outputs are the columns of mentions: whether each condition that is asked is true, then the values, which decoding leaves out where
// theirs is not.
func (q *query) outputs(asked []*graph.Filter, refs []graph.Ref, s scope, onEdge bool) []string {
	var cols []string
	for _, f := range asked {
		cols = append(cols, truth(q.when(f, s)))
	}
	for i := range refs {
		r := &refs[i]
		cols = append(cols, s.column(r.Prop, r.Prop.Name, onEdge))
		if r.Prop.Type == graph.Amount {
			cols = append(cols, s.column(r.Prop, r.Prop.Currency(), onEdge))
		}
	}
	return append(cols, q.needed(refs, s, onEdge)...)
}

// truth is 1 where a condition is true, else 0.
func truth(cond string) string {
	if cond == "" {
		return "1"
	}
	return "(" + cond + ") IS TRUE"
}

// widthOf is how many columns conditions and properties have.
func widthOf(asked []*graph.Filter, refs []graph.Ref) int {
	n := len(asked) + len(refs)
	for _, r := range refs {
		if r.Prop.Type == graph.Amount {
			n++
		}
	}
	if slices.ContainsFunc(refs, func(r graph.Ref) bool { return r.Past() }) {
		n += 2
	}
	return n
}

// decoder reads rows of a list. Its errors name values that no store of the catalog has written.
type decoder struct {
	list *graph.List
	now  graph.Time // the fetch's
}

func (d decoder) row(cells, keys []any) (graph.Row, error) {
	id, ok := cells[0].(string)
	if !ok {
		return graph.Row{}, fmt.Errorf("an id is a %T", cells[0])
	}
	row := graph.Row{ID: id}
	cells = cells[1:]
	var err error
	for _, sel := range d.list.Nodes {
		asked := graph.Asked(sel.Asks, sel.Props)
		n := widthOf(asked, sel.Props)
		if len(d.list.Nodes) == 1 || strings.HasPrefix(id, sel.Kind.Prefix+"_") {
			row.Sel = sel
			var met []bool
			if row.Props, met, err = values(asked, sel.Props, cells, d.now); err != nil {
				return row, err
			}
			row.Met = met[:len(sel.Asks)]
		}
		cells = cells[n:]
	}
	if row.Sel == nil {
		return row, fmt.Errorf("%s is of a kind that was not asked for", id)
	}
	if row.Edge, _, err = values(graph.Asked(nil, d.list.Props), d.list.Props, cells, d.now); err != nil {
		return row, err
	}
	if d.list.Search != nil {
		row.Found, err = foundIn(d.list.Search, keys[0])
		return row, err
	}
	row.Keys, err = d.keys(keys)
	return row, err
}

func (d decoder) keys(cells []any) ([]any, error) {
	if len(cells) == 0 {
		return nil, nil
	}
	keys := make([]any, len(cells))
	for i, v := range cells {
		if i < len(d.list.Order) && d.list.Order[i].Prop != nil {
			var err error
			if v, err = sorted(d.list.Order[i].Prop.Prop, v); err != nil {
				return nil, err
			}
		}
		keys[i] = v
	}
	return keys, nil
}

// sorted is the value that the last part of a sort key tells.
func sorted(p *graph.Property, v any) (any, error) {
	if p.Type != graph.Enum || v == nil {
		return value(p, v)
	}
	if v := p.Value(v); v != nil {
		return v, nil
	}
	return nil, fmt.Errorf("%s has no value at the place %v", p.Path(), v)
}

// values reads which conditions are met, and the values of mentions whose own is.
func values(asked []*graph.Filter, refs []graph.Ref, cells []any, now graph.Time) (out []any, met []bool, err error) {
	if len(asked) > 0 {
		met = make([]bool, len(asked))
		for i := range met {
			met[i] = cells[i] == int64(1)
		}
		cells = cells[len(asked):]
	}
	if len(refs) > 0 {
		out = make([]any, len(refs))
	}
	var kept []any // versions, and when they were recorded
	if slices.ContainsFunc(refs, func(r graph.Ref) bool { return r.Past() }) {
		n := widthOf(nil, refs)
		kept = cells[n-2 : n]
	}
	for i := range refs {
		r := &refs[i]
		v, err := value(r.Prop, cells[0])
		if err != nil {
			return nil, nil, err
		}
		cells = cells[1:]
		if r.Prop.Type == graph.Amount {
			currency, _ := cells[0].(string)
			cells = cells[1:]
			if v != nil {
				v = graph.Money{Amount: v.(int64), Currency: currency}
			}
		}
		if r.Past() {
			if v, err = was(r, v, kept[0], kept[1], now); err != nil {
				return nil, nil, err
			}
		}
		if !r.Missing(asked, met) {
			out[i] = v
		}
	}
	return out, met, nil
}

// value gives a column's value the type that the contract has for the property; of an amount, the number alone.
func value(p *graph.Property, v any) (any, error) {
	ok := v == nil
	switch x := v.(type) {
	case string:
		if p.Type == graph.Strings {
			texts := []string{}
			err := json.Unmarshal([]byte(x), &texts)
			return texts, err
		}
		if p.Type == graph.Versions {
			return versionsOf(p, x)
		}
		ok = p.Type == graph.String || p.Type == graph.Enum
	case int64:
		if p.Type == graph.Bool {
			return x != 0, nil
		}
		ok = p.Type != graph.String && p.Type != graph.Enum && p.Type != graph.Strings
	}
	if !ok {
		return nil, fmt.Errorf("%s.%s is a %T", p.Owner, p.Name, v)
	}
	return v, nil
}
