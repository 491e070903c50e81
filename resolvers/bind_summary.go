package resolvers

import (
	"math"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
)

// A measured says how what is found of a property is written, by its type.
type measured struct {
	value func([]byte, int64) []byte // one that occurs
	sum   func([]byte, int64) []byte // nil: times are not added up
	mean  func([]byte, *graph.Summary) []byte
}

// durations is no property's type, but that of the time from one instant to another: microseconds, which are told in seconds.
const durations = graph.Type(math.MaxUint8)

// millionths are of what is kept as whole millionths.
var millionths = measured{
	func(b []byte, n int64) []byte { return append(b, graph.Score(n).String()...) },
	func(b []byte, n int64) []byte { return appendFloat(b, graph.Score(n).Float()) },
	func(b []byte, s *graph.Summary) []byte {
		return appendFloat(b, graph.Score(s.Sum.(int64)).Float()/float64(s.Count))
	},
}

var measuredTypes = map[graph.Type]measured{
	graph.Int: {
		func(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) },
		func(b []byte, n int64) []byte { return appendFloat(b, float64(n)) },
		func(b []byte, s *graph.Summary) []byte {
			return appendFloat(b, float64(s.Sum.(int64))/float64(s.Count))
		},
	},
	graph.Float: millionths,
	graph.Amount: {appendAmount, appendAmount,
		func(b []byte, s *graph.Summary) []byte {
			return appendAmount(b, graph.DivRound(s.Sum.(int64), s.Count))
		},
	},
	durations:     millionths,
	graph.Instant: {value: func(b []byte, n int64) []byte { return appendTime(b, graph.Time(n)) }},
	graph.Day:     {value: func(b []byte, n int64) []byte { return appendDate(b, graph.Date(n)) }},
}

// summaries are the fields of what is found of a property that have no arguments, by its type.
var summaries = func() map[graph.Type]table[*graph.Summary] {
	all := map[graph.Type]table[*graph.Summary]{}
	for typ, m := range measuredTypes {
		t := table[*graph.Summary]{
			"count":   func(w *writer, s *graph.Summary) bool { return w.number(s.Count) },
			"minimum": known(func(b []byte, s *graph.Summary) []byte { return m.value(b, s.Min.(int64)) }),
			"maximum": known(func(b []byte, s *graph.Summary) []byte { return m.value(b, s.Max.(int64)) }),
			"median":  known(func(b []byte, s *graph.Summary) []byte { return m.value(b, s.Percentile(graph.Median)) }),
		}
		if m.sum != nil {
			t["sum"] = known(func(b []byte, s *graph.Summary) []byte { return m.sum(b, s.Sum.(int64)) })
			t["mean"] = known(m.mean)
		}
		if typ == graph.Amount {
			t["currency"] = func(w *writer, s *graph.Summary) bool { return w.text(s.Currency) }
		}
		all[typ] = t
	}
	return all
}()

// summaryFields binds what is selected of what is found of a property.
func (b *binder) summaryFields(t graph.Type, f graphql.CollectedField) object[*graph.Summary] {
	return bindEach(b.collect(f.Selections), func(g graphql.CollectedField) field[*graph.Summary] {
		if g.Name != "percentile" {
			return fieldOf(g, summaries[t][g.Name])
		}
		share, err := shareOf(g.ArgumentMap(b.op.Variables)["of"])
		if err != nil {
			panic(err) // the plan has refused it
		}
		return fieldOf(g, known(func(b []byte, s *graph.Summary) []byte { return measuredTypes[t].value(b, s.Percentile(share)) }))
	})
}

// known writes what is known where there is any value.
func known(write func([]byte, *graph.Summary) []byte) func(*writer, *graph.Summary) bool {
	return func(w *writer, s *graph.Summary) bool {
		if s.Count == 0 {
			return false
		}
		w.b = write(w.b, s)
		return true
	}
}
