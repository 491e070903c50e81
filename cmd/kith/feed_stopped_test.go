package main

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
)

// TestWhoFollowsGoesOnWhenTheDatabaseWasStopped stops Neo4j under a server while somebody follows what changes, and starts it again.
func TestWhoFollowsGoesOnWhenTheDatabaseWasStopped(t *testing.T) {
	db := neo4jdev.StartOwn(t)
	s := startKilled(t, db.Addr, "--key", filepath.Join(t.TempDir(), "kith.key"), "--journal", filepath.Join(t.TempDir(), "kith.journal"), "--warm", "0s")
	f := &follower{}
	ok, _ := f.follow(s.url, "0")
	require.True(t, ok)
	w := &killedWriters{s: s, acknowledged: map[string]bool{}}
	w.prepare(t)
	codes := map[string]bool{}
	const rounds, each = 2, 3
	for round := range rounds {
		for n := range each { // of which the follower is told before, and behind, the stop
			require.NoError(t, w.write(0, round, n))
		}
		if round == 0 {
			ok, _ := f.follow(s.url, "0")
			require.True(t, ok)
		}
		waiting := make(chan bool)
		go func() {
			ok := true
			for ok {
				ok, _ = f.follow(s.url, "10")
			}
			waiting <- ok
		}()
		db.Stop(t)
		assert.False(t, <-waiting)
		codes[f.code] = true
		for range 3 {
			ok, _ := f.follow(s.url, "0")
			assert.False(t, ok)
			codes[f.code] = true
		}
		assert.Error(t, w.write(0, round, each), "nothing is said to be written that is not")
		db.Again(t)
		require.Eventually(t, func() bool { ok, _ := f.follow(s.url, "0"); return ok }, 2*time.Minute, 50*time.Millisecond)
	}
	for more := true; more; {
		ok, more = f.follow(s.url, "0")
		require.True(t, ok)
	}
	assert.Equal(t, map[string]bool{"UNAVAILABLE": true}, codes)
	assert.Len(t, f.made, 4+rounds*each, "all that was written, each once")
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(f.events))), len(f.events), "nothing was told twice")
}
