package resolvers

import (
	"fmt"
	"strconv"
	"time"

	"github.com/kithgraph/kith/graph"
)

// appendText writes a text as JSON: what need not be escaped is not.
func appendText(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '\\' && c != '"' {
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '\t':
			b = append(b, `\t`...)
		case '\r':
			b = append(b, `\r`...)
		case '\n':
			b = append(b, `\n`...)
		case '\\', '"':
			b = append(b, '\\', c)
		default:
			b = append(b, `\u00`...)
			b = append(b, hex[c>>4], hex[c&0xf])
		}
		start = i + 1
	}
	return append(append(b, s[start:]...), '"')
}

func appendTime(b []byte, t graph.Time) []byte {
	return append(t.Std().AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
}

func appendDate(b []byte, d graph.Date) []byte {
	return append(graph.Time(d).Std().AppendFormat(append(b, '"'), time.DateOnly), '"')
}

func appendAmount(b []byte, n int64) []byte {
	return append(append(append(b, '"'), graph.FormatAmount(n)...), '"')
}

func appendFloat(b []byte, f float64) []byte { return fmt.Appendf(b, "%g", f) }

func (w *writer) text(s string) bool {
	w.b = appendText(w.b, s)
	return true
}

func (w *writer) number(n int64) bool {
	w.b = strconv.AppendInt(w.b, n, 10)
	return true
}

func (w *writer) boolean(is bool) bool {
	w.b = strconv.AppendBool(w.b, is)
	return true
}

// count writes how many there are in a group; nil: none.
func (w *writer) count(g *graph.Group) bool {
	if g == nil {
		return w.number(0)
	}
	return w.number(g.Count)
}

// leaf writes a property's value; an amount is none, but has fields.
func (w *writer) leaf(t graph.Type, v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return w.text(v)
	case bool:
		return w.boolean(v)
	case []string:
		return w.list(len(v), true, func(i int) bool { return w.text(v[i]) })
	case int64:
		switch t {
		case graph.Instant:
			w.b = appendTime(w.b, graph.Time(v))
		case graph.Day:
			w.b = appendDate(w.b, graph.Date(v))
		case graph.Float:
			w.b = append(w.b, graph.Score(v).String()...)
		default:
			return w.number(v)
		}
	default:
		panic(fmt.Sprintf("resolvers: a property cannot have a %T", v))
	}
	return true
}
