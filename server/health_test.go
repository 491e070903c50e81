package server_test

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server"
)

// idle is a listener that nobody connects to, so that Run needs no network.
type idle struct{ closed chan struct{} }

func (l idle) Accept() (net.Conn, error) { <-l.closed; return nil, net.ErrClosed }
func (l idle) Close() error              { close(l.closed); return nil }
func (l idle) Addr() net.Addr            { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)} }

// TestAStoreThatIsPreparedIsNotSaidToBeAway has a first look that takes its time, as on a database that gets its indexes.
func TestAStoreThatIsPreparedIsNotSaidToBeAway(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		prepared := make(chan struct{})
		var tries atomic.Int64
		store := &fake{ready: func(ctx context.Context) error {
			if tries.Add(1) == 1 { // it begins later than Kith
				return &graph.Error{Code: graph.Unavailable, Message: "the store does not answer"}
			}
			select {
			case <-prepared:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		}}
		s, _ := newServer(t, store, server.Options{})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx, idle{make(chan struct{})}) }()
		synctest.Wait()
		assert.JSONEq(t, `{"ready": false, "reason": "the store does not answer"}`, send(t, s.Handler(), get("/readyz")).Text)
		time.Sleep(time.Minute)
		const why = "the store is looked at, and gets what it lacks of tables and indexes: the log says how far it is"
		assert.JSONEq(t, `{"ready": false, "reason": "`+why+`"}`, send(t, s.Handler(), get("/readyz")).Text)
		a := send(t, s.Handler(), query(`{ customers { totalCount } }`))
		require.Len(t, a.Errors, 1)
		assert.Equal(t, []string{"UNAVAILABLE", why}, []string{a.Errors[0].Extensions.Code, a.Errors[0].Message})
		close(prepared)
		synctest.Wait()
		assert.JSONEq(t, `{"ready": true}`, send(t, s.Handler(), get("/readyz")).Text)
		stop()
		assert.NoError(t, <-ended)
	})
}

func TestTheStoreComesAndGoes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var away atomic.Bool
		var tries atomic.Int64
		gone := func(context.Context) error {
			if away.Load() {
				return &graph.Error{Code: graph.Unavailable, Message: "the store does not answer", Err: errors.New("dial tcp: connection refused")}
			}
			return nil
		}
		store := &fake{read: gone, ready: func(ctx context.Context) error { tries.Add(1); return gone(ctx) }}
		s, log := newServer(t, store, server.Options{})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		count := func() answer { return send(t, s.Handler(), query(`{ __typename people: customers { totalCount } }`)) }
		ready := func() answer { return send(t, s.Handler(), get("/readyz")) }

		away.Store(true)
		go func() { ended <- s.Run(ctx, idle{make(chan struct{})}) }()
		synctest.Wait()
		a := ready()
		assert.Equal(t, 503, a.StatusCode)
		assert.JSONEq(t, `{"ready": false, "reason": "the store does not answer"}`, a.Text)
		assert.Equal(t, 200, send(t, s.Handler(), get("/healthz")).StatusCode)
		a = count()
		assert.Equal(t, 200, a.StatusCode)
		assert.JSONEq(t, `{"__typename": "Query", "people": null}`, string(a.Data))
		require.Len(t, a.Errors, 1)
		assert.Equal(t, "UNAVAILABLE", a.Errors[0].Extensions.Code)
		assert.Equal(t, "the store does not answer", a.Errors[0].Message)
		assert.Equal(t, []any{"people"}, a.Errors[0].Path)
		assert.Equal(t, []map[string]int{{"line": 1, "column": 14}}, a.Errors[0].Locations)
		assert.Zero(t, log.with(t, "request")[0]["statements"], "it is refused before the store is asked")

		time.Sleep(10*time.Second + time.Millisecond)
		assert.EqualValues(t, 11, tries.Load(), "tried each second")
		assert.Len(t, log.with(t, "the store does not answer; trying again"), 1, "said once")

		away.Store(false)
		time.Sleep(time.Second + time.Millisecond)
		assert.Empty(t, count().Errors, "recovers by itself")
		assert.Equal(t, 200, ready().StatusCode)
		assert.Len(t, log.with(t, "the store is ready"), 1)

		before := tries.Load()
		time.Sleep(time.Hour)
		assert.Equal(t, before, tries.Load(), "no need to try")

		away.Store(true)
		assert.Equal(t, "UNAVAILABLE", count().Errors[0].Extensions.Code, "the store says so")
		synctest.Wait()
		assert.Equal(t, "UNAVAILABLE", count().Errors[0].Extensions.Code, "the gate says so")
		requests := log.with(t, "request")
		assert.EqualValues(t, 1, requests[len(requests)-2]["statements"])
		assert.EqualValues(t, 0, requests[len(requests)-1]["statements"])
		assert.Equal(t, 503, ready().StatusCode)
		assert.Contains(t, send(t, s.Handler(), get("/metrics")).Text, "kith_store_ready 0\n")
		away.Store(false)
		time.Sleep(time.Second + time.Millisecond)
		assert.Empty(t, count().Errors)
		assert.Len(t, log.with(t, "the store does not answer; trying again"), 2)
		assert.Len(t, log.with(t, "the store is ready"), 2)

		stop()
		require.NoError(t, <-ended)
	})
}

func TestAStoreThatHangsIsNotWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var hangs atomic.Bool
		wait := func(ctx context.Context) error {
			if hangs.Load() {
				<-ctx.Done()
				return &graph.Error{Code: graph.Timeout, Message: "too slow", Err: ctx.Err()}
			}
			return nil
		}
		s, _ := newServer(t, &fake{read: wait, ready: wait}, server.Options{})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx, idle{make(chan struct{})}) }()
		synctest.Wait()
		hangs.Store(true)

		start := time.Now()
		assert.Equal(t, 503, send(t, s.Handler(), get("/readyz")).StatusCode)
		assert.Equal(t, time.Second, time.Since(start))
		time.Sleep(time.Second)
		synctest.Wait()
		start = time.Now()
		a := send(t, s.Handler(), query(`{ customers { totalCount } }`))
		assert.Equal(t, "UNAVAILABLE", a.Errors[0].Extensions.Code)
		assert.Zero(t, time.Since(start))

		stop()
		require.NoError(t, <-ended)
	})
}

func TestAStoreHasTheTimeItNeedsToBeCreated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var tries atomic.Int64
		slow := func(ctx context.Context) error {
			if tries.Add(1) > 1 {
				return ctx.Err()
			}
			select {
			case <-time.After(time.Hour):
				return nil
			case <-ctx.Done():
				return &graph.Error{Code: graph.Timeout, Message: "broken off", Err: ctx.Err()}
			}
		}
		s, log := newServer(t, &fake{ready: slow}, server.Options{})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- s.Run(ctx, idle{make(chan struct{})}) }()
		time.Sleep(59 * time.Minute)
		assert.Equal(t, 503, send(t, s.Handler(), get("/readyz")).StatusCode)
		assert.EqualValues(t, 1, tries.Load(), "it is not begun anew")
		time.Sleep(2 * time.Minute)
		assert.Equal(t, 200, send(t, s.Handler(), get("/readyz")).StatusCode)
		assert.Len(t, log.with(t, "the store is ready"), 1)
		stop()
		require.NoError(t, <-ended)
	})
}

func TestAStoreThatCannotBeUsedEndsTheServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		unusable := func(context.Context) error { return graph.CheckFormat(graph.Format + 1) }
		s, _ := newServer(t, &fake{ready: unusable}, server.Options{})
		err := s.Run(t.Context(), idle{make(chan struct{})})
		require.ErrorContains(t, err, "this program knows none above")
		assert.Equal(t, graph.Conflict, graph.CodeOf(err))
	})
}

func TestReadyWithoutRunAsksTheStore(t *testing.T) {
	store := &fake{}
	s, _ := newServer(t, store, server.Options{})
	assert.Equal(t, 200, send(t, s.Handler(), get("/readyz")).StatusCode)
	store.ready = func(context.Context) error { return errors.New("away") }
	a := send(t, s.Handler(), get("/readyz"))
	assert.Equal(t, 503, a.StatusCode)
	assert.NotContains(t, a.Text, "away")
}

func TestWhoGoesByAnOldPolicyAnswersNothingFromTheStore(t *testing.T) {
	why, loading := "it goes by an old policy", ""
	store := &fake{read: func(context.Context) error { panic("it is not to be read") }}
	s, _ := newServer(t, store, server.Options{Outdated: func() string { return why }, Loading: func() string { return loading }})
	a := send(t, s.Handler(), query(`{ customers { totalCount } __typename }`))
	require.Len(t, a.Errors, 1)
	assert.Equal(t, "UNAVAILABLE", a.Errors[0].Extensions.Code)
	assert.Equal(t, "it goes by an old policy", a.Errors[0].Message)
	assert.Equal(t, []any{"customers"}, a.Errors[0].Path)
	assert.JSONEq(t, `{"customers": null, "__typename": "Query"}`, string(a.Data))
	a = send(t, s.Handler(), get("/readyz"))
	assert.Equal(t, 503, a.StatusCode)
	assert.JSONEq(t, `{"ready": false, "reason": "it goes by an old policy"}`, a.Text)

	why, loading, store.read = "", "it is being loaded", nil
	assert.Empty(t, send(t, s.Handler(), query(`{ customers { totalCount } }`)).Errors, "it answers from what there is")
	a = send(t, s.Handler(), get("/readyz"))
	assert.Equal(t, 503, a.StatusCode)
	assert.JSONEq(t, `{"ready": false, "reason": "it is being loaded"}`, a.Text)
	loading = ""
	assert.Equal(t, 200, send(t, s.Handler(), get("/readyz")).StatusCode)
}

func TestReceiptsThatAreSetAsideAreWarnedOf(t *testing.T) {
	aside, store := 0, &fake{}
	s, _ := newServer(t, store, server.Options{Receipts: func() server.Receipts {
		return server.Receipts{Waiting: 7, Aside: aside, Written: 8, Repeated: 9, Bytes: 10}
	}})
	a := send(t, s.Handler(), get("/readyz"))
	assert.Equal(t, 200, a.StatusCode)
	assert.JSONEq(t, `{"ready": true}`, a.Text, "that receipts wait is as it should be")
	assert.Contains(t, send(t, s.Handler(), get("/metrics")).Text, "\nkith_receipts_aside 0\n")

	aside = 2
	const warning = `"warnings": ["receipts that the store does not take are set aside: 2; the log says why, and disclosures are told without them"]`
	a = send(t, s.Handler(), get("/readyz"))
	assert.Equal(t, 200, a.StatusCode, "requests are answered")
	assert.JSONEq(t, `{"ready": true, `+warning+`}`, a.Text)
	text := send(t, s.Handler(), get("/metrics")).Text
	assert.Contains(t, text, "\nkith_receipts_aside 2\n")
	for _, gauge := range []string{"waiting 7", "written 8", "repeated 9", "journal_bytes 10"} {
		assert.Contains(t, text, "\nkith_receipts_"+gauge+"\n")
	}

	store.ready = func(context.Context) error { return errors.New("away") }
	a = send(t, s.Handler(), get("/readyz"))
	assert.Equal(t, 503, a.StatusCode)
	assert.JSONEq(t, `{"ready": false, "reason": "the store does not answer", `+warning+`}`, a.Text)
}

func TestWhoCannotWriteReceiptsIsNotReady(t *testing.T) {
	full, store := errors.New("no space left on device"), &fake{}
	s, _ := newServer(t, store, server.Options{Writable: func(context.Context) error { return full }})
	a := send(t, s.Handler(), get("/readyz"))
	assert.Equal(t, 503, a.StatusCode)
	assert.JSONEq(t, `{"ready": false, "reason": "receipts of what is disclosed cannot be written, without which nothing is told of persons: the log says why"}`, a.Text)
	full = nil
	a = send(t, s.Handler(), get("/readyz"))
	assert.Equal(t, 200, a.StatusCode)
	assert.JSONEq(t, `{"ready": true}`, a.Text)
}
