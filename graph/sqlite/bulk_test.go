package sqlite_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sqlite"
)

// TestManyRowsAreWrittenByFewStatements makes rows, and then changes other properties of each: what is not given of one stays.
func TestManyRowsAreWrittenByFewStatements(t *testing.T) {
	const many = 1000
	s, statements := empty(t, sqlite.Options{}), 0
	telling := graph.OnStatement(ctx, func(context.Context, graph.StatementRun) { statements++ })
	set := func(values func(i int) []any) {
		w := newWorld(t)
		for i := range many {
			w.node("Customer", fmt.Sprint(i), values(i)...)
		}
		statements = 0
		_, err := s.Write(telling, w.batch)
		require.NoError(t, err)
		assert.Less(t, statements, many/2, "customers, and their words")
	}
	set(func(i int) []any {
		return []any{"email", fmt.Sprintf("person%d@example.com", i), "phone", fmt.Sprint("0000 ", i), "language", "de"}
	})
	set(func(i int) []any {
		return [][]any{{"email", nil}, {"phone", fmt.Sprint("1111 ", i)}, {"language", "fr", "email", "other@example.com"}}[i%3]
	})

	w := newWorld(t)
	l := w.root(many, w.sel("Customer", []string{"email", "phone", "language"}))
	found := map[string][]any{}
	for _, row := range read(t, s, l).Rows {
		found[fmt.Sprint(row.Props[1])] = row.Props
	}
	require.Len(t, found, many)
	for i := range many {
		phone := fmt.Sprint("0000 ", i)
		want := [][]any{{nil, phone, "de"}, {fmt.Sprintf("person%d@example.com", i), fmt.Sprint("1111 ", i), "de"}, {"other@example.com", phone, "fr"}}[i%3]
		require.Equal(t, want, found[fmt.Sprint(want[1])], "%d", i)
	}
}
