package resolvers

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
)

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
