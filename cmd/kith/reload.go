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
	first, err := f.read()
	if err != nil {
		return nil, err
	}
	var now atomic.Pointer[policy.Policy]
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
			p, err := f.read()
			if err != nil {
				log.Error("the policy stays as it was", "policy", now.Load().Version, "error", err)
				continue
			}
			log.Info("policy", "policy", p.Version, "before", now.Swap(p).Version)
		}
	}()
	return now.Load, nil
}
