// Package bind has the Go types that GraphQL's types are bound to, but for the kinds, which are in graph/model. It imports
// graph and gqlgen's graphql.
package bind

import (
	"fmt"
	"io"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
)

func quoted(s string) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { io.WriteString(w, strconv.Quote(s)) })
}

// MarshalDateTime writes RFC 3339 in UTC.
func MarshalDateTime(t graph.Time) graphql.Marshaler { return quoted(t.String()) }

// UnmarshalDateTime reads RFC 3339.
func UnmarshalDateTime(v any) (graph.Time, error) {
	s, ok := v.(string)
	if !ok {
		return 0, fmt.Errorf("%v is not an instant such as 2026-01-31T09:30:00Z", v)
	}
	return graph.ParseTime(s)
}

// MarshalDate writes a day such as 2026-01-31.
func MarshalDate(d graph.Date) graphql.Marshaler { return quoted(d.String()) }

// UnmarshalDate reads a day such as 2026-01-31.
func UnmarshalDate(v any) (graph.Date, error) {
	s, ok := v.(string)
	if !ok {
		return 0, fmt.Errorf("%v is not a day such as 2026-01-31", v)
	}
	return graph.ParseDate(s)
}

// An Amount is a decimal number at scale 4.
type Amount int64

// MarshalDecimal writes an exact decimal number as a string.
func MarshalDecimal(a Amount) graphql.Marshaler { return quoted(graph.FormatAmount(int64(a))) }

// UnmarshalDecimal reads a decimal number, as a string or a number.
func UnmarshalDecimal(v any) (Amount, error) {
	n, err := graph.ParseAmount(fmt.Sprint(v))
	return Amount(n), err
}

// MarshalScore writes a number with at most six decimals.
func MarshalScore(s graph.Score) graphql.Marshaler {
	return graphql.WriterFunc(func(w io.Writer) { io.WriteString(w, s.String()) })
}

// UnmarshalScore reads a number with at most six decimals.
func UnmarshalScore(v any) (graph.Score, error) { return graph.ParseScore(fmt.Sprint(v)) }
