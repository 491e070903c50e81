package clients

import (
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheExplorerWhileItsServerIsAway ends the server under an open page, and starts it again at its address; then it takes the network from the browser
// and gives it back. What was read stays, and what was asked meanwhile comes by itself.
func TestTheExplorerWhileItsServerIsAway(t *testing.T) {
	e := readExplorer(t)
	page := &interrupted{t: t, handler: asKnown(t, e.api), addr: "127.0.0.1:0"}
	page.start()
	t.Cleanup(page.stop)
	mux := http.NewServeMux()
	mux.HandleFunc("/stop", func(http.ResponseWriter, *http.Request) { page.stop() })
	mux.HandleFunc("/start", func(http.ResponseWriter, *http.Request) { page.start() })
	switches := httptest.NewServer(mux)
	t.Cleanup(switches.Close)
	type told struct {
		Said, Fault string
		Rows        int
	}
	var seen struct {
		Before, Read                     int
		Away, Kept, Back, Without, Again told
		Problems                         []string
	}
	e.drive(t, &seen, "offline.mjs", "http://"+page.addr+"/", switches.URL)
	require.NotZero(t, seen.Before)
	assert.Contains(t, seen.Away.Said, "The server cannot be reached. You see what was read until")
	assert.Contains(t, seen.Away.Fault, "OFFLINE")
	assert.Zero(t, seen.Away.Rows, "of what was never read")
	assert.Contains(t, seen.Kept.Said, "The server cannot be reached.")
	assert.Equal(t, seen.Before, seen.Kept.Rows, "what was read stays")
	assert.Empty(t, seen.Kept.Fault)
	assert.Empty(t, seen.Back.Said+seen.Back.Fault, "it goes by itself")
	assert.Equal(t, seen.Read, seen.Back.Rows, "what was asked meanwhile comes")
	assert.NotZero(t, seen.Read)
	assert.Contains(t, seen.Without.Said, "Offline.")
	assert.Empty(t, seen.Without.Fault)
	assert.Equal(t, seen.Read, seen.Without.Rows, "what was read stays")
	assert.Equal(t, seen.Read, seen.Again.Rows)
	assert.Empty(t, seen.Again.Said+seen.Again.Fault)
	assert.Empty(t, seen.Problems)
}

// An interrupted server ends, and starts again where it was.
type interrupted struct {
	t       *testing.T
	handler http.Handler
	addr    string
	server  *http.Server
}

func (i *interrupted) start() {
	l, err := net.Listen("tcp", i.addr)
	if !assert.NoError(i.t, err) {
		return
	}
	i.addr, i.server = l.Addr().String(), &http.Server{Handler: i.handler}
	go func(s *http.Server) { assert.ErrorIs(i.t, s.Serve(l), http.ErrServerClosed) }(i.server)
}

// stop ends it with all its connections.
func (i *interrupted) stop() { assert.NoError(i.t, i.server.Close()) }
