package resolvers

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
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
