package audit

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
)

func TestGraphQLOverHTTP(t *testing.T) {
	node := needNode(t)
	out, err := exec.CommandContext(t.Context(), node, "audit.mjs", "http://"+serve(t)+"/graphql").CombinedOutput()
	t.Logf("%s", out)
	require.NoError(t, err)
	assert.Contains(t, string(out), "61 passed, 0 failed")
}

// needNode finds Node and sees that the suite is installed.
func needNode(t *testing.T) string {
	t.Helper()
	node, err := exec.LookPath("node")
	if err != nil {
		if os.Getenv("KITH_REQUIRE_NODE") == "1" {
			require.NoError(t, err)
		}
		t.Skip("Node is not there")
	}
	if _, err := os.Stat("node_modules/graphql-http/package.json"); errors.Is(err, fs.ErrNotExist) {
		out, err := exec.CommandContext(t.Context(), "npm", "ci").CombinedOutput()
		require.NoErrorf(t, err, "%s", out)
	}
	return node
}

// serve starts a server on an empty store and gives its address. It stops with the test.
func serve(t *testing.T) string {
	t.Helper()
	cat, schema, err := sdl.Load(kith.Schema, kith.Derived)
	require.NoError(t, err)
	store, err := sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), cat, sqlite.Options{OnStatement: server.CountStatement})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, store.Close()) })
	r, err := resolvers.New(resolvers.Options{Store: store, Catalog: cat, Schema: schema})
	require.NoError(t, err)
	s, err := server.New(server.Options{Resolver: r, Purpose: "COMPLIANCE", Store: store, Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	l, err := server.Listen("127.0.0.1:0")
	require.NoError(t, err)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Run(ctx, l) }()
	t.Cleanup(func() {
		stop()
		assert.NoError(t, <-ended)
	})
	return l.Addr().String()
}
