package neo4j

import (
	"context"
	"fmt"
	"slices"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
)

// Ready implements graph.Store: the first time it creates constraints and indexes and waits for them.
func (s *Store) Ready(ctx context.Context) error {
	select {
	case s.readying <- struct{}{}:
		defer func() { <-s.readying }()
	case <-ctx.Done():
		return translated(ctx, ctx.Err())
	}
	texts := []string{"RETURN 1"}
	if !s.ready {
		texts = append(schema(s.catalog), "CALL db.awaitIndexes(300)")
	}
	for _, text := range texts {
		if _, err := twice(ctx, s, func() (neo4j.ResultSummary, error) { return s.run(ctx, neo4j.AccessModeWrite, Statement{Text: text}) }); err != nil {
			return translated(ctx, err)
		}
	}
	if !s.ready {
		if err := s.keepWords(ctx); err != nil {
			return translated(ctx, err)
		}
	}
	s.ready = true
	return nil
}

// schema are the constraints and indexes that the catalog needs. An index on a property has the id in it, so that it gives
// the order of a page with its ties.
func schema(cat *graph.Catalog) []string {
	out := []string{
		"CREATE CONSTRAINT kith_lock IF NOT EXISTS FOR (n:KithLock) REQUIRE n.id IS UNIQUE",
		"CREATE CONSTRAINT kith_word IF NOT EXISTS FOR (n:KithWord) REQUIRE n.word IS UNIQUE",
		"CREATE INDEX kith_key IF NOT EXISTS FOR (n:KithKey) ON (n.key)",
	}
	add := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	for _, k := range slices.Concat(cat.Kinds, graph.Own) {
		label := name(k.Label)
		for _, p := range []string{"id", "key"} {
			add("CREATE CONSTRAINT kith_%s_%s IF NOT EXISTS FOR (n:%s) REQUIRE n.%s IS UNIQUE", k.Label, p, label, p)
		}
		for _, p := range k.Properties {
			if !p.Indexed {
				continue
			}
			add("CREATE INDEX kith_%s_%s IF NOT EXISTS FOR (n:%s) ON (n.%s, n.id)", k.Label, p.Name, label, name(p.Name))
			if p.Type == graph.String {
				add("CREATE INDEX kith_%s_%s IF NOT EXISTS FOR (n:%s) ON (n.%s)", k.Label, p.Folded(), label, name(p.Folded()))
			}
		}
	}
	for _, r := range cat.Rels {
		add("CREATE CONSTRAINT kith_rel_%s IF NOT EXISTS FOR ()-[r:%s]-() REQUIRE r.key IS UNIQUE", r.Type, name(r.Type))
	}
	return out
}
