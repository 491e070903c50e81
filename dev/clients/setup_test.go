package clients

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph/demo"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/projection"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
)

// now is the day of the demonstration world.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

// install brings the packages of package-lock.json, where they are not there or others are.
var install = sync.OnceValues(func() ([]byte, error) {
	lock, err := os.Stat("package-lock.json")
	if err != nil {
		return nil, err
	}
	if have, err := os.Stat("node_modules/.package-lock.json"); err == nil && !have.ModTime().Before(lock.ModTime()) {
		return nil, nil
	}
	return exec.Command("npm", "ci").CombinedOutput()
})

// schema is what `kith schema` prints.
var schema = sync.OnceValues(func() ([]byte, error) {
	cmd := exec.Command("go", "run", "../../cmd/kith", "schema")
	var told strings.Builder
	cmd.Stderr = &told
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("kith schema: %w: %s", err, told.String())
	}
	return out, nil
})

func needNode(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no Node")
	}
	if _, err := exec.LookPath("node"); err != nil {
		if os.Getenv("KITH_REQUIRE_NODE") == "1" {
			require.NoError(t, err)
		}
		t.Skip("Node is not there")
	}
	out, err := install()
	require.NoErrorf(t, err, "%s", out)
}

// A workspace is a folder that a tool may read and write: a copy of one of this package, so that a test may break it.
type workspace string

// workspaceOf copies a folder and puts the installed packages and schema.graphql into it.
func workspaceOf(t *testing.T, folder string) workspace {
	t.Helper()
	needNode(t)
	w := workspace(t.TempDir())
	require.NoError(t, os.CopyFS(string(w), os.DirFS(folder)))
	packages, err := filepath.Abs("node_modules")
	require.NoError(t, err)
	require.NoError(t, os.Symlink(packages, filepath.Join(string(w), "node_modules")))
	text, err := schema()
	require.NoError(t, err)
	w.write(t, "schema.graphql", string(text))
	return w
}

func (w workspace) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(string(w), name)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
}

func (w workspace) read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(string(w), name))
	require.NoError(t, err)
	return string(text)
}

// node runs a program of a package, or one of the folder's, and gives what it printed.
func (w workspace) node(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "node", args...)
	cmd.Dir = string(w)
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// world is a file of SQLite with the demonstration world, which is loaded once.
var world = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "kith.db")
	cat, _, err := sdl.Load(kith.Schema)
	if err != nil {
		return nil, err
	}
	store, err := sqlite.Open(file, cat, sqlite.Options{Now: clock})
	if err != nil {
		return nil, err
	}
	_, err = demo.Load(context.Background(), store, cat, demo.Seed, now, nil)
	if err := errors.Join(err, store.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
})

// serve starts a server on the demonstration world, waits until it is ready and gives the address of its API. It stops
// with the test.
func serve(t *testing.T, with ...func(*server.Options)) string {
	t.Helper()
	cat, parsed := graphtest.Catalog(t), graphtest.Schema(t)
	content, err := world()
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "kith.db")
	require.NoError(t, os.WriteFile(file, content, 0o600))
	store, err := sqlite.Open(file, cat, sqlite.Options{Now: clock, Mark: func(text string) string { return "mark of " + text }})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, store.Close()) })
	logs, err := projection.New(cat, projection.Options{Now: clock})
	require.NoError(t, err)
	t.Cleanup(logs.Close)
	r, err := resolvers.New(resolvers.Options{Reader: policy.WithLogs(store, logs), Writer: store, Catalog: cat, Schema: parsed, Now: clock})
	require.NoError(t, err)
	o := server.Options{Resolver: r, Purpose: "COMPLIANCE", Store: store, Log: slog.New(slog.DiscardHandler)}
	for _, set := range with {
		set(&o)
	}
	s, err := server.New(o)
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
	at := "http://" + l.Addr().String()
	require.Eventually(t, func() bool {
		res, err := http.Get(at + "/readyz")
		return err == nil && assert.NoError(t, res.Body.Close()) && res.StatusCode == http.StatusOK
	}, time.Minute, 10*time.Millisecond)
	return at + "/graphql"
}
