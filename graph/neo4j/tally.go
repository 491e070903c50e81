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
		to := c.enter(l.Kinds()) // the database keeps the number of a node's relationships
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
	for _, value := range c.groupKeys(t.By, s) {
		w.by = append(w.by, w.item("g", value))
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
		c.readOnce(s.node, w.items, s.was)
		if unit.node != s.node {
			c.readOnce(unit.node, w.items, unit.was)
		}
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
	if t.Brings() {
		all := c.fresh("s")
		c.line("WITH %s AS %s", rows, all)
		rows = c.bounded(t, all)
	}
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

// groupKeys are the values a row is grouped by. Those at the end of one path are looked up together.
func (c *compiler) groupKeys(by []graph.GroupKey, s scope) (values []string) {
	for len(by) > 0 {
		n := 1
		for n < len(by) && len(by[0].Path) > 0 && slices.Equal(by[n].Path, by[0].Path) {
			n++
		}
		if len(by[0].Path) == 0 {
			values = append(values, c.groupKey(&by[0], s))
		} else {
			for i, value := range c.groupKeysAt(by[:n], by[0].Path, s) {
				values = append(values, given(c.when(by[i].When, s), value))
			}
		}
		by = by[n:]
	}
	return values
}

// groupKey is the value of the row itself that it is grouped by.
func (c *compiler) groupKey(k *graph.GroupKey, s scope) string {
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

// groupKeysAt are the values that the neighbour at the end of a path has.
func (c *compiler) groupKeysAt(by []graph.GroupKey, path []*graph.Edge, s scope) []string {
	names, e := make([]string, len(by)), path[0]
	for i := range names {
		names[i] = c.fresh("o")
	}
	c.line("CALL (%s) {", s.node)
	c.nest(func() {
		to, conds := c.follow(e, e.Targets)
		c.match(c.along(s.node, e, to), conds)
		wanted := len(path) > 1 || slices.ContainsFunc(by, func(k graph.GroupKey) bool { return k.Ref.Prop != nil })
		if wanted || e.IsMain() {
			c.one(e, to, to.node)
		}
		var values []string
		if len(path) > 1 {
			values = c.groupKeysAt(by, path[1:], to)
		} else {
			values = c.groupKeysOf(by, to)
		}
		// One row whether the neighbour is there or not: min leaves out what is missing.
		for i, value := range values {
			values[i] = "min(" + value + ") AS " + names[i]
		}
		c.alone(values, names)
	})
	c.line("}")
	return names
}

// groupKeysOf are the values that a neighbour has: of a key without a property its id.
func (c *compiler) groupKeysOf(by []graph.GroupKey, s scope) (values []string) {
	for _, k := range by {
		if k.Ref.Prop == nil {
			values = append(values, s.node+".id")
			continue
		}
		k.Path, k.When = nil, nil
		values = append(values, c.groupKey(&k, s))
	}
	return values
}

// bounded is the rows of a tally or, where they bring along more than may be, one row with their number: no more leaves the database.
func (c *compiler) bounded(t *graph.Tally, rows string) string {
	n, row, at := c.fresh("n"), c.fresh("e"), len(t.By)+1
	if len(t.By) > 0 {
		at++ // of how many groups a row is
	}
	sum := n
	if t.Units {
		sum += " + size(" + cell(row, at) + ")"
	}
	for i := range t.Measures {
		if t.Measures[i].Values {
			sum += " + " + cell(row, at+1)
			at++
		}
		at += 5
	}
	brought := "reduce(" + n + " = 0, " + row + " IN " + rows + " | " + sum + ")"
	most := c.param(func(f *graph.Fetch) any { return f.Bringing().Most })
	return "CASE WHEN " + brought + " > " + most + " THEN [[" + brought + "]] ELSE " + rows + " END"
}
