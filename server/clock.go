package server

import (
	"context"
	"errors"
	"sync"
	"time"
)

const (
	// asking is how long a store may take to say whether it is planning.
	asking = time.Second
	// askAgain is the time from one such question to the next.
	askAgain = 250 * time.Millisecond
)

// A clock is the time that a request has: a context that ends when the limit is over. It stands still while a statement is planned for
// the request, in all no longer than the allowance for that.
type clock struct {
	context.Context // the request's
	inner           context.Context
	end             context.CancelCauseFunc

	mu        sync.Mutex
	at        time.Time     // when the limit is over, if it goes on
	left      time.Duration // how long it may still stand
	allowance time.Duration // how long it might at the start
	holds     int           // what it stands for
	since     time.Time     // it stands since then
	planned   bool          // it ended while it stood
	timer     *time.Timer
	watched   map[*watch]bool
}

type clockKey struct{}

// startClock starts a clock, which is to be stopped.
func startClock(parent context.Context, limit, allowance time.Duration) *clock {
	c := &clock{Context: parent, at: time.Now().Add(limit), left: allowance, allowance: allowance, watched: map[*watch]bool{}}
	c.inner, c.end = context.WithCancelCause(parent)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.timer = time.AfterFunc(limit, c.over)
	return c
}

// clockOf is the clock that ctx goes by; nil: none.
func clockOf(ctx context.Context) *clock {
	c, _ := ctx.Value(clockKey{}).(*clock)
	return c
}

func (c *clock) stop() {
	c.timer.Stop()
	c.end(context.Canceled)
}

// Value gives the clock, beside what the request's context has.
func (c *clock) Value(key any) any {
	if key == (clockKey{}) {
		return c
	}
	return c.Context.Value(key)
}

// Deadline is when it ends at the latest.
func (c *clock) Deadline() (time.Time, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.holds > 0 {
		return c.since.Add(c.left + max(0, c.at.Sub(c.since))), true
	}
	return c.at.Add(c.left), true
}

// Done implements context.Context.
func (c *clock) Done() <-chan struct{} { return c.inner.Done() }

// Err implements context.Context.
func (c *clock) Err() error {
	err := c.inner.Err()
	if err != nil && errors.Is(context.Cause(c.inner), context.DeadlineExceeded) {
		return context.DeadlineExceeded
	}
	return err
}

// hold lets it stand until the function is called, which may be called again. Without a clock nothing happens.
func (c *clock) hold() (release func()) {
	if c == nil {
		return func() {}
	}
	return c.holdSince(time.Now())
}

func (c *clock) holdSince(since time.Time) (release func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.holds == 0 {
		c.since = since
		c.timer.Reset(c.left - time.Since(since))
	}
	c.holds++
	return sync.OnceFunc(func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.holds--; c.holds == 0 {
			stood := min(time.Since(c.since), c.left)
			c.left -= stood
			c.at = c.at.Add(stood)
			c.timer.Reset(time.Until(c.at))
		}
	})
}

// over is called when the time seems to be over.
func (c *clock) over() {
	c.mu.Lock()
	stands := c.holds > 0
	switch {
	case c.inner.Err() != nil, stands && time.Since(c.since) < c.left, !stands && time.Now().Before(c.at): // it has ended, or was set to another time
		c.mu.Unlock()
		return
	case !stands && c.left > 0:
		for w := range c.watched {
			c.mu.Unlock()
			if w.planning() {
				w.wait()
				return
			}
			c.mu.Lock()
		}
	}
	c.planned = stands
	c.at, c.left = time.Now(), 0
	c.mu.Unlock()
	c.end(context.DeadlineExceeded)
}

// stood is for how long it has stood in all; without a clock not at all.
func (c *clock) stood() time.Duration {
	if c == nil {
		return 0
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.allowance - c.left
}

// endedPlanning reports whether the time was over while something was planned.
func (c *clock) endedPlanning() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.planned
}

// A watch is on a statement whose text was planned before, and may be planned anew: that is asked about when the time is over.
type watch struct {
	c     *clock
	since time.Time
	ask   func(context.Context) bool
	gone  chan struct{}
	stop  func()
}

func (c *clock) watch(planning func(context.Context) bool) *watch {
	w := &watch{c: c, since: time.Now(), ask: planning, gone: make(chan struct{})}
	w.stop = sync.OnceFunc(func() {
		close(w.gone)
		c.mu.Lock()
		defer c.mu.Unlock()
		delete(c.watched, w)
	})
	c.mu.Lock()
	defer c.mu.Unlock()
	c.watched[w] = true
	return w
}

// planning reports whether the statement is being planned now.
func (w *watch) planning() bool {
	select {
	case <-w.gone:
		return false
	default:
	}
	ctx, cancel := context.WithTimeout(w.c.Context, asking)
	defer cancel()
	return w.ask(ctx)
}

// wait lets the clock stand, as from when the statement was sent, until it is planned.
func (w *watch) wait() {
	release := w.c.holdSince(w.since)
	defer release()
	for {
		select {
		case <-w.gone:
			return
		case <-w.c.Done():
			return
		case <-time.After(askAgain):
			if !w.planning() {
				return
			}
		}
	}
}
