// Package change has what callers' changes come to: a batch that is written once, or what is wrong with what they say, field by field. It
// comes to data by a policy.Reader alone, so that nobody changes, or learns by an error of, what she may not see. It imports graph,
// graph/policy, graph/rights and graph/rules.
package change

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// source is the source of the nodes that changes make, where the caller names none.
const source = "kith.changes"

// longestKey is how many bytes the caller's own key of a change may have.
const longestKey = 200

// The roles that changes take.
const (
	roleWriter  = "writer"
	roleOfficer = "officer"
)

// A Caller is who changes something, with the store as she sees it.
type Caller struct {
	policy.Reader
	Writer    Writer
	Catalog   *graph.Catalog
	Viewer    *policy.Viewer
	Record    *policy.Record // of what is asked of persons
	Now       graph.Time
	Actor     string // how she is recorded; empty: it is not known
	Reference string // the case, the order or the deal that it is about; empty: none
	// Needs fails where she has not a role.
	Needs func(role string) error
	// Employee names her among our own people; nil: it is not known who she is.
	Employee func(*graph.Kind) (*graph.NodeRef, error)
}

// A Writer takes batches: a graph.Store.
type Writer interface {
	Write(ctx context.Context, b *graph.Batch) (*graph.Report, error)
}

// A Key is the caller's own of what she says, by which it is done once.
type Key struct {
	Text string
	// Once names what is done by the key and by who does it: nobody can learn of, or take, what somebody else does.
	Once func(actor string) (*graph.Once, error)
}

// once is that of what somebody does. Errors are Faults, and those of Once.
func (k Key) once(actor string) (*graph.Once, error) {
	if wrong := k.wrong(); wrong != nil {
		return nil, wrong
	}
	return k.Once(actor)
}

func (k Key) wrong() Faults {
	if k.Text == "" || len(k.Text) > longestKey {
		return Faults{invalid("key", "must have from 1 to %d bytes, and has %d", longestKey, len(k.Text))}
	}
	return nil
}

// A Fault is what is wrong with a field of what a caller says, in words that are fit for people.
type Fault struct {
	Code   graph.Code // BadInput, NotFound, Conflict, PurposeDenied or Forbidden
	Field  string     // as participants[0].id; empty: it is about all of it
	Reason string
}

// Faults are all that is wrong with what a caller says. Nothing was changed.
type Faults []Fault

func (f Faults) Error() string {
	all := graph.Map(f, func(one Fault) string { return strings.TrimSpace(one.Field + " " + one.Reason) })
	return strings.Join(all, "; ")
}

func invalid(field, format string, args ...any) Fault {
	return Fault{graph.BadInput, field, fmt.Sprintf(format, args...)}
}

// notFound is of what is not there and of what is withheld: nobody can tell the two apart.
func notFound(field string) Fault {
	return Fault{graph.NotFound, field, "there is no such thing that the purpose may see"}
}

func wasErased(field string) Fault {
	return invalid(field, "the customer was erased, and nothing more is kept of her")
}

// keyUsed is of a key that was used before, if that is what an error of the Writer is; else the error.
func keyUsed(err error) error {
	if errors.Is(err, graph.ErrKeyUsed) {
		return Faults{{graph.Conflict, "key", "the key was used for another change"}}
	}
	return err
}
