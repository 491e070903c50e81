package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"runtime/debug"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/web"
)

type serveCmd struct {
	storeFlag
	Addr    string `default:"127.0.0.1:8080" help:"Where to listen. Without authentication this is a loopback address."`
	Purpose string `enum:",SERVICE,SALES,MARKETING,ANALYSIS,COMPLIANCE" default:"" placeholder:"PURPOSE" help:"What answers are used for where a request does not say."`
	Demo    bool   `help:"Load the demonstration world first if the store is empty."`
}

// Run serves until it is told to stop.
func (c serveCmd) Run(p *program) error {
	log := slog.New(slog.NewJSONHandler(p.err, nil))
	tuneGC()
	g, err := c.open(p.ctx, server.CountStatement)
	if err != nil {
		return err
	}
	defer g.Close()
	r, err := g.resolver(g.Store)
	if err != nil {
		return err
	}
	listener, err := server.Listen(c.Addr)
	if err != nil {
		return fmt.Errorf("--addr: %w", err)
	}
	defer listener.Close()
	log.Info("configuration", "version", version(), "addr", listener.Addr().String(), "store", c.masked(), "purpose", c.Purpose, "demo", c.Demo)
	log.Warn("nobody is asked who they are: everybody who reaches this address is admitted", "addr", listener.Addr().String())
	s, err := server.New(server.Options{Resolver: r, Store: g.Store, Page: web.Handler(), Log: log, Purpose: c.Purpose})
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(p.ctx)
	defer stop(nil)
	if c.Demo { // beside the server, which tells meanwhile that it is not ready
		go func() {
			if err := loadIfEmpty(ctx, p, g); err != nil {
				stop(fmt.Errorf("the demonstration world: %w", err))
			}
		}()
	}
	fmt.Fprintf(p.out, "Open http://%s/ to try queries; the API is http://%s/graphql\n", listener.Addr(), listener.Addr())
	if err := s.Run(ctx, listener); err != nil {
		return err
	}
	if err := context.Cause(ctx); err != nil && p.ctx.Err() == nil {
		return err
	}
	return nil
}

// tuneGC trades memory for time: requests allocate much and keep nothing. The environment's own settings win.
func tuneGC() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(400)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(4 << 30)
	}
}

// loadIfEmpty waits for the store, and loads the demonstration world if there is nothing in it.
func loadIfEmpty(ctx context.Context, p *program, g *graphOf) error {
	for {
		err := g.Ready(ctx)
		if err == nil {
			break
		}
		if graph.CodeOf(err) != graph.Unavailable {
			return err
		}
		fmt.Fprintln(p.err, "the store does not answer yet; trying again")
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
	empty, err := isEmpty(ctx, g)
	if err != nil || !empty {
		return err
	}
	return loadDemo(ctx, p, g, demo.Seed)
}

// isEmpty reports whether there is no node of any kind.
func isEmpty(ctx context.Context, g *graphOf) (bool, error) {
	f := &graph.Fetch{Now: graph.At(time.Now())}
	for _, k := range g.catalog.Kinds {
		f.Lists = append(f.Lists, &graph.List{Key: k.Name, Rows: true, Page: graph.Page{Limit: 1}, Nodes: []*graph.Selection{{Kind: k}}})
	}
	res, err := g.Read(ctx, f)
	if err != nil {
		return false, err
	}
	for _, l := range res.Lists {
		if len(l.Rows) > 0 {
			return false, nil
		}
	}
	return true, nil
}
