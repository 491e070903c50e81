package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sqlite"
)

// script starts and stops the benchmark's own Neo4j.
const script = "dev/neo4j/neo4j.sh"

// ports of the benchmark's own Neo4j, for a world of each scale. Tests use others.
var ports = map[string]string{"full": "7689", "small": "7693"}

// load writes the world where it is not there yet.
func (b *benchmark) load(ctx context.Context, name string, store graph.Store) error {
	said := time.Now()
	l, err := bench.Load(ctx, store, b.catalog, b.world, func(l bench.Loading) {
		if time.Since(said) > 10*time.Second {
			said = time.Now()
			log.Printf("%s: loading, %d nodes and %d edges, %.0f a second", name, l.Nodes, l.Edges, l.Rate())
		}
	})
	if err == nil && l.Nodes > 0 {
		log.Printf("%s: loaded %d nodes and %d edges in %v, %.0f a second", name, l.Nodes, l.Edges, l.Took.Round(time.Second), l.Rate())
	}
	return err
}

// openNeo4j starts the database, loads the world, and serves Kith and the yardstick on it.
func (b *benchmark) openNeo4j(ctx context.Context) error {
	addr, own := b.neo4j, b.neo4j == ""
	if own {
		runs := exec.CommandContext(ctx, script, "status", ports[b.scale]).Run() == nil
		var err error
		if addr, err = start(ctx, ports[b.scale]); err != nil {
			return err
		}
		if !runs {
			b.closing(func() error { return exec.Command(script, "stop", ports[b.scale]).Run() })
		}
	}
	store, err := neo4j.Open(ctx, addr, b.catalog, neo4j.Options{NewID: bench.NewIDs()})
	if err != nil {
		return err
	}
	b.closing(func() error { return store.Close() })
	err = b.load(ctx, onNeo4j, store)
	if own && errors.Is(err, bench.ErrOther) {
		if _, err := start(ctx, "--fresh", ports[b.scale]); err != nil {
			return err
		}
		// What the store knew of the old database is void.
		if err := store.Close(); err != nil {
			return err
		}
		if store, err = neo4j.Open(ctx, addr, b.catalog, neo4j.Options{NewID: bench.NewIDs()}); err != nil {
			return err
		}
		err = b.load(ctx, onNeo4j, store)
	}
	if err != nil {
		return err
	}
	y, err := bench.OpenYardstick(addr)
	if err != nil {
		return err
	}
	b.closing(func() error { return y.Close(context.Background()) })
	c, err := b.serve(yardstick, y.Handler())
	if err != nil {
		return err
	}
	b.contenders = append(b.contenders, c)
	return b.serveKith(onNeo4j, store)
}

// serveKith serves a store three times: for COMPLIANCE, for which nothing is guarded; for SALES; and with receipts, which go
// to disk and not on to the store, since that would grow from one benchmark to the next.
func (b *benchmark) serveKith(name string, store graph.Store) error {
	dir, err := os.MkdirTemp("", "kith-bench")
	if err != nil {
		return err
	}
	b.closing(func() error { return os.RemoveAll(dir) })
	receipts, err := journal.Open(dir, journal.Options{})
	if err != nil {
		return err
	}
	b.closing(receipts.Close)
	for _, k := range []struct {
		name     string
		purpose  graph.Purpose
		receipts func(context.Context, *journal.Receipt) error
		to       *[]*bench.Contender
	}{
		{name, graph.Compliance, nil, &b.contenders},
		{name + guarded, graph.Sales, nil, &b.guarded},
		{name + withReceipts, graph.Compliance, receipts.Append, &b.receipts},
	} {
		h, err := bench.Kith(store, b.catalog, b.schema, k.purpose, k.receipts)
		if err != nil {
			return err
		}
		c, err := b.serve(k.name, h)
		if err != nil {
			return err
		}
		*k.to = append(*k.to, c)
	}
	return nil
}

func start(ctx context.Context, args ...string) (addr string, err error) {
	cmd := exec.CommandContext(ctx, script, append([]string{"start"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %w", script, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// openSQLite loads the world into the file, and serves Kith on it.
func (b *benchmark) openSQLite(ctx context.Context) error {
	file, own := b.sqlite, b.sqlite == ""
	if own {
		file = filepath.Join(".bench", b.scale+".db")
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
	}
	store, err := sqlite.Open(file, b.catalog, sqlite.Options{NewID: bench.NewIDs()})
	if err != nil {
		return err
	}
	b.closing(func() error { return store.Close() })
	err = b.load(ctx, onSQLite, store)
	if own && errors.Is(err, bench.ErrOther) {
		if err := store.Close(); err != nil {
			return err
		}
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(file + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		if store, err = sqlite.Open(file, b.catalog, sqlite.Options{NewID: bench.NewIDs()}); err != nil {
			return err
		}
		err = b.load(ctx, onSQLite, store)
	}
	if err != nil {
		return err
	}
	return b.serveKith(onSQLite, store)
}
