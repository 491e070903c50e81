package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server"
)

// limitFlags are the limits of requests. What is 0 is as the server has it.
type limitFlags struct {
	MaxDepth      int           `default:"15" help:"How deep fields, and conditions, may stand within each other."`
	MaxCost       int           `default:"150000" help:"What an operation may be weighed at, as extensions.cost tells it: a field is 1."`
	MaxAliases    int           `default:"100" help:"How many aliases an operation may have."`
	MaxTokens     int           `default:"2000" help:"How many tokens a document may have."`
	MaxPage       int           `default:"200" help:"How many rows a page may have, hits a search, and ids nodes(ids:)."`
	MaxExport     int           `default:"20000" help:"How many records an export of what is kept about a customer may have."`
	MaxPlanning   time.Duration `default:"1500ms" help:"What a filter may add to the planning of a statement, by an estimate."`
	MaxBody       int64         `default:"1048576" help:"How many bytes a request may have."`
	MaxAnswer     int64         `default:"33554432" help:"How many bytes an answer may have."`
	TimeLimit     time.Duration `default:"10s" help:"How long a request may take, waiting included."`
	Readers       int           `placeholder:"N" help:"How many requests are answered at a time, one caller's at most half of them. Without: 4 a processor, and 64 on Neo4j."`
	SlowReaders   int           `placeholder:"N" help:"How many of these may be operations that take longer than 25 ms, or are new, one caller's at most half of them. Without: one less than there are processors; on Neo4j as many as the database has, 2 at least, and 8 where it does not tell."`
	MaxWaiting    int           `default:"1000" help:"How many requests may wait to be answered, a quarter of them one caller's: others are sent away with OVERLOADED."`
	Introspection string        `enum:"on,off,authenticated" default:"on" help:"Who may ask what the schema has: everybody, nobody, or only who has a token."`
}

// Readers and slow operations on Neo4j, where requests wait for the database, and for plans. Of what is slow there run as many as the database
// has processors: more would have what is quick wait for them there.
const (
	readersOfNeo4j = 64
	slowOfNeo4j    = 8 // where it does not tell
	leastSlow      = 2 // so that a plan that takes long keeps nobody else's waiting
	// processorsTime is how long the database may take to tell.
	processorsTime = 5 * time.Second
)

// limits are the server's.
func (f limitFlags) limits(neo4j bool) server.Limits {
	l := server.Limits{Depth: f.MaxDepth, Cost: f.MaxCost, Aliases: f.MaxAliases, Tokens: f.MaxTokens, Body: f.MaxBody,
		Time: f.TimeLimit, Readers: f.Readers, Slow: f.SlowReaders, Queue: f.MaxWaiting}
	if neo4j && l.Readers == 0 {
		l.Readers = readersOfNeo4j
	}
	if neo4j && l.Slow == 0 {
		l.Slow = slowOfNeo4j
	}
	return l
}

// fitSlow has as many slow operations run at a time as the store's database has processors, where it tells and no flag says otherwise.
func (f limitFlags) fitSlow(ctx context.Context, store graph.Store, s *server.Server, log *slog.Logger) {
	db, ok := store.(interface {
		Processors(context.Context) (int, error)
	})
	if !ok || f.SlowReaders > 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, processorsTime)
	defer cancel()
	n, err := db.Processors(ctx)
	if err != nil {
		log.Info("the database does not tell how many processors it has", "slowReaders", slowOfNeo4j, "error", err)
		return
	}
	s.SlowReaders(max(n, leastSlow))
}

// valid refuses limits that nothing could keep.
func (f limitFlags) valid() error {
	for _, l := range []struct {
		flag        string
		value, most int64
		least       int64
	}{
		{"--max-depth", int64(f.MaxDepth), 1000, 1}, {"--max-cost", int64(f.MaxCost), 1 << 30, 1}, {"--max-aliases", int64(f.MaxAliases), 1 << 20, 1},
		{"--max-page", int64(f.MaxPage), 10_000, 1}, {"--max-export", int64(f.MaxExport), 1 << 24, 1},
		{"--max-tokens", int64(f.MaxTokens), 1 << 20, 1}, {"--max-body", f.MaxBody, 1 << 30, 1}, {"--max-answer", f.MaxAnswer, 1 << 40, 1},
		{"--readers", int64(f.Readers), 1 << 16, 0}, {"--slow-readers", int64(f.SlowReaders), 1 << 16, 0}, {"--max-waiting", int64(f.MaxWaiting), 1 << 20, 1},
	} {
		if l.value < l.least || l.value > l.most {
			return fmt.Errorf("%s: a number from %d to %d is needed, not %d", l.flag, l.least, l.most, l.value)
		}
	}
	if f.MaxPlanning < time.Millisecond {
		return fmt.Errorf("--max-planning: a time from 1ms on is needed, not %v", f.MaxPlanning)
	}
	if f.TimeLimit < time.Millisecond {
		return fmt.Errorf("--time-limit: a time from 1ms on is needed, not %v", f.TimeLimit)
	}
	return nil
}
