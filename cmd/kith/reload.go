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
	return reread(ctx, f.read, func(before, now *policy.Policy, err error) {
		if err != nil {
			log.Error("the policy stays as it was", "policy", before.Version, "error", err)
			return
		}
		log.Info("policy", "policy", now.Version, "before", before.Version)
	})
}

// reread reads something, and reads it again at each SIGHUP until ctx ends: what is wrong then changes nothing. tell is told each time.
func reread[T any](ctx context.Context, read func() (*T, error), tell func(before, now *T, err error)) (func() *T, error) {
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
			tell(before, next, err)
		}
	}()
	return now.Load, nil
}
