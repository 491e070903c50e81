//go:build unix

package neo4j

import (
	"net"
	"os"
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
	demand(t, scripted(o.script, []string{"KITH_NEO4J_HEAP=768m", "KITH_NEO4J_PAGECACHE_MIB=64", "KITH_NEO4J_BESIDE=", "KITH_NEO4J_KEEPING="}, append(does, o.port)...))
}
