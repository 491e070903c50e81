// Package lease has all processes on one store go by one policy and one key. Each holds a lease in the store, which ends by itself where
// its process does not renew it. It imports graph and graph/write.
package lease

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

const (
	// Term is how long a lease holds that is not renewed: the clocks of machines with processes on one store are to agree much better.
	Term = 30 * time.Second
	// renewal is the time from one renewal to the next.
	renewal = Term / 3
	// look is the time from one look at what the store's newest policy is to the next.
	look = time.Second
)

// A Store is one whose transactions nobody else writes beside.
type Store interface {
	graph.Store
	Within(ctx context.Context, do func(write.Tx) error) error
}

// Terms are what a process goes by: the version of its policy, and a hash of its key, both without spaces. Without a policy it goes by
// none.
type Terms struct{ Policy, Key string }

// Options of a lease. Store and Terms are needed.
type Options struct {
	Store Store
	Terms func() Terms     // as they are now: a policy may be read again
	Name  string           // by which an operator finds the process
	Now   func() time.Time // nil: time.Now
}

// A Lease is a process's. Make one with New.
type Lease struct {
	options Options
	id      string

	mu       sync.Mutex
	declared Terms     // what the store was told
	newest   string    // the store's policy, as far as is known
	until    time.Time // when it ends
	others   string    // key of others, where it is another
}

// New is a lease that is not held yet.
func New(o Options) *Lease {
	if o.Now == nil {
		o.Now = time.Now
	}
	return &Lease{options: o, id: write.RandomID(graph.Lease.Prefix)}
}

// Take takes the lease. It is refused with Conflict where other processes hold one on other terms; where there are none, the store's
// policy is this one's from now on.
func (l *Lease) Take(ctx context.Context) error { return l.change(ctx, refuse) }

// Check says whether Take would be refused now, and takes nothing.
func (l *Lease) Check(ctx context.Context) error {
	have, err := read(ctx, l.options.Store.Read, l.options.Now())
	if err != nil {
		return err
	}
	return refuse(have, l.options.Terms())
}

// refuse finds others that go by other terms.
func refuse(have *held, mine Terms) error {
	for _, h := range have.holders {
		if h.terms.Key != mine.Key {
			return conflict("the store is used under a key with the hash %s, by %s, and the key of this process has the hash %s: name the same file by --key", h.terms.Key, h, mine.Key)
		}
		if mine.Policy != "" && h.terms.Policy != "" && have.policy != mine.Policy {
			return conflict("the store is used under the policy %s, by %s, and this process goes by %s: name the same by --policy, or have the others read theirs again before", have.policy, h, mine.Policy)
		}
	}
	return nil
}

func conflict(format string, args ...any) error {
	return &graph.Error{Code: graph.Conflict, Message: fmt.Sprintf(format, args...)}
}

// change writes the lease anew, unless refuse finds something in who holds others. A policy that the store was not told of is its newest.
func (l *Lease) change(ctx context.Context, refuse func(have *held, mine Terms) error) error {
	mine, now := l.options.Terms(), l.options.Now()
	l.mu.Lock()
	declared := l.declared
	l.mu.Unlock()
	until := now.Add(Term)
	var have *held
	err := l.options.Store.Within(ctx, func(tx write.Tx) (err error) {
		if have, err = read(ctx, tx.Read, now); err != nil {
			return err
		}
		have.without(l.id)
		if err := refuse(have, mine); err != nil {
			return err
		}
		if mine.Policy != "" && mine.Policy != declared.Policy {
			have.policy = mine.Policy
		}
		have.holders = append(have.holders, holder{id: l.id, name: l.options.Name, until: until, terms: mine})
		return have.write(ctx, tx)
	})
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.declared, l.until = mine, until
	l.knows(have)
	return nil
}

// knows notes what the store says of the others.
func (l *Lease) knows(have *held) {
	l.newest, l.others = have.policy, ""
	for _, h := range have.holders {
		if h.terms.Key != l.declared.Key {
			l.others = h.terms.Key
		}
	}
}

// Renew holds the lease for another Term. Where the process has read another policy since, that is the store's newest from then on.
func (l *Lease) Renew(ctx context.Context) error {
	return l.change(ctx, func(*held, Terms) error { return nil })
}

// Keep renews the lease and looks at the store's newest policy until ctx ends. It tells whatever keeps it from either.
func (l *Lease) Keep(ctx context.Context, tell func(error)) {
	renewed := l.options.Now()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		due := l.options.Now().Sub(renewed) >= renewal
		l.mu.Lock()
		due = due || l.options.Terms() != l.declared
		l.mu.Unlock()
		err := l.Look(ctx)
		if err == nil && due {
			if err = l.Renew(ctx); err == nil {
				renewed = l.options.Now()
			}
		}
		if err != nil && ctx.Err() == nil {
			tell(err)
		}
	}
}

// Look asks the store which policy is its newest.
func (l *Lease) Look(ctx context.Context) error {
	have, err := read(ctx, l.options.Store.Read, l.options.Now())
	if err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.knows(have)
	return nil
}

// Outdated says why the process is not to answer: it does not hold the lease, or the store's newest policy, or its key, is another. Empty:
// it may answer. A policy that it has read since the store was told of one is newer than the store's.
func (l *Lease) Outdated() string {
	mine, now := l.options.Terms(), l.options.Now()
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case now.After(l.until):
		return "it is not known whether this process goes by the store's policy: it does not hold its lease"
	case l.others != "":
		return fmt.Sprintf("the store is used under a key with the hash %s, and the key of this process has the hash %s", l.others, mine.Key)
	case mine.Policy != "" && mine.Policy == l.declared.Policy && mine.Policy != l.newest:
		return fmt.Sprintf("the store's newest policy is %s, and this process has not read it: it goes by %s", l.newest, mine.Policy)
	}
	return ""
}

// Release gives the lease back.
func (l *Lease) Release(ctx context.Context) error {
	return l.options.Store.Within(ctx, func(tx write.Tx) error {
		have, err := read(ctx, tx.Read, l.options.Now())
		if err != nil {
			return err
		}
		have.without(l.id)
		return have.write(ctx, tx)
	})
}
