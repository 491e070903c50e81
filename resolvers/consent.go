package resolvers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rights"
	"github.com/kithgraph/kith/graph/rules"
	"github.com/kithgraph/kith/resolvers/gql"
)

// says is a mutation that keeps something that a customer said.
func says(status string) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) { return r.say(ctx, status) }
}

// restrictProcessing keeps a restriction, or that it ends.
func (r *Resolver) restrictProcessing(ctx context.Context) (*payload, error) {
	if err := operationOf(ctx).officer(); err != nil {
		return nil, err
	}
	input := inputOf(ctx)
	switch {
	case input["restricted"] != false:
		return r.say(ctx, graph.Restricted)
	case strings.TrimSpace(text(input["proof"])) == "":
		return failed(invalid("input.proof", "the end of a restriction takes a proof: a letter, a form, a decision")), nil
	}
	return r.say(ctx, graph.Unrestricted)
}

// authority is what stands behind what is said: she herself, for which she needs no role, an officer, or nothing.
func (o *operation) authority() (string, error) {
	switch {
	case o.viewer.Own():
		return graph.BySubject, nil
	case o.officer() == nil:
		return graph.ByOfficer, nil
	}
	return "", o.asker.needs("writer")
}

// speaker names who says something. A customer is named by her id: what her token calls her may be her address.
func (o *operation) speaker() string {
	if o.viewer.Own() {
		return o.asker.Customer
	}
	return o.asker.Actor
}

// say keeps what a customer said, once, and answers with it and her.
func (r *Resolver) say(ctx context.Context, status string) (*payload, error) {
	o, input := operationOf(ctx), inputOf(ctx)
	authority, err := o.authority()
	if err != nil {
		return nil, err
	}
	customer, kind := text(input["customer"]), r.Catalog.MustKind(graph.ConsentKind)
	set, wrong := word(kind, input, status, o.now)
	if bad := badKey(text(input["key"])); bad != nil {
		wrong = append(wrong, bad)
	}
	switch hidden := o.viewer.Single(kind); {
	case authority == graph.BySubject && customer != o.asker.Customer:
		wrong = append(wrong, notFound("input.customer"))
	case authority == "" && status == graph.Granted && hidden != nil: // whether it comes to anything would tell of the others
		wrong = append(wrong, &gql.UserError{Code: "PURPOSE_DENIED", Field: "input", Message: fmt.Sprintf("what the customer has said is %s, which is withheld from the purpose %s: %s", hidden.Category, o.viewer.Purpose, hidden.Reason)})
	}
	if len(wrong) > 0 {
		return failed(wrong...), nil
	}
	before, err := r.person(ctx, customer, func(sel *graph.Selection) {
		policy.WantStanding(sel)
		addRef(&sel.Props, sel.Kind.Property(graph.ErasedAt))
	})
	switch {
	case err != nil:
		return nil, err
	case before == nil:
		return failed(notFound("input.customer")), nil
	case propOf(before, graph.ErasedAt) != nil:
		return failed(wasErased("input.customer")), nil
	}
	id, repeated, refused, err := r.keep(ctx, kind, set, authority, customer)
	switch {
	case err != nil:
		return nil, err
	case refused != nil:
		return failed(refused), nil
	}
	as := o
	if begins := status == graph.Granted || status == graph.Unrestricted; begins && !repeated && authority != graph.BySubject {
		as = r.seenBy(o, o.viewer.AsBefore(before, o.now))
	}
	return r.payload(ctx, as, map[string]string{"consent": id, "customer": customer})
}

func wasErased(field string) *gql.UserError {
	return invalid(field, "the customer was erased, and nothing more is kept of her")
}

// word is a Consent's values, and what is wrong with them.
func word(k *graph.Kind, input map[string]any, status string, now graph.Time) (set graph.Values, wrong []*gql.UserError) {
	set = graph.Values{graph.ConsentStatus: status, graph.ConsentAt: int64(now)}
	for _, p := range k.Properties {
		v := input[p.Field()]
		if v == nil || !p.Given() || text(v) == "" {
			continue
		}
		x, err := valueOf(p, v)
		if err != nil {
			wrong = append(wrong, invalid("input."+p.Field(), "%v", err))
			continue
		}
		set[p.Name] = x
	}
	for _, f := range rules.Faults(&graph.Batch{Nodes: []graph.Upsert{{Kind: k, Set: set}}}, now) {
		wrong = append(wrong, invalid("input."+k.Property(f.Property).Field(), "%s", f.Reason))
	}
	return set, wrong
}

// person reads what is wanted of a person past the guard: it is compared, and not told. Nil where there is no such person.
func (r *Resolver) person(ctx context.Context, id string, want func(*graph.Selection)) (*graph.Row, error) {
	k := r.Catalog.KindOf(id)
	if k == nil || !k.Person {
		return nil, nil
	}
	sel := &graph.Selection{Kind: k}
	want(sel)
	o := operationOf(ctx)
	return o.Compare(ctx, &graph.Fetch{Now: o.now, Lists: []*graph.List{{Key: "person", IDs: []string{id}, Rows: true, Nodes: []*graph.Selection{sel}}}})
}

// propOf is that of a row's property, which was asked for.
func propOf(row *graph.Row, name string) any {
	return row.Props[slices.IndexFunc(row.Sel.Props, func(r graph.Ref) bool { return r.Prop.Name == name })]
}

// keep writes a word, and gives its id; repeated: it was written before.
func (r *Resolver) keep(ctx context.Context, k *graph.Kind, set graph.Values, authority, customer string) (id string, repeated bool, wrong *gql.UserError, err error) {
	o := operationOf(ctx)
	once, err := r.keyOf(ctx).Once(o.speaker())
	if err != nil {
		return "", false, nil, err
	}
	said := &rights.Word{By: o.request("", customer), Authority: authority, Set: set}
	said.By.Actor = o.speaker()
	report, err := r.Writer.Write(ctx, said.Batch(r.Catalog, once))
	bad := (*graph.BatchError)(nil)
	switch {
	case errors.Is(err, graph.ErrKeyUsed):
		return "", false, keyUsed(), nil
	case !errors.As(err, &bad):
	case bad.Problems[0].Conflict:
		return "", false, notHeard(), nil
	case bad.Problems[0].Edge: // there is no such customer any more
		return "", false, notFound("input.customer"), nil
	case bad.Problems[0].Property != "":
		return "", false, invalid("input."+k.Property(bad.Problems[0].Property).Field(), "%s", bad.Problems[0].Reason), nil
	default:
		return "", false, nil, graph.Invalid("%s", bad.Problems[0].Reason)
	}
	if err != nil {
		return "", false, nil, err
	}
	return report.IDs[0], report.Repeated, nil, nil
}

func notHeard() *gql.UserError {
	return &gql.UserError{Code: "FORBIDDEN", Field: "input.customer",
		Message: "the customer has refused this: it is taken back by the customer (SELF), by an officer with a proof (COMPLIANCE), or by a source that the policy names"}
}
