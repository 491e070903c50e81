package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/lease"
)

// lengthOfHash is how many letters tell a key's hash.
const lengthOfHash = 16

// lease is this process's on the store, by a policy whose version may change; nil: it goes by none.
func (g *graphOf) lease(policy func() string) *lease.Lease {
	if policy == nil {
		policy = func() string { return "" }
	}
	key := g.key.Marks("lease")("key")[:lengthOfHash]
	host, err := os.Hostname()
	if err != nil {
		host = "an unknown machine"
	}
	return lease.New(lease.Options{Store: g.Store.(lease.Store), Name: fmt.Sprintf("process %d on %s", os.Getpid(), host),
		Terms: func() lease.Terms { return lease.Terms{Policy: policy(), Key: key} }})
}

// hold takes a lease for a command, which goes by a policy or, where it is empty, by none. It ends with release.
func (f storeFlag) hold(p *program, g *graphOf, policy string) (release func(), err error) {
	l := g.lease(func() string { return policy })
	err = f.keyed(p.ctx, g)
	if err == nil {
		err = l.Take(p.ctx)
	}
	if err != nil {
		return nil, f.refused(g, err)
	}
	end := keep(p.ctx, l, slog.New(slog.NewTextHandler(p.err, nil)))
	return end, nil
}

// releaseTime is how long the store may take to hear that a lease is given back; else it ends by itself.
const releaseTime = 3 * time.Second

// keep renews a lease until it is told to end, and gives it back.
func keep(ctx context.Context, l *lease.Lease, log *slog.Logger) (end func()) {
	keeping, stop := context.WithCancel(ctx)
	var kept sync.WaitGroup
	said := "" // of what was told last
	kept.Go(func() {
		l.Keep(keeping, func(err error) {
			if why := err.Error(); why != said {
				said = why
				log.Warn("the lease on the store cannot be renewed; trying again", "error", err)
			}
		})
	})
	return func() {
		stop()
		kept.Wait()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), releaseTime)
		defer cancel()
		if err := l.Release(ctx); err != nil {
			log.Warn("the lease on the store is not given back; it ends by itself", "error", err)
		}
	}
}

// check fails where a store that answers at once is used on other terms, or with another key; else take will see.
func (c serveCmd) check(ctx context.Context, g *graphOf, l *lease.Lease) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	err := c.keyed(ctx, g)
	if err == nil {
		err = l.Check(ctx)
	}
	if graph.CodeOf(err) == graph.Conflict {
		return c.refused(g, err)
	}
	return nil
}

// refused is the error of a lease that is not to be had. A key that was made for it goes, so that no later start takes it for the store's.
func (f storeFlag) refused(g *graphOf, err error) error {
	if g.newKey != "" && graph.CodeOf(err) == graph.Conflict {
		err = errors.Join(err, os.Remove(g.newKey))
	}
	return f.fails(err)
}

// take waits for the store, and takes the server's lease on it. It fails where others have one on other terms.
func (c serveCmd) take(ctx context.Context, g *graphOf, l *lease.Lease, log *slog.Logger) error {
	for said := false; ; {
		err := g.Ready(ctx)
		if err == nil {
			if err = c.keyed(ctx, g); err == nil {
				err = l.Take(ctx)
			}
			if err == nil {
				return nil
			}
			if graph.CodeOf(err) == graph.Conflict {
				return c.refused(g, err)
			}
			if !said && ctx.Err() == nil {
				said = true
				log.Warn("the lease on the store cannot be taken; trying again", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
}

// alone keeps other servers from a file of SQLite until it is closed, or the process ends in whatever way. Commands may use the file
// beside a server.
func (c serveCmd) alone() (*os.File, error) {
	if !strings.HasPrefix(c.Store, "sqlite:") {
		return nil, nil
	}
	lock, err := journal.Lock(c.beside("", ".lock"))
	if err != nil {
		return nil, fmt.Errorf("--store %s: one server alone may serve a file of SQLite, while several may serve one Neo4j: %w", c.masked(), err)
	}
	return lock, nil
}
