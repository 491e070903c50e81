package resolvers

import (
	"context"

	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/rights"
)

// exports is a mutation that gives what is kept about a customer, by one of her rights.
func exports(right rights.Right) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) { return r.exported(ctx, right) }
}

// exported gives what is kept before it is recorded that it was given.
func (r *Resolver) exported(ctx context.Context, right rights.Right) (*payload, error) {
	s, err := r.subject(ctx, right)
	if err != nil {
		return failed(err)
	}
	kept, err := r.export(ctx, s.Customer, right == rights.Portability)
	if err != nil {
		return nil, err
	}
	out, err := r.granted(ctx, s)
	if err == nil && len(out.UserErrors) == 0 {
		out.Export = kept
	}
	return out, err
}

// eraseCustomer erases a customer.
func (r *Resolver) eraseCustomer(ctx context.Context) (*payload, error) {
	s, err := r.subject(ctx, rights.Erasure)
	if err != nil {
		return failed(err)
	}
	if err := s.EraseCopies(ctx, r.Copies); err != nil {
		return nil, err
	}
	ctx, cancel := change.Unbroken(ctx)
	defer cancel()
	return r.granted(ctx, s)
}

// subject is the customer whose right is exercised.
func (r *Resolver) subject(ctx context.Context, right rights.Right) (*change.Subject, error) {
	return r.caller(ctx).Subject(ctx, right, r.keyOf(ctx), text(inputOf(ctx)["customer"]))
}

// granted carries a right out, and answers with the record of that and the customer.
func (r *Resolver) granted(ctx context.Context, s *change.Subject) (*payload, error) {
	request, err := s.Grant(ctx)
	return r.changed(ctx, map[string]string{"request": request, "customer": s.Customer}, err)
}
