package neo4j

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A scope is a node that conditions and values are about, with the relationship it was reached by.
type scope struct {
	node  string // variable
	rel   string // variable, or empty
	owner string // variable of the node that an edge led here from, where a list does
	kinds []*graph.Kind
	near  map[*graph.Edge]scope // to-one neighbours that are matched along with the node
	found string                // variable: where the words of a search were found in the node
	walk  *trail                // that leads here, instead of one relationship
	seek  bool                  // the database may start from the node, by an index
	total *total                // that is known of it already; nil: none is
	was   *reading              // of its versions; nil: there is none
}

// all is a conjunction, part by part. None: true.
type all []string

func (a all) String() string {
	if len(a) == 0 {
		return "NOT " + never
	}
	return strings.Join(a, " AND ")
}

// enter is the scope of a node of one of these kinds. Variables begin as the kind's ids do.
func (c *compiler) enter(kinds []*graph.Kind) scope {
	if len(kinds) == 1 {
		return scope{node: c.fresh(kinds[0].Prefix), kinds: kinds}
	}
	return scope{node: c.fresh("n"), kinds: kinds}
}

// follow is the scope of what an edge leads to, and the conditions of being there now.
func (c *compiler) follow(e *graph.Edge, kinds []*graph.Kind) (scope, all) {
	s := c.enter(kinds)
	if e.Walks() {
		s.walk = c.walk(e, s)
		return s, s.walk.conds
	}
	s.rel = c.fresh("r")
	return s, c.valid(e, s.rel)
}

// labels of the kinds that a node may have.
func (s scope) labels() string {
	return ":" + strings.Join(graph.Map(s.kinds, func(k *graph.Kind) string { return name(k.Label) }), "|")
}

// pattern leads from a node along an edge to a scope.
func (c *compiler) pattern(from string, e *graph.Edge, to scope, labels string) string {
	if to.walk != nil {
		return "(" + from + ")" + to.walk.path + "(" + to.node + labels + ")"
	}
	if e.Rel.Bare {
		return c.paged(from, e, to, to.node+labels)
	}
	return arrow(from, e.Out, to.rel, []string{e.Rel.Type}, to.node+labels)
}

// arrow leads from a node to another along a relationship of one of these types.
func arrow(from string, out bool, rel string, types []string, to string) string {
	names := graph.Map(types, name)
	rel = "[" + rel + ":" + strings.Join(names, "|") + "]"
	if out {
		return "(" + from + ")-" + rel + "->(" + to + ")"
	}
	return "(" + from + ")<-" + rel + "-(" + to + ")"
}

// along is a pattern without the labels that the type of the relationship implies: to look at them costs a hit a node, and
// only a search that starts there needs them.
func (c *compiler) along(from string, e *graph.Edge, to scope) string {
	if e.LeadsTo(to.kinds...) {
		return c.pattern(from, e, to, "")
	}
	return c.pattern(from, e, to, to.labels())
}

// valid are the conditions that a relationship holds at the edge's time, as it was known at its other one.
func (c *compiler) valid(e *graph.Edge, rel string) (conds all) {
	begins, ends, recorded := e.Dated()
	if begins != nil {
		at := now
		if e.AsOf != nil {
			at = c.param(int64(*e.AsOf))
		}
		from, to := c.property(begins, "from", rel+"."), c.property(ends, "to", rel+".")
		// What is false of one end is false; where nothing is, a missing end makes it unknown.
		conds = all{"coalesce(" + from + " <= " + at + " AND " + at + " < " + to + ", true)"}
	}
	if recorded != nil {
		conds = append(conds, "coalesce("+rel+"."+graph.RecordedAt+" <= "+c.moment(e.Known)+", true)")
	}
	return conds
}

// match writes a MATCH.
func (c *compiler) match(pattern string, conds all) {
	c.line("MATCH %s", pattern)
	c.where(conds)
}

func (c *compiler) where(conds all) {
	word := "  WHERE "
	for _, cond := range conds {
		c.line("%s%s", word, cond)
		word = "    AND "
	}
}

// exists is the condition that a pattern is there.
func exists(pattern string, conds all) string {
	if len(conds) == 0 {
		return "EXISTS { " + pattern + " }"
	}
	return "EXISTS { MATCH " + pattern + " WHERE " + conds.String() + " }"
}
