package resolvers

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/resolvers/gql"
)

// The rights of data subjects, as records name them.
const (
	access            = "ACCESS"
	portability       = "PORTABILITY"
	erasure           = "ERASURE"
	restriction       = "RESTRICTION"
	restrictionLifted = "RESTRICTION_LIFTED"
)

// erasureTime bounds how long an erasure may take.
const erasureTime = 2 * time.Minute

// rightSource is the source that records of rights come from.
const rightSource = "kith.rights"

// exports is a mutation that gives what is kept about a customer, by one of her rights.
func exports(right string) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) { return r.exported(ctx, right) }
}

// exported gives what is kept before it is recorded that it was given.
func (r *Resolver) exported(ctx context.Context, right string) (*payload, error) {
	q, wrong, err := r.subject(ctx, right)
	switch {
	case err != nil:
		return nil, err
	case wrong != nil:
		return failed(wrong), nil
	}
	out, err := r.export(ctx, q.customer, right == portability)
	if err != nil {
		return nil, err
	}
	payload, err := r.granted(ctx, q)
	if err == nil && len(payload.UserErrors) == 0 {
		payload.Export = out
	}
	return payload, err
}

// eraseCustomer erases a customer, and her traces outside the store before those by which they are known.
func (r *Resolver) eraseCustomer(ctx context.Context) (*payload, error) {
	q, wrong, err := r.subject(ctx, erasure)
	switch {
	case err != nil:
		return nil, err
	case wrong != nil:
		return failed(wrong), nil
	}
	if r.Copies != nil {
		copies, err := r.Copies(ctx, q.names)
		if err != nil {
			return nil, &graph.Error{Code: graph.CodeOf(err), Message: "a copy outside the store cannot be erased, so that nothing was", Err: err}
		}
		if len(copies) > 0 {
			q.batch.Nodes[0].Set["copies"] = copies
		}
	}
	// What has begun is not broken off for the limit of a request: an erasure looks through all texts there are.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), erasureTime)
	defer cancel()
	q.batch.Erase = []graph.Erasure{operationOf(ctx).viewer.Policy.Erasure(q.customer)}
	return r.granted(ctx, q)
}

// A dataSubject is a customer whose right is exercised, and the batch that records it.
type dataSubject struct {
	customer string
	names    []string // that she is known by
	batch    graph.Batch
}

// officer fails where who asks may not exercise the rights of others.
func (o *operation) officer() error {
	if err := o.asker.needs("officer"); err != nil {
		return err
	}
	if !o.viewer.Lawful() {
		return &graph.Error{Code: graph.PurposeDenied, Message: "the rights of data subjects are exercised for COMPLIANCE, not for " + string(o.viewer.Purpose)}
	}
	return nil
}

// subject reads the input of a mutation that exercises a right.
func (r *Resolver) subject(ctx context.Context, right string) (*dataSubject, *gql.UserError, error) {
	o, input := operationOf(ctx), inputOf(ctx)
	if err := o.officer(); err != nil {
		return nil, nil, err
	}
	if wrong := badKey(text(input["key"])); wrong != nil {
		return nil, wrong, nil
	}
	once, err := r.onceOf(ctx, o.asker.Actor, input)
	if err != nil {
		return nil, nil, err
	}
	q := &dataSubject{customer: text(input["customer"]), batch: graph.Batch{Source: rightSource, Once: once}}
	there, err := r.called(ctx, q)
	if err != nil || !there {
		return nil, notFound("input.customer"), err
	}
	r.record(ctx, &q.batch, right, once.Key, q.customer)
	return q, nil, nil
}

// called finds the names that the customer is known by; not there: there is no such customer.
func (r *Resolver) called(ctx context.Context, q *dataSubject) (there bool, err error) {
	row, err := r.person(ctx, q.customer, func(sel *graph.Selection) {
		for _, p := range sel.Kind.Names() {
			addRef(&sel.Props, p)
		}
	})
	if err != nil || row == nil {
		return false, err
	}
	for i, v := range row.Props {
		p := row.Sel.Props[i].Prop
		if name, ok := v.(string); ok && fold.Distinct(name, p.Category == graph.CategoryContact, slices.Contains(row.Sel.Kind.Display, p)) {
			q.names = append(q.names, name)
		}
	}
	return true, nil
}

// record has a batch keep that a customer's right was exercised.
func (r *Resolver) record(ctx context.Context, b *graph.Batch, right, key, customer string) {
	o, kind := operationOf(ctx), r.Catalog.MustKind(graph.RequestKind)
	set := graph.Values{"right": right, "at": int64(o.now), "policyVersion": o.viewer.Policy.Version}
	for name, v := range map[string]string{"actor": o.asker.Actor, "reference": o.asker.Reference} {
		if v != "" {
			set[name] = v
		}
	}
	by := kind.Edge("madeBy")
	b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind, ID: key, Set: set})
	b.Edges = append(b.Edges, graph.Link{Rel: by.Rel, From: graph.NodeRef{Kind: kind, External: graph.External{ID: key}}, To: graph.NodeRef{Kind: by.Target(), ID: customer}})
}

// granted writes the batch, and answers with the record and the customer.
func (r *Resolver) granted(ctx context.Context, q *dataSubject) (*payload, error) {
	report, err := r.Writer.Write(ctx, &q.batch)
	if errors.Is(err, graph.ErrKeyUsed) {
		return failed(keyUsed()), nil
	}
	if bad := (*graph.BatchError)(nil); errors.As(err, &bad) {
		return nil, &graph.Error{Code: graph.Internal, Message: "the request cannot be recorded", Err: err}
	}
	if err != nil {
		return nil, err
	}
	return r.payload(ctx, operationOf(ctx), map[string]string{"request": report.IDs[0], "customer": q.customer})
}
