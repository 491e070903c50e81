package graph

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// A Store keeps a graph and answers fetches. This comment is the contract that every store is tested against.
//
// Order: rows come in the order of List.Order, then by id and, since an edge may lead to one node along several
// relationships, by the relationship's key. Texts compare by code point or, where their property Folds, by what they fold to and then by
// code point, values of an enumeration by their places in the schema, false before true, missing values last, or first where an order says so, in both directions. Filters,
// minima and maxima compare alike. What has a value that is no more in the schema is in orders as if it were missing. Rows of an identified root come in any order, each node once, missing ones not at all.
//
// Names: a node is found by each of its keys, and by each id that leads to it, in roots, in tests of ids and as Asker; Result.Leads tells which
// led on. An erased person is found by no key, and no other id leads to her.
//
// Searches: Search says what is found, and in which order. A value is found as soon as it is written, and no more once it is
// gone.
//
// Pages: Page.After and Page.Before are Row.Keys of an earlier answer to the same list; a row need no longer exist to be
// gone on from. HasNext and HasPrevious say whether any row of the list follows or precedes the page.
//
// Valid time: an edge that is Current is read where from ≤ Now < to, a missing bound being open; everywhere it is
// mentioned. A to-one edge has at most one row.
//
// Emptiness: no rows is an empty list, never an error. The sum of nothing is nil, the count of nothing is 0. A tally
// without keys has at least one row, a tally with keys one for each combination that occurs.
//
// Feed: each batch that changed something has one Entry, which is written in its transaction. Their places are without a gap, and in the order
// in which batches were committed, whoever wrote them. Receipts, what only serves searches and loads, and what stores keep for themselves is
// not told. An erasure takes the person out of all entries before its own. A Read tells the newest place along with the
// rest: what had been committed by then, the next Read sees.
//
// Erasure: what a batch removes or erases is in no answer when Write returns, nor in a byte of SQLite's file and its log. A store
// that has no key erases nobody; one whose key is another than that by which persons were erased writes nothing.
//
// Numbers: sums are exact; one that leaves int64 is an Error with BadInput. Stores divide nothing.
//
// Consistency: one Read of SQLite sees one state. Neo4j reads what is committed while it runs, so that a single
// statement can see half of a concurrent write.
//
// Cost: Neo4j answers a Read by one statement, however deep and however many rows. Each statement is told to whom OnStatement names.
//
// Errors are *Error: BadInput, Conflict, Timeout (the context's deadline), Unavailable (the database cannot be
// reached), Internal. They never carry the database's words in Message.
//
// Example: the account with id "acc_1" and its first ten people by name:
//
//	people := account.Edge("people")
//	store.Read(ctx, &Fetch{Now: now, Lists: []*List{{
//		IDs: []string{"acc_1"}, Rows: true,
//		Nodes: []*Selection{{Kind: account, Props: []Ref{{Prop: account.Property("name")}}, Lists: []*List{{
//			Key: "people", Edge: people, Rows: true, Page: Page{Limit: 10},
//			Order: []Order{{Prop: &Ref{Prop: customer.Property("name")}}},
//			Nodes: []*Selection{{Kind: customer, Props: []Ref{{Prop: customer.Property("name")}}}},
//		}}}},
//	}}})
type Store interface {
	// Read answers a fetch.
	Read(ctx context.Context, f *Fetch) (*Result, error)
	// Write applies a batch, wholly or not at all; see Batch.
	Write(ctx context.Context, b *Batch) (*Report, error)
	// Changes gives the entries behind a place, so many at most, from the first on that is kept. A limit of 0 asks for the last place
	// alone. It is CursorExpired where entries behind the place are not kept, or the place is behind the last.
	Changes(ctx context.Context, after int64, limit int) (*Feed, error)
	// Trim removes entries up to the first that is not older than an instant.
	Trim(ctx context.Context, before Time) error
	// Explain says how a fetch would be answered. It runs the statements.
	Explain(ctx context.Context, f *Fetch) ([]Explanation, error)
	// Ready creates what the catalog needs (tables, constraints, indexes, the words of what is searched and the places of values in
	// the schema, where the store has none yet, or others than the catalog says), once, and reports whether the database answers.
	// Creating may take long on a large store; when it is broken off, the next Ready goes on, in whatever process. What is of an
	// older Format is brought up, and a newer one, one too old, or what is no store of Kith's, is a Conflict, before anything is made in it.
	Ready(ctx context.Context) error
	// Close releases what the store holds.
	Close() error
}

// Explanation is a statement of the store's own language, its parameters, and the database's plan as text.
type Explanation struct {
	Text   string
	Params map[string]any
	Plan   string
	Hits   int64 // work the database counted, 0 where it does not count
	// Operators of the plan with their arguments, one a line of Plan.
	Operators []Operator
}

// Operator is a step of a plan: its name, what it works on, and how many rows it gave.
type Operator struct {
	Name, Details string
	Depth         int
	Rows, Hits    int64
}

// Lease is the kind of the one node by which processes on a store know of each other: what they go by, and who they are. As with
// Applied, nothing leads to it.
var Lease = &Kind{Name: "Lease", Label: "KithLease", Prefix: "lea", Properties: []*Property{
	{Name: LeasePolicy, Type: Enum, Hidden: true}, {Name: LeaseHolders, Type: Strings, Hidden: true},
}}

// Names of the properties of Lease: the version of the newest policy, and who holds a lease.
const (
	LeasePolicy  = "policy"
	LeaseHolders = "holders"
)

// A Memo is where those who read a fetch keep what they have made of its lists, for others that ask the same: fetches with one Memo
// differ in Now, in Asker, and in which nodes their roots name, but not in how these name them, by IDs or by External. Nothing changes
// what is kept. The zero Memo is empty, and may be used side by side.
type Memo struct{ kept sync.Map }

// Keep gives what was made for a key before, or else what make makes, which is kept; nil keeps nothing.
func Keep[T any](in *Memo, key any, make func() T) T {
	if in == nil {
		return make()
	}
	if v, ok := in.kept.Load(key); ok {
		return v.(T)
	}
	v, _ := in.kept.LoadOrStore(key, make())
	return v.(T)
}

// A StatementRun is a statement that a store had its database run, as it tells when it has.
type StatementRun struct {
	Text  string // of the store's own language, without the values of its parameters
	List  *List  // that it answers; nil: all lists of the fetch, or none
	Began time.Time
	Err   error
}

type statementKey struct{}

// OnStatement has stores tell of each statement that a Read or a Write under ctx costs, a repetition included, but not of the beginning and
// the end of a transaction. Who is told already, is told first. Reads may run side by side.
func OnStatement(ctx context.Context, tell func(context.Context, StatementRun)) context.Context {
	if first, also := StatementsTold(ctx), tell; first != nil {
		tell = func(ctx context.Context, st StatementRun) {
			first(ctx, st)
			also(ctx, st)
		}
	}
	return context.WithValue(ctx, statementKey{}, tell)
}

// Ran tells of a statement that has just been run, if anybody is to be told.
func Ran(ctx context.Context, text string, l *List, began time.Time, err error) {
	if tell := StatementsTold(ctx); tell != nil {
		tell(ctx, StatementRun{Text: text, List: l, Began: began, Err: err})
	}
}

// StatementsTold is whom a store tells of its statements; nil: nobody.
func StatementsTold(ctx context.Context) func(context.Context, StatementRun) {
	tell, _ := ctx.Value(statementKey{}).(func(context.Context, StatementRun))
	return tell
}

// What parts of a condition add to the time that a database takes to plan a statement which it has not seen: CPU of Neo4j, as measured. A
// database that plans nothing is asked the same, so that what is refused does not depend on it.
const (
	planTest       = 6 * time.Millisecond
	planQuantified = 30 * time.Millisecond
	planWalk       = 150 * time.Millisecond
)

// MostPlanning is what a caller's filter may add to the time that a statement takes to be planned.
const MostPlanning = 1500 * time.Millisecond

// Planning estimates what a filter adds to the time that a statement takes to be planned. Guards do not count: a caller is not to learn
// by the estimate what is withheld.
func (f *Filter) Planning() time.Duration {
	switch {
	case f == nil:
		return 0
	case f.Test != nil:
		return planTest
	case f.Some != nil:
		return f.Some.planning()
	case f.Every != nil:
		return f.Every.planning()
	case f.Total != nil:
		return (&Quantified{Edge: f.Total.Over.Edge, Filter: f.Total.Over.Filter}).planning()
	}
	sum := f.Not.Planning() + f.Of.Planning() + f.Fails.Planning()
	for _, g := range f.And {
		sum += g.Planning()
	}
	for _, g := range f.Or {
		sum += g.Planning()
	}
	return sum
}

func (q *Quantified) planning() time.Duration {
	sum := planQuantified + q.Filter.Planning()
	if q.Edge.Walks() {
		sum += planWalk
	}
	return sum
}

// An Entry of the feed is what one batch changed: which nodes and relationships, and which of their properties. It holds no value, and
// no key that a source gave.
type Entry struct {
	Place int64 // 1 for the first batch that changed something, and one more for each after that
	At    Time  // by the clock of who wrote it, so that it may go back
	Nodes []TouchedNode
	Edges []TouchedEdge
}

// A TouchedNode is one that a batch made, changed or removed.
type TouchedNode struct {
	Kind       *Kind
	ID         string
	How        Outcome  // Created, Changed or Removed
	Properties []string // of one that was Changed: their names, those of hidden ones, too
	Gone       []string // of these, those that have no value now
	About      []string // of one that was Removed: the ids of those to whom the first hops of its Ways led
}

// A TouchedEdge is what became of the relationships of one type from one node to another.
type TouchedEdge struct {
	Rel        *Rel
	From, To   string
	How        Outcome  // Changed, too, where one came and another went
	Properties []string // where none came or went: names of those that changed
}

// A Feed is a part of the entries, in their order.
type Feed struct {
	Entries []Entry
	Last    int64 // the place of the newest entry of all, 0 if there was never one
}

// CursorExpired says that entries behind a place are not to be had, so that who goes on from there would miss some: they were trimmed, or the
// store was replaced by one of before.
const CursorExpired Code = "CURSOR_EXPIRED"

// CheckPlace says whether all entries behind a place can be had, of those between the first that is kept and the last.
func CheckPlace(after, first, last int64) error {
	if after+1 < first || after > last {
		return &Error{Code: CursorExpired, Message: "the changes behind this cursor are not kept any more: read anew what you keep, and go on from a new cursor",
			Err: fmt.Errorf("changes behind %d were asked for, and %d to %d are kept", after, first, last)}
	}
	return nil
}

// ReceiptKind names the kind that keeps receipts of answers. The feed does not tell of them: whoever read it would be told of her own reading.
const ReceiptKind = "Disclosure"
