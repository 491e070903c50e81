package main

import (
	"fmt"
	"io"
	"net"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// A line leads to a database, and can be cut.
type line struct {
	addr, to string
	mu       sync.Mutex
	listener net.Listener
	conns    []net.Conn
}

func (l *line) up(t *testing.T) {
	t.Helper()
	in, err := net.Listen("tcp", l.addr)
	require.NoError(t, err)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listener, l.addr = in, in.Addr().String()
	go func() {
		for {
			c, err := in.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", l.to)
			if err != nil {
				c.Close()
				continue
			}
			l.mu.Lock()
			l.conns = append(l.conns, c, out)
			l.mu.Unlock()
			go io.Copy(c, out)
			go io.Copy(out, c)
		}
	}()
}

func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.listener.Close()
	for _, c := range l.conns {
		c.Close()
	}
	l.conns = nil
}

// TestWhoFollowsGoesOnWhenTheDatabaseIsBack cuts a server off from its database again and again while somebody follows what another program
// changes there.
func TestWhoFollowsGoesOnWhenTheDatabaseIsBack(t *testing.T) {
	addr := neo4jdev.Start(t)
	neo4jdev.Empty(t, addr)
	t.Cleanup(func() { neo4jdev.Empty(t, addr) })
	g, err := declared()
	require.NoError(t, err)
	store, err := neo4j.Open(t.Context(), addr, g.catalog, neo4j.Options{})
	require.NoError(t, err)
	defer store.Close()
	require.NoError(t, store.Ready(t.Context()))
	l := &line{addr: "127.0.0.1:0", to: strings.TrimPrefix(addr, "bolt://")}
	l.up(t)
	defer l.cut()
	dir := t.TempDir()
	s := startKilled(t, "bolt://"+l.addr, "--key", filepath.Join(dir, "kith.key"), "--journal", filepath.Join(dir, "kith.journal"), "--warm", "0s")
	f := &follower{}
	ok, _ := f.follow(s.url, "0")
	require.True(t, ok)

	var made []string
	codes := map[string]bool{}
	write := func(n int) {
		for i := range n {
			report, err := store.Write(t.Context(), &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: g.catalog.MustKind("Account"), ID: fmt.Sprint(len(made), i), Set: graph.Values{"name": "A"}}}})
			require.NoError(t, err)
			made = append(made, report.IDs[0])
		}
	}
	for range 5 {
		write(3)
		for ok, more := true, true; more; {
			ok, more = f.follow(s.url, "0")
			require.True(t, ok)
		}
		waiting := make(chan bool)
		go func() { // is cut off while it waits
			ok, _ := f.follow(s.url, "10")
			waiting <- ok
		}()
		time.Sleep(400 * time.Millisecond)
		l.cut()
		assert.False(t, <-waiting)
		codes[f.code] = true
		write(2)
		for range 3 {
			ok, _ := f.follow(s.url, "0")
			assert.False(t, ok)
			codes[f.code] = true
		}
		l.up(t)
		require.Eventually(t, func() bool { ok, _ := f.follow(s.url, "0"); return ok }, time.Minute, 50*time.Millisecond)
	}
	for more := true; more; {
		ok, more = f.follow(s.url, "0")
		require.True(t, ok)
	}
	assert.Equal(t, map[string]bool{"UNAVAILABLE": true}, codes)
	assert.Equal(t, made, f.made, "all, in the order in which they were made, each once")
	assert.Len(t, slices.Compact(slices.Sorted(slices.Values(f.events))), len(f.events))
}
