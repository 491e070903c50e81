package main

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sqlite"
)

// port of a Neo4j of its own, which nothing else uses.
const port = "7696"

func onSQLite(ctx context.Context, cat *graph.Catalog, dir string, part time.Duration) error {
	file := filepath.Join(dir, "kith.db")
	s, err := sqlite.Open(file, cat, sqlite.Options{NewID: bench.NewIDs(), Now: bench.Clock})
	if err != nil {
		return err
	}
	if err := load(ctx, s, cat); err != nil {
		return err
	}
	return crowd("sqlite", dir, "sqlite:"+file, part)
}

// onNeo4j measures on a Neo4j at an address; none: one that is started for it.
func onNeo4j(ctx context.Context, cat *graph.Catalog, dir, addr string, part time.Duration) (err error) {
	if addr == "" {
		if addr, err = bench.StartNeo4j(ctx, "--fresh", port); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, bench.StopNeo4j(port)) }()
	}
	s, err := neo4j.Open(ctx, addr, cat, neo4j.Options{NewID: bench.NewIDs(), Now: bench.Clock})
	if err != nil {
		return err
	}
	if err := load(ctx, s, cat); err != nil {
		return err
	}
	return crowd("neo4j", dir, addr, part)
}

// load writes the world where it is not there yet, and closes the store.
func load(ctx context.Context, s graph.Store, cat *graph.Catalog) error {
	err := s.Ready(ctx)
	if err == nil {
		_, err = bench.Load(ctx, s, cat, bench.New(bench.Small), func(bench.Loading) {})
	}
	return errors.Join(err, s.Close())
}
