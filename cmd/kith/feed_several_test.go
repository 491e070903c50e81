package main

import (
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
)

// TestServersOfOneDatabaseTellOneOrder writes to two servers of one Neo4j at once, while each is followed. Each tells what came by the other,
// both tell it in one order, and a cursor of one goes on at the other.
func TestServersOfOneDatabaseTellOneOrder(t *testing.T) {
	addr := neo4jdev.Start(t)
	neo4jdev.Empty(t, addr)
	t.Cleanup(func() { neo4jdev.Empty(t, addr) })
	key := filepath.Join(t.TempDir(), "kith.key")
	var servers []*killed
	var followers []*follower
	for range 2 {
		s := startKilled(t, addr, "--key", key, "--journal", filepath.Join(t.TempDir(), "kith.journal"), "--warm", "0s")
		servers, followers = append(servers, s), append(followers, &follower{})
	}
	for i, f := range followers {
		ok, _ := f.follow(servers[i].url, "0")
		require.True(t, ok)
	}
	first := &killedWriters{s: servers[0], acknowledged: map[string]bool{}}
	first.prepare(t)
	second := &killedWriters{s: servers[1], ann: first.ann, bob: first.bob, deal: first.deal, acknowledged: map[string]bool{}}
	const each = 8
	var writing, following sync.WaitGroup
	written := make(chan struct{})
	for i, w := range []*killedWriters{first, second} {
		for c := range 4 {
			writing.Go(func() {
				for n := range each {
					assert.NoError(t, w.write(c, i, n))
				}
			})
		}
	}
	for i, f := range followers {
		following.Go(func() {
			for done, more := false, true; !done || more; {
				select {
				case <-written:
					done = true
				default:
				}
				var ok bool
				if ok, more = f.follow(servers[i].url, "0"); !assert.True(t, ok) {
					return
				}
				time.Sleep(20 * time.Millisecond)
			}
		})
	}
	writing.Wait()
	close(written)
	following.Wait()
	assert.Equal(t, followers[0].made, followers[1].made, "one order")
	assert.Len(t, followers[0].made, 4+2*3*each, "what came by either server: all but what the deal is worth makes something")
	for _, f := range followers {
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(f.events))), len(f.events), "nothing was told twice")
	}
	assert.Len(t, followers[0].events, len(followers[1].events))

	require.NoError(t, first.write(0, 2, 0))
	across := &follower{cursor: followers[0].cursor}
	ok, _ := across.follow(servers[1].url, "5")
	require.True(t, ok)
	assert.Len(t, across.made, 1, "a cursor of one server goes on at the other")
}
