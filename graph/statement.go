package graph

import (
	"context"
	"time"
)

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
