package neo4j

import (
	"strings"

	"github.com/kithgraph/kith/graph"
)

// tells looks for an attribute in a list of them, by the texts as which they are kept: what is behind the part that all such have is the value.
func (c *compiler) tells(t *graph.AttributeTest, column string) string {
	a, prefix := c.fresh("a"), c.param(t.Prefix())
	behind := "substring(" + a + ", size(" + prefix + "))"
	conds := all{a + " STARTS WITH " + prefix}
	if t.In != nil {
		v := c.fresh("v")
		var ends []string
		for _, end := range graph.AttributeEnds {
			ends = append(ends, behind+" STARTS WITH "+v+" + "+c.param(end))
		}
		conds = append(conds, "any("+v+" IN "+c.list(t.Values())+" WHERE "+strings.Join(ends, " OR ")+")")
	}
	bound := func(value, op string, bound any) { conds = append(conds, value+op+c.param(bound)) }
	number, time := "toFloat(split(split("+behind+", '}')[0], ',')[0])", "replace(split("+behind+", '\"')[1], 'Z', '')"
	if t.Min != nil {
		bound(number, " >= ", *t.Min)
	}
	if t.Max != nil {
		bound(number, " <= ", *t.Max)
	}
	if t.From != nil {
		bound(time, " >= ", graph.Within(*t.From))
	}
	if t.To != nil {
		bound(time, " < ", graph.Within(*t.To))
	}
	return "any(" + a + " IN " + column + " WHERE " + conds.String() + ")"
}
