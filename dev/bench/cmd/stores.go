package main

import (
	"context"
	"errors"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sqlite"
)

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

// openNeo4j starts the database, loads the world, and starts the yardstick and Kith on it.
func (b *benchmark) openNeo4j(ctx context.Context) error {
	own, database := b.neo4j == "", 0
	if own {
		runs := bench.Neo4jRuns(ctx, ports[b.scale])
		var err error
		if b.neo4j, err = bench.StartNeo4j(ctx, ports[b.scale]); err != nil {
			return err
		}
		if !runs {
			b.closing(func() error { return bench.StopNeo4j(ports[b.scale]) })
		}
	}
	err := b.loadNeo4j(ctx)
	if own && errors.Is(err, bench.ErrOther) {
		if _, err := bench.StartNeo4j(ctx, "--fresh", ports[b.scale]); err != nil {
			return err
		}
		err = b.loadNeo4j(ctx)
	}
	if err != nil {
		return err
	}
	if own {
		database = bench.PID(ports[b.scale])
	}
	c, err := b.start(yardstick, database)
	if err != nil {
		return err
	}
	b.contenders = append(b.contenders, c)
	return b.startKith(onNeo4j, database)
}

func (b *benchmark) loadNeo4j(ctx context.Context) error {
	store, err := neo4j.Open(ctx, b.neo4j, b.catalog, neo4j.Options{NewID: bench.NewIDs(), Now: bench.Clock})
	if err != nil {
		return err
	}
	return errors.Join(b.load(ctx, onNeo4j, store), store.Close())
}

// openSQLite loads the world into the file, and starts Kith on it.
func (b *benchmark) openSQLite(ctx context.Context) error {
	own := b.sqlite == ""
	if own {
		b.sqlite = filepath.Join(".bench", b.scale+".db")
		if err := os.MkdirAll(filepath.Dir(b.sqlite), 0o755); err != nil {
			return err
		}
	}
	err := b.loadSQLite(ctx)
	if own && errors.Is(err, bench.ErrOther) {
		for _, suffix := range []string{"", "-wal", "-shm"} {
			if err := os.Remove(b.sqlite + suffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
		}
		err = b.loadSQLite(ctx)
	}
	if err != nil {
		return err
	}
	return b.startKith(onSQLite, 0)
}

func (b *benchmark) loadSQLite(ctx context.Context) error {
	store, err := sqlite.Open(b.sqlite, b.catalog, sqlite.Options{NewID: bench.NewIDs(), Now: bench.Clock})
	if err != nil {
		return err
	}
	return errors.Join(b.load(ctx, onSQLite, store), store.Close())
}
