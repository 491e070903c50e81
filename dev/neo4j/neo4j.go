//go:build unix

// Package neo4j gives tests a real Neo4j server. It runs on a port of its own,
// so that a test never touches the data somebody keeps on the default port.
package neo4j

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// A server is one that the tests of several packages use, one after the other.
type server struct {
	ports []string // of those that are alike; not Neo4j's default port 7687

	once sync.Once
	addr string
	err  error
	lock *os.File // stays referenced: a collected file is closed, and closing it gives the lock up
}

// All are one process, so that what the JVM has compiled for one serves the others. With three of each sort, no package waits for
// long, and five at a time that take both cannot wait for each other.
var (
	shipped = &server{ports: []string{"7688", "7692", "7694"}} // 7689 is that of benchmarks
	keeping = &server{ports: []string{"7690", "7691", "7693"}}
	named   = &server{} // by KITH_TEST_NEO4J, for both
)

// exitMissing is neo4j.sh's exit code for a missing program.
const exitMissing = 3

// errMissing marks a machine without Java or Maven.
var errMissing = errors.New("no local Neo4j")

// Start returns the Bolt address of a running Neo4j server, whose settings are those that it is shipped with.
//
// The first call waits until no other test process uses the server and then
// keeps it for this process until it exits: the Community edition has one
// database, and go test runs packages side by side. Within the process the
// tests share the server, with whatever data earlier tests left in it, and
// those that run in parallel have to keep apart themselves. The server is left
// running for the next package.
//
// KITH_TEST_NEO4J names a server to use instead. On a machine without Java or
// Maven the test is skipped, or fails when KITH_REQUIRE_NEO4J=1. With -short it
// is skipped.
func Start(t testing.TB) string {
	t.Helper()
	return shipped.started(t)
}

// StartKeepingPlans is Start with another server, which plans a text once, whatever becomes of the data and however long the
// parameters are: for tests of answers, whose worlds come and go. Its plans are not those of the server that is shipped.
func StartKeepingPlans(t testing.TB) string {
	t.Helper()
	return keeping.started(t)
}

func (s *server) started(t testing.TB) string {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no Neo4j")
	}
	if os.Getenv("KITH_TEST_NEO4J") != "" {
		s = named
	}
	s.once.Do(func() { s.addr, s.err = s.start() })
	demand(t, s.err)
	return s.addr
}

// demand ends a test that has no server.
func demand(t testing.TB, err error) {
	t.Helper()
	switch {
	case err == nil:
	case errors.Is(err, errMissing) && os.Getenv("KITH_REQUIRE_NEO4J") != "1":
		t.Skip(err)
	default:
		t.Fatal(err)
	}
}

func (s *server) start() (string, error) {
	root, err := repoRoot()
	if err != nil {
		return "", err
	}
	if s == named { // it is shared by the packages just the same
		s.lock, _, err = acquire(filepath.Join(root, ".neo4j"), "test.lock")
		return os.Getenv("KITH_TEST_NEO4J"), err
	}
	locks := make([]string, len(s.ports))
	for i, port := range s.ports {
		locks[i] = "test." + port + ".lock"
	}
	var free int
	if s.lock, free, err = acquire(filepath.Join(root, ".neo4j"), locks...); err != nil {
		return "", err
	}
	if err := launch(filepath.Join(root, "dev", "neo4j", "neo4j.sh")); err != nil {
		s.lock.Close()
		return "", err
	}
	return "bolt://127.0.0.1:" + s.ports[free], nil
}

// launch starts all servers unless they run.
func launch(script string) error {
	// Planning makes much garbage. The collector that works while the program stands still takes less of two processors than that which works beside it.
	return scripted(script, []string{"KITH_NEO4J_BESIDE=" + strings.Join(shipped.ports[1:], " "), "KITH_NEO4J_KEEPING=" + strings.Join(keeping.ports, " "),
		"KITH_NEO4J_HEAP=" + cmp.Or(os.Getenv("KITH_NEO4J_HEAP"), "3g"), "KITH_NEO4J_JAVA=" + cmp.Or(os.Getenv("KITH_NEO4J_JAVA"), "-XX:+UseParallelGC")},
		"start", shipped.ports[0])
}

// scripted runs neo4j.sh.
func scripted(script string, environment []string, args ...string) error {
	cmd := exec.Command(script, args...)
	cmd.Env = append(os.Environ(), environment...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &exit) && exit.ExitCode() == exitMissing:
		return fmt.Errorf("%w: %s", errMissing, tail(stderr.String()))
	default:
		return fmt.Errorf("neo4j.sh %s: %w\n%s", strings.Join(args, " "), err, tail(stderr.String()))
	}
}

// Empty removes what earlier tests left. Constraints, indexes and plans stay.
func Empty(t testing.TB, addr string) {
	t.Helper()
	run(t, addr, "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS")
}

// Forget has the server plan every text as if it were new.
func Forget(t testing.TB, addr string) {
	t.Helper()
	run(t, addr, "CALL db.clearQueryCaches()")
}

// Planned is how many statements the server has planned since its start, and how many of these anew since the data had changed; not
// ok where a server was named that cannot tell.
func Planned(t testing.TB, addr string) (planned, anew int64, ok bool) {
	t.Helper()
	if !has(t, addr, "kith.planned") {
		return 0, 0, false
	}
	res := run(t, addr, "CALL kith.planned()")
	return res[0].Values[0].(int64), res[0].Values[1].(int64), true
}

// has reports whether a server has a procedure: one that was named may be another than that of dev/neo4j.
func has(t testing.TB, addr, procedure string) bool {
	t.Helper()
	return os.Getenv("KITH_TEST_NEO4J") == "" || len(run(t, addr, "SHOW PROCEDURES YIELD name WHERE name = '"+procedure+"'")) > 0
}

func run(t testing.TB, addr, text string) []*neo4j.Record {
	t.Helper()
	ctx := context.Background()
	d, err := neo4j.NewDriverWithContext(addr, neo4j.NoAuth())
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close(ctx)
	s := d.NewSession(ctx, neo4j.SessionConfig{})
	defer s.Close(ctx)
	res, err := s.Run(ctx, text, nil)
	if err != nil {
		t.Fatal(err)
	}
	records, err := res.Collect(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return records
}

// acquire waits for one of the locks that keep test processes apart, and says which.
func acquire(dir string, names ...string) (*os.File, int, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, 0, err
	}
	for ; ; time.Sleep(100 * time.Millisecond) {
		for i, name := range names {
			f, err := os.OpenFile(filepath.Join(dir, name), os.O_CREATE|os.O_RDWR, 0o644)
			if err != nil {
				return nil, 0, err
			}
			err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
			if err == nil {
				return f, i, nil
			}
			f.Close()
			if !errors.Is(err, syscall.EWOULDBLOCK) && !errors.Is(err, syscall.EINTR) {
				return nil, 0, fmt.Errorf("lock %s: %w", name, err)
			}
		}
	}
}

// repoRoot looks for go.mod above this file, or above the working directory
// when -trimpath has taken the file's folder away.
func repoRoot() (string, error) {
	var starts []string
	if _, file, _, ok := runtime.Caller(0); ok && filepath.IsAbs(file) {
		starts = append(starts, filepath.Dir(file))
	}
	if wd, err := os.Getwd(); err == nil {
		starts = append(starts, wd)
	}
	for _, dir := range starts {
		for {
			if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
				return dir, nil
			}
			parent := filepath.Dir(dir)
			if parent == dir {
				break
			}
			dir = parent
		}
	}
	return "", errors.New("no go.mod above the tests")
}

// tail keeps the last lines of a script's output.
func tail(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	if len(lines) > 25 {
		lines = lines[len(lines)-25:]
	}
	return strings.Join(lines, "\n")
}
