package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/kithgraph/kith/graph"
)

const (
	// places is how many texts are planned at a time.
	places = 2
	// keptTexts is how many texts are taken to be planned still: Neo4j keeps 1,000, and others ask, too.
	keptTexts = 800
	// long is from when on a text that was planned before is said to have been planned anew. A plan that is kept is found in a few
	// milliseconds.
	long = 250 * time.Millisecond
	// retryAfter is after how many seconds a client may ask again whose statement was not planned in time.
	retryAfter = "5"
)

// A Planner decides when a store sends a statement whose text its database has not planned yet: at most two at a time, one of them for
// one caller, and each text once. Meanwhile the caller's clock stands, within the allowance; the text is planned to the end of that
// though the caller is gone, since others will ask the same. Make one with NewPlanner.
type Planner struct {
	allowance time.Duration
	log       *slog.Logger
	seconds   *prometheus.HistogramVec

	mu       sync.Mutex
	known    *lru.Cache[uint64, struct{}] // texts that are planned
	planning map[uint64]*flight
	callers  map[caller]bool // for whom
	turn     chan struct{}   // closed when one of these changes
	ahead    time.Duration   // what has been spent on what nobody had asked
}

// A caller is whoever shares one place.
type caller struct{ subject, customer string }

// warming is the caller of what nobody has asked yet.
var warming = caller{subject: "\x00warming"}

// flight is a text that is being planned.
type flight struct {
	planned, ended chan struct{}
	err            error // when it has ended
}

// errPlanning marks the error of a request whose time was over while a statement of it was planned.
var errPlanning = errors.New("the statement was being planned")

// NewPlanner makes a Planner by which requests may wait for plans for as long as the allowance.
func NewPlanner(allowance time.Duration, log *slog.Logger) *Planner {
	known, err := lru.New[uint64, struct{}](keptTexts)
	if err != nil {
		panic(err) // the number is one
	}
	return &Planner{
		allowance: allowance, log: log, known: known, planning: map[uint64]*flight{}, callers: map[caller]bool{}, turn: make(chan struct{}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "kith_plan_duration_seconds",
			Help:    "Time in which the database planned a statement's text: the first time, anew since its plan was gone or stale, or ahead of requests.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 20, 30, 60},
		}, []string{"why"}),
	}
}

type warmKey struct{}

// Ahead has the statements under ctx planned while nobody has asked yet: whenever nothing else is being planned.
func Ahead(ctx context.Context) context.Context { return context.WithValue(ctx, warmKey{}, true) }

// Plan sends a statement when it is its turn. Statements of one key share a plan. send is to call planned as soon as the database begins
// to carry the statement out, and says for how long it had to be waited for that; planning asks the database whether it is planning
// it just now. It is the hook that stores call.
func (p *Planner) Plan(ctx context.Context, key uint64, send func(ctx context.Context, planned func()) (waited time.Duration, err error), planning func(context.Context) bool) error {
	c, ahead := clockOf(ctx), ctx.Value(warmKey{}) != nil
	if c == nil && !ahead { // neither a request's nor ahead of one
		_, err := send(ctx, func() {})
		return err
	}
	release := func() {}
	defer func() { release() }()
	for waits := false; ; waits = true {
		f, mine, turn := p.enter(ctx, key, send)
		switch {
		case f == nil && turn == nil && ahead:
			return nil
		case f == nil && turn == nil:
			release()
			return p.again(ctx, c, key, send, planning)
		case !waits:
			release = c.hold()
		}
		planned, ended := (<-chan struct{})(nil), (<-chan struct{})(nil)
		if f != nil {
			planned, ended = f.planned, f.ended
		}
		select {
		case <-turn:
		case <-ended:
		case <-planned:
		case <-ctx.Done():
			return p.gaveUp(ctx)
		}
		if !mine {
			continue
		}
		release() // what is left is to carry it out
		select {
		case <-ended:
			return f.err
		case <-ctx.Done():
			return p.gaveUp(ctx)
		}
	}
}

// enter finds out how it stands with a text: nothing: it is planned; a flight: it is being planned, and, if it is mine, since now; or
// when to look again.
func (p *Planner) enter(ctx context.Context, key uint64, send func(context.Context, func()) (time.Duration, error)) (f *flight, mine bool, turn <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, planned := p.known.Get(key); planned {
		return nil, false, nil
	}
	if f := p.planning[key]; f != nil {
		return f, false, nil
	}
	who, most := placeOf(ctx), places
	if who == warming {
		most = 1
	}
	if len(p.callers) >= most || p.callers[who] {
		return nil, false, p.turn
	}
	f = &flight{planned: make(chan struct{}), ended: make(chan struct{})}
	p.planning[key], p.callers[who] = f, true
	go p.fly(ctx, f, key, who, send)
	return f, true, nil
}

// fly sends a statement for the first time. Until it is planned it is not given up with its request, but after the allowance.
func (p *Planner) fly(ctx context.Context, f *flight, key uint64, who caller, send func(context.Context, func()) (time.Duration, error)) {
	whole := p.allowance
	if at, ok := ctx.Deadline(); ok {
		whole += time.Until(at)
	}
	sending, cancel := context.WithTimeout(context.WithoutCancel(ctx), whole)
	defer cancel()
	late := time.AfterFunc(p.allowance, cancel)
	defer late.Stop()
	start, why := time.Now(), "first"
	if who == warming {
		why = "ahead"
		defer context.AfterFunc(ctx, cancel)()
	}
	var stop func() bool
	planned := sync.OnceFunc(func() {
		late.Stop()
		stop = context.AfterFunc(ctx, cancel)
		p.tell(ctx, why, time.Since(start))
		p.leave(f, key, who, true)
	})
	err := func() (err error) {
		defer func() {
			if v := recover(); v != nil { // here it would end the program
				err = fmt.Errorf("panic: %v\n%s", v, debug.Stack())
			}
		}()
		_, err = send(sending, planned)
		return err
	}()
	if err == nil {
		planned()
	}
	f.err = err
	p.failed(err)
	if stop != nil {
		stop()
	} else {
		p.spend(why, time.Since(start))
		p.leave(f, key, who, false)
		if sending.Err() != nil {
			f.err = p.unplanned(err)
		}
	}
	close(f.ended)
}

// leave makes room for others.
func (p *Planner) leave(f *flight, key uint64, who caller, planned bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if planned {
		p.known.Add(key, struct{}{})
	}
	delete(p.planning, key)
	delete(p.callers, who)
	close(f.planned)
	close(p.turn)
	p.turn = make(chan struct{})
}

// again sends a statement whose text was planned before. What has become of its plan shows in how long it is waited for.
func (p *Planner) again(ctx context.Context, c *clock, key uint64, send func(context.Context, func()) (time.Duration, error), planning func(context.Context) bool) error {
	w := c.watch(planning)
	defer w.stop()
	waited, err := send(ctx, w.stop)
	if waited >= long {
		p.tell(ctx, "anew", waited)
	}
	p.failed(err)
	if err != nil && c.endedPlanning() {
		p.known.Remove(key) // it is planned as if it were new
		return p.unplanned(err)
	}
	return err
}

// failed forgets all texts where the database was away: it may have been started anew.
func (p *Planner) failed(err error) {
	if err != nil && graph.CodeOf(err) == graph.Unavailable {
		p.known.Purge()
	}
}

// Ahead is for how long texts have been planned that nobody had asked.
func (p *Planner) Ahead() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.ahead
}

func (p *Planner) spend(why string, took time.Duration) {
	if why == "ahead" {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.ahead += took
	}
}

func (p *Planner) tell(ctx context.Context, why string, took time.Duration) {
	p.spend(why, took)
	p.seconds.WithLabelValues(why).Observe(took.Seconds())
	level := slog.LevelDebug
	if took >= long {
		level = slog.LevelInfo
	}
	p.log.LogAttrs(ctx, level, "a statement was planned", slog.String("requestId", requestOf(ctx).id), slog.String("why", why), slog.Int64("ms", took.Milliseconds()))
}

// gaveUp is the error of a request that is over.
func (p *Planner) gaveUp(ctx context.Context) error {
	if c := clockOf(ctx); c != nil && c.endedPlanning() {
		return p.unplanned(ctx.Err())
	}
	return &graph.Error{Code: graph.Timeout, Message: "the request was given up", Err: ctx.Err()}
}

func (p *Planner) unplanned(err error) error {
	return &graph.Error{Code: graph.Timeout, Err: fmt.Errorf("%w: %w", errPlanning, err),
		Message: fmt.Sprintf("a statement was still being planned after %v, which is the limit: ask again later", p.allowance)}
}

func placeOf(ctx context.Context) caller {
	if ctx.Value(warmKey{}) != nil {
		return warming
	}
	c := callerOf(ctx)
	return caller{c.Subject, c.Customer}
}
