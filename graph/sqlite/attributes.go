package sqlite

import "github.com/kithgraph/kith/graph"

// tells looks for an attribute in a list of them, by the texts as which they are kept: what is behind the part that all such have is the value.
func (q *query) tells(column string, t *graph.AttributeTest) string {
	prefix := q.arg(t.Prefix())
	conds := []string{"substr(told.value, 1, length(" + prefix + ")) = " + prefix}
	behind := "substr(told.value, length(" + prefix + ") + 1)"
	if t.In != nil {
		end := "coalesce(nullif(instr(" + behind + ", " + q.arg(graph.AttributeSince) + "), 0), length(" + behind + "))"
		conds = append(conds, "substr("+behind+", 1, "+end+" - 1) IN (SELECT value FROM json_each("+q.arg(t.Values())+"))")
	}
	number, time := "CAST("+behind+" AS REAL)", "rtrim(substr("+behind+", 2, instr(substr("+behind+", 2), '\"') - 1), 'Z')"
	for _, b := range t.Bounds() {
		value := number
		if b.Time {
			value = time
		}
		conds = append(conds, value+" "+b.Op+" "+q.arg(b.To))
	}
	return "EXISTS (SELECT 1 FROM json_each(" + column + ") told WHERE " + and(conds...) + ")"
}
