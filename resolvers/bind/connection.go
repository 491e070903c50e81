package bind

import (
	"context"

	"github.com/kithgraph/kith/graph"
)

// A Connection is a page of edges to nodes N whose relationships have the properties P.
type Connection[N, P any] struct {
	Edges      []*Edge[N, P]
	PageInfo   *PageInfo
	TotalCount *int64
	Cut        *bool // of a walk
	Aggregate  map[string]any
	// ByField answers the field groups, of which a selection may have several.
	ByField func(context.Context) (*Groups, error)
}

// Groups answers the field groups.
func (c *Connection[N, P]) Groups(ctx context.Context) (*Groups, error) { return c.ByField(ctx) }

// An Edge leads to a node.
type Edge[N, P any] struct {
	Node       N
	Cursor     string
	Properties P
}

// None stands for the properties of a relationship that has none.
type None struct{}

// PageInfo says where a page stands.
type PageInfo struct {
	HasNextPage, HasPreviousPage bool
	StartCursor, EndCursor       *string
}

// Groups are the largest groups, and the others together.
type Groups struct {
	Rows  []*Group
	Other *OtherGroups
}

// A Group has its key by field of the key's type.
type Group struct {
	Key       map[string]any
	Count     *int64
	Aggregate map[string]any
}

// OtherGroups are those that are not shown, together.
type OtherGroups struct {
	Groups, Count *int64
	Aggregate     map[string]any
}

// IntAggregate is what whole numbers add up to.
type IntAggregate struct {
	Count            *int64
	Sum, Mean        *float64
	Minimum, Maximum *int64
}

// FloatAggregate is what numbers add up to.
type FloatAggregate struct {
	Count            *int64
	Sum, Mean        *float64
	Minimum, Maximum *graph.Score
}

// MoneyAggregate is what amounts in one currency add up to.
type MoneyAggregate struct {
	Currency                    string
	Count                       *int64
	Sum, Mean, Minimum, Maximum *Amount
}

// DateTimeAggregate has the first and the last instant.
type DateTimeAggregate struct {
	Count            *int64
	Minimum, Maximum *graph.Time
}

// DateAggregate has the first and the last day.
type DateAggregate struct {
	Count            *int64
	Minimum, Maximum *graph.Date
}

// Contact says how lately and how often there was contact with a customer.
type Contact struct {
	Last      *LastContact
	Count     int64
	MedianGap *float64 // seconds
}

// LastContact is the newest contact.
type LastContact struct {
	At                 *graph.Time
	Channel, Direction *string
}
