package resolvers

import (
	"context"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// A Request is who asks, and what for.
type Request struct {
	Actor string
	Roles []string
	// Has reports whether who asks has a role: reader, writer, officer or sync; nil: all.
	Has func(role string) bool
	// Purpose is the one the request names beside the document; Default the one that counts where neither does.
	Purpose, Default string
	// May reports whether who asks may ask for the purpose; nil: for all.
	May func(purpose string) bool
	// Customer is the id of the customer who asks herself, for SELF alone; then roles do not matter.
	Customer  string
	Employee  string // the id, or source:id, of the employee who asks; empty: it is not known
	Reference string // a case, an order or a deal that the request is about
	Token     string // that the request came with: receipts of two are never one
}

// needs fails where who asks has not the role.
func (q Request) needs(role string) error {
	if q.Has != nil && !q.Has(role) {
		return &graph.Error{Code: graph.Forbidden, Message: "this takes the role " + role}
	}
	return nil
}

type requestKey struct{}

// WithRequest has the operations under ctx be asked by q.
func WithRequest(ctx context.Context, q Request) context.Context {
	return context.WithValue(ctx, requestKey{}, q)
}

func requestOf(ctx context.Context) Request {
	q, _ := ctx.Value(requestKey{}).(Request)
	return q
}

// viewer settles the purpose: the request's, the operation's directive, or the default. Nil where the operation asks for
// nothing that a purpose is needed for.
func (r *Resolver) viewer(op *graphql.OperationContext, q Request) (*policy.Viewer, error) {
	purpose, rules := q.Purpose, r.Policy()
	if purpose != "" && !slices.Contains(graph.Purposes, graph.Purpose(purpose)) {
		return nil, graph.Invalid("there is no purpose %.40q; the purposes are %s", purpose, purposes())
	}
	if d := op.Operation.Directives.ForName("purpose"); d != nil {
		is := d.Arguments.ForName("is").Value
		if is.Kind == ast.Variable {
			return nil, graph.Invalid("the purpose is to stand in the document, not in a variable")
		}
		if purpose != "" && purpose != is.Raw {
			return nil, graph.Invalid("the request is for %s, and its operation for %s: name one purpose", purpose, is.Raw)
		}
		purpose = is.Raw
	}
	if purpose == "" {
		purpose = q.Default
	}
	viewer := &policy.Viewer{Lens: rules.Lens(r.Catalog, graph.Purpose(purpose)), Subject: q.Customer}
	self, changes := viewer.Own(), op.Operation.Operation == ast.Mutation
	switch {
	case purpose == "" && impersonal(op):
		return viewer, nil
	case purpose != "" && self != (q.Customer != ""):
		return nil, &graph.Error{Code: graph.PurposeDenied, Message: "the purpose SELF, and no other, is for a customer whom the token names (claim customer)"}
	case !self && q.needs("reader") != nil:
		return nil, q.needs("reader")
	case purpose == "":
		return nil, &graph.Error{Code: graph.PurposeRequired, Message: "say what the answer is for, in the header Kith-Purpose or by @purpose(is: …) on the operation; the purposes are " + purposes()}
	case q.May != nil && !q.May(purpose):
		return nil, &graph.Error{Code: graph.PurposeDenied, Message: "whoever asks may not ask for the purpose " + purpose}
	case changes && viewer.Changes(true) != nil:
		return nil, viewer.Changes(true)
	case graph.Blank(q.Reference) && rules.NeedsReference(graph.Purpose(purpose)) && !impersonal(op):
		return nil, graph.Invalid("a request for %s is to name the case, the order or the deal it is about in the header Kith-Reference", purpose)
	}
	return viewer, nil
}

func purposes() string { return strings.Join(graph.Texts(graph.Purposes), ", ") }

// impersonal reports whether an operation asks for the schema and the policy alone.
func impersonal(op *graphql.OperationContext) bool {
	return !slices.ContainsFunc(graphql.CollectFields(op, op.Operation.SelectionSet, []string{"Query", "Mutation"}), func(f graphql.CollectedField) bool {
		return !strings.HasPrefix(f.Name, "__") && f.Name != "policy" && f.Name != "fieldPolicy" && (f.Name != "viewer" || asksEmployee(op, f))
	})
}

// refused answers an operation that is not run, with an error that is yet to be presented.
func refused(err error) graphql.ResponseHandler {
	return graphql.OneShot(&graphql.Response{Errors: gqlerror.List{gqlerror.Wrap(err)}})
}

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
