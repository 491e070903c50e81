package resolvers

import (
	"reflect"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

type (
	roleComparisons struct {
		ComparedAt graph.Time
		Roles      []roleComparison
	}
	roleComparison struct {
		Role      string
		Supported **bool           `null:"RELATIONSHIP"` // or to nothing: too few deals say so
		Won, Lost *committee.Share `null:"RELATIONSHIP"`
	}
)

// roleCoverage answers with what the company's own decided deals say of each role. It rests on what committees are compared with, whether that is
// kept or not.
func (w *writer) roleCoverage(f graphql.CollectedField) (bool, error) {
	deal := w.Catalog.MustKind(committee.DealKind)
	if w.note(w.o.viewer.Root(deal)) || w.note(w.o.viewer.Edge(deal.Edge("claims"))) {
		return false, nil
	}
	place, err := w.o.Place(w.ctx)
	if err != nil {
		return false, err
	}
	w.feedPlace = &place
	if err := w.compare(true); err != nil {
		return false, err
	}
	told := roleComparisons{ComparedAt: w.decided.since(w.o.now)}
	for _, c := range w.decided.roles() {
		r := roleComparison{Role: c.Role, Won: c.Won, Lost: c.Lost}
		if c.Won != nil && c.Lost != nil {
			r.Supported = &c.Supported
		}
		told.Roles = append(told.Roles, r)
	}
	b := binder{planner: w.planner(w.op, w.o)}
	return b.plain(reflect.TypeOf(told), f.Definition.Type, f.Selections)(w, reflect.ValueOf(&told).Elem()), nil
}
