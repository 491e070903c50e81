package sqlite_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sqlite"
)

// TestManyValuesOfAnAttributeAreLookedUp holds that a node's attribute is not compared with each of the values: so many of them would take
// many minutes.
func TestManyValuesOfAnAttributeAreLookedUp(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	for i := range 1000 {
		w.node("Case", fmt.Sprint(i), "attributes", []string{fmt.Sprintf(`{"name":"colour","text":"%d","at":"2026-01-01T00:00:00Z"}`, i)})
	}
	w.write(t, s)
	is := &graph.AttributeTest{Name: "colour", Type: graph.AttributeText}
	for i := range 200_000 {
		is.In = append(is.In, fmt.Sprint(-1-i))
	}
	l := w.root(20, w.sel("Case", nil))
	l.Filter = w.test("Case", "attributes", graph.Tells, is)
	limited, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	got, err := s.Read(limited, &graph.Fetch{Lists: []*graph.List{l}})
	require.NoError(t, err)
	require.Empty(t, got.Lists[0].Rows)
}
