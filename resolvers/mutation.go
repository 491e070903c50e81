package resolvers

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/resolvers/gql"
)

// changes is a mutation that makes or changes a node, which is the payload's field.
func changes(kind, field string, by func(*change.Caller, context.Context, *change.Input) (map[string]string, error)) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) {
		in := r.input(ctx, kind, field)
		in.node()
		ids, err := by(r.caller(ctx), ctx, in.Input)
		return r.changed(ctx, ids, err)
	}
}

// relates is a mutation of a relationship between what two fields of its input name. It leaves a node of one of some kinds, by an edge that
// these have, and becomes what the linking says.
func relates(field, edge, to string, how change.Linking, kinds ...string) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) {
		kind := kinds[0]
		if k := r.Catalog.KindOf(text(inputOf(ctx)[field])); k != nil && slices.Contains(kinds, k.Name) {
			kind = k.Name
		}
		in := r.input(ctx, kind, field)
		in.relationship(edge, to)
		ids, err := r.caller(ctx).Relate(ctx, in.Input, how)
		return r.changed(ctx, ids, err)
	}
}

// changed answers with the nodes whose ids a change gave, by fields of the payload, or with why it was not made.
func (r *Resolver) changed(ctx context.Context, ids map[string]string, err error) (*payload, error) {
	if err != nil {
		return failed(err)
	}
	return r.payload(ctx, operationOf(ctx), ids)
}

// caller is who asks, as somebody who changes something.
func (r *Resolver) caller(ctx context.Context) *change.Caller {
	o := operationOf(ctx)
	return &change.Caller{
		Reader: o.Reader, Writer: r.Writer, Catalog: r.Catalog, Viewer: o.viewer, Record: &o.record, Now: o.now, Actor: o.asker.Actor, Reference: o.asker.Reference, Needs: o.asker.needs,
		Employee: func(k *graph.Kind) (*graph.NodeRef, error) {
			who, err := o.asker.employee(k)
			if who == nil {
				return nil, err
			}
			return who.ref(k), nil
		},
	}
}

// failed is the payload of a change that was not made, if that is the caller's fault.
func failed(err error) (*payload, error) {
	var faults change.Faults
	if !errors.As(err, &faults) {
		return nil, err
	}
	out := &payload{}
	for _, f := range faults {
		field := "input"
		if f.Field != "" {
			field += "." + f.Field
		}
		code := gql.UserErrorCode(f.Code)
		if f.Code == graph.BadInput {
			code = gql.UserErrorCodeInvalid
		}
		out.UserErrors = append(out.UserErrors, &gql.UserError{Code: code, Field: field, Message: f.Reason})
	}
	return out, nil
}

// keyOf is the caller's own key of a mutation. What is kept of the input is a keyed hash, from which nobody who has the store alone can find
// out what it was, by trying.
func (r *Resolver) keyOf(ctx context.Context) change.Key {
	input := inputOf(ctx)
	return change.Key{Text: text(input["key"]), Once: func(actor string) (*graph.Once, error) {
		rest := maps.Clone(input)
		delete(rest, "key")
		said, err := json.Marshal(rest) // with sorted keys
		if err != nil {
			return nil, &graph.Error{Code: graph.Internal, Message: "the input cannot be written down", Err: err}
		}
		mark := r.Key.Marks("changes")
		sum := func(a, b string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(mark(a+"\x00"+b)))) }
		return &graph.Once{Key: sum(actor, text(input["key"])), Hash: sum(graphql.GetFieldContext(ctx).Field.Name, string(said))}, nil
	}}
}

// inputOf is the argument of the mutation that is being resolved.
func inputOf(ctx context.Context) map[string]any {
	args := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	input, _ := args["input"].(map[string]any)
	return input
}

// A payload is what came of a change: the nodes that were changed, or why nothing was.
type payload struct {
	nodes      map[string]func(*writer) bool // writes each, by its name in the answer
	Export     *gql.SubjectExport
	UserErrors []*gql.UserError
}

var payloadType = reflect.TypeFor[payload]()

// payload reads what the selection asks of the nodes that are given by the payload's fields, by one fetch, as any other read
// of an operation does: as that of who asks or, where less is to be seen, of another viewer.
func (r *Resolver) payload(ctx context.Context, as *operation, ids map[string]string) (*payload, error) {
	op, o := graphql.GetOperationContext(ctx), operationOf(ctx)
	w := &writer{Resolver: r, o: o, op: op, ctx: ctx, path: []step{{name: graphql.GetFieldContext(ctx).Field.Alias}}}
	p := r.planner(op, as)
	var all []*graph.List
	lists := map[string]*graph.List{} // by field: aliases of one meet in it
	var fields []graphql.CollectedField
	for _, f := range p.collect(graphql.GetFieldContext(ctx).Field.Selections) {
		id := ids[f.Name]
		if id == "" {
			continue
		}
		k := r.Catalog.KindOf(id)
		p.path = []string{f.Name}
		if l := lists[f.Name]; l != nil {
			p.fill(l.Nodes[0], f.Selections)
		} else if !w.note(as.viewer.Single(k), ast.PathName(f.Alias)) {
			l := p.ofKind(f, k)
			l.IDs = []string{id}
			lists[f.Name], all = l, append(all, l)
		} else {
			continue
		}
		fields = append(fields, f)
	}
	o.takeNotes(w.notes)
	out := &payload{}
	if p.err != nil || len(all) == 0 {
		return out, p.err
	}
	made := p.planned(all)
	read, err := as.Read(ctx, made.fetch(o.now))
	if err != nil {
		return nil, err
	}
	out.nodes = bindTo(w, made, read, func(b *binder, planned, guarded []*graph.List) map[string]func(*writer) bool {
		nodes := map[string]func(*writer) bool{}
		for _, f := range fields {
			l := lists[f.Name]
			n, rows := b.nodes(l.Nodes, listOf(guarded, l.Key).Nodes, f.Selections), read.Answer(l).Rows
			nodes[f.Alias] = func(to *writer) bool {
				to.reads(made, read)
				to.o = as
				defer func() { to.o = o }()
				return len(rows) > 0 && n.write(to, &rows[0])
			}
		}
		return nodes
	})
	return out, nil
}

// An input is that of a mutation, as far as it is read.
type input struct {
	*change.Input
	args map[string]any
}

// input begins to read that of the mutation which is being resolved, about a node of a kind that a field names.
func (r *Resolver) input(ctx context.Context, kind, field string) *input {
	args, form := inputOf(ctx), r.Schema.Types[graphql.GetFieldContext(ctx).Field.Definition.Arguments.ForName("input").Type.Name()]
	k := r.Catalog.MustKind(kind)
	in := &change.Input{Key: r.keyOf(ctx), Kind: k, Field: field, ID: text(args[field]), Form: r.formOf(form, k), UpdatedAt: moment(args["updatedAt"]), Since: moment(args["since"])}
	if row, given := args["external"].(map[string]any); given {
		in.External = &graph.External{Source: text(row["source"]), ID: text(row["id"])}
	}
	return &input{in, args}
}

// formOf is what the definition of an input, about a kind, says of what is not given.
func (r *Resolver) formOf(def *ast.Definition, k *graph.Kind) change.Form {
	form := change.Form{Usual: map[string]string{}, Required: r.required[k]}
	form.Now, form.Numbered = sdl.Sets(def)
	for _, f := range def.Fields {
		if f.DefaultValue != nil {
			form.Usual[f.Name] = f.DefaultValue.Raw // of an enumeration
		}
		if e := k.Edge(f.Name); e != nil && !e.One && f.Type.NonNull {
			form.Needed = append(form.Needed, f.Name)
		}
	}
	return form
}

// moment reads an instant, nil where none is given.
func moment(v any) *change.Moment {
	if v == nil {
		return nil
	}
	at, err := graph.ParseTime(text(v))
	return &change.Moment{At: at, Wrong: err}
}

// node reads what is said of the node: its values, and those that it is to lead to.
func (in *input) node() {
	in.Values, in.Wrong = valuesOf(in.Kind.Properties, in.args, "")
	for _, e := range in.Kind.Edges {
		v := in.args[e.Name]
		switch {
		case v == nil:
		case e.One:
			in.Leads = append(in.Leads, change.Reference{Edge: e, Field: e.Name, ID: text(v)})
		default:
			for i, el := range elements(v) {
				in.Leads = append(in.Leads, element(e, el, fmt.Sprintf("%s[%d]", e.Name, i)))
			}
		}
	}
}

// element reads one of several nodes: an id, or an id with properties of the relationship.
func element(e *graph.Edge, v any, path string) change.Reference {
	r := change.Reference{Edge: e, Field: path, ID: text(v), Values: graph.Values{}, At: path}
	if m, is := v.(map[string]any); is {
		r.Field, r.ID = path+".id", text(m["id"])
		r.Values, r.Wrong = valuesOf(e.Rel.Properties, m, path+".")
	}
	return r
}

// relationship reads what is said of one: its values, and the node that it leads to.
func (in *input) relationship(edge, to string) {
	e := in.Kind.Edge(edge)
	in.Values, in.Wrong = valuesOf(e.Rel.Properties, in.args, "")
	in.Leads = []change.Reference{{Edge: e, Field: to, ID: text(in.args[to])}}
}

// valuesOf reads what an input says of properties. Null takes a value away.
func valuesOf(props []*graph.Property, args map[string]any, path string) (graph.Values, []change.Fault) {
	set, wrong := graph.Values{}, []change.Fault(nil)
	for _, p := range props {
		v, given := args[p.Field()]
		if !p.Given() || !given {
			continue
		}
		if v == nil {
			set[p.Name] = nil
		} else if x, err := valueOf(p, v); err != nil {
			wrong = append(wrong, change.Fault{Code: graph.BadInput, Field: path + p.Field(), Reason: err.Error()})
		} else {
			set[p.Name] = x
		}
	}
	return set, wrong
}
