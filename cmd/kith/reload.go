package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"

	"github.com/kithgraph/kith/graph/policy"
)

// inForce reads the policy, and reads it again at each SIGHUP until ctx ends. One that is wrong changes nothing, but is told.
func (f policyFlag) inForce(ctx context.Context, log *slog.Logger) (func() *policy.Policy, error) {
	told := reloaded[policy.Policy]{log, "policy", "stays as it was", "policy", func(p *policy.Policy) any { return p.Version }}
	return reread(ctx, f.read, told)
}

// A reloaded says in the log of something that is read again which there is now, or that it stays.
type reloaded[T any] struct {
	log         *slog.Logger
	what, stays string
	name        string // of what tells it apart
	of          func(*T) any
}

func (r reloaded[T]) tell(before, now *T, err error) {
	if err != nil {
		r.log.Error("the "+r.what+" "+r.stays, r.name, r.of(before), "error", err)
		return
	}
	r.log.Info(r.what, r.name, r.of(now), "before", r.of(before))
}

// reread reads something, and reads it again at each SIGHUP until ctx ends: what is wrong then changes nothing. told tells of it each time.
func reread[T any](ctx context.Context, read func() (*T, error), told reloaded[T]) (func() *T, error) {
	first, err := read()
	if err != nil {
		return nil, err
	}
	var now atomic.Pointer[T]
	now.Store(first)
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGHUP)
	go func() {
		defer signal.Stop(again)
		for {
			select {
			case <-ctx.Done():
				return
			case <-again:
			}
			before := now.Load()
			next, err := read()
			if err == nil {
				now.Store(next)
			}
			told.tell(before, next, err)
		}
	}()
	return now.Load, nil
}
