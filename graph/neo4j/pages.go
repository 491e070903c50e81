package neo4j

import (
	"fmt"

	"github.com/kithgraph/kith/graph"
)

// Bare relationships of a node are kept in pages, newest first: the database has no index of one node's relationships in an order, and a
// property of each would take more room than the relationship. A page is a node of its own that up to pageSize of them lead to instead, with
// the number of the node that they are of, and the least instant there may be in it. The instants of pages do not overlap, and an
// index has the pages of a number in their order.

// pageSize is how many relationships a page has at most, but for those of one instant, which stand together. For 20 that are shown, and one
// that says that there are more, 37 are read at most: all of the page of the place, of the three behind it, and one behind these.
const pageSize = 9

// pages are the names by which those of one type of relationship are kept.
type pages struct {
	label  string // of a page
	node   string // label of the node that it is of
	number string // property of the node: what its pages know it by
}

func pagesOf(r *graph.Rel) pages {
	return pages{label: "KithPage_" + r.Type, node: r.Pairs[0][1].Label, number: "kith_" + r.Type}
}

// Properties of a page: the number of its node, and its least instant.
const (
	pageOf   = "of"
	pageFrom = "from"
)

// oldest is the instant of the first page, which what has none is in, too.
const oldest = int64(-1 << 62)

// rules are the index of pages, and what leads to the node of a number.
func (p pages) rules() []rule {
	return []rule{
		{name: ours + p.label, of: p.label, properties: []string{pageOf, pageFrom}},
		{name: ours + p.label + "_" + p.node, of: p.node, properties: []string{p.number}, unique: true},
	}
}

// paged is a pattern that leads along a bare relationship by a page.
func (c *compiler) paged(from string, e *graph.Edge, to scope, target string) string {
	own, page := pagesOf(e.Rel), c.fresh("p")
	if e.Out {
		return fmt.Sprintf("(%s)-[%s:%s]->(%s), (%s {%s: %s.%s})", from, to.rel, name(e.Rel.Type), page, to.node+to.labels(), name(own.number), page, pageOf)
	}
	pattern := fmt.Sprintf("(%s:%s {%s: %s.%s})<-[%s:%s]-(%s)", page, name(own.label), pageOf, owner(from), name(own.number), to.rel, name(e.Rel.Type), target)
	if owner(from) != from {
		return "(" + from + "), " + pattern
	}
	return pattern
}

// number writes the MATCH of a node's pages, and is the expression of how many relationships they have: the database keeps how many
// each has.
func (c *compiler) number(e *graph.Edge, from string) string {
	page := c.fresh("p")
	c.pages(pagesOf(e.Rel), page, from, all{page + "." + pageFrom + " IS NOT NULL"})
	return fmt.Sprintf("sum(COUNT { (%s)<-[:%s]-() })", page, name(e.Rel.Type))
}

// newestFirst reports whether a list comes in the order that pages are kept in. Where the guard lets only some nodes be known by their
// instant the order is another one.
func newestFirst(l *graph.List) bool {
	if !l.Edge.Rel.Bare || l.Edge.Out || len(l.Order) == 0 {
		return false
	}
	for _, o := range l.Order {
		if o.Prop == nil || len(o.Path) > 0 {
			return false
		}
	}
	o := l.Order[0]
	return o.Desc && !o.First && !o.OnEdge && o.Prop.Prop == l.Edge.Rel.Newest && o.Prop.When == nil && !o.Prop.Past()
}

// newest writes the lines up to the LIMIT of such a list: it reads pages in their order until it has enough.
func (c *compiler) newest(l *graph.List, from string, p span) (scope, []sortKey) {
	kinds, own, page := l.Kinds(), pagesOf(l.Edge.Rel), c.fresh("p")
	start := ""
	if p.before != nil { // the page of the place has some before it, too
		start = c.fresh("from")
		c.line("CALL (%s) {", owner(from))
		c.nest(func() {
			c.pages(own, page, from, c.until(page, p.before[0]))
			c.line("WITH %[1]s ORDER BY %[1]s.%[2]s DESC, %[1]s.%[3]s DESC LIMIT 1", page, pageOf, pageFrom)
			c.line("RETURN coalesce(collect(%s.%s)[0], %s) AS %s", page, pageFrom, c.param(oldest), start)
		})
		c.line("}")
		page = c.fresh("p")
	}
	s, _ := c.follow(l.Edge, kinds)
	s.owner = owner(from)
	var conds all
	if p.after != nil {
		conds = c.until(page, p.after[0])
	}
	if start != "" {
		conds = append(conds, page+"."+pageFrom+" >= "+start)
	}
	if len(conds) == 0 {
		conds = all{page + "." + pageFrom + " IS NOT NULL"}
	}
	conds = append(conds, c.when(l.When, scope{node: owner(from), kinds: []*graph.Kind{l.Edge.Owner}})...)
	c.pages(own, page, from, conds)
	c.match(arrow(page, false, s.rel, []string{l.Edge.Rel.Type}, s.node), append(c.conds(l.Filter.Normal().Among(kinds), s), c.between(c.keys(l, s, graph.Whole), p)...))
	if p.any {
		c.line("WITH %s", s.node)
		c.take(nil, p)
		return s, nil
	}
	order := []sortKey{{expr: page + "." + pageOf, desc: true}, {expr: page + "." + pageFrom, desc: true}}
	keys := c.with(l, s, append(order, c.keys(l, s, graph.Whole)...))
	c.take(keys, p)
	return s, keys[len(order):]
}

// pages writes the MATCH of a node's pages, which an index gives.
func (c *compiler) pages(own pages, page, from string, conds all) {
	c.line("MATCH (%s:%s)", page, name(own.label))
	c.line("  USING INDEX SEEK %s:%s(%s, %s)", page, name(own.label), pageOf, pageFrom)
	c.where(append(all{page + "." + pageOf + " = " + owner(from) + "." + name(own.number)}, conds...))
}

// until are the conditions on pages that begin no later than a place. That the least instant is a bound, too, says nothing, and
// may have the planner take a range of the index where it knows of no pages yet. Where it does not, it goes through the index's entries of
// newer pages, and no receipt in these, to the page of the place.
func (c *compiler) until(page string, place any) all {
	return all{page + "." + pageFrom + " >= " + c.param(oldest), page + "." + pageFrom + " <= " + c.instant(place)}
}

// instant is a place's, as pages have it.
func (c *compiler) instant(v any) string {
	if v == nil {
		v = oldest
	}
	return c.param(v)
}
