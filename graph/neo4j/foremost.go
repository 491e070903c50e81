package neo4j

import (
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// sharedKeys are those that several tallies of lists are by, or of those below them.
func sharedKeys(lists []*graph.List) map[*graph.GroupKey]bool {
	shared := map[*graph.GroupKey]bool{}
	var note func(lists []*graph.List)
	note = func(lists []*graph.List) {
		for _, l := range lists {
			for _, t := range l.Tallies {
				if len(t.By) > 0 {
					_, again := shared[&t.By[0]]
					shared[&t.By[0]] = again
				}
			}
			for _, sel := range l.Nodes {
				note(sel.Lists)
			}
		}
	}
	note(lists)
	return shared
}

// foremostOf is the variable that has the groups that come by themselves, where a tally before this one says which do; else "".
func (c *compiler) foremostOf(t *graph.Tally) string {
	if t == nil || len(t.By) == 0 || t.Most > 0 {
		return ""
	}
	return c.foremost[&t.By[0]]
}

// What a key that is there begins with, in what tells groups apart, and what ends each: no text has it in it.
const (
	begin = "$p.begin"
	end   = "$p.end"
)

// groupID is an expression that tells groups apart by their keys.
func groupID(keys []string) string {
	parts := graph.Map(keys, func(k string) string {
		return "coalesce(" + begin + " + toString(" + k + ") + " + end + ", " + end + ")"
	})
	return strings.Join(parts, " + ")
}

// together has rows of groups that do not come by themselves be grouped as one. It gives what is grouped by, and the first cells of a row.
func (w *tallied) together(foremost string, keys int) (groups, row []string) {
	c := w.c
	alone := c.fresh("a")
	c.line("WITH *, size(%[1]s[0]) = 0 OR %[2]s IN %[1]s[0] AS %[3]s", foremost, groupID(w.by[:keys]), alone)
	for i, v := range w.by {
		if i < keys {
			k := c.fresh("g")
			groups, row = append(groups, "CASE WHEN "+alone+" THEN "+v+" END AS "+k), append(row, k)
			continue
		}
		groups = append(groups, v)
	}
	rest := c.fresh("g")
	groups = append(groups, "CASE WHEN "+alone+" THEN 0 ELSE "+foremost+"[1] END AS "+rest)
	return groups, append(row, rest)
}

// foremostGroups has as many groups of a tally come by themselves as may, and all others together, by its rows: what a list of them is
// collected as. Where there are no more than may, nothing is done to them.
func (c *compiler) foremostGroups(t *graph.Tally, rows, as string) {
	all, most := c.fresh("s"), c.param(int64(t.Most))
	c.line("WITH %s AS %s", rows, all)
	some := fmt.Sprintf("CASE WHEN size(%s) > %s THEN %[1]s ELSE [] END", all, most)
	foremost := c.call(all, func(as string) { c.rankedGroups(t, some, most, as) })
	folded := c.call(all+", "+foremost, func(as string) { c.foldedGroups(t, all, foremost, as) })
	out := fmt.Sprintf("CASE WHEN size(%s[0]) = 0 THEN %s ELSE %s END AS %s", foremost, all, folded, as)
	if c.shared[&t.By[0]] {
		out += ", " + foremost
		c.foremost[&t.By[0]] = foremost
	}
	c.line("RETURN %s", out)
}

// cell is one of a row of a tally: behind the keys how many groups it is of, the count, and the cells of measures.
func cell(row string, at int) string { return fmt.Sprintf("%s[%d]", row, at) }

// cellsOf is where the cells of a measure begin: its currency, count, sum, minimum, maximum and, if they are wanted, values.
func cellsOf(t *graph.Tally, measure int) int {
	at := len(t.By) + 2
	for _, m := range t.Measures[:measure] {
		if at += 5; m.Values {
			at++
		}
	}
	return at
}

// rankedGroups writes the subquery of which groups come by themselves, and of how many do not.
func (c *compiler) rankedGroups(t *graph.Tally, rows, most, as string) {
	row, id := c.fresh("e"), c.fresh("g")
	c.line("UNWIND %s AS %s", rows, row)
	items, keys := []string{}, make([]string, len(t.By))
	for i := range t.By {
		keys[i] = c.fresh("g")
		items = append(items, cell(row, i)+" AS "+keys[i])
	}
	o := t.Order
	if o == nil {
		o = &graph.GroupOrder{Desc: true}
	}
	var order []sortKey
	with := "WITH DISTINCT "
	if o.By != graph.RankKey {
		var values []string
		order, values = c.ranking(t, o, row)
		items, with = append(items, values...), "WITH "
	}
	c.line("%s", with+strings.Join(items, ", "))
	for i, k := range keys {
		if p := t.By[i].Ref.Prop; p != nil && p.Type == graph.Enum {
			k = c.rank(p, k)
		}
		by := sortKey{expr: k, null: true}
		if o.By == graph.RankKey {
			by.desc, by.lead = o.Desc, o.First
		}
		order = append(order, by)
	}
	c.line("WITH %s AS %s", groupID(keys), id)
	c.line("  %s", orderBy(order, false))
	ranked := c.fresh("s")
	c.line("WITH collect(%s) AS %s", id, ranked)
	c.line("RETURN CASE WHEN size(%[1]s) > %[2]s THEN [%[1]s[..%[2]s], size(%[1]s) - %[2]s] ELSE [[], 0] END AS %[3]s", ranked, most, as)
}

// ranking is what the groups of a tally, rows of which are there by their keys, are ordered by but for these, and the values of which it is.
func (c *compiler) ranking(t *graph.Tally, o *graph.GroupOrder, row string) (order []sortKey, values []string) {
	by := func(expr string) {
		order = append(order, sortKey{expr: expr, null: true, desc: o.Desc, lead: o.First})
	}
	value := func(expr string) string {
		v := c.fresh("v")
		values = append(values, expr+" AS "+v)
		return v
	}
	if o.By == graph.RankCount {
		by(value("sum(" + cell(row, len(t.By)+1) + ")"))
		return order, values
	}
	m, at := &t.Measures[o.Measure], cellsOf(t, o.Measure)
	of := cell(row, at+1) + " > 0"
	if m.Ref.Prop.Type == graph.Amount {
		of += " AND " + cell(row, at) + " = " + c.param(o.Currency)
	}
	only := func(at int) string { return "CASE WHEN " + of + " THEN " + cell(row, at) + " END" }
	switch o.By {
	case graph.RankMedian:
		v := c.fresh("v")
		c.line("UNWIND CASE WHEN %s THEN %s ELSE [] END + [null] AS %s", of, cell(row, at+5), v)
		by(value("percentileDisc(" + v + ", 0.5)"))
	case graph.RankMinimum:
		by(value("min(" + only(at+3) + ")"))
	case graph.RankMaximum:
		by(value("max(" + only(at+4) + ")"))
	default:
		n, sum := value("sum("+only(at+1)+")"), value(halved(only(at+2)))
		if o.By == graph.RankSum {
			by(fmt.Sprintf("CASE WHEN %s > 0 THEN %s END", n, sum))
			break
		}
		by(fmt.Sprintf("CASE WHEN %s > 0 THEN %s / %[1]s END", n, sum)) // exactly: what is left over is a fraction, and of the same sign
		by(fmt.Sprintf("CASE WHEN %s > 0 THEN toFloat(%s %% %[1]s) / %[1]s END", n, sum))
	}
	return order, values
}

// foldedGroups writes the subquery of rows of which those are one that are not of groups that come by themselves.
func (c *compiler) foldedGroups(t *graph.Tally, all, foremost, as string) {
	row, alone := c.fresh("e"), c.fresh("a")
	keys := make([]string, len(t.By))
	for i := range keys {
		keys[i] = cell(row, i)
	}
	c.line("UNWIND CASE WHEN size(%s[0]) > 0 THEN %s ELSE [] END AS %s", foremost, all, row)
	c.line("WITH %s, %s IN %s[0] AS %s", row, groupID(keys), foremost, alone)
	var items, cells []string
	add := func(expr string) {
		v := c.fresh("m")
		items, cells = append(items, expr+" AS "+v), append(cells, v)
	}
	for _, k := range keys {
		add("CASE WHEN " + alone + " THEN " + k + " END")
	}
	add("CASE WHEN " + alone + " THEN 0 ELSE " + foremost + "[1] END")
	add("sum(" + cell(row, len(t.By)+1) + ")")
	for i := range t.Measures {
		m, at := &t.Measures[i], cellsOf(t, i)
		add(cell(row, at)) // the currency
		add("sum(" + cell(row, at+1) + ")")
		if m.Numeric() {
			add(halved(cell(row, at+2)))
		} else {
			add("null")
		}
		add("min(" + cell(row, at+3) + ")")
		add("max(" + cell(row, at+4) + ")")
		if m.Values {
			add("collect(" + cell(row, at+5) + ")") // lists of them
		}
	}
	c.line("WITH %s", strings.Join(items, ", "))
	c.line("RETURN collect([%s]) AS %s", strings.Join(cells, ", "), as)
}
