package neo4j

import (
	"context"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// storeLock is the node that says which format the store is of.
const storeLock = "store"

// recognize looks at a database before anything is made in it, and reports whether it says that it is of this program's format. One that
// says nothing is new where it is empty, and from before stores said so where there is what only Kith makes.
func (s *Store) recognize(ctx context.Context) (current, empty bool, err error) {
	row, err := s.ask(ctx, Statement{"OPTIONAL MATCH (l:KithLock {id: $id}) RETURN l.format, EXISTS { MATCH (n) }, EXISTS { MATCH (n:KithLock) }", map[string]any{"id": storeLock}})
	if err != nil {
		return false, false, err
	}
	format, said := row[0].(int64)
	switch holds, locked := row[1].(bool), row[2].(bool); {
	case said:
		return format == graph.Format, false, graph.CheckFormat(int(format))
	case !holds && s.options.Existing:
		return false, true, graph.NoStore("the database is empty")
	case !holds:
		return false, true, nil
	case locked:
		return false, false, graph.CheckFormat(0)
	}
	have, err := s.shown(ctx)
	if err != nil {
		return false, false, err
	}
	if !slices.ContainsFunc(have, func(h shown) bool { return strings.HasPrefix(h.name, ours) }) {
		return false, false, graph.Foreign("the database", "nodes")
	}
	return false, false, graph.CheckFormat(0)
}

// many is how many relationships a database has from its start. Where there are fewer than six, the planner takes it for cheaper to go
// through all than to look one up by its id, and keeps to that while the first thousands are written.
const many = 12

// head has a new database say that it is a store of this program's format.
func (s *Store) head(ctx context.Context) error {
	return s.within(ctx, func(t transaction) error {
		const text = `MERGE (l:KithLock {id: $p.id}) SET l.format = $p.format
MERGE (m:KithLock {id: 'many'})
WITH m WHERE NOT EXISTS { (m)-->() }
UNWIND range(1, $p.many) AS i CREATE (m)-[:KITH_ONE]->(m)`
		return t.run(ctx, text, map[string]any{"id": storeLock, "format": graph.Format, "many": many})
	})
}
