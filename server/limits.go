package server

import (
	"cmp"
	"context"
	"runtime"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
)

// Limits on one request. What is zero has its default.
type Limits struct {
	Depth   int           // fields within fields, and conditions within conditions: 15; introspection's fields do not count
	Cost    int           // see weigh: 150,000, enough for 200 rows with 200 rows of two fields each
	Aliases int           // 100
	Tokens  int           // of the document: 2,000; validating takes time with the square of them
	Body    int64         // bytes: 1 MiB
	Time    time.Duration // from the end of reading to the end of the walk: 10 s
	Readers int           // requests that are answered at a time, see admission: 4 a processor
	Slow    int           // of these, operations that take long: one less than there are processors
	Queue   int           // requests that wait for that, of all callers together: 1,000
}

// DefaultLimits are those that count where none are given.
func DefaultLimits() Limits { return Limits{}.withDefaults() }

func (l Limits) withDefaults() Limits {
	return Limits{
		Depth:   cmp.Or(l.Depth, 15),
		Cost:    cmp.Or(l.Cost, 150_000),
		Aliases: cmp.Or(l.Aliases, 100),
		Tokens:  cmp.Or(l.Tokens, 2_000),
		Body:    cmp.Or(l.Body, 1<<20),
		Time:    cmp.Or(l.Time, 10*time.Second),
		Readers: cmp.Or(l.Readers, 4*runtime.GOMAXPROCS(0)),
		Slow:    cmp.Or(l.Slow, max(1, runtime.GOMAXPROCS(0)-1)),
		Queue:   cmp.Or(l.Queue, 1_000),
	}
}

// meter weighs operations before they run, and shows what they cost.
type meter struct {
	limits Limits
	schema *ast.Schema
}

// cost is what clients see in extensions.cost.
type cost struct {
	Requested int `json:"requested"` // what it is weighed at
	Actual    int `json:"actual"`    // the fields that were written into the answer
	Limit     int `json:"limit"`
}

const costName = "cost"

// ExtensionName names the meter.
func (meter) ExtensionName() string { return "Cost" }

// Validate has nothing to check.
func (meter) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext refuses an operation that is over a limit.
func (m meter) MutateOperationContext(_ context.Context, op *graphql.OperationContext) *gqlerror.Error {
	w := weigh(m.schema, op)
	op.Stats.SetExtension(costName, cost{Requested: w.cost, Limit: m.limits.Cost})
	last := func(chain []load) load { return chain[len(chain)-1] }
	for _, l := range []struct {
		what  string
		of    func(weight) int
		limit int
		told  func(chain []load) load // which of the heaviest fields
	}{
		{"depth", func(w weight) int { return w.depth }, m.limits.Depth, func(chain []load) load { return chain[min(m.limits.Depth, len(chain)-1)] }},
		{"depth of conditions", func(w weight) int { return w.conditions }, m.limits.Depth, last},
		{"number of aliases", func(w weight) int { return w.aliases }, m.limits.Aliases, last},
		{"cost", func(w weight) int { return w.cost }, m.limits.Cost, lastPage},
	} {
		if have := l.of(w); have > l.limit {
			h := l.told(heaviest(m.schema, op, l.of, l.limit))
			return resolvers.Mistake(string(graph.CostExceeded), h.field.Position, "the operation's %s is %d, and the limit is %d: its field %s has %d", l.what, have, l.limit, h.path.String(), l.of(h.weight))
		}
	}
	return nil
}

// InterceptResponse adds the cost to the answer, of refused operations, too.
func (m meter) InterceptResponse(ctx context.Context, next graphql.ResponseHandler) *graphql.Response {
	res, stats := next(ctx), &graphql.GetOperationContext(ctx).Stats
	if c, ok := stats.GetExtension(costName).(cost); ok && res != nil {
		c.Actual, _ = stats.GetExtension(resolvers.Written).(int)
		if res.Extensions == nil {
			res.Extensions = map[string]any{}
		}
		res.Extensions[costName] = c
	}
	return res
}
