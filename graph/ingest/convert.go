package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
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
	switch v := v.(type) {
	case instant:
		if p.Type == graph.Instant {
			return int64(v), nil
		}
	case day:
		if p.Temporal() {
			return int64(v), nil
		}
	case graph.Money:
		if p.Type == graph.Amount {
			return v, nil
		}
	}
	if cell, is := v.(string); is && p.Format == graph.FormatAttribute {
		return attributesOf(cell)
	}
	if p.Type == graph.Strings {
		return texts(v)
	}
	s, err := scalar(v)
	if err != nil {
		return nil, err
	}
	switch p.Type {
	case graph.Int:
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a whole number", s)
		}
		return n, nil
	case graph.Float:
		n, err := graph.ParseScore(s)
		return int64(n), err
	case graph.Bool:
		switch strings.ToLower(s) {
		case "true", "1", "yes":
			return true, nil
		case "false", "0", "no":
			return false, nil
		}
		return nil, fmt.Errorf("%q is neither true nor false", s)
	case graph.Instant:
		t, err := graph.ParseTime(s)
		return int64(t), err
	case graph.Day:
		d, err := graph.ParseDate(s)
		return int64(d), err
	case graph.Amount:
		return nil, fmt.Errorf("%q is no amount: use money(amount, currency)", s)
	}
	return s, nil
}

// attributesOf reads the cell that a rejected row of an event log has for its attributes: a list of JSON of what each is kept as.
func attributesOf(cell string) (any, error) {
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(cell), &list); err != nil {
		return nil, fmt.Errorf("it must be a list of attributes, in JSON: %q", cell)
	}
	out := make([]string, len(list))
	for i, element := range list {
		if out[i] = oneLine(element); !strings.HasPrefix(out[i], "{") {
			return nil, fmt.Errorf("it must be a list of attributes, which are objects of JSON: %q", out[i])
		}
	}
	return out, nil
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
			var err error
			if out[i], err = scalar(e); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	s, err := scalar(v)
	if err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("%q is not a list", s)
}

// scalars are values as texts.
func scalars(values ...any) (texts []string, err error) {
	texts = make([]string, len(values))
	for i, v := range values {
		if texts[i], err = scalar(v); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

// scalar is a value as a text, as it would be written in a file. The error is of what is more than one value, or none.
func scalar(v any) (string, error) {
	switch v := v.(type) {
	case string:
		return v, nil
	case bool, int, int64:
		return fmt.Sprint(v), nil
	case *apd.Decimal:
		return v.Text('f'), nil
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return "", fmt.Errorf("%v is not a number", v)
		}
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case instant:
		return graph.Time(v).String(), nil
	case day:
		return graph.Date(v).String(), nil
	case graph.Money:
		return v.String(), nil
	case map[string]any:
		return "", errors.New("an object is not one value: name the key within it that is meant")
	case []any, []string:
		return "", errors.New("a list is not one value: name the element that is meant, or join it")
	}
	return "", fmt.Errorf("a %T is no value of a file", v)
}
