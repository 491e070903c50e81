package graph

import "context"

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
