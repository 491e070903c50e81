package neo4j

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
)

// translated gives the driver's errors the codes of the contract. The driver's words go to the log only.
func translated(ctx context.Context, err error) error {
	return graph.Translated(err, func() (graph.Code, string) { return classified(ctx, err) })
}

func classified(ctx context.Context, err error) (graph.Code, string) {
	var db *neo4j.Neo4jError
	if !errors.As(err, &db) {
		db = &neo4j.Neo4jError{}
	}
	has := func(parts ...string) bool {
		return slices.ContainsFunc(parts, func(p string) bool { return strings.HasPrefix(db.Code, p) })
	}
	switch {
	case over(ctx), has("Neo.ClientError.Transaction.TransactionTimedOut"):
		return graph.Timeout, "the database did not answer in time"
	case ctx.Err() != nil:
		return graph.Timeout, "the request was given up"
	case has("Neo.ClientError.Statement.ArithmeticError") && strings.Contains(db.Msg, "overflow"):
		return graph.BadInput, "a sum is too large to be kept exactly"
	case has("Neo.ClientError.Schema.ConstraintValidationFailed"):
		return graph.Conflict, "something else has the same key already"
	case disconnected(err), has("Neo.TransientError.", "Neo.ClientError.Security.", "Neo.ClientError.Database.", "Neo.DatabaseError.Database.", "Neo.ClientError.Transaction.TransactionTerminated"):
		return graph.Unavailable, "the database cannot be reached"
	}
	return graph.Internal, "the database could not carry out the request"
}

// over reports whether the context's deadline has passed, which the driver may notice before the context does.
func over(ctx context.Context) bool {
	at, ok := ctx.Deadline()
	return ok && !time.Now().Before(at)
}

// disconnected reports whether there was no connection, or it broke.
func disconnected(err error) bool {
	var c *neo4j.ConnectivityError
	return errors.As(err, &c)
}

// passing reports whether the database refused for a reason that passes, as a deadlock does.
func passing(err error) bool {
	var db *neo4j.Neo4jError
	return errors.As(err, &db) && db.IsRetriable()
}
