package neo4j

import (
	"context"
	"errors"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

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
	var db *neo4j.Neo4jError
	isDB := errors.As(err, &db)
	var connectivity *neo4j.ConnectivityError
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(ctx.Err(), context.DeadlineExceeded),
		isDB && (strings.Contains(db.Code, "TransactionTimedOut") || strings.Contains(db.Code, "TransactionTerminated")):
		return &graph.Error{Code: graph.Timeout, Message: "the database did not answer in time", Err: err}
	case errors.Is(err, context.Canceled), ctx.Err() != nil:
		return &graph.Error{Code: graph.Timeout, Message: "the request was given up", Err: err}
	case isDB && (db.Code == "Neo.ClientError.Statement.ArithmeticError" && strings.Contains(db.Msg, "overflow")):
		return &graph.Error{Code: graph.BadInput, Message: "a sum is too large to be kept exactly", Err: err}
	case isDB && strings.HasPrefix(db.Code, "Neo.TransientError"), errors.As(err, &connectivity), isDB && strings.Contains(db.Code, "DatabaseUnavailable"):
		return &graph.Error{Code: graph.Unavailable, Message: "the database cannot be reached", Err: err}
	}
	return &graph.Error{Code: graph.Internal, Message: "the database could not carry out the request", Err: err}
}
