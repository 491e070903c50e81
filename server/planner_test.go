package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
)

// planned is a database that takes a time to plan each text, and a time to carry it out. A text is named by its caller's page size.
type planned struct {
	*server.Planner
	log            *lines
	plan, carry    time.Duration
	anew           atomic.Bool // it plans again what it has planned
	fails          error
	mu             sync.Mutex
	has            map[uint64]bool
	now, most      int            // how many texts are being planned
	times          map[uint64]int // how often each was planned
	carried, ended atomic.Int64   // statements that were carried out, and those that were broken off
	asked          atomic.Int64   // whether it is planning
}

func newPlanned(plan, carry time.Duration) *planned {
	log := &lines{}
	return &planned{log: log, Planner: server.NewPlanner(30*time.Second, slog.New(slog.NewJSONHandler(log, nil))), plan: plan, carry: carry, has: map[uint64]bool{}, times: map[uint64]int{}}
}

func (p *planned) read(ctx context.Context, key uint64) error {
	return p.Plan(ctx, key, func(ctx context.Context, planned func()) (time.Duration, error) {
		if p.fails != nil {
			return 0, p.fails
		}
		start := time.Now()
		if err := p.planning(ctx, key); err != nil {
			return 0, err
		}
		planned()
		waited := time.Since(start)
		select {
		case <-ctx.Done():
			p.ended.Add(1)
			return 0, &graph.Error{Code: graph.Timeout, Message: "slow", Err: ctx.Err()}
		case <-time.After(p.carry):
			p.carried.Add(1)
			return waited, nil
		}
	}, func(context.Context) bool {
		p.asked.Add(1)
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.now > 0
	})
}

func (p *planned) planning(ctx context.Context, key uint64) error {
	p.mu.Lock()
	if p.has[key] && !p.anew.Load() {
		p.mu.Unlock()
		return nil
	}
	p.now++
	p.most = max(p.most, p.now)
	p.times[key]++
	p.mu.Unlock()
	var err error
	select {
	case <-ctx.Done():
		p.ended.Add(1)
		err = &graph.Error{Code: graph.Timeout, Message: "slow", Err: ctx.Err()}
	case <-time.After(p.plan):
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.now--
	p.has[key] = p.has[key] || err == nil
	return err
}

// serving is a server over it. Each request has one statement, whose text the header X-Request-Id names: text_1 and so on.
func (p *planned) serving(t *testing.T, o server.Options) *server.Server {
	o.Planner = p.Planner
	o.Limits.Readers, o.Limits.Slow = 64, 64 // as where a database plans
	s, _ := newServer(t, &fake{read: func(ctx context.Context) error {
		key, _ := ctx.Value(textKey{}).(uint64)
		return p.read(ctx, key)
	}}, o)
	return s
}

type textKey struct{}

func asking(text uint64) *http.Request {
	r := query(`{ customers { totalCount } }`)
	return r.WithContext(context.WithValue(r.Context(), textKey{}, text))
}

func metric(t *testing.T, s *server.Server, line string) {
	t.Helper()
	assert.Contains(t, "\n"+send(t, s.Handler(), get("/metrics")).Text, "\n"+line+"\n")
}

func TestAFirstPlanHasAnAllowanceOfItsOwn(t *testing.T) {
	for _, c := range []struct {
		name        string
		plan, carry time.Duration
		takes       time.Duration
		says        string // the error, if it is one
		later       bool   // it says when to ask again
	}{
		{"what is planned in time is answered", 25 * time.Second, 9 * time.Second, 34 * time.Second, "", false},
		{"to carry it out takes the request's own time", 25 * time.Second, 11 * time.Second, 35 * time.Second, "the request took longer than 10s, which is the limit", false},
		{"what takes longer to plan says so", 31 * time.Second, 0, 30 * time.Second, "a statement was still being planned after 30s, which is the limit: ask again later", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				p := newPlanned(c.plan, c.carry)
				s := p.serving(t, server.Options{})
				start := time.Now()
				a := send(t, s.Handler(), asking(1))
				assert.Equal(t, c.takes, time.Since(start))
				synctest.Wait()
				if c.says == "" {
					require.Empty(t, a.Errors)
					assert.Equal(t, 1, p.times[1])
					assert.Contains(t, p.log.String(), `"msg":"a statement was planned"`)
					assert.Contains(t, p.log.String(), `"why":"first","ms":25000`)
					metric(t, s, `kith_plan_duration_seconds_sum{why="first"} 25`)
				} else {
					require.Len(t, a.Errors, 1)
					assert.Equal(t, "TIMEOUT", a.Errors[0].Extensions.Code)
					assert.Equal(t, c.says, a.Errors[0].Message)
					assert.Equal(t, int64(1), p.ended.Load(), "nobody waits for it")
				}
				assert.Equal(t, c.later, a.Header.Get("Retry-After") == "5")
			})
		})
	}
}

func TestATextIsPlannedToTheEndThoughItsCallerIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlanned(20*time.Second, time.Second)
		s := p.serving(t, server.Options{})
		ctx, leave := context.WithCancel(t.Context())
		time.AfterFunc(3*time.Second, leave)
		r := asking(1)
		send(t, s.Handler(), r.WithContext(context.WithValue(ctx, textKey{}, uint64(1))))
		time.Sleep(time.Second)
		start := time.Now()
		require.Empty(t, send(t, s.Handler(), asking(1)).Errors)
		assert.Equal(t, 16*time.Second+time.Second, time.Since(start), "it waits for the same plan")
		assert.Equal(t, 1, p.times[1])
		assert.Equal(t, int64(1), p.carried.Load())
		assert.Equal(t, int64(1), p.ended.Load(), "for whom nobody waits it is not carried out")
	})
}

func TestManyWhoAskTheSameWaitForOnePlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlanned(4*time.Second, time.Second)
		s := p.serving(t, server.Options{})
		start := time.Now()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { assert.Empty(t, send(t, s.Handler(), asking(1)).Errors) })
		}
		all.Wait()
		assert.Equal(t, 5*time.Second, time.Since(start))
		assert.Equal(t, 1, p.times[1])
		assert.Equal(t, int64(20), p.carried.Load())
	})
}

// tokens gives a verifier, and a header for each caller.
func tokens(t *testing.T) (*auth.Verifier, func(string) string) {
	o := auth.Options{Secret: bytes.Repeat([]byte("s"), 32), Audience: "kith", Issuer: "kith"}
	v, err := auth.New(t.Context(), o)
	require.NoError(t, err)
	return v, func(who string) string {
		token, err := auth.Sign(o, auth.Caller{Subject: who, Roles: []auth.Role{"reader"}, Purposes: []graph.Purpose{"COMPLIANCE"}}, time.Hour)
		require.NoError(t, err)
		return "Bearer " + token
	}
}

func TestTwoTextsArePlannedAtATimeOneOfThemForOneCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlanned(4*time.Second, 0)
		verifier, bearer := tokens(t)
		s := p.serving(t, server.Options{Auth: verifier})
		took := map[string][]time.Duration{}
		var mu sync.Mutex
		start := time.Now()
		var all sync.WaitGroup
		for text, who := range []string{"ann", "ann", "ann", "bob", "cid"} {
			time.Sleep(time.Millisecond) // so that their turns are known
			all.Go(func() {
				r := asking(uint64(text))
				r.Header.Set("Authorization", bearer(who))
				assert.Empty(t, send(t, s.Handler(), r).Errors)
				mu.Lock()
				defer mu.Unlock()
				took[who] = append(took[who], time.Since(start).Truncate(time.Second))
			})
		}
		all.Wait()
		assert.Equal(t, 2, p.most)
		assert.Equal(t, []time.Duration{4 * time.Second}, took["bob"], "ann has one place at most")
		assert.LessOrEqual(t, took["cid"][0], 12*time.Second)
		assert.LessOrEqual(t, took["ann"][2], 16*time.Second)
	})
}

func TestWhoWaitsTooLongForATurnIsToldSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlanned(20*time.Second, 0)
		s := p.serving(t, server.Options{})
		var all sync.WaitGroup
		var late atomic.Int64
		start := time.Now()
		for text := range uint64(3) { // all of one caller
			all.Go(func() {
				a := send(t, s.Handler(), asking(text))
				if len(a.Errors) > 0 {
					assert.Equal(t, "TIMEOUT", a.Errors[0].Extensions.Code)
					assert.Contains(t, a.Errors[0].Message, "a statement was still being planned after 30s")
					assert.Equal(t, "5", a.Header.Get("Retry-After"))
					assert.Equal(t, 30*time.Second, time.Since(start))
					late.Add(1)
				}
			})
		}
		all.Wait()
		assert.Equal(t, int64(2), late.Load(), "one was answered")
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Equal(t, 1, p.most)
	})
}

func TestATextThatIsPlannedAnewHasTheAllowance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlanned(15*time.Second, 2*time.Second)
		s := p.serving(t, server.Options{})
		require.Empty(t, send(t, s.Handler(), asking(1)).Errors)
		start := time.Now()
		require.Empty(t, send(t, s.Handler(), asking(1)).Errors)
		assert.Equal(t, 2*time.Second, time.Since(start))
		assert.Zero(t, p.asked.Load(), "the database is asked only when the time is over")

		p.anew.Store(true)
		start = time.Now()
		require.Empty(t, send(t, s.Handler(), asking(1)).Errors)
		assert.Equal(t, 17*time.Second, time.Since(start))
		assert.NotZero(t, p.asked.Load())
		assert.Contains(t, p.log.String(), `"why":"anew","ms":15000`)
		metric(t, s, `kith_plan_duration_seconds_count{why="anew"} 1`)

		p.anew.Store(false)
		p.carry = time.Minute
		start = time.Now()
		a := send(t, s.Handler(), asking(1))
		require.Len(t, a.Errors, 1)
		assert.Equal(t, "the request took longer than 10s, which is the limit", a.Errors[0].Message)
		assert.Equal(t, 10*time.Second, time.Since(start))

		p.anew.Store(true)
		p.plan = time.Minute
		start = time.Now()
		a = send(t, s.Handler(), asking(1))
		require.Len(t, a.Errors, 1)
		assert.Contains(t, a.Errors[0].Message, "a statement was still being planned after 30s")
		assert.Equal(t, 30*time.Second, time.Since(start))

		assert.Equal(t, int64(2), p.ended.Load())

		p.plan, p.carry = 20*time.Second, 0
		start = time.Now()
		require.Empty(t, send(t, s.Handler(), asking(1)).Errors, "it is planned as if it were new")
		assert.Equal(t, 20*time.Second, time.Since(start))
		metric(t, s, `kith_plan_duration_seconds_count{why="first"} 2`)
	})
}

func TestAfterTheDatabaseWasAwayAllTextsAreNew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlanned(time.Second, 0)
		s := p.serving(t, server.Options{})
		require.Empty(t, send(t, s.Handler(), asking(1)).Errors)
		p.fails = &graph.Error{Code: graph.Unavailable, Message: "away", Err: errors.New("away")}
		require.NotEmpty(t, send(t, s.Handler(), asking(1)).Errors)
		p.fails, p.has = nil, map[uint64]bool{}
		require.Empty(t, send(t, s.Handler(), asking(1)).Errors)
		metric(t, s, `kith_plan_duration_seconds_count{why="first"} 2`)
	})
}

func TestWhatIsPlannedAheadWaitsForEverybody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlanned(4*time.Second, time.Second)
		s := p.serving(t, server.Options{})
		var all sync.WaitGroup
		all.Go(func() { assert.Empty(t, send(t, s.Handler(), asking(1)).Errors) })
		synctest.Wait()
		start := time.Now()
		require.NoError(t, p.read(server.Ahead(t.Context()), 2))
		assert.Equal(t, 9*time.Second, time.Since(start), "behind the other")
		require.NoError(t, p.read(server.Ahead(t.Context()), 2))
		assert.Equal(t, 9*time.Second, time.Since(start), "nothing is sent for what is planned")
		all.Wait()
		require.Empty(t, send(t, s.Handler(), asking(2)).Errors)
		assert.Equal(t, 10*time.Second, time.Since(start))
		assert.Equal(t, 1, p.times[2])
		metric(t, s, `kith_plan_duration_seconds_count{why="ahead"} 1`)

		ctx, stop := context.WithTimeout(t.Context(), time.Second)
		defer stop()
		require.Error(t, p.read(server.Ahead(ctx), 3))
	})
}

// TestSeveralStatementsShareTheAllowance has root fields that ask for texts of their own.
func TestSeveralStatementsShareTheAllowance(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPlanned(12*time.Second, time.Second)
		var n atomic.Uint64
		o := server.Options{Planner: p.Planner}
		s, _ := newServer(t, &fake{read: func(ctx context.Context) error { return p.read(ctx, n.Add(1)) }}, o)
		start := time.Now()
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, query(`{ a: customers { totalCount } b: accounts { totalCount } c: deals { totalCount } }`))
		assert.Equal(t, 30*time.Second, time.Since(start))
		assert.Contains(t, w.Body.String(), "a statement was still being planned after 30s")
		assert.Contains(t, w.Body.String(), `{"totalCount":0}`, "those that were planned are answered")
		assert.Equal(t, "5", w.Header().Get("Retry-After"))
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Equal(t, 1, p.most, fmt.Sprint(p.times))
	})
}
