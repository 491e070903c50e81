package resolvers

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// changes is a mutation that makes or changes a node, which is the payload's field.
func changes(kind, field string, fill func(*change, context.Context) error) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) { return r.change(ctx, kind, field, fill) }
}

// relates is a mutation of a relationship between what two fields of its input name. It leaves a node of one of some kinds, by an edge that
// these have, and becomes what the linking says.
func relates(field, edge, to string, how linking, kinds ...string) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) {
		kind := kinds[0]
		if k := r.Catalog.KindOf(text(inputOf(ctx)[field])); k != nil && slices.Contains(kinds, k.Name) {
			kind = k.Name
		}
		return r.change(ctx, kind, field, func(c *change, ctx context.Context) error { return c.relate(ctx, c.kind.Edge(edge), to, how) })
	}
}

// changeSource is the source of the nodes that mutations make, where the caller names none.
const changeSource = "kith.changes"

// change makes a mutation's change, once, and answers with the node that it made or changed, which is the payload's field.
func (r *Resolver) change(ctx context.Context, kind, field string, fill func(*change, context.Context) error) (*payload, error) {
	o, input := operationOf(ctx), inputOf(ctx)
	if err := o.viewer.Changes(false); err != nil {
		return nil, err
	}
	if err := o.asker.needs("writer"); err != nil {
		return nil, err
	}
	if wrong := badKey(text(input["key"])); wrong != nil {
		return failed(wrong), nil
	}
	once, err := r.onceOf(ctx, o.asker.Actor, input)
	if err != nil {
		return nil, err
	}
	c := &change{operation: o, catalog: r.Catalog, kind: r.Catalog.MustKind(kind), form: r.formOf(ctx), input: input, field: field, key: once.Key, set: graph.Values{}, stored: graph.Values{}}
	c.batch.Source, c.batch.Actor, c.batch.Once = changeSource, o.asker.Actor, once
	if err := fill(c, ctx); err != nil {
		return nil, err
	}
	if len(c.wrong) > 0 {
		c.faults()
		return failed(c.wrong...), nil
	}
	report, err := r.Writer.Write(ctx, &c.batch)
	if err != nil {
		return c.refused(err)
	}
	ids := map[string]string{}
	for _, ref := range c.refs {
		ids[strings.TrimPrefix(ref.path, "input.")] = ref.id
	}
	ids[field] = report.IDs[0]
	return r.payload(ctx, o, ids)
}

// formOf is the definition of the input of the mutation that is being resolved.
func (r *Resolver) formOf(ctx context.Context) *ast.Definition {
	return r.Schema.Types[graphql.GetFieldContext(ctx).Field.Definition.Arguments.ForName("input").Type.Name()]
}

// onceOf names a change by its caller and her key: nobody can learn of, or take, another's. What is kept of the input is a keyed
// hash, from which nobody who has the store alone can find out what it was, by trying.
func (r *Resolver) onceOf(ctx context.Context, actor string, input map[string]any) (*graph.Once, error) {
	rest := maps.Clone(input)
	delete(rest, "key")
	said, err := json.Marshal(rest) // with sorted keys
	if err != nil {
		return nil, &graph.Error{Code: graph.Internal, Message: "the input cannot be written down", Err: err}
	}
	mark := r.Key.Marks("changes")
	sum := func(a, b string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(mark(a+"\x00"+b)))) }
	return &graph.Once{Key: sum(actor, text(input["key"])), Hash: sum(graphql.GetFieldContext(ctx).Field.Name, string(said))}, nil
}

// refused says which field of the input stood in the way of a batch.
func (c *change) refused(err error) (*payload, error) {
	bad := (*graph.BatchError)(nil)
	switch {
	case errors.Is(err, graph.ErrKeyUsed):
		c.wrong = append(c.wrong, keyUsed())
	case errors.As(err, &bad):
		node := func(p graph.Problem) bool { return !p.Edge }
		for _, p := range bad.Problems {
			if !p.Edge || !slices.ContainsFunc(bad.Problems, node) { // a node that cannot be made is no end of anything
				c.problem(p)
			}
		}
	case graph.CodeOf(err) == graph.BadInput: // all that batches have from callers and that is not an element's
		c.fail("INVALID", "input.external.source", "%v", err)
	default:
		return nil, err
	}
	return failed(c.wrong...), nil
}

func (c *change) problem(p graph.Problem) {
	switch {
	case p.Edge && p.Conflict:
		c.fail("CONFLICT", "input.from", "%s", p.Reason)
	case p.Edge && p.Property != "":
		c.fail("INVALID", c.linked[p.Index].says+"."+p.Property, "%s", p.Reason)
	case p.Edge:
		c.wrong = append(c.wrong, notFound(c.linked[p.Index].path))
	case p.Conflict && c.input["updatedAt"] == nil && c.input["external"] != nil:
		c.fail("CONFLICT", "input.external", "%s", p.Reason)
	case p.Conflict:
		c.fail("CONFLICT", "input.updatedAt", "%s", p.Reason)
	case p.Property != "":
		c.fail("INVALID", "input."+c.kind.Property(p.Property).Field(), "%s", p.Reason)
	default:
		c.fail("INVALID", "input.external.id", "%s", p.Reason)
	}
}
