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
func (r resolveQuery) Policy(context.Context) (*model.Policy, error) {
	out := &model.Policy{Version: r.Resolver.Options.Policy.Version}
	for _, c := range policy.Categories {
		out.Rules = append(out.Rules, r.rules(c, nil)...)
	}
	return out, nil
}

// FieldPolicy shows what it says of a field.
func (r resolveQuery) FieldPolicy(ctx context.Context) (*model.FieldPolicy, error) {
	args := graphql.GetFieldContext(ctx).Field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	typ, field := text(args["type"]), text(args["field"])
	category, only, ok := r.categoryOf(typ, field)
	if !ok {
		return nil, graph.Invalid("there is no field %.60s.%.60s of which the policy says anything", typ, field)
	}
	return &model.FieldPolicy{Type: typ, Field: field, Category: string(category), Rules: r.rules(category, only)}, nil
}

func (r resolveQuery) categoryOf(typ, field string) (c graph.Category, only []graph.Purpose, ok bool) {
	if k := r.Catalog.Kind(typ); k != nil {
		if p := k.Property(field); p != nil && !p.Hidden {
			return p.Category, p.Only, true
		}
		if e := k.Edge(field); e != nil {
			return e.Category, nil, true
		}
		for _, c := range k.Computed {
			if c.Name == field {
				return c.Category, nil, true
			}
		}
	}
	for _, rel := range r.Catalog.Rels {
		if p := rel.Property(field); rel.Name == typ && p != nil {
			return p.Category, p.Only, true
		}
	}
	return "", nil, false
}

// rules are the policy's of a category; purposes that are not among only are denied whatever it says.
func (r resolveQuery) rules(c graph.Category, only []graph.Purpose) []*model.PolicyRule {
	var out []*model.PolicyRule
	for _, p := range graph.Purposes {
		basis := r.Resolver.Options.Policy.Basis(c, p)
		if (&graph.Property{Only: only}).Excludes(p) {
			basis = policy.Deny
		}
		out = append(out, &model.PolicyRule{Category: string(c), Purpose: string(p), Basis: strings.ToUpper(strings.ReplaceAll(string(basis), "-", "_"))})
	}
	return out
}
