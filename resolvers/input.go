package resolvers

import (
	"context"
	"fmt"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/sdl"
)

// An input is that of a mutation, as far as it is read.
type input struct {
	*change.Input
	args map[string]any
}

// input begins to read that of the mutation which is being resolved, about a node of a kind that a field names.
func (r *Resolver) input(ctx context.Context, kind, field string) *input {
	args, form := inputOf(ctx), r.Schema.Types[graphql.GetFieldContext(ctx).Field.Definition.Arguments.ForName("input").Type.Name()]
	k := r.Catalog.MustKind(kind)
	in := &change.Input{Key: r.keyOf(ctx), Kind: k, Field: field, ID: text(args[field]), Form: formOf(form, k), UpdatedAt: moment(args["updatedAt"]), Since: moment(args["since"])}
	if row, given := args["external"].(map[string]any); given {
		in.External = &graph.External{Source: text(row["source"]), ID: text(row["id"])}
	}
	return &input{in, args}
}

// formOf is what the definition of an input, about a kind, says of what is not given.
func formOf(def *ast.Definition, k *graph.Kind) change.Form {
	form := change.Form{Usual: map[string]string{}}
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
