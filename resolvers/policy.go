package resolvers

import (
	"context"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/model"
	"github.com/kithgraph/kith/graph/policy"
)

// Policy shows the policy in force.
func (r resolveQuery) Policy(ctx context.Context) (*model.Policy, error) {
	in := operationOf(ctx).viewer.Policy
	out := &model.Policy{Version: in.Version}
	for _, c := range policy.Categories {
		out.Rules = append(out.Rules, rules(in, &graph.Property{Category: c})...)
		about := &model.CategoryPolicy{Category: string(c), Retention: in.Retention(c).String()}
		if ground := in.Ground(c); ground != "" {
			about.KeptOnErasure = &ground
		}
		out.Categories = append(out.Categories, about)
	}
	return out, nil
}

// FieldPolicy shows what it says of a field.
func (r resolveQuery) FieldPolicy(ctx context.Context) (*model.FieldPolicy, error) {
	args := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	typ, field := text(args["type"]), text(args["field"])
	p, ok := r.fieldOf(typ, field)
	if !ok {
		return nil, graph.Invalid("there is no field %.60s.%.60s of which the policy says anything", typ, field)
	}
	return &model.FieldPolicy{Type: typ, Field: field, Category: string(p.Category), Rules: rules(operationOf(ctx).viewer.Policy, p)}, nil
}

// fieldOf is what the policy says something of: a property, or the category of an edge or of what is computed.
func (r resolveQuery) fieldOf(typ, field string) (p *graph.Property, ok bool) {
	if k := r.Catalog.Kind(typ); k != nil {
		if p := k.Property(field); p != nil && !p.Hidden {
			return p, true
		}
		if e := k.Edge(field); e != nil {
			return &graph.Property{Category: e.Category}, true
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
func rules(in *policy.Policy, p *graph.Property) []*model.PolicyRule {
	var out []*model.PolicyRule
	for _, purpose := range graph.Purposes {
		basis := in.Basis(p.Category, purpose)
		if (&policy.Viewer{Policy: in, Purpose: purpose}).Property(p) != nil {
			basis = policy.Deny
		}
		out = append(out, &model.PolicyRule{Category: string(p.Category), Purpose: string(purpose), Basis: strings.ToUpper(strings.ReplaceAll(string(basis), "-", "_"))})
	}
	return out
}
