package sqlite

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Read implements graph.Store by one statement for each part of each list and level, all of one state of the file.
func (s *Store) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	return s.read(ctx, f, nil)
}

func (s *Store) read(ctx context.Context, f *graph.Fetch, note func(*reader, string, []any) error) (*graph.Result, error) {
	c, err := s.acquire(ctx)
	if err != nil {
		return nil, translated(ctx, err)
	}
	r := &reader{store: s, conn: c, now: f.Now, note: note}
	res, err := r.fetch(ctx, f)
	s.release(c, err != nil)
	if err != nil {
		return nil, translated(ctx, err)
	}
	return res, nil
}

// fetch answers all lists in one transaction, which is what makes them of one state.
func (r *reader) fetch(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	if err := r.conn.run(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	res := &graph.Result{Lists: make([]graph.ListResult, len(f.Lists))}
	for i, l := range f.Lists {
		found, err := r.list(ctx, l, nil)
		if err != nil {
			return nil, err
		}
		res.Lists[i] = *found[""]
	}
	return res, r.conn.run(ctx, "COMMIT")
}

// reader answers one fetch.
type reader struct {
	store *Store
	conn  *connection
	now   graph.Time
	note  func(*reader, string, []any) error // is told each statement, where one is to be explained
}

// query runs a statement and gives each row's values, which are valid until the next.
func (r *reader) query(ctx context.Context, text string, args []any, columns int, take func([]any)) error {
	if r.store.options.OnStatement != nil {
		r.store.options.OnStatement(ctx, text)
	}
	if r.note != nil {
		if err := r.note(r, text, args); err != nil {
			return err
		}
	}
	st, err := r.conn.prepared(ctx, text)
	if err != nil {
		return err
	}
	rows, err := st.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	values, into := make([]any, columns), make([]any, columns)
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		take(values)
	}
	return rows.Err()
}

// list answers a list under each of the parents, by the parent's id; at a root there is one parent, "".
func (r *reader) list(ctx context.Context, l *graph.List, parents []string) (map[string]*graph.ListResult, error) {
	if l.Edge == nil {
		parents = []string{""}
	}
	res := make(map[string]*graph.ListResult, len(parents))
	for _, p := range parents {
		res[p] = &graph.ListResult{}
		if len(l.Tallies) > 0 {
			res[p].Tallies = make([][]graph.TallyRow, len(l.Tallies))
		}
	}
	if l.Rows {
		if err := r.rows(ctx, l, parents, res); err != nil {
			return nil, err
		}
	}
	if l.HasPrevious && l.Page.After != nil {
		err := r.probe(ctx, l, parents, l.Page.After, true, func(p string, yes bool) { res[p].HasPrevious = yes || res[p].HasPrevious })
		if err != nil {
			return nil, err
		}
	}
	if l.HasNext && l.Page.Before != nil {
		err := r.probe(ctx, l, parents, l.Page.Before, false, func(p string, yes bool) { res[p].HasNext = yes || res[p].HasNext })
		if err != nil {
			return nil, err
		}
	}
	for i, t := range l.Tallies {
		if err := r.tally(ctx, l, t, i, parents, res); err != nil {
			return nil, err
		}
	}
	return res, nil
}

// entry is the FROM and the conditions of a list's nodes. Under an edge owner is the expression of the parent's id.
func (r *reader) entry(q *query, l *graph.List, owner string) (from, cond string, s scope) {
	if l.Edge != nil {
		from, cond, s = q.reach(l.Edge, owner, r.now)
		return from, and(cond, q.cond(l.Filter, false, s, r.now)), s
	}
	s.node = q.fresh("n")
	s.id, s.kinds = s.node+".id", map[*graph.Kind]string{l.Nodes[0].Kind: s.node}
	from = table(l.Nodes[0].Kind) + " " + s.node
	switch {
	case l.IDs != nil:
		cond = s.id + " IN (SELECT value FROM json_each(" + q.arg(l.IDs) + "))"
	case l.External != nil:
		keys := make([]string, len(l.External))
		for i, e := range l.External {
			keys[i] = e.Key()
		}
		cond = s.node + ".key IN (SELECT value FROM json_each(" + q.arg(keys) + "))"
	}
	return from, and(cond, q.top(l.Filter, s, r.now)), s
}

// rows reads a list's rows, and the lists below them.
func (r *reader) rows(ctx context.Context, l *graph.List, parents []string, res map[string]*graph.ListResult) error {
	q := &query{}
	text, keys := r.rowsText(q, l, parents)
	below := make([][]string, len(l.Nodes)) // ids of the rows by selection
	err := r.query(ctx, text, q.args, 2+r.width(l)+keys, func(v []any) {
		p, _ := v[0].(string)
		res[p].Rows = append(res[p].Rows, r.row(l, v[1:], keys))
	})
	if err != nil {
		return err
	}
	for _, p := range parents {
		trim(l, res[p])
		for _, row := range res[p].Rows {
			i := slices.Index(l.Nodes, row.Sel)
			below[i] = append(below[i], row.ID)
		}
	}
	for i, sel := range l.Nodes {
		if len(below[i]) == 0 {
			continue
		}
		slices.Sort(below[i])
		ids := slices.Compact(below[i])
		for j, b := range sel.Lists {
			found, err := r.list(ctx, b, ids)
			if err != nil {
				return err
			}
			for _, p := range parents {
				for k := range res[p].Rows {
					if row := &res[p].Rows[k]; row.Sel == sel {
						row.Lists[j] = *found[row.ID]
					}
				}
			}
		}
	}
	return nil
}

// trim takes off the one row more that says that there are more, and turns a page round that was read backward.
func trim(l *graph.List, res *graph.ListResult) {
	switch {
	case l.Identified():
	case l.Edge != nil && l.Edge.One:
		res.Rows = res.Rows[:min(len(res.Rows), 1)]
	case len(res.Rows) > l.Page.Limit:
		res.Rows = res.Rows[:l.Page.Limit]
		res.HasNext, res.HasPrevious = !l.Page.Backward, l.Page.Backward
	}
	if l.Page.Backward {
		slices.Reverse(res.Rows)
	}
}

// rowsText writes the statement of a list's rows: the parent, the id, the columns, the keys. A page of each of several
// parents is found by a subquery for each, which an index on the relationship starts.
func (r *reader) rowsText(q *query, l *graph.List, parents []string) (text string, keys int) {
	limit := int64(l.Page.Limit)
	if l.HasNext && !l.Page.Backward || l.HasPrevious && l.Page.Backward {
		limit++
	}
	owner, source, parent := "", "", "NULL"
	if l.Edge != nil && len(parents) == 1 {
		owner = q.arg(parents[0])
		parent = owner
	} else if l.Edge != nil {
		source, owner, parent = "json_each("+q.arg(parents)+") p CROSS JOIN ", "p.value", "p.value"
	}
	from, cond, s := r.entry(q, l, owner)
	cols := []string{parent, s.id}
	cols = append(cols, r.columns(q, l, s)...)
	if l.Identified() {
		return "SELECT " + strings.Join(cols, ", ") + " FROM " + from + where(cond), 0
	}
	order := q.keys(l, s, r.now)
	if l.Cursors {
		for _, k := range order {
			cols = append(cols, k.expr)
		}
		keys = len(order)
	}
	head := "SELECT " + strings.Join(cols, ", ") + " FROM "
	if l.Edge != nil && l.Edge.One {
		return head + source + from + where(cond) + " ORDER BY " + s.id + ", " + s.rel + ".key", keys
	}
	tail := orderBy(order, l.Page.Backward)
	if source == "" {
		return head + from + where(and(cond, q.bounds(l, order))) + tail + " LIMIT " + q.arg(limit), keys
	}
	inner, at, t := r.entry(q, l, "p.value")
	picked := q.keys(l, t, r.now)
	pick := "SELECT " + t.rel + ".key FROM " + inner + where(and(at, q.bounds(l, picked))) + orderBy(picked, l.Page.Backward) + " LIMIT " + q.arg(limit)
	return head + source + q.again(l.Edge, s) + where(s.rel+".key IN ("+pick+")") + tail, keys
}

// again is the FROM of an edge with the aliases of a scope, for relationships that are known already.
func (q *query) again(e *graph.Edge, s scope) string {
	there := s.rel + ".dst"
	if !e.Out {
		there = s.rel + ".src"
	}
	from := edgeTable(e.Rel) + " " + s.rel
	if e.Union == "" {
		return from + fmt.Sprintf(" CROSS JOIN %s %s ON %s.id = %s", table(e.Targets[0]), s.node, s.node, there)
	}
	for _, k := range e.Targets {
		n := s.kinds[k]
		from += fmt.Sprintf(" LEFT JOIN %s %s ON %s.id = %s", table(k), n, n, there)
	}
	return from
}

// columns are the values wanted of each row: of each kind that may come, then of the relationship.
func (r *reader) columns(q *query, l *graph.List, s scope) []string {
	var cols []string
	for _, sel := range l.Nodes {
		on := s
		if s.node == "" {
			on = scope{id: s.kinds[sel.Kind] + ".id", node: s.kinds[sel.Kind], kinds: s.kinds, rel: s.rel}
		}
		for i := range sel.Props {
			cols = append(cols, q.output(&sel.Props[i], on, false, r.now)...)
		}
	}
	for i := range l.Props {
		cols = append(cols, q.output(&l.Props[i], s, true, r.now)...)
	}
	return cols
}

// width is how many columns these are.
func (r *reader) width(l *graph.List) int {
	n := 0
	for _, sel := range l.Nodes {
		n += widthOf(sel.Props)
	}
	return n + widthOf(l.Props)
}

func widthOf(refs []graph.Ref) int {
	n := len(refs)
	for _, r := range refs {
		if r.Prop.Type == graph.Amount {
			n++
		}
	}
	return n
}

// row reads the columns of a row.
func (r *reader) row(l *graph.List, v []any, keys int) graph.Row {
	row := graph.Row{ID: v[0].(string)}
	v = v[1:]
	kind := l.Nodes[0].Kind
	if len(l.Nodes) > 1 {
		kind = r.store.catalog.KindOf(row.ID)
	}
	for _, sel := range l.Nodes {
		n := widthOf(sel.Props)
		if sel.Kind == kind {
			row.Sel, row.Props = sel, values(sel.Props, v)
			if len(sel.Lists) > 0 {
				row.Lists = make([]graph.ListResult, len(sel.Lists))
			}
		}
		v = v[n:]
	}
	row.Edge = values(l.Props, v)
	v = v[widthOf(l.Props):]
	for i := range keys {
		key := v[i]
		if i < len(l.Order) && l.Order[i].Prop != nil {
			key = value(l.Order[i].Prop.Prop.Type, key)
		}
		row.Keys = append(row.Keys, key)
	}
	return row
}

func values(refs []graph.Ref, v []any) []any {
	if len(refs) == 0 {
		return nil
	}
	out := make([]any, len(refs))
	at := 0
	for i, r := range refs {
		if r.Prop.Type == graph.Amount {
			if v[at] != nil {
				out[i] = graph.Money{Amount: v[at].(int64), Currency: v[at+1].(string)}
			}
			at += 2
			continue
		}
		out[i] = value(r.Prop.Type, v[at])
		at++
	}
	return out
}

// value gives a column's value the type that the contract has for it.
func value(t graph.Type, v any) any {
	switch {
	case v == nil:
	case t == graph.Bool:
		return v.(int64) != 0
	case t == graph.Strings:
		texts := []string{}
		if err := json.Unmarshal([]byte(v.(string)), &texts); err != nil {
			panic(fmt.Sprintf("sqlite: a list of texts is kept as %q", v)) // only Write writes it
		}
		return texts
	}
	return v
}

// probe asks for each parent whether a row stands before a place in the order, or behind it, the row of the place itself
// included.
func (r *reader) probe(ctx context.Context, l *graph.List, parents []string, at []any, before bool, take func(string, bool)) error {
	q := &query{}
	source, parent := "", "''"
	if l.Edge != nil {
		source, parent = " FROM json_each("+q.arg(parents)+") p", "p.value"
	}
	from, cond, s := r.entry(q, l, parent)
	keys := q.keys(l, s, r.now)
	same := make([]string, len(keys))
	for i, k := range keys {
		same[i] = k.expr + " IS " + q.arg(at[i])
	}
	text := "SELECT " + parent + ", EXISTS (SELECT 1 FROM " + from + where(and(cond, "("+q.beyond(keys, at, before)+" OR "+and(same...)+")")) + ")" + source
	return r.query(ctx, text, q.args, 2, func(v []any) { take(v[0].(string), v[1].(int64) != 0) })
}
