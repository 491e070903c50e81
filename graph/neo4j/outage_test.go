package neo4j_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// A proxy stands before the database, and can be taken away.
type proxy struct {
	addr, to string
	mu       sync.Mutex
	listener net.Listener
	conns    []net.Conn
	sent     bytes.Buffer // to the database
}

// Write notes what is sent.
func (p *proxy) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.sent.Write(b)
}

// statements are what has been sent since the last call, two words of each: what follows on the beginning of Bolt's message RUN.
func (p *proxy) statements() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	defer p.sent.Reset()
	var out []string
	for _, message := range bytes.Split(p.sent.Bytes(), []byte("\xb3\x10"))[1:] {
		var text []byte
		switch size := message[0]; size { // of the text, in one byte with its type, or in the next, or in the next two
		case 0xd0:
			text = message[2:][:message[1]]
		case 0xd1:
			text = message[3:][:binary.BigEndian.Uint16(message[1:])]
		default:
			text = message[1:][:size&0x0f]
		}
		out = append(out, strings.Join(strings.Fields(string(text))[:2], " "))
	}
	return out
}

func newProxy(t testing.TB) *proxy {
	p := &proxy{addr: "127.0.0.1:0", to: strings.TrimPrefix(address(t), "bolt://")}
	p.start(t)
	p.addr = p.listener.Addr().String()
	t.Cleanup(p.stop)
	return p
}

func (p *proxy) start(t testing.TB) {
	l, err := net.Listen("tcp", p.addr)
	require.NoError(t, err)
	p.listener = l
	go func() {
		for {
			in, err := l.Accept()
			if err != nil {
				return
			}
			out, err := net.Dial("tcp", p.to)
			if err != nil {
				in.Close()
				continue
			}
			p.mu.Lock()
			p.conns = append(p.conns, in, out)
			p.mu.Unlock()
			go io.Copy(in, out)
			go io.Copy(out, io.TeeReader(in, p))
		}
	}()
}

func (p *proxy) stop() {
	p.listener.Close()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.conns {
		c.Close()
	}
	p.conns = nil
}

// calls are all that a store does with the database.
func calls(s graph.Store, w *world) map[string]func(context.Context) error {
	o := of{w}
	f := fetch(o.root(1, o.sel("Account", nil)))
	return map[string]func(context.Context) error{
		"Read":    func(ctx context.Context) error { _, err := s.Read(ctx, f); return err },
		"Explain": func(ctx context.Context) error { _, err := s.Explain(ctx, f); return err },
		"Ready":   s.Ready,
		"Changes": func(ctx context.Context) error { _, err := s.Changes(ctx, 0, 10); return err },
		"Trim":    func(ctx context.Context) error { return s.Trim(ctx, 0) },
		"Write": func(ctx context.Context) error {
			_, err := s.Write(ctx, &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: w.cat.MustKind("Account"), ID: "a"}}})
			return err
		},
	}
}

// atOnce is far less than the minute that the driver would wait by itself, and more than a busy machine takes.
const atOnce = 30 * time.Second

// impatient is how long a server waits for a connection.
const impatient = 2 * time.Second

// unavailable fails unless every call says at once that the database cannot be reached.
func unavailable(t *testing.T, s graph.Store, w *world) {
	t.Helper()
	for name, call := range calls(s, w) {
		at := time.Now()
		err := call(ctx)
		assert.Equal(t, graph.Unavailable, graph.CodeOf(err), "%s: %v", name, err)
		assert.Less(t, time.Since(at), atOnce, name)
		var e *graph.Error
		require.ErrorAs(t, err, &e)
		assert.Equal(t, "the database cannot be reached", e.Message)
	}
}

func available(t *testing.T, s graph.Store, w *world) {
	t.Helper()
	for _, name := range []string{"Ready", "Write", "Read", "Explain", "Changes", "Trim"} {
		require.NoError(t, calls(s, w)[name](ctx), name)
	}
}

func TestADatabaseThatIsDownIsSaidAtOnceAndUsedAgainOnceItIsBack(t *testing.T) {
	for _, scheme := range []string{"bolt://", "neo4j://"} {
		t.Run(scheme, func(t *testing.T) {
			w := newWorld(t)
			p := newProxy(t)
			p.stop()
			s, err := neo4j.Open(ctx, scheme+p.addr, w.cat, neo4j.Options{Connect: impatient})
			require.NoError(t, err, "it need not be up when the store is opened")
			defer s.Close()
			unavailable(t, s, w)
			p.start(t)
			if scheme == "neo4j://" { // the server names its own address to the driver
				return
			}
			for range 3 {
				available(t, s, w)
				p.stop()
				unavailable(t, s, w)
				p.start(t)
			}
		})
	}
}

func TestADatabaseThatRestartedIsReadWithoutAnError(t *testing.T) {
	w := newWorld(t)
	p := newProxy(t)
	s, err := neo4j.Open(ctx, "bolt://"+p.addr, w.cat, neo4j.Options{})
	require.NoError(t, err)
	defer s.Close()
	require.NoError(t, s.Ready(ctx), "a test before may have emptied the database: what is written in one of no format is no store")
	for name, call := range calls(s, w) {
		require.NoError(t, call(ctx), name)
		p.stop() // connections that are kept for later are dead now
		p.start(t)
		var sent []graph.StatementRun
		require.NoError(t, call(noting(&sent)), name)
		if name == "Read" {
			require.Len(t, sent, 2, "the statement was sent again")
			assert.Equal(t, graph.Unavailable, graph.CodeOf(sent[0].Err))
			assert.NoError(t, sent[1].Err)
			assert.Equal(t, sent[0].Text, sent[1].Text)
		}
	}
}

func TestADatabaseThatDoesNotAnswerIsGivenUp(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0") // takes connections, and says nothing
	require.NoError(t, err)
	defer l.Close()
	w := newWorld(t)
	s, err := neo4j.Open(ctx, "bolt://"+l.Addr().String(), w.cat, neo4j.Options{Connect: impatient})
	require.NoError(t, err)
	defer s.Close()
	unavailable(t, s, w)

	at := time.Now()
	short, cancel := context.WithTimeout(ctx, 100*time.Millisecond)
	defer cancel()
	_, err = s.Read(short, fetch(of{w}.root(1, of{w}.sel("Account", nil))))
	assert.Equal(t, graph.Timeout, graph.CodeOf(err))
	assert.Less(t, time.Since(at), atOnce)
}

func TestAStatementEndsInTheDatabaseWithItsDeadline(t *testing.T) {
	s, _ := opened(t)
	short, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	at := time.Now()
	_, err := s.Profile(short, neo4j.Statement{Text: "UNWIND range(1, 1000000000000) AS endless RETURN sum(endless % 7)"})
	assert.Equal(t, graph.Timeout, graph.CodeOf(err), "%v", err)
	assert.Less(t, time.Since(at), atOnce)
	require.Eventually(t, func() bool {
		return len(run(t, "SHOW TRANSACTIONS YIELD currentQuery AS q WHERE q CONTAINS 'endless' AND NOT q STARTS WITH 'SHOW' RETURN q", nil)) == 0
	}, time.Minute, 50*time.Millisecond)

	given, cancel := context.WithCancel(ctx)
	cancel()
	_, err = s.Read(given, &graph.Fetch{})
	assert.Equal(t, graph.Timeout, graph.CodeOf(err), "%v", err)
}

func TestOpenTakesTheDriversAddressesWithCredentialsAndDatabase(t *testing.T) {
	host := strings.TrimPrefix(address(t), "bolt://")
	w := newWorld(t)
	for _, addr := range []string{"bolt://" + host, "bolt://" + host + "/", "bolt://" + host + "/neo4j", "bolt://neo4j:p%40ss@" + host + "/neo4j", "neo4j://" + host} {
		s, err := neo4j.Open(ctx, addr, w.cat, neo4j.Options{})
		require.NoError(t, err, addr)
		available(t, s, w)
		require.NoError(t, s.Close())
	}
	s, err := neo4j.Open(ctx, "bolt://"+host+"/nosuch", w.cat, neo4j.Options{})
	require.NoError(t, err)
	defer s.Close()
	unavailable(t, s, w)
	for _, addr := range []string{"", "localhost:7687", "http://localhost", "bolt://", "bolt://a/b/c", "bolt://u:secret@%zz"} {
		_, err := neo4j.Open(ctx, addr, w.cat, neo4j.Options{})
		assert.Equal(t, graph.BadInput, graph.CodeOf(err), addr)
		assert.NotContains(t, err.Error(), "secret")
	}
}
