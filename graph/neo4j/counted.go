package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// counted reports whether a page and the number of all rows are read in one go: where a filter leads to few rows, which must
// all be found to be ordered anyway.
func counted(l *graph.List) bool {
	if l.Edge != nil || !l.Rows || l.Identified() || len(l.Tallies) != 1 || l.Page.After != nil || l.Page.Before != nil {
		return false
	}
	return l.Tallies[0].Plain() && selective(l.Filter.Normal())
}

// countedRows writes the subquery of a page's rows and of their number on all pages, which it returns as a list of the two.
func (c *compiler) countedRows(l *graph.List, from, as string) {
	limit := int64(l.Page.Limit)
	if l.HasNext && !l.Page.Backward || l.HasPrevious && l.Page.Backward {
		limit++ // one more says that there are more
	}
	s := c.source(l, from, func(s scope) narrowed { return c.narrow(l, s, whole) })
	keys := c.with(l, s, c.keys(l, s, whole))
	c.line("  %s", orderBy(keys, l.Page.Backward))
	vars := slices.Concat(strings.Split(c.carried(l, s), ", "), strings.Split(names(keys), ", "))
	found, row := c.fresh("s"), c.fresh("e")
	c.line("WITH collect([%s]) AS %s", strings.Join(vars, ", "), found)
	rows := c.call(found, func(as string) {
		items := make([]string, len(vars))
		for i, v := range vars {
			items[i] = fmt.Sprintf("%s[%d] AS %s", row, i, v)
		}
		c.line("UNWIND %s[..%s] AS %s", found, c.param(limit), row)
		c.line("WITH %s", strings.Join(items, ", "))
		c.collect(l, s, keys, true, as)
	})
	c.line("RETURN [%s, size(%s)] AS %s", rows, found, as)
}
