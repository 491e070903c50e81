package sqlite_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sqlite"
)

// TestManyValuesOfAnAttributeCostLittleMoreThanOne holds that a node's attribute is not compared with each of the values: a thousand of them took a thousand times as
// long as one.
func TestManyValuesOfAnAttributeCostLittleMoreThanOne(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	for i := range 1000 {
		w.node("Case", fmt.Sprint(i), "attributes", []string{fmt.Sprintf(`{"name":"colour","text":"%d","at":"2026-01-01T00:00:00Z"}`, i)})
	}
	w.write(t, s)
	took := func(values int) time.Duration {
		is := &graph.AttributeTest{Name: "colour", Type: graph.AttributeText}
		for i := range values {
			is.In = append(is.In, fmt.Sprint(-1-i))
		}
		l := w.root(20, w.sel("Case", nil))
		l.Filter = w.test("Case", "attributes", graph.Tells, is)
		least := time.Hour
		for range 3 {
			start := time.Now()
			got, err := s.Read(ctx, &graph.Fetch{Lists: []*graph.List{l}})
			require.NoError(t, err)
			require.Empty(t, got.Lists[0].Rows)
			least = min(least, time.Since(start))
		}
		return least
	}
	one := took(1)
	many := took(1000)
	t.Logf("one value: %v, a thousand: %v", one, many)
	require.Less(t, many, 30*one, "one value: %v", one)
}
