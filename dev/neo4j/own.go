//go:build unix

package neo4j

import (
	"net"
	"testing"
)

// An Own server is of one test, which may stop it and start it again.
type Own struct {
	Addr         string
	by           string // whose process it is in
	folder, port string
}

// StartOwn starts a small server with an empty database on a port that is free, which ends with the test. It is in the process of the others,
// whose compiled code it uses: a process of its own takes a minute of a processor each time that it starts. One of them starts and stops it,
// and is left to other tests meanwhile. What goes for Start goes here, too, and where a server is named that cannot start others, the test
// is skipped.
func StartOwn(t testing.TB) *Own {
	t.Helper()
	by, addr := stores.started(t)
	by.left()
	o := &Own{by: addr, folder: t.TempDir()}
	if !has(t, o.by, "kith.open") {
		t.Skip("KITH_TEST_NEO4J names a server that cannot start another one beside it, as that of dev/neo4j can")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	o.Addr = "bolt://" + l.Addr().String()
	_, o.port, _ = net.SplitHostPort(l.Addr().String())
	l.Close()
	t.Cleanup(func() { o.Stop(t) }) // of one that did not come up, too
	o.Again(t)
	return o
}

// Stop stops it, and waits until it is down.
func (o *Own) Stop(t testing.TB) {
	t.Helper()
	run(t, o.by, "CALL kith.close("+o.port+")")
}

// Again starts it with what it holds, and waits until it is ready.
func (o *Own) Again(t testing.TB) {
	t.Helper()
	run(t, o.by, "CALL kith.open('"+o.folder+"', "+o.port+")")
}
