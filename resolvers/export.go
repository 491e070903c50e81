package resolvers

import (
	"context"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rights"
	"github.com/kithgraph/kith/resolvers/gql"
)

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
