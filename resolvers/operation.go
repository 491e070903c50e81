package resolvers

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/loaders"
)

// operation is what the root fields of one GraphQL operation share. They run side by side.
type operation struct {
	policy.Reader               // notes what it reads, where receipts are left
	aside         policy.Reader // does not: what it reads is told of one person, and noted by hand
	record        policy.Record
	notes         *policy.Record // what is noted for the receipt; nil: none is left
	now           graph.Time
	viewer        *policy.Viewer
	hidden        *secret.Pseudonyms // that ids are shown as; nil: as they are
	asker         Request
	joins         map[string]*loaders.Joined[*policy.Reading] // of root fields, by their names in the answer
	// variables is what they say of plans.
	variables string

	*extent

	mu       sync.Mutex
	withheld []*withheld
}

// An extent is how much of an answer was written.
type extent struct{ fields, bytes atomic.Int64 }

type operationKey struct{}

// Operation is the middleware that every operation runs under: it settles for which purpose the operation is, and the time
// that the whole of it reads at; it tells what was withheld, and leaves a receipt of what was not.
func (r *Resolver) Operation(ctx context.Context, next graphql.OperationHandler) graphql.ResponseHandler {
	op := graphql.GetOperationContext(ctx)
	asker := requestOf(ctx)
	viewer, err := r.viewer(op, asker)
	if err != nil {
		return refused(err)
	}
	o := r.begin(viewer, asker)
	ctx = context.WithValue(ctx, operationKey{}, o)
	handle := next(ctx)
	return func(ctx context.Context) *graphql.Response {
		res := handle(ctx)
		if res == nil {
			return nil
		}
		left, err := r.receipt(ctx, op, o)
		if err != nil {
			return refused(err)(ctx)
		}
		add := func(name string, v any) {
			if res.Extensions == nil {
				res.Extensions = map[string]any{}
			}
			res.Extensions[name] = v
		}
		if entries := o.entries(); len(entries) > 0 {
			add("withheld", entries)
		}
		if left != nil {
			add("receipt", left)
		}
		return res
	}
}

func (r *Resolver) begin(viewer *policy.Viewer, asker Request) *operation {
	o := &operation{aside: r.Reader(viewer), now: graph.At(r.Now()), viewer: viewer, asker: asker, extent: &extent{}}
	o.record.Mark = r.mark
	if r.Settle != nil {
		o.aside = policy.Settled(o.aside, r.Settle)
	}
	o.Reader = o.aside
	if r.Receipts != nil {
		o.notes = &o.record
		o.Reader = o.record.Of(o.aside)
	}
	if viewer.Pseudonymous() {
		o.hidden = r.Key.Pseudonyms(string(viewer.Purpose))
	}
	return o
}

// seenBy is the operation for another viewer. What that one reads is noted as the operation's.
func (r *Resolver) seenBy(o *operation, v *policy.Viewer) *operation {
	as := r.begin(v, o.asker)
	as.now, as.Reader, as.notes, as.extent = o.now, o.record.Of(as.aside), &o.record, o.extent
	return as
}

func operationOf(ctx context.Context) *operation { return ctx.Value(operationKey{}).(*operation) }

// edgeKey is the field's name and its arguments in canonical form: JSON with sorted keys.
func edgeKey(name string, args map[string]any) string {
	for k, v := range args {
		if v == nil {
			delete(args, k)
		}
	}
	if len(args) == 0 {
		return name
	}
	b, err := json.Marshal(args)
	if err != nil { // arguments come from JSON or from literals
		panic(err)
	}
	return name + string(b)
}

// longestOperation is how many characters of an operation's name stand in a receipt.
const longestOperation = 200

// receipt is extensions.receipt: what the request has asked of persons and was permitted. Nothing in it follows from what is stored but
// how many persons were shown.
type receipt struct {
	At         string           `json:"at"`
	Purpose    graph.Purpose    `json:"purpose"`
	Reference  *string          `json:"reference"`
	Categories []graph.Category `json:"categories"`
	Persons    int              `json:"persons"` // who were named or shown
}

// receipt leaves a receipt of what the answer was asked of persons; nil: nothing was.
func (r *Resolver) receipt(ctx context.Context, op *graphql.OperationContext, o *operation) (*receipt, error) {
	told := o.record.Told()
	if r.Receipts == nil || told == nil {
		return nil, nil
	}
	left := &journal.Receipt{
		At: o.now, Actor: o.asker.Actor, Roles: o.asker.Roles, Purpose: string(o.viewer.Purpose), Policy: o.viewer.Policy.Version,
		Operation: firstOf(op.Operation.Name, longestOperation), Hash: fmt.Sprintf("%x", sha256.Sum256([]byte(op.RawQuery)))[:32],
		Reference: o.asker.Reference, Population: told.Population, Others: told.Others,
	}
	variables, err := json.Marshal(op.Variables) // with sorted keys
	if err != nil {
		return nil, &graph.Error{Code: graph.Internal, Message: "the variables cannot be written down", Err: err}
	}
	left.Alike = fmt.Sprintf("%x", sha256.Sum256([]byte(o.asker.Token+"\x00"+string(variables))))
	for _, s := range told.Subjects {
		subject := journal.Subject{ID: s.ID, Categories: s.Categories}
		if s.Kind != nil {
			subject.External = journal.Named(s.Kind, s.External)
		}
		left.Subjects = append(left.Subjects, subject)
	}
	if err := r.Receipts(ctx, left); err != nil {
		return nil, err
	}
	out := &receipt{At: o.now.String(), Purpose: o.viewer.Purpose, Categories: told.Categories, Persons: len(told.Subjects)}
	if o.asker.Reference != "" {
		out.Reference = &o.asker.Reference
	}
	return out, nil
}

// firstOf are the first n characters of a text.
func firstOf(text string, n int) string {
	for i := range text {
		if n--; n < 0 {
			return text[:i]
		}
	}
	return text
}
