package neo4j

import "github.com/kithgraph/kith/graph"

// tells looks for an attribute in a list of them, by the texts as which they are kept: what is behind the part that all such have is the value.
func (c *compiler) tells(t *graph.AttributeTest, column string) string {
	a, prefix := c.fresh("a"), c.param(t.Prefix())
	behind := "substring(" + a + ", size(" + prefix + "))"
	conds := all{a + " STARTS WITH " + prefix}
	if t.In != nil {
		conds = append(conds, "split(left("+behind+", size("+behind+") - 1), "+c.param(graph.AttributeSince)+")[0] IN "+c.list(t.Values()))
	}
	number, time := "toFloat(split(split("+behind+", '}')[0], ',')[0])", "replace(split("+behind+", '\"')[1], 'Z', '')"
	for _, b := range t.Bounds() {
		value := number
		if b.Time {
			value = time
		}
		conds = append(conds, value+" "+b.Op+" "+c.param(b.To))
	}
	return "any(" + a + " IN " + column + " WHERE " + conds.String() + ")"
}
