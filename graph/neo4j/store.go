package neo4j

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Options of a store.
type Options struct {
	// NewID gives a new id for a prefix; write.RandomID if nil.
	NewID func(prefix string) string
	// OnStatement is told the text of each statement that a Read sends.
	OnStatement func(ctx context.Context, text string)
}

// Store is a graph.Store on Neo4j.
type Store struct {
	driver   neo4j.DriverWithContext
	database string
	catalog  *graph.Catalog
	options  Options

	mu    sync.Mutex
	ready bool // constraints and indexes are there
}

var _ graph.Store = (*Store)(nil)

// connectTimeout bounds how long a request waits for a database that does not answer.
const connectTimeout = 2 * time.Second

// Open prepares a store at an address such as bolt://user:password@host:7687/database. It does not connect: the
// database may be down, and come and go.
func Open(_ context.Context, addr string, cat *graph.Catalog, o Options) (*Store, error) {
	u, err := url.Parse(addr)
	if err != nil || u.Host == "" {
		return nil, graph.Invalid("the address is not one such as bolt://user:password@host:7687/database")
	}
	auth := neo4j.NoAuth()
	if u.User != nil {
		password, _ := u.User.Password()
		auth = neo4j.BasicAuth(u.User.Username(), password, "")
	}
	database := strings.Trim(u.Path, "/")
	u.User, u.Path = nil, ""
	driver, err := neo4j.NewDriverWithContext(u.String(), auth, func(c *config.Config) {
		c.SocketConnectTimeout = connectTimeout
		c.ConnectionAcquisitionTimeout = connectTimeout
		c.FetchSize = neo4j.FetchAll
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, graph.Invalid("the address cannot be used: %v", err)
	}
	if o.NewID == nil {
		o.NewID = write.RandomID
	}
	return &Store{driver: driver, database: database, catalog: cat, options: o}, nil
}

// Close implements graph.Store.
func (s *Store) Close() error { return s.driver.Close(context.Background()) }

// Ready implements graph.Store.
func (s *Store) Ready(ctx context.Context) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ready {
		return translated(ctx, s.driver.VerifyConnectivity(ctx))
	}
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.database})
	defer session.Close(ctx)
	for _, text := range append(schema(s.catalog), "CALL db.awaitIndexes(300)") {
		res, err := session.Run(ctx, text, nil)
		if err == nil {
			_, err = res.Consume(ctx)
		}
		if err != nil {
			return translated(ctx, err)
		}
	}
	s.ready = true
	return nil
}

// schema are the constraints and indexes that the catalog needs.
func schema(cat *graph.Catalog) []string {
	out := []string{"CREATE CONSTRAINT kith_lock IF NOT EXISTS FOR (n:KithLock) REQUIRE n.id IS UNIQUE"}
	for _, k := range cat.Kinds {
		label := name(k.Label)
		for _, p := range []string{"id", "key"} {
			out = append(out, fmt.Sprintf("CREATE CONSTRAINT kith_%s_%s IF NOT EXISTS FOR (n:%s) REQUIRE n.%s IS UNIQUE", k.Label, p, label, p))
		}
		for _, p := range k.Properties {
			if !p.Indexed {
				continue
			}
			out = append(out, fmt.Sprintf("CREATE INDEX kith_%s_%s IF NOT EXISTS FOR (n:%s) ON (n.%s, n.id)", k.Label, p.Name, label, name(p.Name)))
			if p.Type == graph.String {
				out = append(out, fmt.Sprintf("CREATE INDEX kith_%s_%s IF NOT EXISTS FOR (n:%s) ON (n.%s)", k.Label, p.Folded(), label, name(p.Folded())))
			}
		}
	}
	for _, r := range cat.Rels {
		out = append(out, fmt.Sprintf("CREATE CONSTRAINT kith_rel_%s IF NOT EXISTS FOR ()-[r:%s]-() REQUIRE r.key IS UNIQUE", r.Type, name(r.Type)))
	}
	return out
}

// Read implements graph.Store by one statement. It is sent outside a managed transaction, which would cost a round trip
// more, and once more if the connection broke.
func (s *Store) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	st := Compile(f)
	if s.options.OnStatement != nil {
		s.options.OnStatement(ctx, st.Text)
	}
	values, err := s.query(ctx, st)
	if err != nil && neo4j.IsRetryable(err) && ctx.Err() == nil {
		values, err = s.query(ctx, st)
	}
	if err != nil {
		return nil, translated(ctx, err)
	}
	return decode(f, values), nil
}

func (s *Store) query(ctx context.Context, st Statement) ([]any, error) {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: s.database, FetchSize: neo4j.FetchAll})
	defer session.Close(ctx)
	res, err := session.Run(ctx, st.Text, st.Params, timeout(ctx)...)
	if err != nil {
		return nil, err
	}
	rec, err := res.Single(ctx)
	if err != nil {
		return nil, err
	}
	return rec.Values, nil
}

// timeout passes the deadline on, so that the statement ends in the database when nobody waits for it any more.
func timeout(ctx context.Context) []func(*neo4j.TransactionConfig) {
	at, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	return []func(*neo4j.TransactionConfig){neo4j.WithTxTimeout(max(time.Until(at), time.Millisecond))}
}
