package neo4j

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Write implements graph.Store. A transaction that the database gave up for another's sake is tried again.
func (s *Store) Write(ctx context.Context, b *graph.Batch) (*graph.Report, error) {
	for attempt := 1; ; attempt++ {
		start := time.Now()
		report, err := s.apply(ctx, b)
		if err == nil {
			return report, nil
		}
		again := passing(err) && attempt < maxAttempts || errors.Is(err, errNotBegun) && attempt == 1 && s.soon(time.Since(start))
		if !again || ctx.Err() != nil {
			return nil, translated(ctx, err)
		}
		s.options.Log.LogAttrs(ctx, slog.LevelInfo, "writing again", slog.Int("attempt", attempt), slog.Any("error", err))
		select {
		case <-time.After(time.Duration(attempt-1) * retryDelay):
		case <-ctx.Done():
			return nil, translated(ctx, ctx.Err())
		}
	}
}

const (
	maxAttempts = 4
	retryDelay  = 50 * time.Millisecond
)

// errNotBegun marks what failed before anything was sent that may have been carried out.
var errNotBegun = errors.New("the transaction has not begun")

// apply is one transaction.
func (s *Store) apply(ctx context.Context, b *graph.Batch) (report *graph.Report, err error) {
	err = s.Within(ctx, func(t write.Tx) error {
		report, err = write.Apply(ctx, s.catalog, t, b, write.Host{NewID: s.options.NewID, Now: graph.At(s.options.Now()), Mark: s.options.Mark})
		return err
	})
	return report, err
}

// Within does something in one transaction. It first takes the one lock that all writers take, so that what it looks up stays
// true until it is done.
func (s *Store) Within(ctx context.Context, do func(write.Tx) error) error {
	return s.within(ctx, func(t transaction) error { return do(t) })
}

func (s *Store) within(ctx context.Context, do func(transaction) error) error {
	session := s.driver.NewSession(ctx, s.session(neo4j.AccessModeWrite))
	defer session.Close(ctx)
	tx, err := session.BeginTransaction(ctx, timeout(ctx)...)
	if err != nil {
		return notBegun(err)
	}
	defer tx.Close(ctx) // rolls back unless it was committed
	t := transaction{tx, s, map[string]string{}, map[relation]string{}, &lock{}}
	const text = "MERGE (l:KithLock {id: 'write'}) SET l.held = coalesce(l.held, 0) + 1 RETURN elementId(l), coalesce(l.place, 0)"
	if err := t.collect(ctx, text, nil, func(v []any) { t.lock.id, t.lock.place = v[0].(string), v[1].(int64) }); err != nil {
		return notBegun(err)
	}
	if err := do(t); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// notBegun marks a connection that broke before the transaction did anything.
func notBegun(err error) error {
	if disconnected(err) {
		return errors.Join(errNotBegun, err)
	}
	return err
}

// transaction is a write.Tx. It keeps the database's own ids of what it comes across.
type transaction struct {
	tx        neo4j.ExplicitTransaction
	store     *Store
	nodes     map[string]string // by id
	relations map[relation]string
	lock      *lock
}

// relation is what a relationship is known by.
type relation struct{ typ, key string }

// run sends a statement with its values in one parameter, p: so lists of any length share a plan, as those of a Statement.
func (t transaction) run(ctx context.Context, text string, values map[string]any) error {
	return t.collect(ctx, text, values, func([]any) {})
}

// collect does the same, and takes the rows.
func (t transaction) collect(ctx context.Context, text string, values map[string]any, take func([]any)) error {
	return t.send(ctx, Statement{text, map[string]any{"p": values}}, take)
}

func (t transaction) send(ctx context.Context, st Statement, take func([]any)) (err error) {
	began := time.Now()
	defer func() { graph.Ran(ctx, st.Text, nil, began, translated(ctx, err)) }()
	res, err := t.tx.Run(ctx, st.Text, st.Params)
	if err != nil {
		return err
	}
	for res.Next(ctx) {
		take(res.Record().Values)
	}
	return res.Err()
}

// Read implements write.Tx.
func (t transaction) Read(ctx context.Context, f *graph.Fetch) (res *graph.Result, err error) {
	var values []any
	if err := t.send(ctx, compile(f, true).of(f), func(v []any) { values = v }); err != nil {
		return nil, err
	}
	return decode(f, values, &t)
}

// maxRows bounds how much one statement of a transaction carries.
const maxRows = 5000

// Edges implements write.Tx.
func (t transaction) Edges(ctx context.Context, r *graph.Rel, keys []string) (out []write.Edge, err error) {
	refs := graph.Refs(r.Properties...)
	cells := []string{relKey(r, "r", "a", "b"), "a.id", "b.id", "elementId(r)"}
	for i := range refs {
		cells = append(cells, (*compiler)(nil).stored(&refs[i], "r")...)
	}
	match, named := byKey(r, keys)
	text := fmt.Sprintf("UNWIND $p.keys AS key MATCH %s RETURN %s", match, strings.Join(cells, ", "))
	var broken error
	err = t.collect(ctx, text, map[string]any{"keys": named}, func(v []any) {
		e := write.Edge{Key: v[0].(string), From: v[1].(string), To: v[2].(string)}
		t.relations[relation{r.Type, e.Key}] = v[3].(string)
		d := decoder{rest: v[4:], err: &broken}
		found, _ := d.refs(nil, refs)
		e.Values = graph.ValuesOf(refs, found)
		out = append(out, e)
	})
	return out, errors.Join(err, broken)
}
