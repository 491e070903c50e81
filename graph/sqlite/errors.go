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
	return graph.Translated(err, func() (graph.Code, string) { return classified(ctx, err) })
}

func classified(ctx context.Context, err error) (graph.Code, string) {
	var db *sqlite.Error
	isDB := errors.As(err, &db)
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded):
		return graph.Timeout, "the database did not answer in time"
	case errors.Is(err, context.Canceled), ctx.Err() != nil, isDB && db.Code() == sqlite3.SQLITE_INTERRUPT:
		return graph.Timeout, "the request was given up"
	case isDB && strings.Contains(db.Error(), "integer overflow"):
		return graph.BadInput, "a sum is too large to be kept exactly"
	case isDB && db.Code()&0xff == sqlite3.SQLITE_CONSTRAINT:
		return graph.Conflict, "something else has the same key already"
	case isDB && db.Code()&0xff == sqlite3.SQLITE_FULL:
		return graph.Unavailable, "the database cannot be written: its disk is full"
	case isDB && db.Code()&0xff == sqlite3.SQLITE_READONLY:
		return graph.Unavailable, "the database cannot be written: its file, or its file system, is read-only"
	case isDB && unavailable[db.Code()&0xff]:
		return graph.Unavailable, "the database cannot be reached"
	}
	return graph.Internal, "the database could not carry out the request"
}

var unavailable = map[int]bool{
	sqlite3.SQLITE_BUSY: true, sqlite3.SQLITE_LOCKED: true, sqlite3.SQLITE_IOERR: true,
	sqlite3.SQLITE_CANTOPEN: true,
}
