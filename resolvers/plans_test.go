package resolvers_test

import (
	"context"
	"sync"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"
)

func TestRequestsSideBySideShareAPlan(t *testing.T) {
	r := resolver(t, full{})
	e := executor.New(r.Executable())
	e.SetQueryCache(lru.New[*ast.QueryDocument](10))
	e.AroundOperations(r.Operation)
	query := `query($id: ID!, $n: Int) { a: customer(id: $id) { id name employments(first: $n) { totalCount edges { cursor properties { title } node { id name } } } }
		b: customer(id: "cus_2") { id contact { count } } accounts(first: $n) { groups(by: [ACCOUNT_STAGE]) { rows { count } } edges { node { withheld { field } } } } }`
	ask := func(n int) string {
		ctx := graphql.StartOperationTrace(asking(context.Background()))
		op, errs := e.CreateOperationContext(ctx, &graphql.RawParams{Query: query, Variables: map[string]any{"id": "cus_1", "n": n}})
		if !assert.Empty(t, errs) {
			return ""
		}
		next, ctx := e.DispatchOperation(ctx, op)
		res := next(ctx)
		assert.Empty(t, res.Errors)
		return string(res.Data)
	}
	want := map[int]string{}
	for n := 1; n <= 3; n++ {
		want[n] = ask(n)
	}
	require.NotEqual(t, want[1], want[2])
	var all sync.WaitGroup
	for i := range 60 {
		all.Go(func() { assert.Equal(t, want[1+i%3], ask(1+i%3)) })
	}
	all.Wait()
}
