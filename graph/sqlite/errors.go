package sqlite

import (
	"context"
	"errors"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/kithgraph/kith/graph"
)

// translated gives the driver's errors the codes of the contract. The driver's words go to the log only.
func translated(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var known *graph.Error
	var batch *graph.BatchError
	if errors.As(err, &known) || errors.As(err, &batch) {
		return err
	}
	var db *sqlite.Error
	isDB := errors.As(err, &db)
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &graph.Error{Code: graph.Timeout, Message: "the database did not answer in time", Err: err}
	case errors.Is(err, context.Canceled), ctx.Err() != nil, isDB && db.Code() == sqlite3.SQLITE_INTERRUPT:
		return &graph.Error{Code: graph.Timeout, Message: "the request was given up", Err: err}
	case isDB && strings.Contains(db.Error(), "integer overflow"):
		return &graph.Error{Code: graph.BadInput, Message: "a sum is too large to be kept exactly", Err: err}
	case isDB && db.Code()&0xff == sqlite3.SQLITE_CONSTRAINT:
		return &graph.Error{Code: graph.Conflict, Message: "something else has the same key already", Err: err}
	case isDB && unavailable[db.Code()&0xff]:
		return &graph.Error{Code: graph.Unavailable, Message: "the database cannot be reached", Err: err}
	}
	return &graph.Error{Code: graph.Internal, Message: "the database could not carry out the request", Err: err}
}

var unavailable = map[int]bool{
	sqlite3.SQLITE_BUSY: true, sqlite3.SQLITE_LOCKED: true, sqlite3.SQLITE_IOERR: true, sqlite3.SQLITE_FULL: true,
	sqlite3.SQLITE_CANTOPEN: true, sqlite3.SQLITE_READONLY: true,
}
