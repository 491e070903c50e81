package projection

import (
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
)

// TestManyAskForALogWhileItsStoreIsWritten has several ask for logs of several purposes, which are read, brought up to date and written as snapshots meanwhile. Whoever asks
// next is told what the store has.
func TestManyAskForALogWhileItsStoreIsWritten(t *testing.T) {
	cat := graphtest.Catalog(t)
	st := storeOf(t, cat, graphtest.Clock, 1)
	r := snapshotsOf(t, cat, st, graphtest.Clock, t.TempDir(), t.Output())
	now := graph.At(graphtest.Clock())
	support := cat.MustKind("Case")
	var all sync.WaitGroup
	var looked sync.Mutex
	type seen struct {
		log        *policy.EventLog
		population string
	}
	var before []seen
	for i := range 3 {
		all.Go(func() {
			for j := range 20 {
				q := []*graph.Filter{nil, {Test: &graph.Test{Ref: graph.Ref{Prop: support.Property("objectType")}, Op: graph.Eq, Value: "order"}}}[j%2]
				log, err := r.chosen(t, purposes[(i+j)%len(purposes)], support, q, now)
				if !assert.NoError(t, err) {
					return
				}
				v, err := log.View(log.As())
				if assert.NoError(t, err) {
					looked.Lock()
					before = append(before, seen{log, fmt.Sprint(v.Population())})
					looked.Unlock()
					v.Map(true)
				}
			}
		})
	}
	all.Go(func() {
		for range 20 {
			r.set.saveAll(t.Context())
		}
	})
	for i := range 60 {
		_, err := st.Write(t.Context(), &graph.Batch{Source: "suite", Nodes: []graph.Upsert{{Kind: support, ID: fmt.Sprint("case ", i%20), Set: graph.Values{"objectType": []string{"order", "return"}[i%2]}}}})
		require.NoError(t, err)
	}
	all.Wait()
	for _, one := range before {
		v, err := one.log.View(one.log.As())
		require.NoError(t, err)
		assert.Equal(t, one.population, fmt.Sprint(v.Population()), "a log stays as it was")
	}
	for _, purpose := range purposes {
		want, err := readerOf(t, cat, st, graphtest.Clock, 0).journeys(t, purpose, "Case", now)
		require.NoError(t, err)
		got, err := r.journeys(t, purpose, "Case", now)
		require.NoError(t, err)
		require.Equal(t, told(t, want.Log), told(t, got.Log), purpose)
	}
	r.set.Close()
}
