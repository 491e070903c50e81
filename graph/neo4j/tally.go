package neo4j

import (
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// tally writes the subquery of a tally: rows of group keys, how many groups these are that do not come by themselves, the count, and for
// each measure the currency, the count of values, their sum, minimum and maximum, and all of them where they are wanted.
func (c *compiler) tally(l *graph.List, t *graph.Tally, from, as string) {
	if kept(l, t) {
		to := c.enter(kindsOf(l)) // the database keeps the number of a node's relationships
		to.rel = c.fresh("r")
		if l.Edge.Rel.Bare && !l.Edge.Out {
			n := c.number(l.Edge, from)
			c.line("RETURN [[%s]] AS %s", n, as)
			return
		}
		c.line("RETURN [[COUNT { %s }]] AS %s", c.along(from, l.Edge, to), as)
		return
	}
	s := c.source(l, from, nil)
	w := tallied{c: c}
	unit := s
	if t.Over != nil && t.Over.Edge.One { // which leaves rows out that keys need not be found of
		unit = c.units(t.Over, s)
	}
	for i := range t.By {
		w.by = append(w.by, w.item("g", c.groupKey(&t.By[i], s)))
	}
	if t.Over != nil && !t.Over.Edge.One {
		unit = c.units(t.Over, s)
	}
	keys := len(w.by)
	for i := range t.Measures {
		w.measure(&t.Measures[i], unit)
	}
	count := "count(*)"
	if t.Distinct {
		u := w.item("u", unit.node)
		if count = "count(DISTINCT " + u + ")"; t.Units {
			w.units(u)
		}
	}
	if len(w.items) > 0 {
		c.line("WITH %s", strings.Join(w.items, ", "))
	}
	n, groups := c.fresh("n"), slices.Clone(w.by)
	row := append(slices.Clone(w.by[:keys]), "0") // of the groups that come by themselves
	if foremost := c.foremostOf(t); foremost != "" {
		groups, row = w.together(foremost, keys)
	}
	if keys == 0 {
		row = nil
	}
	c.line("WITH %s", strings.Join(append(append(groups, count+" AS "+n), w.sums...), ", "))
	rows := "collect([" + strings.Join(append(append(row, n), w.cells...), ", ") + "])"
	if t.Most > 0 {
		c.foremostGroups(t, rows, as)
		return
	}
	c.line("RETURN %s AS %s", rows, as)
}

// units matches what a set of edges of a row leads to.
func (c *compiler) units(o *graph.Over, s scope) scope {
	to, conds := c.follow(o.Edge, o.Edge.Targets)
	conds = append(append(conds, c.when(o.When, s)...), c.when(o.Filter, to)...)
	c.match(c.along(s.node, o.Edge, to), conds)
	return to
}

// tallied collects what a tally groups by, adds up, and returns.
type tallied struct {
	c     *compiler
	items []string // values named
	by    []string // what is grouped by: the keys, and the currencies of amounts
	sums  []string
	cells []string // of the measures
}

func (w *tallied) item(prefix, expr string) string {
	v := w.c.fresh(prefix)
	w.items = append(w.items, expr+" AS "+v)
	return v
}

func (w *tallied) measure(m *graph.Measure, unit scope) {
	on := unit.node
	if m.OnEdge {
		on = unit.rel
	}
	cols := w.c.stored(&m.Ref, on)
	for i := range cols {
		cols[i] = given(w.c.when(m.Ref.When, unit), cols[i])
	}
	if m.Until != nil {
		cols[0] = given(w.c.when(m.Until.When, unit), w.c.property(m.Until, m.Until.Prop.Name, on+".")) + " - " + cols[0]
	}
	v, currency, sum := w.item("v", cols[0]), "null", "null"
	key := v
	if p := m.Ref.Prop; p.Type == graph.Enum || p.Folds() {
		key = w.item("s", given(w.c.when(m.Ref.When, unit), w.c.sortKey(&m.Ref, on)))
	}
	if m.Ref.Prop.Type == graph.Amount {
		currency = w.item("g", cols[1])
		w.by = append(w.by, currency)
	}
	add := func(expr string) string {
		as := w.c.fresh("m")
		w.sums = append(w.sums, expr+" AS "+as)
		return as
	}
	count := add("count(" + v + ")")
	if m.Numeric() {
		sum = add(added(m.Ref.Prop, v))
	}
	w.cells = append(w.cells, currency, count, sum, add("min("+key+")"), add("max("+key+")"))
	if m.Values {
		w.cells = append(w.cells, add("collect("+v+")"))
	}
}

// units have the ids of the different nodes be returned.
func (w *tallied) units(node string) {
	as := w.c.fresh("m")
	w.sums, w.cells = append(w.sums, "collect(DISTINCT "+node+".id) AS "+as), append(w.cells, as)
}

// sortKey is the sort key of a property as one value, a list where it has several parts.
func (c *compiler) sortKey(r *graph.Ref, on string) string {
	columns := c.sortColumns(r, on+".")
	if len(columns) == 1 {
		return columns[0]
	}
	return "CASE WHEN " + columns[0] + " IS NOT NULL THEN [" + strings.Join(columns, ", ") + "] END"
}

// added is an exact sum. Neo4j's own goes over to floats where it leaves int64 on its way; that of upper and lower halves
// does not, and putting them together fails if the sum is too large. An Int has 32 bits, so that its sums stay small.
func added(p *graph.Property, v string) string {
	if p.Type == graph.Int {
		return "sum(" + v + ")"
	}
	return halved(v)
}

// halved is a sum of upper and lower halves.
func halved(v string) string {
	const half = "4294967296"
	return "sum(" + v + " / " + half + ") * " + half + " + sum(" + v + " % " + half + ")"
}

// groupKey is the value a row is grouped by.
func (c *compiler) groupKey(k *graph.GroupKey, s scope) string {
	if len(k.Path) > 0 {
		return given(c.when(k.When, s), c.groupKeyAt(k, k.Path, s))
	}
	value := c.effective(&k.Ref, k.Currency, s, k.OnEdge)
	switch {
	case k.Bounds != nil:
		if k.Until != nil {
			value = c.effective(k.Until, "", s, k.OnEdge) + " - " + value
		}
		return c.reached(value, k.Bounds)
	case k.Cut == graph.NoCut:
		return value
	}
	at := c.fresh("t")
	c.line("WITH *, %s AS %s", value, at)
	if k.Zone == "" {
		return cut(k.Cut, at)
	}
	shown := c.fresh("t")
	c.line("WITH *, %s AS %s", known(at, at+" + datetime({epochMillis: "+millis(at)+", timezone: "+c.param(string(k.Zone))+"}).offsetSeconds * 1000000"), shown)
	return cut(k.Cut, shown)
}

// reached is how many bounds a value has reached.
func (c *compiler) reached(value string, bounds []int64) string {
	v, b := c.fresh("t"), c.fresh("b")
	c.line("WITH *, %s AS %s", value, v)
	return known(v, "size(["+b+" IN "+c.list(bounds)+" WHERE "+b+" <= "+v+"])")
}

// groupKeyAt is the value that the neighbour at the end of a path has.
func (c *compiler) groupKeyAt(k *graph.GroupKey, path []*graph.Edge, s scope) string {
	v, e := c.fresh("o"), path[0]
	c.line("CALL (%s) {", s.node)
	c.nest(func() {
		to, conds := c.follow(e, e.Targets)
		c.match(c.along(s.node, e, to), conds)
		value := to.node + ".id"
		switch {
		case len(path) > 1:
			c.one(e, to, to.node)
			value = c.groupKeyAt(k, path[1:], to)
		case k.Ref.Prop != nil:
			c.one(e, to, to.node)
			end := *k
			end.Path, end.When = nil, nil
			value = c.groupKey(&end, to)
		}
		// One row whether the neighbour is there or not: min leaves out what is missing.
		c.alone("min("+value+")", v)
	})
	c.line("}")
	return v
}
