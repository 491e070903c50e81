package neo4j

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/kithgraph/kith/graph"
)

// pagesLock is the node that says of which types of relationship all are in pages.
const pagesLock = "pages"

// How many nodes are gone through at a time, and how many relationships of each.
const (
	pagedNodes = 100
	pagedEach  = 500
)

// keepPages puts bare relationships into pages in a database from before there were any. Where it is broken off it is gone on with: what is
// in a page is none any more that leads to the node itself.
func (s *Store) keepPages(ctx context.Context, p *progress) error {
	done, err := s.noted(ctx, pagesLock)
	if err != nil {
		return err
	}
	for _, r := range s.catalog.Rels {
		if !r.Bare || done[r.Type] != nil {
			continue
		}
		if !p.empty {
			if err := s.keepPagesOf(ctx, p, r); err != nil {
				return err
			}
		}
		if err := s.note(ctx, pagesLock, map[string]any{r.Type: true}); err != nil {
			return err
		}
	}
	return nil
}

// keepPagesOf goes through the nodes that relationships lead to, and takes the oldest first of each, so that pages are full.
func (s *Store) keepPagesOf(ctx context.Context, p *progress, r *graph.Rel) error {
	from, to, at := name(r.Pairs[0][0].Label), name(r.Pairs[0][1].Label), name(r.Newest.Name)
	text := fmt.Sprintf(`MATCH (n:%[1]s) USING INDEX n:%[1]s(id)
  WHERE n.id > $p.after
WITH n ORDER BY n.id LIMIT $p.nodes
CALL (n) {
  MATCH (n)<-[r:%[2]s]-(d:%[3]s)
  WITH n, r, d ORDER BY d.%[4]s IS NOT NULL, d.%[4]s LIMIT $p.each
  RETURN collect([elementId(d), elementId(n), elementId(r)]) AS found
}
RETURN n.id, found`, to, name(r.Type), from, at)
	drop := fmt.Sprintf("UNWIND $p.ids AS id MATCH ()-[r:%s]->() WHERE elementId(r) = id DELETE r", name(r.Type))
	after, seen := "", 0
	for more := true; more; {
		p.say(ctx, "the store puts relationships into pages", slog.String("of", r.Type), slog.Int("seen", seen))
		err := s.within(ctx, func(t transaction) error {
			nodes, last, rest := 0, after, false
			var ends, ids []any
			err := t.collect(ctx, text, map[string]any{"after": after, "nodes": int64(pagedNodes), "each": int64(pagedEach)}, func(v []any) {
				found := v[1].([]any)
				for _, f := range found {
					f := f.([]any)
					ends, ids = append(ends, f[:2:2]), append(ids, f[2])
				}
				nodes, last, rest = nodes+1, v[0].(string), rest || len(found) == pagedEach
			})
			if err != nil {
				return err
			}
			if len(ids) > 0 {
				if err := t.run(ctx, drop, map[string]any{"ids": ids}); err != nil {
					return err
				}
			}
			seen += len(ids)
			if more = rest || nodes == pagedNodes; more && !rest { // those with more come again
				after = last
			}
			return t.page(ctx, r, ends)
		})
		if err != nil {
			return err
		}
	}
	return nil
}
