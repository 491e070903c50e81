package server

import (
	"context"
	"fmt"
	"hash/maphash"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/kithgraph/kith/graph"
)

const (
	// slow is from which time on an operation is taken to be slow: of these no more run at a time than leave room for the others.
	slow = 25 * time.Millisecond
	// keptTimes is of how many operations it is known.
	keptTimes = 4096
	// share is the part of all that wait that one caller may have: one in so many.
	share = 4
	// retrySoon is after how many seconds who is sent away may ask again.
	retrySoon = "1"
)

// An admission lets requests be answered, some at a time, and shares that among callers: next is who has had least of it lately, of those who
// wait. Of slow operations, whoever asks them, so few run that a quick one need not wait for them. One caller has half of the readers at most,
// and half of the places of slow operations. An operation is as slow as the quickest of its last dozen or so, since on a busy machine the quickest
// are slow now and then; one that nobody has asked may be anything, and is taken to be slow. Who finds too many waiting is sent away.
//
// What waits is ordered by start-time fair queuing (Goyal, Vin and Cheng, 1996), where a request's length is the time that it took.
type admission struct {
	readers, queue, each int

	mu      sync.Mutex
	slows   int // how many may be slow
	running int
	slowly  int // of these
	waiting int
	callers map[string]*queue
	clock   time.Duration // where the caller stands that was let in last
	times   *lru.Cache[uint64, time.Duration]
	seed    maphash.Seed

	shed *prometheus.CounterVec
}

// A queue is what a caller has running and waiting.
type queue struct {
	running int
	slowly  int           // of these
	at      time.Duration // how much it has had, on the common clock
	waits   []*ticket
}

// A ticket is a request that waits.
type ticket struct {
	hers, anybodys uint64 // the operation, as she asks it and as everybody does
	slow           bool
	in             chan struct{} // closed when it is let in
}

func newAdmission(l Limits) *admission {
	times, err := lru.New[uint64, time.Duration](keptTimes)
	if err != nil {
		panic(err) // the number is one
	}
	return &admission{
		readers: l.Readers, slows: l.Slow, queue: l.Queue, each: max(1, l.Queue/share),
		callers: map[string]*queue{}, times: times, seed: maphash.MakeSeed(),
		shed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "kith_requests_shed_total",
			Help: "Requests that were sent away, since too many waited: of the caller's own, of all, or for longer than their limit of time.",
		}, []string{"for"}),
	}
}

// enter waits until an operation of a caller may be answered, or says why it will not be. leave is to be called when it has been.
func (a *admission) enter(ctx context.Context, who, document string) (leave func(), no *refusal) {
	a.mu.Lock()
	t := &ticket{hers: maphash.String(a.seed, who+"\x00"+document), anybodys: maphash.String(a.seed, document), in: make(chan struct{})}
	took, known := a.times.Get(t.hers)
	if !known {
		took, known = a.times.Get(t.anybodys)
	}
	t.slow = !known || took >= slow
	q := a.callers[who]
	if q == nil {
		q = &queue{at: a.clock}
		a.callers[who] = q
	}
	switch {
	case len(q.waits) >= a.each:
		no = a.sends("caller", http.StatusTooManyRequests, fmt.Sprintf("%d requests of the same caller wait to be answered, which is the limit", len(q.waits)))
	case a.waiting >= a.queue:
		no = a.sends("all", http.StatusServiceUnavailable, fmt.Sprintf("%d requests wait to be answered, which is the limit", a.waiting))
	default:
		q.waits = append(q.waits, t)
		a.waiting++
		a.admit()
	}
	if no != nil {
		a.tidy(who)
	}
	a.mu.Unlock()
	if no != nil {
		return nil, no
	}
	select {
	case <-t.in:
	case <-ctx.Done():
		if a.withdraw(who, t) {
			return nil, a.sends("time", http.StatusServiceUnavailable, "the request has waited to be answered for as long as it has time")
		}
	}
	began := time.Now()
	return sync.OnceFunc(func() { a.leave(who, t, time.Since(began), clockOf(ctx).stood()) }), nil
}

// sends gives the answer to a request that is sent away.
func (a *admission) sends(why string, status int, message string) *refusal {
	a.shed.WithLabelValues(why).Inc()
	return &refusal{status, graph.Overloaded, message + ": ask again later"}
}

// admit lets in whom it can.
func (a *admission) admit() {
	for a.running < a.readers {
		var next *queue
		for _, q := range a.callers {
			if len(q.waits) == 0 || q.running >= half(a.readers) || a.ready(q) < 0 {
				continue
			}
			if next == nil || q.at < next.at {
				next = q
			}
		}
		if next == nil {
			return
		}
		i := a.ready(next)
		t := next.waits[i]
		next.waits = append(next.waits[:i:i], next.waits[i+1:]...)
		a.running++
		a.waiting--
		next.running++
		if t.slow {
			a.slowly++
			next.slowly++
		}
		a.clock = max(a.clock, next.at)
		close(t.in)
	}
}

// ready is the first of a caller's requests that may be let in, below nothing where none may.
func (a *admission) ready(q *queue) int {
	for i, t := range q.waits {
		if !t.slow || a.slowly < a.slows && q.slowly < half(a.slows) {
			return i
		}
	}
	return -1
}

// half is what one caller may have of some places.
func half(places int) int { return max(1, places/2) }

// SlowReaders has another number of slow operations run at a time than Limits.Slow, from now on.
func (s *Server) SlowReaders(n int) {
	a := s.admission
	a.mu.Lock()
	defer a.mu.Unlock()
	a.slows = n
	a.admit()
}

// withdraw takes a request back that waits, and reports whether it did still.
func (a *admission) withdraw(who string, t *ticket) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	q := a.callers[who]
	i := slices.Index(q.waits, t)
	if i < 0 {
		return false
	}
	q.waits = append(q.waits[:i:i], q.waits[i+1:]...)
	a.waiting--
	a.tidy(who)
	return true
}

// leave makes room, and notes how long it took. What was spent on a plan counts for the caller, and not for the operation, of which there is one
// now.
func (a *admission) leave(who string, t *ticket, took, planned time.Duration) {
	a.mu.Lock()
	defer a.mu.Unlock()
	q := a.callers[who]
	a.running--
	q.running--
	if t.slow {
		a.slowly--
		q.slowly--
	}
	q.at = max(q.at, a.clock) + took
	took -= planned
	for _, operation := range []uint64{t.hers, t.anybodys} {
		least := took
		if before, known := a.times.Get(operation); known {
			least = min(took, before+before/4+time.Millisecond)
		}
		a.times.Add(operation, least)
	}
	a.admit()
	a.tidy(who)
}

// tidy forgets a caller who has nothing here, unless she has had more than others who have, and these are few.
func (a *admission) tidy(who string) {
	if q := a.callers[who]; q.running == 0 && len(q.waits) == 0 && (q.at <= a.clock || len(a.callers) > keptTimes) {
		delete(a.callers, who)
	}
	if a.running == 0 && a.waiting == 0 { // there is nobody to be compared with
		clear(a.callers)
		a.clock = 0
	}
}

// collectors are the gauges and counters of it.
func (a *admission) collectors() []prometheus.Collector {
	gauge := func(name, help string, of func() int) prometheus.Collector {
		return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, func() float64 {
			a.mu.Lock()
			defer a.mu.Unlock()
			return float64(of())
		})
	}
	return []prometheus.Collector{a.shed,
		gauge("kith_requests_running", "Requests that are being answered.", func() int { return a.running }),
		gauge("kith_slow_readers", "How many operations that take long, or are new, are answered at a time.", func() int { return a.slows }),
		gauge("kith_requests_waiting", "Requests that wait to be answered.", func() int { return a.waiting })}
}

// addressOf tells callers apart where nobody is asked who they are.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// whoOf tells callers apart: by subject, or as customers, or by their addresses.
func whoOf(r *http.Request) string {
	switch c := callerOf(r.Context()); {
	case c.Customer != "":
		return "customer " + c.Customer
	case c.Subject != "":
		return "subject " + c.Subject
	}
	return "address " + addressOf(r)
}
