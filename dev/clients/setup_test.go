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
	"slices"
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

func needNode(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no Node")
	}
	graphtest.InTurn(t)
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
	w.write(t, "schema.graphql", sdl.Print(graphtest.Schema(t))) // as kith schema prints it
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

// A stack is what was opened, to be closed in the other order.
type stack []func() error

func (s stack) close() error {
	var all []error
	for _, one := range slices.Backward(s) {
		all = append(all, one())
	}
	return errors.Join(all...)
}

// shared is what tests have together.
var shared stack

func atEnd(end func() error) { shared = append(shared, end) }

func TestMain(m *testing.M) {
	code := m.Run()
	if err := shared.close(); err != nil {
		fmt.Fprintln(os.Stderr, "what the tests share did not end well:", err)
		code = max(code, 1)
	}
	os.Exit(code)
}

// serve starts a server on the demonstration world, waits until it is ready and gives the address of its API. It stops with the test.
func serve(t *testing.T, with ...func(*server.Options)) string {
	t.Helper()
	api, stop, err := start(t, with...)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, stop()) })
	return api
}

// start is that for whoever stops it.
func start(t testing.TB, with ...func(*server.Options)) (api string, stop func() error, err error) {
	var opened stack
	o, err := opened.world(t)
	if err == nil {
		for _, set := range with {
			set(&o)
		}
		api, err = opened.listen(o)
	}
	if err != nil {
		return "", nil, errors.Join(err, opened.close())
	}
	return api, opened.close, nil
}

// world opens a copy of the demonstration world.
func (s *stack) world(t testing.TB) (o server.Options, err error) {
	content, err := world()
	if err != nil {
		return o, err
	}
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		return o, err
	}
	*s = append(*s, func() error { return os.RemoveAll(dir) })
	file := filepath.Join(dir, "kith.db")
	if err := os.WriteFile(file, content, 0o600); err != nil {
		return o, err
	}
	cat, parsed := graphtest.Catalog(t), graphtest.Schema(t)
	store, err := sqlite.Open(file, cat, sqlite.Options{Now: clock, Mark: func(text string) string { return "mark of " + text }})
	if err != nil {
		return o, err
	}
	*s = append(*s, store.Close)
	logs, err := projection.New(cat, projection.Options{Now: clock})
	if err != nil {
		return o, err
	}
	*s = append(*s, func() error { logs.Close(); return nil })
	r, err := resolvers.New(resolvers.Options{Reader: policy.WithLogs(store, logs), Writer: store, Catalog: cat, Schema: parsed, Now: clock})
	return server.Options{Resolver: r, Purpose: "COMPLIANCE", Store: store, Log: slog.New(slog.DiscardHandler)}, err
}

// listen serves until the stack is closed, and waits until the server is ready.
func (s *stack) listen(o server.Options) (api string, err error) {
	served, err := server.New(o)
	if err != nil {
		return "", err
	}
	l, err := server.Listen("127.0.0.1:0")
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- served.Run(ctx, l) }()
	*s = append(*s, func() error { cancel(); return <-ended })
	at := "http://" + l.Addr().String()
	for until := time.Now().Add(time.Minute); time.Now().Before(until); time.Sleep(10 * time.Millisecond) {
		if res, err := http.Get(at + "/readyz"); err == nil {
			if err := res.Body.Close(); err != nil || res.StatusCode == http.StatusOK {
				return at + "/graphql", err
			}
		}
	}
	return "", errors.New("the server is not ready after a minute")
}
