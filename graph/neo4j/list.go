package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A part is one value: an expression, or what the lines of a subquery return under a given name.
type part struct {
	value string
	lines func(as string)
	tally *graph.Tally // whose it is; nil: of none
}

// parts are what a list is asked for: its rows, whether anything is on the other side of its cursors, and its tallies.
// The decoder takes them in this order. From is the node that the list belongs to, as a pattern has it.
func (c *compiler) parts(l *graph.List, from string) []part {
	var out []part
	values := map[value]string{}
	add := func(write func(as string)) {
		out = append(out, part{lines: func(as string) {
			outer := c.values
			c.values = values
			write(as)
			c.values = outer
		}})
	}
	if counted(l) {
		add(func(as string) { c.countedRows(l, from, as) })
		return out
	}
	if l.Rows {
		add(func(as string) { c.rows(l, from, as) })
	}
	if l.HasPrevious && l.Page.After != nil {
		add(func(as string) { c.probe(l, from, l.Page.After, true, as) })
	}
	if l.HasNext && l.Page.Before != nil {
		add(func(as string) { c.probe(l, from, l.Page.Before, false, as) })
	}
	if l.Cut {
		out = append(out, part{value: c.bound[l].cut})
	}
	for _, t := range l.Tallies {
		if b := c.bound[l]; b != nil && b.filter == nil && t.Plain() {
			out = append(out, part{value: "[[size(" + b.nodes + ")]]"})
			continue
		}
		add(func(as string) { c.tally(l, t, from, as) })
		out[len(out)-1].tally = t
	}
	return out
}

// rows writes the subquery of a list's rows.
func (c *compiler) rows(l *graph.List, from, as string) {
	switch {
	case l.Search != nil:
		s, keys := c.search(l)
		c.collect(l, s, keys, true, as)
	case l.Identified(), c.bound[l] != nil && l.Edge.One:
		s := c.source(l, from, nil)
		c.collect(l, s, c.keys(l, s, graph.Whole), false, as)
	case l.Edge != nil && l.Edge.Single(): // a LIMIT would be planned as a statement behind the statement
		s := c.source(l, from, nil)
		c.line("RETURN collect(%s)[..1] AS %s", c.row(l, s, c.keys(l, s, graph.Whole), false), as)
	case l.Edge != nil && l.Edge.One:
		s := c.source(l, from, nil)
		c.one(l.Edge, s, c.carried(l, s))
		c.collect(l, s, c.keys(l, s, graph.Whole), false, as)
	default:
		s, keys := c.page(l, from)
		c.collect(l, s, keys, true, as)
	}
}

// one keeps one of the nodes that a to-one edge leads to. There are several only where an edge with history has changed, or of which it
// leads to the main one.
func (c *compiler) one(e *graph.Edge, s scope, carried string) {
	order := ""
	if !e.Single() {
		var keys []sortKey
		if e.IsMain() {
			keys = c.ranked(e, s)
		}
		order = " " + orderBy(append(keys, sortKey{expr: s.node + ".id"}, sortKey{expr: s.key(e)}), false)
	}
	c.line("WITH %s%s LIMIT 1", carried, order)
}

// ranked are the keys by which the main one of an edge's relationships comes first.
func (c *compiler) ranked(e *graph.Edge, s scope) (keys []sortKey) {
	for _, o := range e.Ranking() {
		for _, column := range c.sortColumns(o.Prop, s.rel+".") {
			keys = append(keys, sortKey{expr: column, desc: o.Desc, null: true})
		}
	}
	return keys
}

// carried are the variables of a row that are needed once it is chosen.
func (c *compiler) carried(l *graph.List, s scope) string {
	if l.Edge != nil && !l.Edge.Walks() && (len(l.Props) > 0 || l.Cursors) {
		return s.node + ", " + s.rel
	}
	vars := []string{s.node}
	for _, b := range l.Nodes[0].Lists {
		if near, ok := s.at(b); ok && !slices.Contains(vars, near.node) { // two lists may lead along one edge
			vars = append(vars, near.node)
		}
	}
	return strings.Join(vars, ", ")
}

// at is the neighbour that a list below a row leads to, where it is matched already and nothing more is asked of it.
func (s scope) at(below *graph.List) (scope, bool) {
	near, ok := s.near[below.Edge]
	return near, ok && below.Rows && below.When == nil && below.Filter == nil && len(below.Tallies) == 0 && len(below.Props) == 0 && !below.Cursors
}

// source writes the MATCH of a list's whole set, with more conditions on its nodes.
func (c *compiler) source(l *graph.List, from string, more func(scope) narrowed) scope {
	kinds := l.Kinds()
	filter := l.Filter.Normal().Among(kinds)
	narrow := func(s scope) narrowed {
		if more == nil {
			return narrowed{}
		}
		return more(s)
	}
	if b := c.bound[l]; b != nil {
		s := c.enter(kinds)
		if b.rels {
			s.rel = c.fresh("r")
		}
		s.owner = owner(from)
		return c.unwind(b, s, narrow(s).conds)
	}
	if l.Edge != nil && l.Edge.Strands != nil {
		return c.woven(l, from, func(s scope) all { return narrow(s).conds })
	}
	if l.Edge != nil {
		s, conds := c.follow(l.Edge, kinds)
		s.owner = owner(from)
		conds = append(c.when(l.When, scope{node: owner(from), kinds: []*graph.Kind{l.Edge.Owner}}), conds...)
		c.match(c.along(from, l.Edge, s), append(append(conds, c.conds(filter, s)...), narrow(s).conds...))
		return s
	}
	s := c.enter(kinds)
	switch {
	case l.IDs != nil:
		c.named(l, s, "id", (*graph.Fetch).IDs, c.conds(filter, s))
	case l.External != nil:
		c.named(l, s, "key", (*graph.Fetch).Keys, c.conds(filter, s))
	default:
		s.near, s.seek = map[*graph.Edge]scope{}, true
		s = c.nodes(s, filter, narrow(s))
	}
	return s
}

// named writes the MATCH of a root's nodes by a unique property, the values of which each fetch brings.
func (c *compiler) named(l *graph.List, s scope, property string, values func(*graph.Fetch, *graph.List) []string, conds all) {
	root := slices.Index(c.roots, l)
	if len(l.IDs)+len(l.External) == 1 && !c.writes { // a transaction reads lists of any length with one text
		one := c.param(func(f *graph.Fetch) any { return values(f, f.Lists[root])[0] })
		c.match("("+s.node+s.labels()+" {"+property+": "+one+"})", conds)
		return
	}
	all := c.param(func(f *graph.Fetch) any { return values(f, f.Lists[root]) })
	c.match("("+s.node+s.labels()+")", append([]string{s.node + "." + property + " IN " + all}, conds...))
}

// collect writes the lists below each row, and the rows.
func (c *compiler) collect(l *graph.List, s scope, keys []sortKey, ordered bool, as string) {
	c.line("RETURN collect(%s) AS %s", c.row(l, s, keys, ordered), as)
}

// row writes the lists below each row, and gives what a row consists of.
func (c *compiler) row(l *graph.List, s scope, keys []sortKey, ordered bool) string {
	below := map[*graph.List][]string{}
	for _, sel := range l.Nodes {
		from := s.node
		if len(l.Nodes) > 1 { // nothing is to be found below a node of another kind
			from += ":" + name(sel.Kind.Label)
		}
		for _, h := range hierarchies(sel.Lists) {
			c.bind(h, from)
		}
		for _, b := range sel.Lists {
			if near, ok := s.at(b); ok {
				below[b] = append(below[b], c.call(near.node, func(as string) { c.collect(b, near, nil, false, as) }))
				continue
			}
			if shared(b) {
				c.bindShared(b, from)
			}
			sees := s.node
			if set := c.bound[b]; set != nil {
				sees = set.sees
				if set.rels && b.Edge.Strands == nil && byEnds(b.Edge.Rel) { // the node itself is one of them
					sees += ", " + s.node
				}
			}
			for _, p := range c.parts(b, from) {
				below[b] = append(below[b], c.column(sees, p))
			}
		}
	}
	rows := make([]string, len(l.Nodes))
	for i, sel := range l.Nodes {
		rows[i] = "[" + strings.Join(c.cells(l, i, s, keys, below), ", ") + "]"
		if i < len(l.Nodes)-1 {
			rows[i] = "WHEN " + s.node + ":" + name(sel.Kind.Label) + " THEN " + rows[i]
		} else if i > 0 {
			rows[i] = "CASE " + strings.Join(rows[:i], " ") + " ELSE " + rows[i] + " END"
		}
	}
	row := rows[len(rows)-1]
	if ordered && len(below) > 0 { // a subquery keeps no order
		v := c.fresh("v")
		c.line("WITH %s AS %s, %s", row, v, names(keys))
		c.line("  %s", orderBy(keys, l.Page.Backward))
		row = v
	}
	return row
}

// cells are what a row of one of the list's kinds consists of.
func (c *compiler) cells(l *graph.List, i int, s scope, keys []sortKey, below map[*graph.List][]string) []string {
	sel := l.Nodes[i]
	id := s.node + ".id"
	if n := len(l.SortKeys(make([]any, len(l.Order)))); l.Search == nil && n < len(keys) && !strings.Contains(keys[n].expr, ".") {
		id = keys[n].expr // it was read to order by it
	}
	out := []string{fmt.Sprint(i), id}
	if c.writes {
		out = append(out, "elementId("+s.node+")")
	}
	if c.writes && packed(sel) {
		out = append(out, "properties("+s.node+")")
	} else {
		out = append(out, c.outputs(graph.Asked(sel.Asks, sel.Props), sel.Props, s.node, s)...)
	}
	out = append(out, c.outputs(graph.Asked(nil, l.Props), l.Props, s.rel, s)...)
	if l.Search != nil {
		out = append(out, s.found)
	}
	if l.Cursors {
		for _, k := range keys {
			if !k.first {
				out = append(out, k.expr)
			}
		}
		if c.writes && l.Edge != nil && l.Edge.Stored() {
			out = append(out, "elementId("+s.rel+")")
		}
	}
	for _, b := range sel.Lists {
		out = append(out, below[b]...)
	}
	return out
}

// packed reports whether a transaction that writes takes all that there is of a node in one cell. Batches name nodes of ever other kinds, and
// the database takes half as long to plan a text without the names of their properties.
func packed(sel *graph.Selection) bool {
	return len(sel.Asks) == 0 && len(sel.Props) > len(sel.Kind.Properties) && !slices.ContainsFunc(sel.Props, func(r graph.Ref) bool { return r.When != nil || r.Past() })
}

// outputs are the cells of mentions: whether each condition that is asked is true, then the values, which decoding leaves out where theirs
// is not.
func (c *compiler) outputs(asked []*graph.Filter, refs []graph.Ref, on string, s scope) []string {
	var out []string
	for _, f := range asked {
		out = append(out, c.truth(f, s))
	}
	for i := range refs {
		if r := refs[i]; r.Past() { // decoding finds out what it was: here that takes longer than all the rest
			r.At = nil
			out = append(out, c.stored(&r, on)...)
			continue
		}
		out = append(out, c.stored(&refs[i], on)...)
	}
	return append(out, c.needed(refs, on)...)
}

// stored are the columns of a mention: two of an amount.
func (c *compiler) stored(r *graph.Ref, on string) []string {
	if r.Prop.Type == graph.Versions {
		return []string{versions(on)}
	}
	cols := []string{c.property(r, r.Prop.Name, on+".")}
	if r.Prop.Type == graph.Amount {
		cols = append(cols, c.property(r, r.Prop.Currency(), on+"."))
	}
	return cols
}

// given is a value where conditions are true, and none elsewhere.
func given(conds all, value string) string {
	if len(conds) == 0 {
		return value
	}
	return "CASE WHEN " + conds.String() + " THEN " + value + " END"
}
