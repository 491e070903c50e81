package resolvers

import (
	"context"
	"maps"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rights"
	"github.com/kithgraph/kith/resolvers/gql"
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

// says is a mutation that keeps something that a customer said.
func says(status string) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) { return r.say(ctx, status) }
}

// restrictProcessing keeps a restriction, or that it ends.
func (r *Resolver) restrictProcessing(ctx context.Context) (*payload, error) {
	if inputOf(ctx)["restricted"] != false {
		return r.say(ctx, graph.Restricted)
	}
	return r.say(ctx, graph.Unrestricted)
}

// say keeps what a customer said, once, and answers with it and her.
func (r *Resolver) say(ctx context.Context, status string) (*payload, error) {
	o, input := operationOf(ctx), inputOf(ctx)
	said := &change.Word{Key: r.keyOf(ctx), Customer: text(input["customer"]), Status: status}
	told := maps.Clone(input)
	maps.DeleteFunc(told, func(_ string, v any) bool { // they say nothing
		s, is := v.(string)
		return v == nil || is && graph.Blank(s)
	})
	said.Values, said.Wrong = valuesOf(r.Catalog.MustKind(graph.ConsentKind).Properties, told, "")
	consent, as, err := r.caller(ctx).Say(ctx, said)
	if err != nil {
		return failed(err)
	}
	if as != o.viewer {
		o = r.seenBy(o, as)
	}
	return r.payload(ctx, o, map[string]string{"consent": consent, "customer": said.Customer})
}

// export gives what is kept about a customer, or what of it she provided.
func (r *Resolver) export(ctx context.Context, customer string, provided bool) (*gql.SubjectExport, error) {
	o := operationOf(ctx)
	kept, err := rights.Export(ctx, o.aside, o.viewer, r.Catalog, customer, rights.Options{Now: o.now, Provided: provided, Page: r.MaxPage, Most: r.MaxExport})
	if err != nil {
		return nil, err
	}
	out, in := &gql.SubjectExport{At: o.now, Records: kept.Records}, o.viewer.Policy
	for _, c := range kept.Held {
		out.Uses = append(out.Uses, &gql.DataUse{Category: c, Retention: in.Retention(c).String(), Rules: r.rules(in, &graph.Property{Category: c})})
	}
	o.record.Note(customer, policy.Categories...) // whichever of them there is
	return out, nil
}
