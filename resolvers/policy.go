package resolvers

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers/gql"
)

// policy shows the policy in force.
func (r *Resolver) policy(ctx context.Context) (*gql.Policy, error) {
	in := operationOf(ctx).viewer.Policy
	out := &gql.Policy{Version: in.Version, ConsentSources: in.ConsentSources()}
	for _, c := range policy.Categories {
		out.Rules = append(out.Rules, r.rules(in, &graph.Property{Category: c})...)
		about := &gql.CategoryPolicy{Category: c, Retention: in.Retention(c).String()}
		if ground := in.Ground(c); ground != "" {
			about.KeptOnErasure = &ground
		}
		out.Categories = append(out.Categories, about)
	}
	return out, nil
}

// fieldPolicy shows what it says of a field.
func (r *Resolver) fieldPolicy(ctx context.Context) (*gql.FieldPolicy, error) {
	args := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	typ, field := text(args["type"]), text(args["field"])
	p, ok := r.fieldOf(typ, field)
	if !ok {
		return nil, graph.Invalid("there is no field %.60s.%.60s of which the policy says anything", typ, field)
	}
	return &gql.FieldPolicy{Type: typ, Field: field, Category: p.Category, Rules: r.rules(operationOf(ctx).viewer.Policy, p)}, nil
}

// fieldOf is what the policy says something of: a property, or the category of an edge or of what is computed.
func (r *Resolver) fieldOf(typ, field string) (p *graph.Property, ok bool) {
	if k := r.Catalog.Kind(typ); k != nil {
		if p := k.Field(field); p != nil {
			return p, true
		}
		if field == graph.ExternalsField {
			return k.Key, true
		}
		if field == graph.DisplayName && len(k.Display) > 0 {
			return k.Display[0], true
		}
		if e := k.Edge(field); e != nil {
			return &graph.Property{Category: e.Category, Also: e.Also, Only: e.Only}, true
		}
		for _, c := range k.Computed {
			if c.Name == field {
				return &graph.Property{Category: c.Category}, true
			}
		}
	}
	for _, rel := range r.Catalog.Rels {
		if p := rel.Property(field); rel.Name == typ && p != nil {
			return p, true
		}
	}
	return nil, false
}

// rules are the policy's of a property's category; a purpose that may not see the property is denied whatever they say.
func (r *Resolver) rules(in *policy.Policy, p *graph.Property) []*gql.PolicyRule {
	var out []*gql.PolicyRule
	for _, purpose := range graph.Purposes {
		basis := in.Basis(p.Category, purpose)
		if in.Lens(r.Catalog, purpose).Property(p) != nil {
			basis = policy.Deny
		}
		out = append(out, &gql.PolicyRule{Category: p.Category, Purpose: purpose, Basis: gql.PolicyBasis(strings.ToUpper(strings.ReplaceAll(string(basis), "-", "_")))})
	}
	return out
}
