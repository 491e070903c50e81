package resolvers

import (
	"reflect"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
	"github.com/kithgraph/kith/graph/policy"
)

type (
	roleComparisons struct {
		ComparedAt graph.Time
		Roles      []roleComparison
	}
	roleComparison struct {
		Role      string
		Supported *bool
		Won, Lost toldShare
	}
	// A toldShare is null where too few persons stand behind it, which is noted.
	toldShare struct{ *committee.Share }
)

var toldShareType = reflect.TypeFor[toldShare]()

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
		told.Roles = append(told.Roles, roleComparison{c.Role, c.Supported, toldShare{c.Won}, toldShare{c.Lost}})
	}
	b := binder{planner: w.planner(w.op, w.o)}
	return b.plain(reflect.TypeOf(told), f.Definition.Type, f.Selections)(w, reflect.ValueOf(&told).Elem()), nil
}

// toldShare binds a share of decided deals.
func (b *binder) toldShare(write func(*writer, reflect.Value) bool) func(*writer, reflect.Value) bool {
	return func(w *writer, v reflect.Value) bool {
		s := v.Interface().(toldShare)
		if s.Share == nil {
			w.note(&policy.Withheld{Reason: policy.SmallGroup, Category: graph.CategoryRelationship})
			return false
		}
		return write(w, reflect.ValueOf(s.Share).Elem())
	}
}
