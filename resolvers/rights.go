package resolvers

import (
	"context"
	"errors"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rights"
	"github.com/kithgraph/kith/resolvers/gql"
)

// erasureTime bounds how long an erasure may take.
const erasureTime = 2 * time.Minute

// exports is a mutation that gives what is kept about a customer, by one of her rights.
func exports(right rights.Right) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) { return r.exported(ctx, right) }
}

// exported gives what is kept before it is recorded that it was given.
func (r *Resolver) exported(ctx context.Context, right rights.Right) (*payload, error) {
	q, wrong, err := r.subject(ctx, right)
	switch {
	case err != nil:
		return nil, err
	case wrong != nil:
		return failed(wrong), nil
	}
	out, err := r.export(ctx, q.Customer, right == rights.Portability)
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
	q, wrong, err := r.subject(ctx, rights.Erasure)
	switch {
	case err != nil:
		return nil, err
	case wrong != nil:
		return failed(wrong), nil
	}
	if r.Copies != nil {
		if q.Copies, err = r.Copies(ctx, q.names); err != nil {
			return nil, &graph.Error{Code: graph.CodeOf(err), Message: "a copy outside the store cannot be erased, so that nothing was", Err: err}
		}
	}
	// What has begun is not broken off for the limit of a request: an erasure looks through all texts there are.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), erasureTime)
	defer cancel()
	return r.granted(ctx, q)
}

// A dataSubject is a customer whose right is exercised.
type dataSubject struct {
	*rights.Request
	names []string // that she is known by
	once  *graph.Once
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
func (r *Resolver) subject(ctx context.Context, right rights.Right) (*dataSubject, *gql.UserError, error) {
	o, input := operationOf(ctx), inputOf(ctx)
	if err := o.officer(); err != nil {
		return nil, nil, err
	}
	if wrong := badKey(text(input["key"])); wrong != nil {
		return nil, wrong, nil
	}
	once, err := r.keyOf(ctx).Once(o.asker.Actor)
	if err != nil {
		return nil, nil, err
	}
	customer := text(input["customer"])
	row, err := r.person(ctx, customer, rights.WantNames)
	if err != nil || row == nil {
		return nil, notFound("input.customer"), err
	}
	return &dataSubject{o.request(right, row.ID), rights.Names(row), once}, nil, nil
}

// request has a right of a customer be exercised by who asks.
func (o *operation) request(right rights.Right, customer string) *rights.Request {
	return &rights.Request{Right: right, Customer: customer, Actor: o.asker.Actor, Reference: o.asker.Reference, At: o.now, Policy: o.viewer.Policy}
}

// granted writes the batch, and answers with the record and the customer.
func (r *Resolver) granted(ctx context.Context, q *dataSubject) (*payload, error) {
	report, err := r.Writer.Write(ctx, q.Batch(r.Catalog, q.once))
	if errors.Is(err, graph.ErrKeyUsed) {
		return failed(keyUsed()), nil
	}
	if bad := (*graph.BatchError)(nil); errors.As(err, &bad) {
		return nil, &graph.Error{Code: graph.Internal, Message: "the request cannot be recorded", Err: err}
	}
	if err != nil {
		return nil, err
	}
	return r.payload(ctx, operationOf(ctx), map[string]string{"request": report.IDs[0], "customer": q.Customer})
}
