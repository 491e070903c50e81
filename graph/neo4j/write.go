package neo4j

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/write"
)

// Write implements graph.Store. A transaction that the database gave up for another's sake is tried again.
func (s *Store) Write(ctx context.Context, b *graph.Batch) (*graph.Report, error) {
	for attempt := 1; ; attempt++ {
		start := time.Now()
		report, err := s.apply(ctx, b)
		if err == nil {
			return report, nil
		}
		again := passing(err) && attempt < maxAttempts || errors.Is(err, errNotBegun) && attempt == 1 && time.Since(start) < soon
		if !again || ctx.Err() != nil {
			return nil, translated(ctx, err)
		}
		s.options.Log.LogAttrs(ctx, slog.LevelInfo, "writing again", slog.Int("attempt", attempt), slog.Any("error", err))
		select {
		case <-time.After(time.Duration(attempt-1) * retryDelay):
		case <-ctx.Done():
			return nil, translated(ctx, ctx.Err())
		}
	}
}

const (
	maxAttempts = 4
	retryDelay  = 50 * time.Millisecond
)

// errNotBegun marks what failed before anything was sent that may have been carried out.
var errNotBegun = errors.New("the transaction has not begun")

// apply is one transaction.
func (s *Store) apply(ctx context.Context, b *graph.Batch) (report *graph.Report, err error) {
	err = s.within(ctx, func(t transaction) error {
		report, err = write.Apply(ctx, s.catalog, t, b, write.Host{NewID: s.options.NewID, Now: graph.At(s.options.Now()), Mark: s.options.Mark})
		return err
	})
	return report, err
}

// within does something in one transaction. It first takes the one lock that all writers take, so that what it looks up stays
// true until it is done.
func (s *Store) within(ctx context.Context, do func(transaction) error) error {
	session := s.driver.NewSession(ctx, s.session(neo4j.AccessModeWrite))
	defer session.Close(ctx)
	tx, err := session.BeginTransaction(ctx, timeout(ctx)...)
	if err != nil {
		return notBegun(err)
	}
	defer tx.Close(ctx) // rolls back unless it was committed
	t := transaction{tx, s.catalog}
	if err := t.run(ctx, "MERGE (l:KithLock {id: 'write'}) SET l.held = coalesce(l.held, 0) + 1", nil); err != nil {
		return notBegun(err)
	}
	if err := do(t); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// notBegun marks a connection that broke before the transaction did anything.
func notBegun(err error) error {
	if disconnected(err) {
		return errors.Join(errNotBegun, err)
	}
	return err
}

// transaction is a write.Tx.
type transaction struct {
	tx      neo4j.ExplicitTransaction
	catalog *graph.Catalog
}

// run sends a statement with its values in one parameter, p: so lists of any length share a plan, as those of a Statement.
func (t transaction) run(ctx context.Context, text string, values map[string]any) error {
	_, err := t.consume(ctx, text, values)
	return err
}

func (t transaction) consume(ctx context.Context, text string, values map[string]any) (neo4j.ResultSummary, error) {
	began := time.Now()
	res, err := t.tx.Run(ctx, text, map[string]any{"p": values})
	if err != nil {
		return nil, err
	}
	summary, err := res.Consume(ctx)
	graph.Ran(ctx, text, nil, began, translated(ctx, err))
	return summary, err
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

func (t transaction) collect(ctx context.Context, text, name string, values []string, take func([]any)) error {
	return inChunks(values, func(part []string) error {
		params := map[string]any{name: part}
		if name == mentioned {
			params["between"] = strings.Split(fold.Between, "")
		}
		began := time.Now()
		res, err := t.tx.Run(ctx, text, map[string]any{"p": params})
		if err != nil {
			return err
		}
		for res.Next(ctx) {
			take(res.Record().Values)
		}
		graph.Ran(ctx, text, nil, began, translated(ctx, res.Err()))
		return res.Err()
	})
}

// Nodes implements write.Tx.
func (t transaction) Nodes(ctx context.Context, k *graph.Kind, keys []string) ([]write.Node, error) {
	return t.nodes(ctx, k, "key", keys)
}

// NodesAt implements write.Tx.
func (t transaction) NodesAt(ctx context.Context, k *graph.Kind, ids []string) ([]write.Node, error) {
	return t.nodes(ctx, k, "id", ids)
}

func (t transaction) nodes(ctx context.Context, k *graph.Kind, property string, values []string) (out []write.Node, err error) {
	err = t.collect(ctx, fmt.Sprintf("UNWIND $p.keys AS key MATCH (n:%s {%s: key}) RETURN n.id, n.key, properties(n)", name(k.Label), property), "keys", values, nodes(&out))
	return out, err
}

func nodes(out *[]write.Node) func([]any) {
	return func(v []any) {
		*out = append(*out, write.Node{ID: v[0].(string), Key: v[1].(string), Columns: columns(v[2])})
	}
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
	err = t.collect(ctx, fmt.Sprintf("UNWIND $p.keys AS key MATCH (a)-[r:%s {key: key}]->(b) RETURN r.key, a.id, b.id, properties(r)", name(r.Type)), "keys", keys, edges(&out))
	return out, err
}

func edges(out *[]write.Edge) func([]any) {
	return func(v []any) {
		*out = append(*out, write.Edge{Key: v[0].(string), From: v[1].(string), To: v[2].(string), Columns: columns(v[3])})
	}
}

// EdgesAt implements write.Tx.
func (t transaction) EdgesAt(ctx context.Context, r *graph.Rel, out bool, ids []string) (found []write.Edge, err error) {
	pattern := "(n)-[r:%s]->()"
	if !out {
		pattern = "(n)<-[r:%s]-()"
	}
	err = grouped(ids, t.catalog.KindOf, func(k *graph.Kind, ids []string) error {
		text := fmt.Sprintf("UNWIND $p.ids AS id MATCH (n:%s {id: id}) MATCH "+pattern+" RETURN r.key, startNode(r).id, endNode(r).id, properties(r)", name(k.Label), name(r.Type))
		return t.collect(ctx, text, "ids", ids, edges(&found))
	})
	return found, err
}

// grouped does something with the elements of each group, in the order in which the groups come first.
func grouped[T any, K comparable](all []T, by func(T) K, do func(K, []T) error) error {
	groups := map[K][]T{}
	var keys []K
	for _, v := range all {
		k := by(v)
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], v)
	}
	for _, k := range keys {
		if err := do(k, groups[k]); err != nil {
			return err
		}
	}
	return nil
}

// InsertNodes implements write.Tx.
func (t transaction) InsertNodes(ctx context.Context, k *graph.Kind, nodes []write.Node) error {
	return inChunks(nodes, func(part []write.Node) error {
		rows := make([]map[string]any, len(part))
		for i, n := range part {
			rows[i] = with(n.Columns, "id", n.ID, "key", n.Key)
		}
		return t.run(ctx, fmt.Sprintf("UNWIND $p.rows AS row CREATE (n:%s) SET n = row", name(k.Label)), map[string]any{"rows": rows})
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
		return t.run(ctx, fmt.Sprintf("UNWIND $p.rows AS row MATCH (n:%s {id: row.id}) SET n += row.set", name(k.Label)), map[string]any{"rows": rows})
	})
}

// InsertEdges implements write.Tx. The ends' kinds are in their ids, and lead to the index.
func (t transaction) InsertEdges(ctx context.Context, r *graph.Rel, edges []write.Edge) error {
	kinds := func(e write.Edge) [2]*graph.Kind {
		return [2]*graph.Kind{t.catalog.KindOf(e.From), t.catalog.KindOf(e.To)}
	}
	return grouped(edges, kinds, func(k [2]*graph.Kind, edges []write.Edge) error {
		text := fmt.Sprintf("UNWIND $p.rows AS row MATCH (a:%s {id: row.from}) MATCH (b:%s {id: row.to}) CREATE (a)-[r:%s]->(b) SET r = row.set",
			name(k[0].Label), name(k[1].Label), name(r.Type))
		return inChunks(edges, func(part []write.Edge) error {
			rows := make([]map[string]any, len(part))
			for i, e := range part {
				rows[i] = map[string]any{"from": e.From, "to": e.To, "set": with(e.Columns, "key", e.Key)}
			}
			summary, err := t.consume(ctx, text, map[string]any{"rows": rows})
			if err != nil {
				return err
			}
			if n := summary.Counters().RelationshipsCreated(); n != len(rows) {
				return fmt.Errorf("%d of %d relationships %s have been created: the others' ends are gone", n, len(rows), r.Type)
			}
			return nil
		})
	})
}

// UpdateEdges implements write.Tx.
func (t transaction) UpdateEdges(ctx context.Context, r *graph.Rel, edges []write.Edge) error {
	return inChunks(edges, func(part []write.Edge) error {
		rows := make([]map[string]any, len(part))
		for i, e := range part {
			rows[i] = map[string]any{"key": e.Key, "set": map[string]any(e.Columns)}
		}
		return t.run(ctx, fmt.Sprintf("UNWIND $p.rows AS row MATCH ()-[r:%s {key: row.key}]->() SET r += row.set", name(r.Type)), map[string]any{"rows": rows})
	})
}

// DeleteEdges implements write.Tx.
func (t transaction) DeleteEdges(ctx context.Context, r *graph.Rel, keys []string) error {
	return inChunks(keys, func(part []string) error {
		return t.run(ctx, fmt.Sprintf("UNWIND $p.keys AS key MATCH ()-[r:%s {key: key}]->() DELETE r", name(r.Type)), map[string]any{"keys": part})
	})
}

// DeleteNodes implements write.Tx.
func (t transaction) DeleteNodes(ctx context.Context, k *graph.Kind, ids []string) error {
	return inChunks(ids, func(part []string) error {
		return t.run(ctx, fmt.Sprintf("UNWIND $p.ids AS id MATCH (n:%s {id: id}) DELETE n", name(k.Label)), map[string]any{"ids": part})
	})
}

// Mentioning implements write.Tx.
func (t transaction) Mentioning(ctx context.Context, k *graph.Kind, keys []string) (out []write.Node, err error) {
	where := mentioning("n", k.Properties)
	if where == "" {
		return nil, nil
	}
	err = t.collect(ctx, fmt.Sprintf("MATCH (n:%s) WHERE %s RETURN n.id, n.key, properties(n)", name(k.Label), where), mentioned, keys, nodes(&out))
	return out, err
}

// EdgesMentioning implements write.Tx.
func (t transaction) EdgesMentioning(ctx context.Context, r *graph.Rel, keys []string) (out []write.Edge, err error) {
	where := mentioning("r", r.Properties)
	if where == "" {
		return nil, nil
	}
	err = t.collect(ctx, fmt.Sprintf("MATCH (a)-[r:%s]->(b) WHERE %s RETURN r.key, a.id, b.id, properties(r)", name(r.Type), where), mentioned, keys, edges(&out))
	return out, err
}

// mentioned are the parameter of texts that are looked for in others without what may stand between letters.
const mentioned = "texts"

// mentioning is the condition that one of the properties' texts has one of the texts in it; empty where there is no text.
func mentioning(of string, props []*graph.Property) string {
	var any []string
	for _, p := range props {
		if p.Type == graph.String {
			any = append(any, fmt.Sprintf("any(text IN $p.texts WHERE reduce(t = %s.%s, b IN $p.between | replace(t, b, '')) CONTAINS text)", of, name(p.Folded())))
		}
	}
	return strings.Join(any, " OR ")
}
