package main

import (
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph/neo4j"
)

// TestTheFeedAgreesWithTheGraphThoughTheServerIsKilled kills the server at random moments while four clients write and one follows what changes,
// and starts it again on the same store. Graph, versions, ties and feed agree then, with each other and with a store to which the same was
// written without a disturbance.
func TestTheFeedAgreesWithTheGraphThoughTheServerIsKilled(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		followedKilled(t, "sqlite:"+filepath.Join(t.TempDir(), "kith.db"), kills())
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr := neo4jdev.Start(t)
		neo4jdev.Empty(t, addr)
		t.Cleanup(func() { neo4jdev.Empty(t, addr) })
		followedKilled(t, addr, kills(), "--key", filepath.Join(t.TempDir(), "kith.key"), "--journal", filepath.Join(t.TempDir(), "kith.journal"), "--warm", "0s")
	})
}

// A follower asks for what changes, as another system would.
type follower struct {
	cursor string
	code   string   // of the last refusal
	events []string // their ids, in order
	made   []string // ids of nodes
}

// follow asks once, and reports whether the whole of an answer came.
func (f *follower) follow(base, wait string) (ok, more bool) {
	query := url.Values{"wait": {wait}, "first": {"3"}}
	if f.cursor != "" {
		query.Set("after", f.cursor)
	}
	req, err := http.NewRequest(http.MethodGet, strings.TrimSuffix(base, "/graphql")+"/v1/changes?"+query.Encode(), nil)
	if err != nil {
		return false, false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false, false
	}
	defer res.Body.Close()
	lines := json.NewDecoder(res.Body)
	if res.StatusCode != http.StatusOK {
		var refused struct {
			Errors []struct{ Extensions struct{ Code string } }
		}
		if lines.Decode(&refused) == nil && len(refused.Errors) == 1 {
			f.code = refused.Errors[0].Extensions.Code
		}
		return false, false
	}
	var events, made []string
	for {
		var event struct {
			ID, Subject string
			Data        struct{ Change string }
		}
		if err := lines.Decode(&event); err != nil {
			if !errors.Is(err, io.EOF) {
				return false, false
			}
			break
		}
		if events = append(events, event.ID); event.Data.Change == "CREATED" {
			made = append(made, event.Subject)
		}
	}
	f.cursor, f.events, f.made = res.Header.Get("Kith-Cursor"), append(f.events, events...), append(f.made, made...)
	return true, len(events) > 0 || res.Header.Get("Kith-More") == "true"
}

func TestWhoWaitsForChangesIsAnsweredWhenTheServerStops(t *testing.T) {
	s := startKilled(t, "sqlite:"+filepath.Join(t.TempDir(), "kith.db"))
	f := &follower{}
	answered := make(chan bool)
	go func() {
		ok, _ := f.follow(s.url, "30")
		answered <- ok
	}()
	time.Sleep(time.Second) // most of it is waited
	stopped := time.Now()
	require.NoError(t, s.cmd.Process.Signal(os.Interrupt))
	assert.True(t, <-answered)
	assert.NoError(t, s.cmd.Wait())
	assert.Less(t, time.Since(stopped), 8*time.Second, "less than requests that run are waited for")
	assert.NotEmpty(t, f.cursor)
}

// followedKilled kills the server on a store so many times.
func followedKilled(t *testing.T, store string, times int, more ...string) {
	s := startKilled(t, store, more...)
	f := &follower{}
	ok, _ := f.follow(s.url, "0")
	require.True(t, ok)
	w := &killedWriters{s: s, acknowledged: map[string]bool{}}
	w.prepare(t)
	for round := range times {
		if round > 0 {
			s = startKilled(t, store, more...)
			w.s = s
		}
		first := make(chan bool)
		answered := sync.OnceFunc(func() { close(first) })
		var clients sync.WaitGroup
		for c := range 4 {
			clients.Go(func() {
				for n := 0; w.write(c, round, n) == nil; n++ {
					answered()
				}
			})
		}
		clients.Go(func() {
			for ok := true; ok; ok, _ = f.follow(s.url, "1") {
			}
		})
		select { // however busy the machine is
		case <-first:
		case <-time.After(time.Minute):
			t.Fatal("nobody is answered")
		}
		time.Sleep(time.Duration(rand.IntN(150)) * time.Millisecond)
		require.NoError(t, s.cmd.Process.Kill())
		_ = s.cmd.Wait() // it was killed
		clients.Wait()
	}
	require.GreaterOrEqual(t, len(w.acknowledged), times)
	s = startKilled(t, store, more...)
	for more := true; more; {
		var ok bool
		ok, more = f.follow(s.url, "0")
		require.True(t, ok)
	}
	require.NoError(t, s.cmd.Process.Kill())
	_ = s.cmd.Wait()

	g, err := declared()
	require.NoError(t, err)
	require.NoError(t, storeFlag{Store: store, Key: filepath.Join(t.TempDir(), "another.key")}.open(t.Context(), g, neo4j.Options{}))
	defer g.Close()
	there := w.agrees(t, g)
	slices.Sort(f.made)
	assert.Equal(t, there, f.made, "each node that is there was told of as new, once, and no other")
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(f.events))), len(f.events), "nothing was told twice")
	place := int64(0)
	for {
		feed, err := g.Store.Changes(t.Context(), place, 500)
		require.NoError(t, err)
		for _, e := range feed.Entries {
			require.Equal(t, place+1, e.Place)
			place = e.Place
		}
		if len(feed.Entries) == 0 {
			assert.Equal(t, feed.Last, place)
			break
		}
	}
	assert.Equal(t, len(there)+w.amounts, int(place), "a batch that was not committed has no place")
}
