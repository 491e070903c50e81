package sqlite

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A query is a statement in the making: its text refers to arguments by number.
type query struct {
	given   map[graph.Given]string // arguments that its values are, once they are
	moments map[*graph.Time]string // likewise
	args    []any
	vars    int
	past    []string // what mentions as of moments are, each once
	// Of the list that is read: a statement that gives the parents, as value.
	parents string
}

// A brought is an argument that each call brings.
type brought func(call) any

// A call is what a statement is run with.
type call struct {
	fetch   *graph.Fetch
	list    *graph.List
	parents []string
	limit   int
	kept    *foremost // of a tally; nil: all groups come by themselves
}

// arg makes a value an argument.
func (q *query) arg(v any) string {
	switch x := v.(type) {
	case graph.Given:
		return q.once(x)
	case graph.Ago:
		v = brought(func(c call) any { return c.fetch.Given(x) })
	case brought:
	default:
		v = bound(x)
	}
	q.args = append(q.args, v)
	return "?" + strconv.Itoa(len(q.args))
}

// bound is a value as the database takes it. Lists go as JSON, so that their length does not change the text.
func bound(v any) any {
	switch x := v.(type) {
	case bool:
		return stored(x)
	case []any, []string:
		return asJSON(x)
	}
	return v
}

// instant is the time that an edge is read as of.
func (q *query) instant(e *graph.Edge) string {
	if e.AsOf != nil {
		return q.arg(int64(*e.AsOf))
	}
	return q.once(graph.GivenNow)
}

// once makes a value of the fetch an argument, the same wherever it is named.
func (q *query) once(v graph.Given) string {
	if q.given[v] == "" {
		if q.given == nil {
			q.given = map[graph.Given]string{}
		}
		q.given[v] = q.arg(brought(func(c call) any { return c.fetch.Given(v) }))
	}
	return q.given[v]
}

// ofCall is the limit of each call.
var ofCall brought = func(c call) any { return int64(c.limit) }

// limit writes a LIMIT. A parameter alone would be looked at in planning, so that each new number would be planned for anew.
func (q *query) limit(n any) string { return " LIMIT " + q.arg(n) + " + 0" }

// fresh is an alias that no other part of the statement uses.
func (q *query) fresh(prefix string) string {
	q.vars++
	return prefix + strconv.Itoa(q.vars)
}

// A scope is a node that conditions and values are about, with the relationship it was reached by.
type scope struct {
	id    string                 // expression of the node's id
	kinds []*graph.Kind          // that the node may be of
	nodes map[*graph.Kind]string // alias by kind; of several, those that the node is not of have no id
	rel   string                 // alias, or empty
	key   string                 // expression of the relationship's key
	// newest is the property of the node that the relationship has, too, in its column newest; nil: none.
	newest *graph.Property
}

// enter is the scope of a node of one of these kinds.
func (q *query) enter(kinds []*graph.Kind) scope {
	s := scope{kinds: kinds, nodes: make(map[*graph.Kind]string, len(kinds))}
	for _, k := range kinds {
		s.nodes[k] = q.fresh("n")
	}
	return s
}

// as is the scope of the node as one of its kinds.
func (s scope) as(k *graph.Kind) (of scope, possible bool) {
	if len(s.kinds) == 1 {
		return s, s.kinds[0] == k
	}
	n, possible := s.nodes[k]
	return scope{id: n + ".id", kinds: []*graph.Kind{k}, nodes: map[*graph.Kind]string{k: n}, rel: s.rel, key: s.key}, possible
}

// isNot is the condition that the node is of another kind.
func (s scope) isNot(k *graph.Kind) string {
	on, possible := s.as(k)
	switch {
	case !possible:
		return ""
	case len(s.kinds) == 1:
		return "0"
	}
	return on.id + " IS NULL"
}

// column is the expression of a column. Where nodes of several kinds come it is that of whichever has such a property.
func (s scope) column(p *graph.Property, name string, onEdge bool) string {
	if onEdge {
		return s.rel + "." + quote(name)
	}
	var all []string
	for _, k := range s.kinds {
		if k.Property(p.Name) != nil || p.Owner == k.Name { // the key is no property of the catalog's
			all = append(all, s.nodes[k]+"."+quote(name))
		}
	}
	switch len(all) {
	case 0:
		return "NULL"
	case 1:
		return all[0]
	}
	return "coalesce(" + strings.Join(all, ", ") + ")"
}

// A reach is the FROM of what an edge leads to.
type reach struct {
	scope
	edge    string // the relationship's table
	joins   string // those of the nodes
	implied bool   // the joins leave no row out, so that one that nothing is read from is needless
	cond    string
}

// from is the FROM of a statement with these other parts.
func (r reach) from(parts ...string) string {
	reads := func(part string) bool { return strings.Contains(part, r.nodes[r.kinds[0]]+".") }
	if r.implied && !slices.ContainsFunc(parts, reads) {
		return r.edge
	}
	return r.edge + r.joins
}

// reach follows an edge to nodes of these kinds from an owner. With an owner the database is held to starting there;
// without, it starts where it likes.
func (q *query) reach(e *graph.Edge, kinds []*graph.Kind, owner string) reach {
	r := reach{scope: q.enter(kinds)}
	r.rel = q.fresh("r")
	r.edge = edgeTable(e.Rel) + " " + r.rel
	if e.Strands != nil {
		r.edge = q.woven(e, q.seeds(e, owner)) + " " + r.rel
	}
	if e.Walks() {
		r.edge = q.walked(e, q.seeds(e, owner), graph.MaxSteps) + " " + r.rel
	}
	var here string
	here, r.id = ends(e, r.rel)
	r.key = r.rel + ".key"
	join := " CROSS JOIN "
	if owner == "" {
		join = " JOIN "
	}
	switch {
	case e.Rel.Bare:
		q.bare(&r, e, here, owner, join)
		return r
	case owner != "":
		r.cond = here + " = " + owner
	}
	if len(kinds) == 1 {
		n := r.nodes[kinds[0]]
		r.joins = join + table(kinds[0]) + " " + n + " ON " + n + ".id = " + r.id
		r.implied = e.LeadsTo(kinds[0])
	} else {
		var there string
		r.joins, there = r.oneOf()
		r.cond = and(r.cond, there)
	}
	if !e.Walks() {
		r.cond = and(r.cond, q.valid(e, r.rel))
	}
	return r
}

// oneOf joins the tables of the kinds that a node may be of, and is the condition that it is in one of them.
func (s scope) oneOf() (joins, there string) {
	some := make([]string, len(s.kinds))
	for i, k := range s.kinds {
		n := s.nodes[k]
		joins += " LEFT JOIN " + table(k) + " " + n + " ON " + n + ".id = " + own(k, s.id)
		some[i] = n + ".id IS NOT NULL"
	}
	return joins, "(" + strings.Join(some, " OR ") + ")"
}

// own is an id where it is of a kind's nodes, and nothing, by which no index is searched, where it is not.
func own(k *graph.Kind, id string) string {
	prefix := k.Prefix + "_"
	return fmt.Sprintf("CASE WHEN substr(%s, 1, %d) = '%s' THEN %s END", id, len(prefix), prefix, id)
}

// bare follows a relationship that is kept by the numbers of its nodes.
func (q *query) bare(r *reach, e *graph.Edge, here, owner, join string) {
	n, there := r.nodes[r.kinds[0]], r.id
	r.id = n + ".id"
	if !e.Out {
		r.newest = e.Rel.Newest
	}
	r.joins = join + table(r.kinds[0]) + " " + n + " ON " + n + "." + rowNumber + " = " + there
	if owner != "" {
		r.cond = here + " = (SELECT " + rowNumber + " FROM " + table(e.Owner) + " WHERE id = " + owner + ")"
	}
	from, to := owner, r.id
	if !e.Out {
		from, to = to, from
	}
	r.key = from + " || '|' || " + to
}

// valid is the condition that a relationship holds at the edge's time, as it was known at its other one.
func (q *query) valid(e *graph.Edge, rel string) string {
	begins, ends, recorded := e.Dated()
	on, cond := scope{rel: rel}, ""
	if begins != nil {
		at, from, to := q.instant(e), q.column(begins, "from", on, true), q.column(ends, "to", on, true)
		cond = "(" + from + " IS NULL OR " + from + " <= " + at + ") AND (" + to + " IS NULL OR " + at + " < " + to + ")"
	}
	if recorded != nil {
		cond = and(cond, "coalesce("+on.column(recorded.Prop, graph.RecordedAt, true)+" <= "+q.moment(e.Known)+", 1)")
	}
	return cond
}

// parent is what the id of a list's parent is called where there are several.
const parent = "p.value"

// parent is the id of the call's one parent.
func (q *query) parent() string {
	return q.arg(brought(func(c call) any { return c.parents[0] }))
}

// under gives the call's parents by their number (p.key) and id.
func (q *query) under() string {
	each := "json_each(" + q.arg(brought(func(c call) any { return c.parents })) + ")"
	q.parents = "SELECT value FROM " + each
	return each + " p"
}

// seeds is a statement that gives the nodes that a walk begins at, from an owner as reach has it. What stands in one FROM with the
// walk cannot be told apart there, so that it begins at all that may come.
func (q *query) seeds(e *graph.Edge, owner string) string {
	switch owner {
	case "":
		return "SELECT id AS value FROM " + table(e.Owner)
	case parent:
		return q.parents
	}
	return "SELECT " + owner + " AS value"
}

// follow reaches from a node to whatever an edge leads to. Of a node that may be of other kinds nothing is implied.
func (q *query) follow(e *graph.Edge, s scope) reach {
	r := q.reach(e, e.Targets, s.id)
	r.implied = r.implied && len(s.kinds) == 1
	return r
}

// ends are the columns of the relationship with the owner's id and with that of the node it leads to.
func ends(e *graph.Edge, rel string) (here, there string) {
	if e.Out || !e.Stored() {
		return rel + ".src", rel + ".dst"
	}
	return rel + ".dst", rel + ".src"
}

func and(conds ...string) string {
	return joined(graph.Where(conds, func(c string) bool { return c != "" }), " AND ")
}

// joined writes a chain of conditions. SQLite nests a long one as deep as it is long, and refuses a thousand levels.
func joined(conds []string, op string) string {
	const most = 100
	if len(conds) <= most {
		return strings.Join(conds, op)
	}
	half := len(conds) / 2
	return "(" + joined(conds[:half], op) + ")" + op + "(" + joined(conds[half:], op) + ")"
}

func where(cond string) string {
	if cond == "" {
		return ""
	}
	return " WHERE " + cond
}

// effective is a property's value as far as it may be seen; of an amount in one currency, if one is named.
func (q *query) effective(r *graph.Ref, column, currency string, s scope, onEdge bool) string {
	return given(q.seen(r, currency, s, onEdge), q.column(r, column, s, onEdge))
}

// seen is the condition under which a property has its effective value.
func (q *query) seen(r *graph.Ref, currency string, s scope, onEdge bool) string {
	cond := ""
	if currency != "" {
		cond = q.column(r, r.Prop.Currency(), s, onEdge) + " = " + q.arg(currency)
	}
	return and(cond, q.when(r.When, s))
}

// given is a value where a condition is true, and none elsewhere.
func given(cond, value string) string {
	if cond == "" {
		return value
	}
	return "CASE WHEN " + cond + " THEN " + value + " END"
}

// output are the columns of a property: two of an amount.
func (q *query) output(r *graph.Ref, s scope, onEdge bool) []string {
	cond := q.when(r.When, s)
	cols := []string{given(cond, q.column(r, r.Prop.Name, s, onEdge))}
	if r.Prop.Type == graph.Amount {
		cols = append(cols, given(cond, q.column(r, r.Prop.Currency(), s, onEdge)))
	}
	return cols
}
