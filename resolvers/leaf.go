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

// leaf writes a property's value; an amount is none, but has fields.
func (w *writer) leaf(t graph.Type, v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		w.b = appendText(w.b, v)
	case bool:
		w.b = strconv.AppendBool(w.b, v)
	case []string:
		return w.list(len(v), true, func(i int) bool {
			w.b = appendText(w.b, v[i])
			return true
		})
	case int64:
		switch t {
		case graph.Instant:
			w.b = appendTime(w.b, graph.Time(v))
		case graph.Day:
			w.b = appendDate(w.b, graph.Date(v))
		case graph.Float:
			w.b = append(w.b, graph.Score(v).String()...)
		default:
			w.b = strconv.AppendInt(w.b, v, 10)
		}
	default:
		panic(fmt.Sprintf("resolvers: a property cannot have a %T", v))
	}
	return true
}
