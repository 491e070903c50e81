package resolvers

import (
	"context"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
)

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
	said := &change.Word{Key: r.keyOf(ctx), Customer: text(input["customer"]), Status: status, Values: graph.Values{}}
	for _, p := range r.Catalog.MustKind(graph.ConsentKind).Properties {
		v := input[p.Field()]
		if !p.Given() || text(v) == "" { // null and an empty text say nothing
			continue
		}
		x, err := valueOf(p, v)
		if err != nil {
			said.Wrong = append(said.Wrong, change.Fault{Code: graph.BadInput, Field: p.Field(), Reason: err.Error()})
			continue
		}
		said.Values[p.Name] = x
	}
	consent, as, err := r.caller(ctx).Say(ctx, said)
	if err != nil {
		return failed(err)
	}
	if as != o.viewer {
		o = r.seenBy(o, as)
	}
	return r.payload(ctx, o, map[string]string{"consent": consent, "customer": said.Customer})
}
