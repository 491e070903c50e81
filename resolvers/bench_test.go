package resolvers_test

import (
	"context"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// full is a store that fills every page, at no cost of its own.
type full struct{ graph.Store }

func (full) Read(_ context.Context, f *graph.Fetch) (*graph.Result, error) {
	res := &graph.Result{}
	for _, l := range f.Lists {
		res.Lists = append(res.Lists, fill(l))
	}
	return res, nil
}

func fill(l *graph.List) graph.ListResult {
	res := graph.ListResult{Tallies: make([][]graph.TallyRow, len(l.Tallies))}
	n := l.Page.Limit
	if l.Identified() {
		n = 1
	}
	for range n {
		sel := l.Nodes[0]
		row := graph.Row{Sel: sel, ID: sel.Kind.Prefix + "_1", Props: make([]any, len(sel.Props)), Edge: make([]any, len(l.Props)), Keys: []any{"k", "i", "e"}}
		for i, p := range sel.Props {
			row.Props[i] = sample(p.Prop.Type)
		}
		for i, p := range l.Props {
			row.Edge[i] = sample(p.Prop.Type)
		}
		for _, below := range sel.Lists {
			row.Lists = append(row.Lists, fill(below))
		}
		res.Rows = append(res.Rows, row)
	}
	return res
}

func sample(t graph.Type) any {
	switch t {
	case graph.String, graph.Enum:
		return "value"
	case graph.Bool:
		return true
	case graph.Amount:
		return graph.Money{Amount: 1, Currency: "EUR"}
	case graph.Strings:
		return []string{"a"}
	}
	return int64(1)
}

// BenchmarkExecute is the cost of a request without parser, store and network: planning, walking, writing JSON.
func BenchmarkExecute(b *testing.B) {
	for _, c := range []struct{ name, query string }{
		{"one customer with her jobs", `{ customer(id: "cus_1") { id name email employments(first: 2) { edges { properties { title } node { id name } } } } }`},
		{"three levels, 110 rows", `{ account(id: "acc_1") { id name people(first: 10, orderBy: [{name: ASC}]) { edges { node { id name
			interactions(first: 5, orderBy: [{at: DESC}]) { edges { node { id at kind channel
				employees(first: 1) { edges { node { id name } } } products(first: 1) { edges { node { id name } } } } } } } } } } }`},
	} {
		b.Run(c.name, func(b *testing.B) {
			r := resolver(&testing.T{}, full{})
			e := executor.New(r.Executable())
			e.AroundOperations(r.Operation)
			doc, errs := e.CreateOperationContext(graphql.StartOperationTrace(asking(context.Background())), &graphql.RawParams{Query: c.query})
			require.Empty(b, errs)
			b.ReportAllocs()
			for b.Loop() {
				ctx := graphql.StartOperationTrace(asking(context.Background()))
				op := &graphql.OperationContext{RawQuery: doc.RawQuery, Doc: doc.Doc, Operation: doc.Operation, Variables: doc.Variables,
					ResolverMiddleware: doc.ResolverMiddleware, RootResolverMiddleware: doc.RootResolverMiddleware, RecoverFunc: doc.RecoverFunc}
				next, ctx := e.DispatchOperation(ctx, op)
				if res := next(ctx); len(res.Errors) > 0 {
					b.Fatal(res.Errors)
				}
			}
		})
	}
}
