package resolvers

import (
	"context"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
)

// Execute runs one operation outside a server: for explaining it, and for tests.
func (r *Resolver) Execute(ctx context.Context, query string, variables map[string]any) *graphql.Response {
	e := executor.New(r.Executable())
	e.AroundOperations(r.Operation)
	ctx = graphql.StartOperationTrace(ctx)
	op, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: variables})
	if len(errs) > 0 {
		return &graphql.Response{Errors: errs}
	}
	next, ctx := e.DispatchOperation(ctx, op)
	return next(ctx)
}
