package graph

import "time"

// What parts of a condition add to the time that a database takes to plan a statement which it has not seen: CPU of Neo4j, as measured. A
// database that plans nothing is asked the same, so that what is refused does not depend on it.
const (
	planTest       = 6 * time.Millisecond
	planQuantified = 30 * time.Millisecond
	planWalk       = 150 * time.Millisecond
)

// MostPlanning is what a caller's filter may add to the time that a statement takes to be planned.
const MostPlanning = 1500 * time.Millisecond

// Planning estimates what a filter adds to the time that a statement takes to be planned. Guards do not count: a caller is not to learn
// by the estimate what is withheld.
func (f *Filter) Planning() time.Duration {
	switch {
	case f == nil:
		return 0
	case f.Test != nil:
		return planTest
	case f.Some != nil:
		return f.Some.planning()
	case f.Every != nil:
		return f.Every.planning()
	case f.Total != nil:
		return (&Quantified{Edge: f.Total.Over.Edge, Filter: f.Total.Over.Filter}).planning()
	}
	sum := f.Not.Planning() + f.Of.Planning() + f.Fails.Planning()
	for _, g := range f.And {
		sum += g.Planning()
	}
	for _, g := range f.Or {
		sum += g.Planning()
	}
	return sum
}

func (q *Quantified) planning() time.Duration {
	sum := planQuantified + q.Filter.Planning()
	if q.Edge.Walks() {
		sum += planWalk
	}
	return sum
}
