package resolvers

import (
	"context"
	"errors"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers/gql"
)

// says is a mutation that keeps something that a customer said.
func says(role, status string) func(*Resolver, context.Context) (*payload, error) {
	return func(r *Resolver, ctx context.Context) (*payload, error) { return r.say(ctx, role, status) }
}

// restrictProcessing keeps a restriction, or that it ends.
func (r *Resolver) restrictProcessing(ctx context.Context) (*payload, error) {
	status := graph.Restricted
	if inputOf(ctx)["restricted"] == false {
		status = graph.Unrestricted
	}
	return r.say(ctx, "officer", status)
}

// wordSource is the source that words said through mutations come from.
const wordSource = "kith.words"

// say keeps what a customer said, unless it is kept already, and answers with it and her.
func (r *Resolver) say(ctx context.Context, role, status string) (*payload, error) {
	o := operationOf(ctx)
	may, self := o.asker.needs(role), o.viewer.Own()
	switch {
	case role == "officer":
		may = o.officer()
	case self: // for herself she needs no role
		may = nil
	}
	if may != nil {
		return nil, may
	}
	input := inputOf(ctx)
	key, customer := text(input["key"]), text(input["customer"])
	set, wrong := r.word(input, status, o.now)
	if wrong == nil {
		wrong = badKey(key)
	}
	if wrong == nil && self && customer != o.asker.Customer {
		wrong = notFound("input.customer")
	}
	if wrong == nil {
		var err error
		if wrong, err = r.erased(ctx, customer); err != nil {
			return nil, err
		}
	}
	if wrong != nil {
		return failed(wrong), nil
	}
	kind := r.Catalog.MustKind(graph.ConsentKind)
	external := graph.External{Source: wordSource, ID: customer + "|" + key}
	kept, err := r.kept(ctx, kind, external)
	if err != nil {
		return nil, err
	}
	id := ""
	if kept != nil {
		id = kept.ID
		if wrong := r.differs(kept, kind, set, input); wrong != nil {
			return failed(wrong), nil
		}
	} else {
		if id, err = r.keep(ctx, kind, external, set, customer); err != nil {
			return nil, err
		}
		if id == "" {
			return failed(notFound("input.customer")), nil
		}
	}
	return r.payload(ctx, map[string]string{"consent": id, "customer": customer})
}

// erased says that nothing more is kept of a customer.
func (r *Resolver) erased(ctx context.Context, customer string) (*gql.UserError, error) {
	row, err := r.person(ctx, customer, func(k *graph.Kind) []*graph.Property { return []*graph.Property{k.Property(graph.ErasedAt)} })
	if err != nil || row == nil || row.Props[0] == nil {
		return nil, err
	}
	return wasErased("input.customer"), nil
}

func wasErased(field string) *gql.UserError {
	return invalid(field, "the customer was erased, and nothing more is kept of her")
}

// word is a Consent's values.
func (r *Resolver) word(input map[string]any, status string, now graph.Time) (graph.Values, *gql.UserError) {
	set := graph.Values{graph.ConsentStatus: status, graph.ConsentAt: int64(now)}
	for _, name := range []string{"purpose", "channel", "source", "proof"} {
		if s := text(input[name]); s != "" {
			set[name] = s
		}
	}
	if purpose, given := set[graph.ConsentPurpose].(string); given && !slices.Contains(graph.Consentable, graph.Purpose(purpose)) {
		return nil, invalid("input.purpose", "what a customer asks for herself takes no consent, and she cannot object to it")
	}
	for _, name := range []string{graph.ConsentAt, graph.ConsentExpires} {
		if input[name] == nil {
			continue
		}
		at, err := instant(input[name])
		if err != nil {
			return nil, invalid("input."+name, "%v", err)
		}
		set[name] = int64(at)
	}
	at, expires := set[graph.ConsentAt].(int64), set[graph.ConsentExpires]
	switch {
	case at > int64(now):
		return nil, invalid("input.at", "nobody has said anything in the future")
	case expires != nil && expires.(int64) <= at:
		return nil, invalid("input.expires", "a consent ends after it was given")
	}
	return set, nil
}

// kept finds a word by its key. It is looked up past the guard: what is compared with it is the caller's own.
func (r *Resolver) kept(ctx context.Context, k *graph.Kind, e graph.External) (*graph.Row, error) {
	return r.unguarded(ctx, &graph.List{External: []graph.External{e}, Nodes: []*graph.Selection{{Kind: k}}}, k.Shown()...)
}

// unguarded reads properties of the one node that a list names, past the guard: what comes back is compared, and not told.
func (r *Resolver) unguarded(ctx context.Context, l *graph.List, props ...*graph.Property) (*graph.Row, error) {
	l.Key, l.Rows = "unguarded", true
	for _, p := range props {
		addRef(&l.Nodes[0].Props, p)
	}
	o := operationOf(ctx)
	return o.Compare(ctx, &graph.Fetch{Now: o.now, Lists: []*graph.List{l}})
}

// person reads properties of a person past the guard; nil where there is no such person.
func (r *Resolver) person(ctx context.Context, id string, props func(*graph.Kind) []*graph.Property) (*graph.Row, error) {
	k := r.Catalog.KindOf(id)
	if k == nil || !k.Person {
		return nil, nil
	}
	return r.unguarded(ctx, &graph.List{IDs: []string{id}, Nodes: []*graph.Selection{{Kind: k}}}, props(k)...)
}

// differs reports what a kept word says otherwise. When it was said is compared only where the caller says so.
func (r *Resolver) differs(kept *graph.Row, k *graph.Kind, set graph.Values, input map[string]any) *gql.UserError {
	for i, p := range k.Shown() {
		if p.Name == graph.ConsentAt && input[p.Name] == nil {
			continue
		}
		if kept.Props[i] != set[p.Name] {
			return &gql.UserError{Code: "CONFLICT", Field: "input.key", Message: "the key was used for another word of this customer, with another " + p.Name}
		}
	}
	return nil
}

// keep writes a word, and gives its id; empty where there is no such customer.
func (r *Resolver) keep(ctx context.Context, k *graph.Kind, e graph.External, set graph.Values, customer string) (string, error) {
	by := k.Edge("givenBy")
	if r.Catalog.KindOf(customer) != by.Target() {
		return "", nil
	}
	b := &graph.Batch{
		Source: e.Source,
		Nodes:  []graph.Upsert{{Kind: k, ID: e.ID, Set: set}},
		Edges:  []graph.Link{{Rel: by.Rel, From: graph.NodeRef{Kind: k, External: e}, To: graph.NodeRef{Kind: by.Target(), ID: customer}}},
	}
	switch set[graph.ConsentStatus] {
	case graph.Restricted:
		r.record(ctx, b, restriction, e.ID, customer)
	case graph.Unrestricted:
		r.record(ctx, b, restrictionLifted, e.ID, customer)
	}
	report, err := r.Writer.Write(ctx, b)
	if bad := (*graph.BatchError)(nil); errors.As(err, &bad) {
		if bad.Problems[0].Edge { // there is no such customer
			return "", nil
		}
		return "", graph.Invalid("%s", bad.Problems[0].Reason)
	}
	if err != nil {
		return "", err
	}
	return report.IDs[0], nil
}
