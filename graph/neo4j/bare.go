package neo4j

import (
	"fmt"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// byEnds reports whether relationships are known by their two nodes, so that they have no property for it: those that are bare, and take as
// little room as a relationship can, and those that stores keep by themselves, one of two nodes.
func byEnds(r *graph.Rel) bool { return r.Bare || r.Kept }

// relKey is the expression of the key of a relationship between nodes.
func relKey(r *graph.Rel, rel, from, to string) string {
	if byEnds(r) {
		return from + ".id + '|' + " + to + ".id"
	}
	return rel + ".key"
}

// key is the expression of the key of the relationship that an edge leads along from the scope's owner.
func (s scope) key(e *graph.Edge) string {
	if e.Out {
		return relKey(e.Rel, s.rel, s.owner, s.node)
	}
	return relKey(e.Rel, s.rel, s.node, s.owner)
}

// byKey finds relationships a-r->b by their keys. Of those that are known by their nodes the other label is left out, so that no index leads to the node that they
// lead to: many may, and few from the first.
func byKey(r *graph.Rel, keys []string) (match string, values []any) {
	if !byEnds(r) {
		return fmt.Sprintf("(a)-[r:%s {key: key}]->(b)", name(r.Type)), graph.Each(keys)
	}
	match = fmt.Sprintf("(a:%s {id: key[0]})-[r:%s]->(b) WHERE b.id = key[1]", name(r.Pairs[0][0].Label), name(r.Type))
	if p := pagesOf(r); r.Bare {
		match = fmt.Sprintf("(a:%s {id: key[0]})-[r:%s]->(g) WITH key, a, r, g MATCH (b:%s {id: key[1]}) WHERE b.%s = g.%s", name(r.Pairs[0][0].Label), name(r.Type), name(p.node), name(p.number), pageOf)
	}
	return match, graph.Map(keys, func(key string) any {
		from, to := graph.BareEnds(key)
		return []any{from, to}
	})
}

// properties are those of a new relationship.
func properties(e *write.EdgeChange) map[string]any {
	out := columns(e.Rel.Properties, e.Values)
	if byEnds(e.Rel) {
		return out
	}
	return with(out, "key", e.Key)
}
