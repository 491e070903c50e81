package neo4j

import (
	"context"
	"fmt"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Write implements graph.Store. The transaction first takes the one lock that all writers take, so that what it looks up
// stays true until it is done.
func (s *Store) Write(ctx context.Context, b *graph.Batch) (*graph.Report, error) {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.database})
	defer session.Close(ctx)
	report, err := neo4j.ExecuteWrite(ctx, session, func(tx neo4j.ManagedTransaction) (*graph.Report, error) {
		t := transaction{tx, s.catalog}
		if err := t.run(ctx, "MERGE (l:KithLock {id: 'write'}) SET l.held = coalesce(l.held, 0) + 1", nil); err != nil {
			return nil, err
		}
		return write.Apply(ctx, s.catalog, t, b, s.options.NewID)
	})
	if err != nil {
		return nil, translated(ctx, err)
	}
	return report, nil
}

// transaction is a write.Tx.
type transaction struct {
	tx      neo4j.ManagedTransaction
	catalog *graph.Catalog
}

func (t transaction) run(ctx context.Context, text string, params map[string]any) error {
	res, err := t.tx.Run(ctx, text, params)
	if err != nil {
		return err
	}
	_, err = res.Consume(ctx)
	return err
}

// maxRows bounds how much one statement of a transaction carries.
const maxRows = 5000

func inChunks[T any](all []T, do func([]T) error) error {
	for len(all) > 0 {
		n := min(len(all), maxRows)
		if err := do(all[:n]); err != nil {
			return err
		}
		all = all[n:]
	}
	return nil
}

func (t transaction) collect(ctx context.Context, text string, param string, values []string, take func([]any)) error {
	return inChunks(values, func(part []string) error {
		res, err := t.tx.Run(ctx, text, map[string]any{param: part})
		if err != nil {
			return err
		}
		for res.Next(ctx) {
			take(res.Record().Values)
		}
		return res.Err()
	})
}

// Nodes implements write.Tx.
func (t transaction) Nodes(ctx context.Context, k *graph.Kind, keys []string) (out []write.Node, err error) {
	err = t.collect(ctx, fmt.Sprintf("UNWIND $keys AS key MATCH (n:%s {key: key}) RETURN n.id, n.key, properties(n)", name(k.Label)), "keys", keys, func(v []any) {
		out = append(out, write.Node{ID: v[0].(string), Key: v[1].(string), Columns: columns(v[2])})
	})
	return out, err
}

// columns are a node's or a relationship's properties with lists of the type that batches have.
func columns(v any) write.Columns {
	c := write.Columns(v.(map[string]any))
	delete(c, "key")
	delete(c, "id")
	for name, v := range c {
		if list, ok := v.([]any); ok {
			texts := make([]string, len(list))
			for i, s := range list {
				texts[i] = s.(string)
			}
			c[name] = texts
		}
	}
	return c
}

// Edges implements write.Tx.
func (t transaction) Edges(ctx context.Context, r *graph.Rel, keys []string) (out []write.Edge, err error) {
	err = t.collect(ctx, fmt.Sprintf("UNWIND $keys AS key MATCH (a)-[r:%s {key: key}]->(b) RETURN r.key, a.id, b.id, properties(r)", name(r.Type)), "keys", keys, edges(&out))
	return out, err
}

func edges(out *[]write.Edge) func([]any) {
	return func(v []any) {
		*out = append(*out, write.Edge{Key: v[0].(string), From: v[1].(string), To: v[2].(string), Columns: columns(v[3])})
	}
}

// EdgesAt implements write.Tx.
func (t transaction) EdgesAt(ctx context.Context, r *graph.Rel, out bool, ids []string) (found []write.Edge, err error) {
	byKind := map[*graph.Kind][]string{}
	for _, id := range ids {
		k := t.catalog.KindOf(id)
		byKind[k] = append(byKind[k], id)
	}
	for k, ids := range byKind {
		pattern := "(n)-[r:%s]->()"
		if !out {
			pattern = "(n)<-[r:%s]-()"
		}
		text := fmt.Sprintf("UNWIND $ids AS id MATCH (n:%s {id: id}) MATCH "+pattern+" RETURN r.key, startNode(r).id, endNode(r).id, properties(r)", name(k.Label), name(r.Type))
		if err := t.collect(ctx, text, "ids", ids, edges(&found)); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// InsertNodes implements write.Tx.
func (t transaction) InsertNodes(ctx context.Context, k *graph.Kind, nodes []write.Node) error {
	return inChunks(nodes, func(part []write.Node) error {
		rows := make([]map[string]any, len(part))
		for i, n := range part {
			rows[i] = with(n.Columns, "id", n.ID, "key", n.Key)
		}
		return t.run(ctx, fmt.Sprintf("UNWIND $rows AS row CREATE (n:%s) SET n = row", name(k.Label)), map[string]any{"rows": rows})
	})
}

func with(c write.Columns, more ...string) map[string]any {
	m := make(map[string]any, len(c)+len(more)/2)
	for k, v := range c {
		m[k] = v
	}
	for i := 0; i < len(more); i += 2 {
		m[more[i]] = more[i+1]
	}
	return m
}

// UpdateNodes implements write.Tx.
func (t transaction) UpdateNodes(ctx context.Context, k *graph.Kind, nodes []write.Node) error {
	return inChunks(nodes, func(part []write.Node) error {
		rows := make([]map[string]any, len(part))
		for i, n := range part {
			rows[i] = map[string]any{"id": n.ID, "set": map[string]any(n.Columns)}
		}
		return t.run(ctx, fmt.Sprintf("UNWIND $rows AS row MATCH (n:%s {id: row.id}) SET n += row.set", name(k.Label)), map[string]any{"rows": rows})
	})
}

// InsertEdges implements write.Tx. The ends' kinds are in their ids, and lead to the index.
func (t transaction) InsertEdges(ctx context.Context, r *graph.Rel, edges []write.Edge) error {
	type pair struct{ from, to *graph.Kind }
	byPair := map[pair][]write.Edge{}
	for _, e := range edges {
		p := pair{t.catalog.KindOf(e.From), t.catalog.KindOf(e.To)}
		byPair[p] = append(byPair[p], e)
	}
	for p, edges := range byPair {
		text := fmt.Sprintf("UNWIND $rows AS row MATCH (a:%s {id: row.from}) MATCH (b:%s {id: row.to}) CREATE (a)-[r:%s]->(b) SET r = row.set", name(p.from.Label), name(p.to.Label), name(r.Type))
		err := inChunks(edges, func(part []write.Edge) error {
			rows := make([]map[string]any, len(part))
			for i, e := range part {
				rows[i] = map[string]any{"from": e.From, "to": e.To, "set": with(e.Columns, "key", e.Key)}
			}
			return t.run(ctx, text, map[string]any{"rows": rows})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// UpdateEdges implements write.Tx.
func (t transaction) UpdateEdges(ctx context.Context, r *graph.Rel, edges []write.Edge) error {
	return inChunks(edges, func(part []write.Edge) error {
		rows := make([]map[string]any, len(part))
		for i, e := range part {
			rows[i] = map[string]any{"key": e.Key, "set": map[string]any(e.Columns)}
		}
		return t.run(ctx, fmt.Sprintf("UNWIND $rows AS row MATCH ()-[r:%s {key: row.key}]->() SET r += row.set", name(r.Type)), map[string]any{"rows": rows})
	})
}

// DeleteEdges implements write.Tx.
func (t transaction) DeleteEdges(ctx context.Context, r *graph.Rel, keys []string) error {
	return inChunks(keys, func(part []string) error {
		return t.run(ctx, fmt.Sprintf("UNWIND $keys AS key MATCH ()-[r:%s {key: key}]->() DELETE r", name(r.Type)), map[string]any{"keys": part})
	})
}
