package ingest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/cockroachdb/apd/v3"

	"github.com/kithgraph/kith/graph"
)

// convert gives an expression's value the type of its property. The error says what the value is and what is wanted.
func convert(p *graph.Property, v any) (any, error) {
	if v == nil {
		return nil, nil
	}
	switch p.Type {
	case graph.String, graph.Enum:
		return text(v), nil
	case graph.Int:
		n, err := strconv.ParseInt(text(v), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a whole number", text(v))
		}
		return n, nil
	case graph.Float:
		n, err := graph.ParseScore(text(v))
		return int64(n), err
	case graph.Bool:
		switch strings.ToLower(text(v)) {
		case "true", "1", "yes":
			return true, nil
		case "false", "0", "no":
			return false, nil
		}
		return nil, fmt.Errorf("%q is neither true nor false", text(v))
	case graph.Instant:
		switch v := v.(type) {
		case instant:
			return int64(v), nil
		case day:
			return int64(v), nil
		}
		t, err := graph.ParseTime(text(v))
		return int64(t), err
	case graph.Day:
		if d, ok := v.(day); ok {
			return int64(d), nil
		}
		d, err := graph.ParseDate(text(v))
		return int64(d), err
	case graph.Amount:
		if m, ok := v.(graph.Money); ok {
			return m, nil
		}
		return nil, fmt.Errorf("%q is no amount: use money(amount, currency)", text(v))
	}
	return texts(v)
}

// texts makes a list of texts.
func texts(v any) (any, error) {
	switch list := v.(type) {
	case []string:
		return list, nil
	case []any:
		out := make([]string, len(list))
		for i, e := range list {
			if e == nil {
				return nil, fmt.Errorf("an element of the list is missing")
			}
			out[i] = text(e)
		}
		return out, nil
	}
	return nil, fmt.Errorf("%q is not a list", text(v))
}

func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case *apd.Decimal:
		return v.Text('f')
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
