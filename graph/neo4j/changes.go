package neo4j

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// carryOut is the statement by which changes are carried out, whatever they are: labels and types are values in it, too, so that it is
// planned once. Nodes and relationships are found by the database's own ids, which takes no index and no label. New nodes and those
// that new relationships and words lead from or to are in one list, ends, and are named by their place in it. What comes later in it
// sees what came before.
const carryOut = `CALL () {
  UNWIND $p.goneEdges AS id MATCH ()-[r]->() WHERE elementId(r) = id DELETE r
}
CALL () {
  UNWIND $p.goneNodes AS id MATCH (n) WHERE elementId(n) = id DETACH DELETE n
}
CALL () {
  UNWIND $p.newNodes AS row CREATE (n:$(row[0])) SET n = row[1]
  RETURN collect(n) AS made
}
CALL () {
  UNWIND $p.nodes AS row MATCH (n) WHERE elementId(n) = row[0] SET n += row[1]
}
CALL () {
  UNWIND $p.ends AS id MATCH (n) WHERE elementId(n) = id
  RETURN collect(n) AS there
}
WITH made, made + there AS ends
CALL (ends) {
  UNWIND $p.newEdges AS row WITH ends[row[0]] AS a, ends[row[1]] AS b, row
  CREATE (a)-[r:$(row[2])]->(b) SET r = row[3]
}
CALL () {
  UNWIND $p.edges AS row MATCH ()-[r]->() WHERE elementId(r) = row[0] SET r += row[1]
}
` + tellChanges

// carried ends it.
const carried = `RETURN [n IN made | elementId(n)] AS made, size(ends) AS ends`

// Words stand around it, which most changes have none of: they take as long as all the rest. That an index leads to a word has to be said:
// planned while there were none, the statement would look through all of them for each. A word that no node leads to any more goes, and
// its keys with it: it may be somebody's name.
const (
	dropWords = `CALL () {
  UNWIND $p.goneWords AS row MATCH (n) WHERE elementId(n) = row[0]
  WITH n, row MATCH (n)-[r]->(w:KithWord) WHERE w.word = row[2] AND type(r) = row[1] DELETE r
}
`
	addWords = `CALL () {
  UNWIND $p.words AS row OPTIONAL MATCH (w:KithWord {word: row[0]}) USING INDEX w:KithWord(word)
  WITH row WHERE w IS NULL
  CREATE (:KithWord {word: row[0]})
  FOREACH (key IN row[1] | CREATE (:KithKey {key: key, word: row[0]}))
}
CALL (ends) {
  UNWIND $p.newWords AS row WITH ends[row[0]] AS n, row MATCH (w:KithWord {word: row[2]}) USING INDEX w:KithWord(word)
  CREATE (n)-[:$(row[1])]->(w)
}
CALL () {
  UNWIND $p.lostWords AS row MATCH (w:KithWord {word: row[0]}) USING INDEX w:KithWord(word) WHERE NOT EXISTS { (w)<--() } DELETE w
  WITH row UNWIND row[1] AS key MATCH (k:KithKey {key: key}) USING INDEX k:KithKey(key) WHERE k.word = row[0] DELETE k
}
`
)

// Write implements write.Tx by one statement, or by several where one would carry too much.
func (t transaction) Write(ctx context.Context, c *write.Changes) error {
	for {
		part, rest := divide(c)
		if err := t.paging(ctx, part); err != nil || rest.Empty() {
			return err
		}
		c = rest
	}
}

// divide takes as much off changes as one statement carries: the later lists wait for all of the earlier.
func divide(c *write.Changes) (part, rest *write.Changes) {
	part, rest, room := &write.Changes{}, &write.Changes{}, maxRows
	part.GoneEdges, rest.GoneEdges = taken(c.GoneEdges, &room)
	part.GoneWords, rest.GoneWords = taken(c.GoneWords, &room)
	part.GoneNodes, rest.GoneNodes = taken(c.GoneNodes, &room)
	part.NewNodes, rest.NewNodes = taken(c.NewNodes, &room)
	part.ChangedNodes, rest.ChangedNodes = taken(c.ChangedNodes, &room)
	part.NewEdges, rest.NewEdges = taken(c.NewEdges, &room)
	part.ChangedEdges, rest.ChangedEdges = taken(c.ChangedEdges, &room)
	part.NewWords, rest.NewWords = taken(c.NewWords, &room)
	part.Entries, rest.Entries = taken(c.Entries, &room)
	part.NewEntry = c.NewEntry
	return part, rest
}

func taken[T any](all []T, room *int) (some, rest []T) {
	n := min(len(all), *room)
	*room -= n
	return all[:n], all[n:]
}

func (t transaction) carryOut(ctx context.Context, c *write.Changes) error {
	if err := t.locate(ctx, c); err != nil {
		return err
	}
	p := &params{transaction: t, ends: []any{}, place: map[string]int{}}
	made := make([]any, len(c.NewNodes))
	for i, n := range c.NewNodes {
		p.place[n.ID] = i
		made[i] = []any{n.Kind.Label, with(columns(n.Kind.Properties, n.Values), "id", n.ID, "key", n.Key)}
	}
	p.made = len(made)
	values := map[string]any{
		"goneEdges": graph.Map(c.GoneEdges, func(e *write.EdgeChange) any { return t.relations[relation{e.Rel.Type, e.Key}] }),
		"goneNodes": graph.Map(c.GoneNodes, func(n *write.NodeChange) any { return t.nodes[n.ID] }),
		"newNodes":  made,
		"nodes": graph.Map(c.ChangedNodes, func(n *write.NodeChange) any {
			return []any{t.nodes[n.ID], rekeyed(columns(n.Kind.Properties, n.Values), n.NewKey)}
		}),
		"newEdges": graph.Map(unpaged(c.NewEdges), func(e *write.EdgeChange) any {
			return []any{p.end(e.From), p.end(e.To), e.Rel.Type, properties(e)}
		}),
		"edges": graph.Map(c.ChangedEdges, func(e *write.EdgeChange) any {
			return []any{t.relations[relation{e.Rel.Type, e.Key}], rekeyed(columns(e.Rel.Properties, e.Values), e.NewKey)}
		}),
		"goneWords": graph.Map(c.GoneWords, func(w write.Word) any { return []any{t.nodes[w.ID], foundBy(w.Prop), w.Text} }),
		"newWords":  graph.Map(different(c.NewWords), func(w write.Word) any { return []any{p.end(w.ID), foundBy(w.Prop), w.Text} }),
		"words":     keyed(c.NewWords),
		"lostWords": keyed(c.GoneWords),
	}
	t.tell(c, values)
	values["ends"] = p.ends
	text := carryOut + carried
	if len(c.GoneWords)+len(c.NewWords) > 0 {
		text = dropWords + carryOut + addWords + carried
	}
	var got []any
	if err := t.collect(ctx, text, values, func(v []any) { got = v }); err != nil {
		return err
	}
	if n := len(p.ends) + p.made; got[1] != int64(n) {
		return fmt.Errorf("%d of %d nodes that relationships lead to are there", got[1], n)
	}
	for i, id := range got[0].([]any) {
		t.nodes[c.NewNodes[i].ID] = id.(string)
	}
	return nil
}

// params are a statement's ends.
type params struct {
	transaction
	made  int
	ends  []any
	place map[string]int // by the id of a node
}

// end is the place of a node among the ends.
func (p *params) end(id string) int {
	at, is := p.place[id]
	if !is {
		at = p.made + len(p.ends)
		p.place[id] = at
		p.ends = append(p.ends, p.nodes[id])
	}
	return at
}

// different are the words of each node once: one that is there already is no error, and is not to be there twice.
func different(words []write.Word) (out []write.Word) {
	seen := map[write.Word]bool{}
	for _, w := range words {
		if !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

// keyed are the different words with their keys.
func keyed(words []write.Word) []any {
	return graph.Map(write.Texts(words), func(w string) any {
		return []any{w, graph.Map(write.Keys([]string{w}), func(k write.Key) any { return k.Key })}
	})
}

func with(columns map[string]any, more ...string) map[string]any {
	for i := 0; i < len(more); i += 2 {
		columns[more[i]] = more[i+1]
	}
	return columns
}

func rekeyed(columns map[string]any, key string) map[string]any {
	if key != "" {
		columns["key"] = key
	}
	return columns
}

// locate finds the database's own ids of what changes are about, as far as the transaction has not come across them.
func (t transaction) locate(ctx context.Context, c *write.Changes) error {
	nodes, edges := map[*graph.Kind][]string{}, map[*graph.Rel][]string{}
	made := map[string]bool{}
	for _, n := range c.NewNodes {
		made[n.ID] = true
	}
	node := func(id string) {
		k := t.store.catalog.KindOf(id)
		if k == nil && strings.HasPrefix(id, graph.AnyAlias) {
			k = graph.Alias
		}
		if k != nil && t.nodes[id] == "" && !made[id] {
			nodes[k] = append(nodes[k], id)
		}
	}
	edge := func(e *write.EdgeChange) {
		if t.relations[relation{e.Rel.Type, e.Key}] == "" {
			edges[e.Rel] = append(edges[e.Rel], e.Key)
		}
	}
	for _, list := range [][]*write.NodeChange{c.GoneNodes, c.ChangedNodes} {
		for _, n := range list {
			node(n.ID)
		}
	}
	for _, list := range [][]*write.EdgeChange{c.GoneEdges, c.ChangedEdges} {
		for _, e := range list {
			edge(e)
		}
	}
	for _, e := range c.NewEdges {
		node(e.From)
		node(e.To)
	}
	for _, w := range slices.Concat(c.GoneWords, c.NewWords) {
		node(w.ID)
	}
	for _, k := range append(slices.Clip(t.store.catalog.Kinds), graph.Alias) {
		if ids := nodes[k]; len(ids) > 0 {
			text := "UNWIND $p.ids AS id MATCH (n:" + name(k.Label) + " {id: id}) RETURN id, elementId(n)"
			err := t.collect(ctx, text, map[string]any{"ids": ids}, func(v []any) { t.nodes[v[0].(string)] = v[1].(string) })
			if err != nil {
				return err
			}
		}
	}
	for _, r := range t.store.catalog.Rels {
		if len(edges[r]) > 0 {
			if _, err := t.Edges(ctx, r, edges[r]); err != nil {
				return err
			}
		}
	}
	return nil
}
