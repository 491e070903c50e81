package sqlite

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// columns are the values wanted of each row: the id, those of each kind that may come, then of the relationship.
func columns(q *query, l *graph.List, s scope) []string {
	cols := []string{s.id}
	for _, sel := range l.Nodes {
		on, _ := s.as(sel.Kind)
		for i := range sel.Props {
			cols = append(cols, q.output(&sel.Props[i], on, false)...)
		}
		for _, f := range sel.Tests {
			cols = append(cols, truth(q.when(f, on)))
		}
	}
	for i := range l.Props {
		cols = append(cols, q.output(&l.Props[i], s, true)...)
	}
	return cols
}

// truth is 1 where a condition is true, else 0.
func truth(cond string) string {
	if cond == "" {
		return "1"
	}
	return "(" + cond + ") IS TRUE"
}

// widthOf is how many columns the properties have.
func widthOf(refs []graph.Ref) int {
	n := len(refs)
	for _, r := range refs {
		if r.Prop.Type == graph.Amount {
			n++
		}
	}
	return n
}

// decoder reads rows of a list. Its errors name values that no store of the catalog has written.
type decoder struct{ list *graph.List }

func (d decoder) row(cells, keys []any) (graph.Row, error) {
	id, ok := cells[0].(string)
	if !ok {
		return graph.Row{}, fmt.Errorf("an id is a %T", cells[0])
	}
	row := graph.Row{ID: id}
	cells = cells[1:]
	var err error
	for _, sel := range d.list.Nodes {
		n := widthOf(sel.Props)
		if len(d.list.Nodes) == 1 || strings.HasPrefix(id, sel.Kind.Prefix+"_") {
			row.Sel = sel
			if row.Props, err = values(sel.Props, cells[:n]); err != nil {
				return row, err
			}
			for i := range sel.Tests {
				row.Tests = append(row.Tests, cells[n+i] == int64(1))
			}
		}
		cells = cells[n+len(sel.Tests):]
	}
	if row.Sel == nil {
		return row, fmt.Errorf("%s is of a kind that was not asked for", id)
	}
	if row.Edge, err = values(d.list.Props, cells); err != nil {
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
			if v, err = value(d.list.Order[i].Prop.Prop, v); err != nil {
				return nil, err
			}
		}
		keys[i] = v
	}
	return keys, nil
}

func values(refs []graph.Ref, cells []any) ([]any, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	out := make([]any, len(refs))
	for i, r := range refs {
		v, err := value(r.Prop, cells[0])
		if err != nil {
			return nil, err
		}
		cells = cells[1:]
		if r.Prop.Type == graph.Amount {
			currency, _ := cells[0].(string)
			cells = cells[1:]
			if v != nil {
				v = graph.Money{Amount: v.(int64), Currency: currency}
			}
		}
		out[i] = v
	}
	return out, nil
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
