//go:build unix

package neo4j

import (
	"bytes"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// An Own server is of one test, which may stop it and start it again.
type Own struct {
	Addr         string
	script, port string
}

// StartOwn starts a small server with an empty database on a port that is free, which ends with the test. What goes for Start where Neo4j
// cannot be had goes here, too.
func StartOwn(t testing.TB) *Own {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: no Neo4j")
	}
	root, err := repoRoot()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o := &Own{Addr: "bolt://" + l.Addr().String(), script: filepath.Join(root, "dev", "neo4j", "neo4j.sh")}
	_, o.port, _ = strings.Cut(l.Addr().String(), ":")
	l.Close()
	t.Cleanup(func() {
		o.Stop(t)
		if err := os.RemoveAll(filepath.Join(root, ".neo4j", o.port)); err != nil {
			t.Error(err)
		}
	})
	o.run(t, "start", "--fresh")
	return o
}

// Stop stops it, and waits until it is down.
func (o *Own) Stop(t testing.TB) {
	t.Helper()
	o.run(t, "stop")
}

// Again starts it with what it holds, and waits until it is ready.
func (o *Own) Again(t testing.TB) {
	t.Helper()
	o.run(t, "start")
}

func (o *Own) run(t testing.TB, does ...string) {
	t.Helper()
	cmd := exec.Command(o.script, append(does, o.port)...)
	cmd.Env = append(os.Environ(), "KITH_NEO4J_HEAP=768m", "KITH_NEO4J_PAGECACHE_MIB=64", "KITH_NEO4J_BESIDE=")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
	case errors.As(err, &exit) && exit.ExitCode() == exitMissing && os.Getenv("KITH_REQUIRE_NEO4J") != "1":
		t.Skip(errMissing, tail(stderr.String()))
	default:
		t.Fatalf("neo4j.sh %s %s: %v\n%s", strings.Join(does, " "), o.port, err, tail(stderr.String()))
	}
}
