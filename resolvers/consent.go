package resolvers

import (
	"context"
	"maps"
	"strings"

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
	said := &change.Word{Key: r.keyOf(ctx), Customer: text(input["customer"]), Status: status}
	told := maps.Clone(input)
	maps.DeleteFunc(told, func(_ string, v any) bool { // they say nothing
		s, is := v.(string)
		return v == nil || is && strings.TrimSpace(s) == ""
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
