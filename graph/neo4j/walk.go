package neo4j

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A trail is a pattern that goes along an edge's relationship several times, and the conditions at its end. It stands in a scope,
// since what leads there is written before it is known from where.
type trail struct {
	path  string // from the node it begins at to the one it ends at
	conds all
}

// steps are a part of a walk: a path, with the relationships, the nodes that it has left on its way, and those it has come to.
type steps struct{ path, rels, left, come string }

// again is the condition that a walk down has come to where it began. Who stands below a circle is found without going round it.
func (s steps) again() string { return s.left + "[0] IN " + s.come }

// walk goes to a node. Relationships may be taken once in one pattern, so that going up and down are two.
func (c *compiler) walk(e *graph.Edge, to scope) *trail {
	switch e.Walk {
	case graph.Up:
		up := c.steps(e, true, 1, graph.MaxSteps)
		return &trail{up.path, all{"NOT " + to.node + " IN " + up.left}}
	case graph.Down:
		down := c.steps(e, false, 1, graph.MaxSteps)
		return &trail{down.path, all{"NOT " + down.again()}}
	case graph.Top:
		up := c.steps(e, true, 0, graph.MaxSteps)
		return &trail{up.path, c.top(e, up, to.node)}
	}
	up, down := c.steps(e, true, 0, graph.MaxSteps), c.steps(e, false, 0, graph.MaxSteps)
	top := c.fresh(e.Owner.Prefix)
	return &trail{up.path + "(" + top + ") WHERE " + c.top(e, up, top).String() + " MATCH (" + top + ")" + down.path, all{"NOT " + down.again()}}
}

// steps go from a node to the main one above it, or from one to all whose main one it is, so many times.
func (c *compiler) steps(e *graph.Edge, up bool, from, to int) steps {
	below, rel, above := c.fresh("x"), c.fresh("r"), c.fresh("y")
	s := steps{rels: rel, left: below, come: above}
	arrow, next := fmt.Sprintf("(%s)-[%s:%s]->(%s)", below, rel, name(e.Along.Type), above), above
	if !up {
		arrow, next = fmt.Sprintf("(%s)<-[%s:%s]-(%s)", above, rel, name(e.Along.Type), below), below
		s.left, s.come = above, below
	}
	conds := c.step(e, rel, next)
	if !up { // the main one is one of those that the walk may go to
		conds = append(conds, c.when(e.Through, scope{node: above, kinds: []*graph.Kind{e.Owner}})...)
	}
	alone := "COUNT { (" + below + ")-[:" + name(e.Along.Type) + "]->() } = 1" // the database keeps this count
	conds = append(conds, "("+alone+" OR NOT "+c.better(e, below, rel, above)+")")
	s.path = fmt.Sprintf(" (%s WHERE %s){%d,%d} ", arrow, conds, from, to)
	return s
}

// step are the conditions on a relationship of the walk, and on the node that it leads to.
func (c *compiler) step(e *graph.Edge, rel, node string) all {
	return append(c.valid(e, rel), c.when(e.Through, scope{node: node, kinds: []*graph.Kind{e.Owner}})...)
}

// better is the condition that another relationship than this is the main one.
func (c *compiler) better(e *graph.Edge, below, rel, above string) string {
	other, there := c.fresh("r"), c.fresh("y")
	less := fmt.Sprintf("[%s.id, %s.key] < [%s.id, %s.key]", there, other, above, rel)
	for _, o := range slices.Backward(e.Ranking()) { // as cases, which the planner does not multiply out
		p, before := o.Prop.Prop, "<"
		mine, its := c.property(o.Prop, p.Name, rel+"."), c.property(o.Prop, p.Name, other+".")
		if o.Desc {
			before = ">"
		}
		if p.Type == graph.Enum {
			mine, its = c.rank(p, mine), c.rank(p, its)
		}
		less = fmt.Sprintf("CASE WHEN coalesce(%s = %s, %s IS NULL AND %s IS NULL) THEN %s ELSE coalesce(%s %s %s, %s IS NULL) END", its, mine, its, mine, less, its, before, mine, mine)
	}
	return exists(fmt.Sprintf("(%s)-[%s:%s]->(%s)", below, other, name(e.Along.Type), there), append(c.step(e, other, there), less))
}

// top are the conditions that a walk up ends at a node: it can go no further, or has come there before.
func (c *compiler) top(e *graph.Edge, up steps, node string) all {
	rel, above := c.fresh("r"), c.fresh("y")
	pattern := fmt.Sprintf("(%s)-[%s:%s]->(%s)", node, rel, name(e.Along.Type), above)
	further := "EXISTS { MATCH " + pattern + " }"
	if conds := c.step(e, rel, above); len(conds) > 0 {
		further = exists(pattern, conds)
	}
	return all{fmt.Sprintf("(size(%s) = %d OR %s IN %s OR NOT %s)", up.rels, graph.MaxSteps, node, up.left, further)}
}
