package graphtest

import (
	"math"
	"math/big"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// over are the values of a set of edges, and of a count the nodes.
func (r *reading) over(over *graph.Over, currency string, p place) (values []any) {
	for _, q := range r.reach(p, over.Edge) {
		switch {
		case r.truth(over.Filter, q) != yes:
		case over.Prop == nil:
			values = append(values, q.ID)
		default:
			if v := amountIn(currency, r.value(*over.Prop, q, over.OnEdge)); v != nil {
				values = append(values, v)
			}
		}
	}
	return values
}

// folded is what values come to, but for a sum.
func folded(by graph.Adding, values []any) any {
	switch {
	case by == graph.ByCount:
		return int64(len(values))
	case len(values) == 0:
		return nil
	case by == graph.ByLatest:
		return slices.MaxFunc(values, graph.Compare)
	}
	return slices.MinFunc(values, graph.Compare)
}

func sumOf(values []any) *big.Int {
	sum := new(big.Int)
	for _, v := range values {
		sum.Add(sum, big.NewInt(v.(int64)))
	}
	return sum
}

// total compares what a set of edges comes to.
func (r *reading) total(t *graph.Total, p place) truth {
	if r.truth(t.Over.When, p) != yes {
		return unknown
	}
	values := r.over(t.Over, t.Currency, p)
	var v any
	switch sum := sumOf; {
	case t.By != graph.BySum:
		v = folded(t.By, values)
	case len(values) == 0:
	case sum(values).IsInt64():
		v = sum(values).Int64()
	case sum(values).Sign() > 0:
		v = int64(math.MaxInt64)
	default:
		v = int64(math.MinInt64)
	}
	met := unknown
	switch to := r.fetch.Given(t.Value); {
	case t.Op == graph.IsNull:
		met = is(v == nil)
	case v == nil:
	case t.Op == graph.In:
		met = is(slices.Contains(t.Value.([]any), v))
	case t.Op == graph.Eq:
		met = is(v == to)
	default:
		c := graph.Compare(v, to)
		met = is(t.Op == graph.Lt && c < 0 || t.Op == graph.Lte && c <= 0 || t.Op == graph.Gt && c > 0 || t.Op == graph.Gte && c >= 0)
	}
	if t.Not {
		return -met
	}
	return met
}
