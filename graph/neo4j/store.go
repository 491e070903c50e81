package neo4j

import (
	"context"
	"log/slog"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Options of a store.
type Options struct {
	// NewID gives a new id for a prefix; write.RandomID if nil.
	NewID func(prefix string) string
	// Now is the clock by which nodes are marked as changed; time.Now if nil.
	Now func() time.Time
	// Mark is a keyed hash, by which those who are erased are known again; nobody can be erased if nil.
	Mark func(text string) string
	// Connect bounds how long a connection is waited for; half a minute if zero. Who answers requests waits less, so that a database
	// that does not answer is told of at once.
	Connect time.Duration
	// Existing has Ready say with NotFound that there is no store, instead of making it.
	Existing bool
	// Plan sends the statements of reads, when it sees fit: planning a text takes the database far longer than to carry it out, and it
	// keeps the plan. Statements of one key share one. What is sent calls planned as soon as it is, and says for how long it had to be
	// waited for that; planning asks the database. Nil: statements are sent at once.
	Plan func(ctx context.Context, key uint64, send func(ctx context.Context, planned func()) (waited time.Duration, err error), planning func(context.Context) bool) error
	// Log is told what was tried again, and by Ready what it mends and how far it is; nobody if nil.
	Log *slog.Logger
}

// Store is a graph.Store on Neo4j.
type Store struct {
	driver   neo4j.DriverWithContext
	database string
	catalog  *graph.Catalog
	options  Options

	readying chan struct{} // holds one: who holds it may look at ready
	ready    bool          // constraints and indexes are there
}

var _ graph.Store = (*Store)(nil)

// patience is how long a connection is waited for where nobody says.
const patience = 30 * time.Second

var schemes = []string{"bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc"}

// Open prepares a store at an address such as bolt://user:password@host:7687/database. It does not connect: the
// database may be down, and come and go.
func Open(_ context.Context, addr string, cat *graph.Catalog, o Options) (*Store, error) {
	u, err := url.Parse(addr) // the error would repeat the password
	if err != nil || u.Host == "" || !slices.Contains(schemes, u.Scheme) || strings.Contains(strings.Trim(u.Path, "/"), "/") {
		return nil, graph.Invalid("the address is not one such as bolt://user:password@host:7687/database")
	}
	auth := neo4j.NoAuth()
	if u.User != nil {
		password, _ := u.User.Password()
		auth = neo4j.BasicAuth(u.User.Username(), password, "")
	}
	database := strings.Trim(u.Path, "/")
	u.User, u.Path = nil, ""
	if o.Connect == 0 {
		o.Connect = patience
	}
	driver, err := neo4j.NewDriverWithContext(u.String(), auth, func(c *config.Config) {
		c.SocketConnectTimeout = o.Connect
		c.ConnectionAcquisitionTimeout = o.Connect
		c.FetchSize = neo4j.FetchAll
		c.TelemetryDisabled = true
		c.NotificationsMinSeverity = notifications.DisabledLevel // nobody reads them, and each answer would carry them
	})
	if err != nil {
		return nil, graph.Invalid("the address cannot be used: %v", err)
	}
	if o.NewID == nil {
		o.NewID = write.RandomID
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Store{driver: driver, database: database, catalog: cat, options: o, readying: make(chan struct{}, 1)}, nil
}

// soon reports whether a connection failed so early that it is worth trying another.
func (s *Store) soon(took time.Duration) bool { return took < s.options.Connect/2 }

// Close implements graph.Store.
func (s *Store) Close() error { return s.driver.Close(context.Background()) }

func (s *Store) session(mode neo4j.AccessMode) neo4j.SessionConfig {
	return neo4j.SessionConfig{AccessMode: mode, DatabaseName: s.database, FetchSize: neo4j.FetchAll}
}

// Read implements graph.Store by one statement. It is sent outside a managed transaction, which would cost a round trip
// more.
func (s *Store) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	return graph.Following(ctx, f, s.read)
}

func (s *Store) read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	values, err := s.planned(ctx, Compile(f))
	if err != nil {
		return nil, err
	}
	res, err := decode(f, values, nil)
	if err != nil {
		return nil, translated(ctx, err)
	}
	return res, nil
}

// query sends a statement of one row. It calls planned when the database has planned it, and tells how long it took until then.
func (s *Store) query(ctx context.Context, mode neo4j.AccessMode, st Statement, planned func()) (values []any, waited time.Duration, err error) {
	session := s.driver.NewSession(ctx, s.session(mode))
	defer session.Close(ctx)
	res, err := session.Run(ctx, st.Text, st.Params, timeout(ctx)...) // answers before the first row is looked for
	if err != nil {
		return nil, 0, err
	}
	planned()
	rec, err := res.Single(ctx)
	if err != nil {
		return nil, 0, err
	}
	summary, err := res.Consume(ctx)
	if err != nil {
		return nil, 0, err
	}
	return rec.Values, summary.ResultAvailableAfter(), nil
}

// run sends a statement whose rows nobody wants.
func (s *Store) run(ctx context.Context, mode neo4j.AccessMode, st Statement) (neo4j.ResultSummary, error) {
	session := s.driver.NewSession(ctx, s.session(mode))
	defer session.Close(ctx)
	res, err := session.Run(ctx, st.Text, st.Params, timeout(ctx)...)
	if err != nil {
		return nil, err
	}
	return res.Consume(ctx)
}

// twice does once more what failed soon for a reason that may have passed: a connection that was open since before the
// database was restarted, a deadlock.
func twice[T any](ctx context.Context, s *Store, do func() (T, error)) (T, error) {
	start := time.Now()
	v, err := do()
	if err != nil && (disconnected(err) || passing(err)) && ctx.Err() == nil && s.soon(time.Since(start)) {
		s.options.Log.LogAttrs(ctx, slog.LevelInfo, "asking the database again", slog.Any("error", err))
		return do()
	}
	return v, err
}

// timeout passes the deadline on, so that the statement ends in the database when nobody waits for it any more.
func timeout(ctx context.Context) []func(*neo4j.TransactionConfig) {
	at, ok := ctx.Deadline()
	if !ok {
		return nil
	}
	return []func(*neo4j.TransactionConfig){neo4j.WithTxTimeout(max(time.Until(at), time.Millisecond))}
}
