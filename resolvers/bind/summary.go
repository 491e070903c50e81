package bind

import "github.com/kithgraph/kith/graph"

// Summarise shows what a measure of a property of the given type found: one summary, or of amounts one a currency.
func Summarise(t graph.Type, found []graph.Summary) any {
	if t == graph.Amount {
		out := []*MoneyAggregate{}
		for _, s := range found {
			sum := s.Sum.(int64)
			mean := Amount(graph.DivRound(sum, s.Count))
			out = append(out, &MoneyAggregate{Currency: s.Currency, Count: &s.Count, Sum: ptr(Amount(sum)), Mean: &mean,
				Minimum: ptr(Amount(s.Min.(int64))), Maximum: ptr(Amount(s.Max.(int64)))})
		}
		return out
	}
	var s graph.Summary
	if len(found) > 0 {
		s = found[0]
	}
	switch t {
	case graph.Int:
		a := &IntAggregate{Count: &s.Count}
		if s.Count > 0 {
			sum := float64(s.Sum.(int64))
			a.Sum, a.Mean, a.Minimum, a.Maximum = &sum, ptr(sum/float64(s.Count)), ptr(s.Min.(int64)), ptr(s.Max.(int64))
		}
		return a
	case graph.Float:
		a := &FloatAggregate{Count: &s.Count}
		if s.Count > 0 {
			sum := graph.Score(s.Sum.(int64)).Float()
			a.Sum, a.Mean, a.Minimum, a.Maximum = &sum, ptr(sum/float64(s.Count)), ptr(graph.Score(s.Min.(int64))), ptr(graph.Score(s.Max.(int64)))
		}
		return a
	case graph.Instant:
		a := &DateTimeAggregate{Count: &s.Count}
		if s.Count > 0 {
			a.Minimum, a.Maximum = ptr(graph.Time(s.Min.(int64))), ptr(graph.Time(s.Max.(int64)))
		}
		return a
	}
	a := &DateAggregate{Count: &s.Count}
	if s.Count > 0 {
		a.Minimum, a.Maximum = ptr(graph.Date(s.Min.(int64))), ptr(graph.Date(s.Max.(int64)))
	}
	return a
}

func ptr[T any](v T) *T { return &v }
