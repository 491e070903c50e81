package e2e

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/journey"
	kithneo4j "github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/projection"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
	"github.com/kithgraph/kith/server/spans"
)

// now is the day that all tests run on.
var now = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

// key is the store's in all tests.
var key = secret.New()

// shown is an id as the purpose shows it.
func shown(purpose graph.Purpose, id string) string {
	if purpose == graph.Analysis {
		return key.Pseudonyms(string(purpose)).ID(id)
	}
	return id
}

// program is the program under test: a store, and a server before it.
type program struct {
	store      graph.Store
	catalog    *graph.Catalog
	schema     *ast.Schema
	url        string
	own        string       // the same, where tokens are asked for
	customer   string       // who asks for SELF
	statements atomic.Int64 // that reads have cost
	texts      sync.Map     // of these
	left       sync.Map     // the last receipt of each document, by its hash
	spoil      func(*journal.Receipt)
	tracer     *spans.Tracer
	logs       *projection.Set
	ids        int
}

// newID counts, so that both stores give the same ids and their answers can be compared to the letter.
func (p *program) newID(prefix string) string {
	p.ids++
	return fmt.Sprintf("%s_%08d", prefix, p.ids)
}

// inTurn reports whether the i-th of many texts is asked: each in SQLite, and one of so many in Neo4j, where a text that is used once is
// planned for it. They are others with another seed, and -turns asks all. What the stores make of a fetch is for the differential test.
func (p *program) inTurn(i, of int) bool {
	return !onNeo4j(p.store) || *turns || graphtest.TextInTurn(*seed, i, of)
}

// onNeo4j reports whether a store is one on Neo4j.
func onNeo4j(s graph.Store) bool {
	_, is := s.(*kithneo4j.Store)
	return is
}

// onBothStores runs a test on an empty SQLite file, and on an emptied Neo4j.
func onBothStores(t *testing.T, test func(t *testing.T, p *program)) { onStoresInTurn(t, 1, test) }

// onStoresInTurn is that for tests of what is decided before the stores, or made of what they read: one of so many asks Neo4j, too. They are
// others with another seed, and -turns has all ask it.
func onStoresInTurn(t *testing.T, of int, test func(t *testing.T, p *program)) {
	t.Run("SQLite", func(t *testing.T) {
		test(t, onSQLite(t))
	})
	name := t.Name()
	t.Run("Neo4j", func(t *testing.T) {
		if !*turns && !graphtest.StoreInTurn(*seed, name, of) {
			t.Skip("it has its turn in Neo4j with another seed")
		}
		addr := dev.StartForPrograms(t)
		dev.Empty(t, addr)
		test(t, start(t, inNeo4j(addr)))
	})
}

// onSQLite is the program on an empty file.
func onSQLite(t *testing.T) *program {
	t.Helper()
	return start(t, inFile(t))
}

// prepared is a file without a node that a store has made ready: making its tables takes longer than many tests do.
var prepared struct {
	sync.Once
	file []byte
	err  error
}

func inFile(t *testing.T) func(*program) (graph.Store, error) {
	prepared.Do(func() {
		file := filepath.Join(t.TempDir(), "kith.db")
		store, err := sqlite.Open(file, graphtest.Catalog(t), sqlite.Options{})
		if err == nil {
			err = errors.Join(store.Ready(t.Context()), store.Close())
		}
		if prepared.err = err; err == nil {
			prepared.file, prepared.err = os.ReadFile(file)
		}
	})
	require.NoError(t, prepared.err)
	file := filepath.Join(t.TempDir(), "kith.db")
	require.NoError(t, os.WriteFile(file, prepared.file, 0o600))
	return atPath(file)
}

func atPath(file string) func(*program) (graph.Store, error) {
	return func(p *program) (graph.Store, error) {
		return sqlite.Open(file, p.catalog, sqlite.Options{NewID: p.newID, Now: clock, Mark: key.Marks("suppression")})
	}
}

func inNeo4j(addr string) func(*program) (graph.Store, error) {
	return func(p *program) (graph.Store, error) {
		return kithneo4j.Open(context.Background(), addr, p.catalog, kithneo4j.Options{NewID: p.newID, Now: clock, Mark: key.Marks("suppression")})
	}
}

func (p *program) count(_ context.Context, st graph.StatementRun) {
	p.statements.Add(1)
	p.texts.Store(st.Text, true)
}

// leave keeps a receipt.
func (p *program) leave(_ context.Context, r *journal.Receipt) error {
	if p.spoil != nil {
		p.spoil(r)
	}
	r.Alike = "" // tokens tell when they were made
	p.left.Store(r.Hash, *r)
	return nil
}

// leftFor is the receipt of the last answer to a document; zero: it left none.
func (p *program) leftFor(document string) journal.Receipt {
	r, _ := p.left.Load(fmt.Sprintf("%x", sha256.Sum256([]byte(document)))[:32])
	left, _ := r.(journal.Receipt)
	return left
}

func start(t *testing.T, open func(*program) (graph.Store, error)) *program {
	t.Helper()
	return startBroken(t, open, "")
}

// startBroken starts the program with a guard that leaks in one of brokenGuards' ways, or in none.
func startBroken(t *testing.T, open func(*program) (graph.Store, error), leak string) *program {
	t.Helper()
	return startOf(t, graphtest.Catalog(t), open, leak)
}

func startOf(t *testing.T, cat *graph.Catalog, open func(*program) (graph.Store, error), leak string) *program {
	t.Helper()
	p := &program{catalog: cat, schema: graphtest.Schema(t)}
	var err error
	p.store, err = open(p)
	require.NoError(t, err)
	t.Cleanup(func() { p.store.Close() })
	require.NoError(t, p.store.Ready(t.Context()))
	p.serve(t, resolvers.Options{}, leak)
	return p
}

// serve answers from the store anew, with some of a resolver's options.
func (p *program) serve(t *testing.T, o resolvers.Options, leak string) {
	t.Helper()
	p.forgetLogs(t)
	guarded := &brokenStore{Store: p.store, brokenGuard: brokenGuards[leak], count: p.count}
	o.Reader, o.Writer = p.tracer.Readers(policy.WithLogs(guarded, p)), p.tracer.Writer(p.store)
	o.Catalog, o.Schema, o.Key = p.catalog, p.schema, key
	if o.Now == nil {
		o.Now = clock
	}
	if o.Receipts == nil {
		o.Receipts = p.leave
	}
	r, err := resolvers.New(o)
	require.NoError(t, err)
	// Statements that are all new take long to plan on a busy machine, and time is not what is tested here.
	limits := server.Limits{Time: 10 * time.Minute, Cost: 1 << 24}
	s, err := server.New(server.Options{Resolver: r, Purpose: "COMPLIANCE", Store: p.store, Limits: limits, Tracer: p.tracer, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	require.NoError(t, err)
	h := httptest.NewServer(guarded.handler(s.Handler()))
	t.Cleanup(h.Close)
	p.url = h.URL + "/graphql"
	verifier, err := auth.New(t.Context(), tokens)
	require.NoError(t, err)
	s, err = server.New(server.Options{Resolver: r, Auth: verifier, Store: p.store, Limits: limits, Tracer: p.tracer, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	require.NoError(t, err)
	h = httptest.NewServer(guarded.handler(s.Handler()))
	t.Cleanup(h.Close)
	p.own = h.URL + "/graphql"
}

// forgetLogs has the event logs of journeys be read anew, as those of another store.
func (p *program) forgetLogs(t *testing.T) {
	t.Helper()
	if p.logs != nil {
		p.logs.Close()
	}
	var err error
	p.logs, err = projection.New(p.catalog, projection.Options{Now: clock})
	require.NoError(t, err)
	t.Cleanup(p.logs.Close)
}

// Log implements policy.Logs. It waits, however long a log takes to be read on a busy machine.
func (p *program) Log(ctx context.Context, c *policy.Counter, of *graph.Kind, now graph.Time) (*journey.Log, error) {
	for {
		log, err := p.logs.Log(ctx, c, of, now)
		if err == nil || graph.CodeOf(err) != graph.Unavailable {
			return log, err
		}
	}
}

// Events implements policy.Logs.
func (p *program) Events(of *graph.Kind) *graph.List { return p.logs.Events(of) }

// Traits implements policy.Logs.
func (p *program) Traits(of *graph.Kind) []*graph.Property { return p.logs.Traits(of) }

// Measure implements policy.Logs.
func (p *program) Measure(m journey.Measure) *graph.Property { return p.logs.Measure(m) }

// tokens are those that the server for customers accepts.
var tokens = auth.Options{Secret: []byte(strings.Repeat("secret", 6)), Audience: "kith", Issuer: "kith"}

// token is a customer's.
func token(customer string) (string, error) {
	return auth.Sign(tokens, auth.Caller{Subject: "web|" + customer, Customer: customer, Purposes: []graph.Purpose{graph.Self}}, time.Hour)
}

// answer is what a client gets.
type answer struct {
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Extensions struct{ Code string }
	}
}

// ask sends an operation.
func (p *program) ask(t *testing.T, query string, variables map[string]any) answer {
	t.Helper()
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	require.NoError(t, err)
	res, err := http.Post(p.url, "application/json", bytes.NewReader(body))
	require.NoError(t, err)
	defer res.Body.Close()
	var a answer
	require.NoError(t, json.NewDecoder(res.Body).Decode(&a))
	return a
}

// data sends an operation that is to succeed, and reads its data.
func (p *program) data(t *testing.T, query string, variables map[string]any, into any) {
	t.Helper()
	a := p.ask(t, query, variables)
	require.Empty(t, a.Errors)
	require.NoError(t, json.Unmarshal(a.Data, into))
}
