package resolvers

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

const (
	viewerType    = "Viewer"
	employeeField = "employee"
)

// viewerFields are those of Viewer.
var viewerFields = map[string]func(w *writer, f graphql.CollectedField) (bool, error){
	"subject": func(w *writer, _ graphql.CollectedField) (bool, error) { return w.word(w.o.asker.Actor), nil },
	"purpose": func(w *writer, _ graphql.CollectedField) (bool, error) {
		return w.word(string(w.o.viewer.Purpose)), nil
	},
	"roles": func(w *writer, _ graphql.CollectedField) (bool, error) {
		return w.list(len(w.o.asker.Roles), true, func(i int) bool { return w.word(w.o.asker.Roles[i]) }), nil
	},
	"purposes": func(w *writer, _ graphql.CollectedField) (bool, error) {
		may := slices.DeleteFunc(slices.Clone(graph.Purposes), func(p graph.Purpose) bool { return w.o.asker.May != nil && !w.o.asker.May(string(p)) })
		return w.list(len(may), true, func(i int) bool { return w.word(string(may[i])) }), nil
	},
	"policy":      func(w *writer, f graphql.CollectedField) (bool, error) { return w.answer(queryFields["policy"], f) },
	employeeField: (*writer).employee,
}

// word writes a text, null where it is empty.
func (w *writer) word(s string) bool {
	return s != "" && w.text(s)
}

// viewer answers with who asks.
func (w *writer) viewer(f graphql.CollectedField) (bool, error) {
	fields := bindEach(graphql.CollectFields(w.op, f.Selections, []string{viewerType}), func(sub graphql.CollectedField) field[struct{}] {
		return fieldOf(sub, func(w *writer, _ struct{}) bool {
			ok, err := viewerFields[sub.Name](w, sub)
			if err != nil {
				return w.fail(sub.Field, err)
			}
			return ok
		})
	})
	return fields.write(w, struct{}{}), nil
}

// employee answers with the employee who asks, as the purpose shows employees.
func (w *writer) employee(f graphql.CollectedField) (bool, error) {
	k := w.Catalog.MustKind(f.Definition.Type.Name())
	who, err := w.o.asker.employee(k)
	if who == nil {
		return false, err
	}
	return w.oneNamed(f, k, who, func(_ graphql.CollectedField, fetch *graph.Fetch) (*policy.Reading, error) { return w.read(fetch) })
}

// employee names who asks among our own people, nil where that is not known.
func (q Request) employee(k *graph.Kind) (*name, error) {
	if q.Employee == "" {
		return nil, nil
	}
	if strings.HasPrefix(q.Employee, k.Prefix+"_") {
		return &name{ids: []string{q.Employee}}, nil
	}
	e, ok := graph.ParseKey(q.Employee)
	if !ok {
		return nil, graph.Invalid("the token's claim employee is to be the id of an employee, or a source and its id, as crm:17: %.60q", q.Employee)
	}
	return &name{external: []graph.External{e}}, nil
}

// asksEmployee reports whether a selection on the viewer asks for the employee, which is data of a person.
func asksEmployee(op *graphql.OperationContext, f graphql.CollectedField) bool {
	return slices.ContainsFunc(graphql.CollectFields(op, f.Selections, []string{viewerType}), func(sub graphql.CollectedField) bool { return sub.Name == employeeField })
}
