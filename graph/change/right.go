package change

import (
	"context"
	"errors"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rights"
)

// erasureTime bounds how long an erasure may take.
const erasureTime = 2 * time.Minute

// A Subject is a customer whose right an officer exercises.
type Subject struct {
	*rights.Request
	caller *Caller
	names  []string // that she is known by
	once   *graph.Once
}

// Subject finds the customer whose right the caller exercises. Errors are those of Create.
func (c *Caller) Subject(ctx context.Context, right rights.Right, key Key, customer string) (*Subject, error) {
	if err := c.officer(); err != nil {
		return nil, err
	}
	once, err := key.once(c.Actor)
	if err != nil {
		return nil, err
	}
	row, err := c.person(ctx, customer, rights.WantNames)
	if err != nil {
		return nil, err
	}
	return &Subject{c.request(right, row.ID), c, rights.Names(row), once}, nil
}

// Grant records that the right was exercised, once, and carries an erasure out. It gives the id of the record; errors are those of Create.
func (s *Subject) Grant(ctx context.Context) (request string, err error) {
	report, err := s.caller.Writer.Write(ctx, s.Batch(s.caller.Catalog, s.once))
	if bad := (*graph.BatchError)(nil); errors.As(err, &bad) {
		return "", &graph.Error{Code: graph.Internal, Message: "the request cannot be recorded", Err: err}
	}
	if err != nil {
		return "", keyUsed(err)
	}
	return report.IDs[0], nil
}

// EraseCopies has her traces outside the store go before those by which they are known. Erase takes whoever is known by some names out of what is
// kept outside, and says what became of each copy; nil: there is none.
func (s *Subject) EraseCopies(ctx context.Context, erase func(ctx context.Context, names []string) ([]string, error)) (err error) {
	if erase == nil {
		return nil
	}
	if s.Copies, err = erase(ctx, s.names); err != nil {
		return &graph.Error{Code: graph.CodeOf(err), Message: "a copy outside the store cannot be erased, so that nothing was", Err: err}
	}
	return nil
}

// Unbroken is a context for an erasure. What has begun is not broken off for the limit of a request: an erasure looks through all texts there are.
func Unbroken(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), erasureTime)
}

// officer fails where the caller may not exercise the rights of others.
func (c *Caller) officer() error {
	if err := c.Needs(roleOfficer); err != nil {
		return err
	}
	if !c.Viewer.Lawful() {
		return &graph.Error{Code: graph.PurposeDenied, Message: "the rights of data subjects are exercised for COMPLIANCE, not for " + string(c.Viewer.Purpose)}
	}
	return nil
}

// request has a right of a customer be exercised by the caller.
func (c *Caller) request(right rights.Right, customer string) *rights.Request {
	return &rights.Request{Right: right, Customer: customer, Actor: c.Actor, Reference: c.Reference, At: c.Now, Policy: c.Viewer.Policy}
}

// person reads what is wanted of a person past the guard: it is compared, and not told. She is not found where there is no such person.
func (c *Caller) person(ctx context.Context, id string, want func(*graph.Selection)) (*graph.Row, error) {
	k := c.Catalog.KindOf(id)
	if k == nil || !k.Person {
		return nil, Faults{notFound("customer")}
	}
	sel := &graph.Selection{Kind: k}
	want(sel)
	row, err := c.Compare(ctx, &graph.Fetch{Now: c.Now, Lists: []*graph.List{{Key: "person", IDs: []string{id}, Rows: true, Nodes: []*graph.Selection{sel}}}})
	if err == nil && row == nil {
		return nil, Faults{notFound("customer")}
	}
	return row, err
}
