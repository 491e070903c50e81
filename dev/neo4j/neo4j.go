//go:build unix

// Package neo4j gives tests a real Neo4j server, on a port of its own, so that a test never touches the data somebody keeps on the
// default port. It also estimates how long a server takes to plan a statement.
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

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph/graphtest"
)

// A server is one that the tests of several packages use, one after the other.
type server struct {
	port string // not Neo4j's default port 7687

	guard sync.Mutex
	addr  string
	err   error    // that it did not start: it is not tried again
	lock  *os.File // while tests of this process use it; a collected file is closed, and closing it gives the lock up
	users int
}

// All are one process, so that what the JVM has compiled for one serves the others. Each plans for itself what it is asked, and makes its
// own indexes: with more of them, a run of all tests would take minutes of a processor more.
var (
	shipped  = &server{port: "7688"} // 7689, and 7693 and above, are those of benchmarks
	stores   = &server{port: "7690"}
	programs = &server{port: "7691"}
	compared = &server{port: "7692"}
	named    = &server{} // by KITH_TEST_NEO4J, for all
)

// exitMissing is neo4j.sh's exit code for a missing program.
const exitMissing = 3

// errMissing marks a machine without Java or Maven.
var errMissing = errors.New("no local Neo4j")

// Start returns the Bolt address of a running Neo4j server, whose settings are those that it is shipped with.
//
// It waits until no test of another process uses the server and then keeps it for this one until the test is over: the Community edition
// has one database, and go test runs packages side by side. So a test finds whatever data tests before it have left. Within the process
// those that run in parallel share the server and have to keep apart themselves. It is left running when all tests are over.
//
// KITH_TEST_NEO4J names a server to use instead. On a machine without Java or Maven the test is skipped, or fails when
// KITH_REQUIRE_NEO4J=1. With -short it is skipped, and where tests take turns, it is unless it has its turn (graphtest.InTurn).
func Start(t testing.TB) string {
	t.Helper()
	return shipped.untilOver(t)
}

// StartForAll is Start for tests that share what the first of them has loaded: the process keeps the server until it exits.
func StartForAll(t testing.TB) string {
	t.Helper()
	_, addr := shipped.started(t)
	return addr
}

// StartKeepingPlans is Start with another server, which plans a text once, whatever becomes of the data and however long the
// parameters are: for tests of answers, whose worlds come and go. Its plans are not those of the server that is shipped.
func StartKeepingPlans(t testing.TB) string {
	t.Helper()
	return stores.untilOver(t)
}

// StartForComparison is StartKeepingPlans with a server for the random comparison of stores, which takes as long as all else that stores are held to:
// one would wait for the other with a processor idle.
func StartForComparison(t testing.TB) string {
	t.Helper()
	return compared.untilOver(t)
}

// StartForPrograms is StartKeepingPlans with a server for tests through the whole program. They ask what no test of a store asks, and wait
// for these no longer than for each other.
func StartForPrograms(t testing.TB) string {
	t.Helper()
	return programs.untilOver(t)
}

// untilOver gives a test the server until it is over.
func (s *server) untilOver(t testing.TB) string {
	t.Helper()
	s, addr := s.started(t)
	t.Cleanup(s.left)
	return addr
}

// started gives the process the server, or the one that is named instead, until it is left.
func (s *server) started(t testing.TB) (*server, string) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no Neo4j")
	}
	graphtest.InTurn(t)
	if os.Getenv("KITH_TEST_NEO4J") != "" {
		s = named
	}
	s.guard.Lock()
	defer s.guard.Unlock()
	if s.users == 0 && s.err == nil {
		s.err = s.take()
	}
	demand(t, s.err)
	s.users++
	return s, s.addr
}

// left is that a test needs it no longer.
func (s *server) left() {
	s.guard.Lock()
	defer s.guard.Unlock()
	if s.users--; s.users == 0 {
		s.lock.Close()
	}
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

// take waits for the server, and starts it the first time.
func (s *server) take() error {
	root, err := repoRoot()
	if err != nil {
		return err
	}
	dir := filepath.Join(root, ".neo4j")
	if s == named {
		s.addr = os.Getenv("KITH_TEST_NEO4J")
		s.lock, err = acquire(dir, "test.lock") // it is shared by the packages just the same
		return err
	}
	if s.lock, err = acquire(dir, "test."+s.port+".lock"); err != nil || s.addr != "" {
		return err
	}
	if err := launch(filepath.Join(root, "dev", "neo4j", "neo4j.sh")); err != nil {
		s.lock.Close()
		return err
	}
	s.addr = "bolt://127.0.0.1:" + s.port
	return nil
}

// launch starts all servers unless they run.
func launch(script string) error {
	// Planning makes much garbage. The collector that works while the program stands still takes less of two processors than that which works beside it.
	return scripted(script, []string{"KITH_NEO4J_KEEPING=" + stores.port + " " + programs.port + " " + compared.port,
		"KITH_NEO4J_HEAP=" + cmp.Or(os.Getenv("KITH_NEO4J_HEAP"), "3g"), "KITH_NEO4J_JAVA=" + cmp.Or(os.Getenv("KITH_NEO4J_JAVA"), "-XX:+UseParallelGC")},
		"start", shipped.port)
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

// acquire waits for a lock that keeps test processes apart. Who gives it up and wants it again at once comes after who waits longest: that
// one holds the lock of who is next.
func acquire(dir, name string) (*os.File, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	next, err := locked(filepath.Join(dir, name+".next"))
	if err != nil {
		return nil, err
	}
	defer next.Close()
	return locked(filepath.Join(dir, name))
}

func locked(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if err != nil {
		return nil, err
	}
	for {
		switch err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX); {
		case err == nil:
			return f, nil
		case !errors.Is(err, syscall.EINTR):
			f.Close()
			return nil, fmt.Errorf("lock %s: %w", name, err)
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
