package neo4j

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// unpaged are the new relationships that are not kept in pages.
func unpaged(all []*write.EdgeChange) []*write.EdgeChange {
	return slices.DeleteFunc(slices.Clone(all), func(e *write.EdgeChange) bool { return e.Rel.Bare })
}

// paging carries changes out, and sees to it that bare relationships that come, go, or are of another instant than before are in the pages
// that they belong to.
func (t transaction) paging(ctx context.Context, c *write.Changes) error {
	gone, moved, added := map[*graph.Rel][]any{}, map[*graph.Rel][]any{}, map[*graph.Rel][]*write.EdgeChange{}
	for _, e := range c.NewEdges {
		if e.Rel.Bare {
			added[e.Rel] = append(added[e.Rel], e)
		}
	}
	if err := t.locate(ctx, c); err != nil {
		return err
	}
	for _, e := range c.GoneEdges {
		if e.Rel.Bare {
			gone[e.Rel] = append(gone[e.Rel], t.relations[relation{e.Rel.Type, e.Key}])
		}
	}
	for _, n := range c.ChangedNodes {
		for _, r := range t.store.catalog.Rels {
			if _, given := n.Values[newestOf(r, n.Kind)]; given {
				moved[r] = append(moved[r], t.nodes[n.ID])
			}
		}
	}
	left := map[*graph.Rel][]any{} // pages
	for r, ids := range gone {
		text := fmt.Sprintf("UNWIND $p.ids AS id MATCH ()-[r:%s]->(g) WHERE elementId(r) = id RETURN DISTINCT elementId(g)", name(r.Type))
		if err := t.collect(ctx, text, map[string]any{"ids": ids}, func(v []any) { left[r] = append(left[r], v[0]) }); err != nil {
			return err
		}
	}
	if err := t.carryOut(ctx, c); err != nil {
		return err
	}
	for _, r := range t.store.catalog.Rels {
		if !r.Bare {
			continue
		}
		ends := graph.Map(added[r], func(e *write.EdgeChange) any { return []any{t.nodes[e.From], t.nodes[e.To]} })
		if ids := moved[r]; len(ids) > 0 {
			p := pagesOf(r)
			text := fmt.Sprintf("UNWIND $p.ids AS id MATCH (d)-[r:%s]->(g) WHERE elementId(d) = id MATCH (n:%s {%s: g.%s}) DELETE r RETURN elementId(d), elementId(n), elementId(g)",
				name(r.Type), name(p.node), name(p.number), pageOf)
			err := t.collect(ctx, text, map[string]any{"ids": ids}, func(v []any) {
				ends, left[r] = append(ends, v[:2:2]), append(left[r], v[2])
			})
			if err != nil {
				return err
			}
		}
		if err := t.page(ctx, r, ends); err != nil {
			return err
		}
		if err := t.dropPages(ctx, r, left[r]); err != nil {
			return err
		}
	}
	return nil
}

// newestOf is the property of a kind that says in which page of a type of relationships it is, or empty.
func newestOf(r *graph.Rel, k *graph.Kind) string {
	if !r.Bare || r.Pairs[0][0] != k {
		return ""
	}
	return r.Newest.Name
}

// dropPages drops those of some pages that have nothing in them.
func (t transaction) dropPages(ctx context.Context, r *graph.Rel, ids []any) error {
	if len(ids) == 0 {
		return nil
	}
	text := fmt.Sprintf("UNWIND $p.ids AS id MATCH (g) WHERE elementId(g) = id AND NOT EXISTS { (g)<-[:%s]-() } DELETE g", name(r.Type))
	return t.run(ctx, text, map[string]any{"ids": ids})
}

// A page is what is to be in one from now on.
type page struct {
	id       any // nil: it is new
	node     any
	from     int64
	has      int64 // relationships that are in it
	in       []entry
	overfull bool
}

// An entry is a bare relationship, by what it leads from.
type entry struct {
	node any
	at   int64
	rel  any // nil: it is in no page yet
}

// page puts new relationships into pages. Ends are the database's own ids of the two nodes of each.
func (t transaction) page(ctx context.Context, r *graph.Rel, ends []any) error {
	if len(ends) == 0 {
		return nil
	}
	if err := t.numbered(ctx, r, ends); err != nil {
		return err
	}
	all, err := t.opened(ctx, r, ends)
	if err != nil {
		return err
	}
	var overfull []any
	for _, p := range all {
		if p.overfull = p.id != nil && int(p.has)+len(p.in) > pageSize; p.overfull {
			overfull = append(overfull, p.id)
		}
	}
	held, err := t.held(ctx, r, overfull)
	if err != nil {
		return err
	}
	var made, put, moved []any
	for _, p := range all {
		for i, part := range p.divided(held[p.id]) {
			from := p.from
			if i > 0 {
				from = part[0].at
			}
			var nodes []any
			for _, e := range part {
				switch {
				case i == 0 && p.id != nil && e.rel == nil:
					put = append(put, []any{p.id, e.node})
				case i == 0 && p.id != nil:
				default:
					nodes = append(nodes, e.node)
					if e.rel != nil {
						moved = append(moved, e.rel)
					}
				}
			}
			if nodes != nil {
				made = append(made, []any{p.node, from, nodes})
			}
		}
	}
	names := pagesOf(r)
	text := fmt.Sprintf(`CALL () { UNWIND $p.moved AS id MATCH ()-[r:%[1]s]->() WHERE elementId(r) = id DELETE r }
CALL () { UNWIND $p.put AS row MATCH (g) WHERE elementId(g) = row[0] MATCH (d) WHERE elementId(d) = row[1] CREATE (d)-[:%[1]s]->(g) }
CALL () {
  UNWIND $p.made AS row MATCH (n) WHERE elementId(n) = row[0]
  CREATE (g:%[2]s {%[3]s: n.%[4]s, %[5]s: row[1]})
  WITH g, row UNWIND row[2] AS id MATCH (d) WHERE elementId(d) = id
  CREATE (d)-[:%[1]s]->(g)
}`, name(r.Type), name(names.label), pageOf, name(names.number), pageFrom)
	return t.run(ctx, text, map[string]any{"moved": none(moved), "put": none(put), "made": none(made)})
}

// none is a list that is empty rather than missing.
func none(list []any) []any { return append([]any{}, list...) }

// numbered gives the nodes that have no pages yet a number for them.
func (t transaction) numbered(ctx context.Context, r *graph.Rel, ends []any) error {
	text := fmt.Sprintf(`UNWIND $p.ends AS row WITH DISTINCT row[1] AS id
MATCH (n) WHERE elementId(n) = id AND n.%[1]s IS NULL
WITH collect(n) AS nodes WHERE size(nodes) > 0
MATCH (l) WHERE elementId(l) = $p.lock
WITH nodes, l, coalesce(l.pages, 0) AS last
SET l.pages = last + size(nodes)
WITH nodes, last UNWIND range(0, size(nodes) - 1) AS i WITH nodes[i] AS n, last + i + 1 AS number
SET n.%[1]s = number`, name(pagesOf(r).number))
	return t.run(ctx, text, map[string]any{"ends": ends, "lock": t.lock.id})
}

// opened are the pages that new relationships belong to: of those that have begun by their instant, the last.
func (t transaction) opened(ctx context.Context, r *graph.Rel, ends []any) (out []*page, err error) {
	names := pagesOf(r)
	text := fmt.Sprintf(`UNWIND $p.ends AS row
MATCH (d) WHERE elementId(d) = row[0] MATCH (n) WHERE elementId(n) = row[1]
WITH row, n, coalesce(d.%[1]s, $p.oldest) AS at
CALL (n, at) {
  MATCH (g:%[2]s) USING INDEX g:%[2]s(%[3]s, %[4]s) WHERE g.%[3]s = n.%[5]s AND g.%[4]s >= $p.oldest AND g.%[4]s <= at
  WITH g ORDER BY g.%[3]s DESC, g.%[4]s DESC LIMIT 1
  RETURN collect([elementId(g), g.%[4]s, COUNT { (g)<-[:%[6]s]-() }])[0] AS page
}
RETURN row[0], row[1], at, page`, name(r.Newest.Name), name(names.label), pageOf, pageFrom, name(names.number), name(r.Type))
	known := map[[2]any]*page{}
	err = t.collect(ctx, text, map[string]any{"ends": ends, "oldest": oldest}, func(v []any) {
		at := &page{node: v[1], from: oldest}
		if there, is := v[3].([]any); is {
			at.id, at.from, at.has = there[0], there[1].(int64), there[2].(int64)
		}
		if p := known[[2]any{at.node, at.id}]; p != nil {
			at = p
		} else {
			known[[2]any{at.node, at.id}], out = at, append(out, at)
		}
		at.in = append(at.in, entry{node: v[0], at: v[2].(int64)})
	})
	return out, err
}

// held are the relationships that are in pages.
func (t transaction) held(ctx context.Context, r *graph.Rel, ids []any) (map[any][]entry, error) {
	out := map[any][]entry{}
	if len(ids) == 0 {
		return out, nil
	}
	text := fmt.Sprintf("UNWIND $p.ids AS id MATCH (g)<-[r:%s]-(d) WHERE elementId(g) = id RETURN id, elementId(r), elementId(d), coalesce(d.%s, $p.oldest)", name(r.Type), name(r.Newest.Name))
	err := t.collect(ctx, text, map[string]any{"ids": ids, "oldest": oldest}, func(v []any) {
		out[v[0]] = append(out[v[0]], entry{rel: v[1], node: v[2], at: v[3].(int64)})
	})
	return out, err
}

// divided are the relationships of a page and those that are new to it, as parts of which each is a page, the oldest first. What comes in
// its order fills one page after the other; where something comes between others the parts are alike, so that more may come there.
func (p *page) divided(held []entry) (parts [][]entry) {
	all := append(held, p.in...)
	if p.id != nil && !p.overfull {
		return [][]entry{all}
	}
	slices.SortStableFunc(all, func(a, b entry) int { return cmp.Compare(a.at, b.at) })
	size := pageSize
	if last := len(held); last > 0 && slices.ContainsFunc(all[:last], func(e entry) bool { return e.rel == nil }) {
		n := (len(all) + pageSize - 1) / pageSize
		size = (len(all) + n - 1) / n
	}
	for len(all) > 0 {
		n := min(size, len(all))
		if n < len(all) && all[n].at == all[n-1].at { // those of one instant stand together, and alone where they are more than a page
			at := all[n].at
			for n > 0 && all[n-1].at == at {
				n--
			}
			for n == 0 || n < len(all) && all[0].at == at && all[n].at == at {
				n++
			}
		}
		parts, all = append(parts, all[:n]), all[n:]
	}
	return parts
}
