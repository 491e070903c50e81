package sqlite

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A span is the part of a list that is read, from one end on.
type span struct {
	after, before []any // places that the span lies between, as sort keys
	backward      bool
	limit         int
	any           bool // whether there is a row is all that counts, and one at the place itself is one
}

// entry is the FROM and the conditions of a list's nodes, all but those of a page.
type entry struct {
	scope
	from func(parts ...string) string
	cond string
}

// list gives the entry of a list. Under an edge, owner is the expression of the parent's id.
func (q *query) list(l *graph.List, owner string) entry {
	kinds, filter := l.Kinds(), l.Filter.Normal()
	if l.Edge != nil {
		r := q.reach(l.Edge, demanded(kinds, filter), owner)
		s := r.scope
		if len(s.kinds) == 1 && testsNode(filter) { // what is told of the node itself is looked at before what it leads to
			s.id = s.nodes[s.kinds[0]] + ".id"
		}
		return entry{r.scope, r.from, and(q.whenOwner(l, owner), r.cond, q.cond(filter, s))}
	}
	s := q.enter(kinds)
	n := s.nodes[kinds[0]]
	s.id = n + ".id"
	e := entry{scope: s, from: func(...string) string { return table(kinds[0]) + " " + n }}
	switch {
	case l.IDs != nil:
		e.cond = and(q.named(l, s.id, (*graph.Fetch).IDs), q.cond(filter, s))
	case l.External != nil:
		e.cond = and(q.named(l, n+".key", (*graph.Fetch).Keys), q.cond(filter, s))
	default:
		e.cond = q.top(filter, s)
	}
	return e
}

// demanded are those of several kinds that a normal filter may be true of, as far as its conjunction says so: nodes of others need not be looked
// at. Where none is left, all are, and none is found.
func demanded(kinds []*graph.Kind, f *graph.Filter) []*graph.Kind {
	switch {
	case len(kinds) == 1 || f == nil:
		return kinds
	case f.Kind != nil && slices.Contains(kinds, f.Kind):
		return []*graph.Kind{f.Kind}
	}
	for _, g := range f.And {
		kinds = demanded(kinds, g)
	}
	return kinds
}

// testsNode reports whether the conjunction of a normal filter tests a property of the node.
func testsNode(f *graph.Filter) bool {
	return f != nil && (f.Test != nil && !f.Test.ID && !f.Test.OnEdge || f.Not != nil && testsNode(f.Not) || slices.ContainsFunc(f.And, testsNode))
}

// whenOwner is the condition on the node that an edge leads from.
func (q *query) whenOwner(l *graph.List, owner string) string {
	return q.ownerMeets(l.Edge.Owner, l.When, owner)
}

// ownerMeets is a condition on the node of a kind that has an id.
func (q *query) ownerMeets(k *graph.Kind, f *graph.Filter, id string) string {
	s := q.enter([]*graph.Kind{k})
	n := s.nodes[k]
	s.id = n + ".id"
	cond := q.when(f, s)
	if cond == "" {
		return ""
	}
	return "EXISTS (SELECT 1 FROM " + table(k) + " " + n + where(and(s.id+" = "+id, cond)) + ")"
}

// named is the condition on a root's nodes that a column has one of the values which the list of each call has.
func (q *query) named(l *graph.List, column string, values func(*graph.Fetch, *graph.List) []string) string {
	if len(l.IDs)+len(l.External) == 1 {
		return column + " = " + q.arg(brought(func(c call) any { return values(c.fetch, c.list)[0] }))
	}
	return column + " IN (SELECT value FROM json_each(" + q.arg(brought(func(c call) any { return values(c.fetch, c.list) })) + "))"
}

// between are the conditions of a span's ends.
func (q *query) between(keys []sortKey, p span) string {
	var after, before string
	if p.after != nil {
		after = q.beyond(keys, p.after, false, p.any)
	}
	if p.before != nil {
		before = q.beyond(keys, p.before, true, p.any)
	}
	return and(after, before)
}

// found takes the rows of a list that a statement gives: which parent it belongs to, the cells that Row decodes, the keys.
type found func(parent int, cells, keys []any) error

// page reads the rows of a list's page in order, and at most limit of each parent.
func (r *reader) page(ctx context.Context, l *graph.List, parents []string, p span, take found) error {
	switch {
	case l.Identified():
		return r.identified(ctx, l, take)
	case l.Search != nil:
		return r.search(ctx, l, take)
	case l.Edge == nil:
		return r.root(ctx, l, p, take)
	case len(parents) == 1:
		return r.under(ctx, l, parents, p, take)
	}
	return r.underAll(ctx, l, parents, p, take)
}

func (r *reader) identified(ctx context.Context, l *graph.List, take found) error {
	st := r.kept(l.Nodes[0], formOf(l, nil), func(q *query) *statement {
		e := q.list(l, "")
		keys := cursorKeys(l, q.keys(l, e.scope, graph.Whole))
		cols := append(columns(q, l, e.scope), exprs(keys)...)
		text := "SELECT " + strings.Join(cols, ", ") + " FROM " + e.from() + where(e.cond)
		return &statement{text: atOnce(l, text), columns: len(cols), keys: len(keys)}
	})
	return r.rowsOf(ctx, st, call{list: l}, take)
}

// root reads a page of a kind, segment by segment until it is full.
func (r *reader) root(ctx context.Context, l *graph.List, p span, take found) error {
	for _, seg := range segments(l, p) {
		st := r.kept(l.Nodes[0], ofSegment+form(seg), func(q *query) *statement {
			e := q.list(l, "")
			order := q.keys(l, e.scope, seg)
			cond := and(e.cond, q.within(l, e.scope, seg), q.between(order, p))
			keys := cursorKeys(l, order)
			cols := append(columns(q, l, e.scope), exprs(keys)...)
			if l.Filter.Mentions() { // all are read, and few are left: faster than in their order, one by one
				order = slices.Clone(order)
				order[0].expr = "+" + order[0].expr
			}
			text := "SELECT " + strings.Join(cols, ", ") + " FROM " + e.from() + where(cond) + orderBy(order, p.backward) + q.limit(ofCall)
			return &statement{text: atOnce(l, text), columns: len(cols), keys: len(keys)}
		})
		err := r.rowsOf(ctx, st, call{list: l, limit: p.limit}, func(parent int, cells, keys []any) error {
			p.limit--
			return take(parent, cells, keys)
		})
		if err != nil || p.limit == 0 {
			return err
		}
	}
	return nil
}

// under reads a page under one parent.
func (r *reader) under(ctx context.Context, l *graph.List, parents []string, p span, take found) error {
	st := r.kept(l.Nodes[0], one, func(q *query) *statement {
		e := q.list(l, q.parent())
		order := q.keys(l, e.scope, graph.Whole)
		cond := and(e.cond, q.between(order, p))
		keys := cursorKeys(l, order)
		cols := append(columns(q, l, e.scope), exprs(keys)...)
		by := orderBy(order, p.backward)
		text := "SELECT " + strings.Join(cols, ", ") + " FROM " + e.from(append(cols, cond, by)...) + where(cond) + by + q.limit(ofCall)
		return &statement{text: atOnce(l, text), columns: len(cols), keys: len(keys)}
	})
	return r.rowsOf(ctx, st, call{list: l, parents: parents, limit: p.limit}, take)
}

// atOnce has the database find all rows of a page before it gives the first, if it may have to look far for them: that is
// when the driver heeds a deadline.
func atOnce(l *graph.List, text string) string {
	if l.Filter == nil {
		return text
	}
	return "WITH page AS MATERIALIZED (" + text + ") SELECT * FROM page"
}

// underAll reads a page under each of several parents. Mostly all there is under them is little, and is ordered here; else a
// subquery finds each parent's page.
func (r *reader) underAll(ctx context.Context, l *graph.List, parents []string, p span, take found) error {
	few, err := r.underFew(ctx, l, parents, p, take)
	if err != nil || few {
		return err
	}
	st := r.kept(l.Nodes[0], several, func(q *query) *statement {
		source := q.under() + " CROSS JOIN "
		inner := q.list(l, parent)
		order := q.keys(l, inner.scope, graph.Whole)
		cond := and(inner.cond, q.between(order, p))
		by := orderBy(order, p.backward)
		pick := "SELECT " + inner.rel + ".rowid FROM " + inner.from(cond, by) + where(cond) + by + q.limit(ofCall)

		e := q.reach(l.Edge, l.Kinds(), parent)
		order = q.keys(l, e.scope, graph.Whole)
		keys := cursorKeys(l, order)
		cols := append(append([]string{"p.key"}, columns(q, l, e.scope)...), exprs(keys)...)
		by = orderBy(order, p.backward)
		text := "SELECT " + strings.Join(cols, ", ") + " FROM " + source + e.from(append(cols, by)...) + where(e.rel+".rowid IN ("+pick+")") + by
		return &statement{text: text, columns: len(cols), keys: len(keys)}
	})
	return r.rowsOf(ctx, st, call{list: l, parents: parents, limit: p.limit}, take)
}

// underFew reads all under the parents, unless that is much more than the pages can hold.
func (r *reader) underFew(ctx context.Context, l *graph.List, parents []string, p span, take found) (bool, error) {
	most := r.store.few + 2*p.limit*len(parents)
	if !l.Edge.Stored() { // there are no rows of its own to choose from
		most = math.MaxInt32
	}
	st := r.kept(l.Nodes[0], fewUnder, func(q *query) *statement {
		source := q.under() + " CROSS JOIN "
		e := q.list(l, parent)
		order := q.keys(l, e.scope, graph.Whole)
		cond := and(e.cond, q.between(order, p))
		cols := append(append([]string{"p.key"}, columns(q, l, e.scope)...), exprs(order)...)
		text := "SELECT " + strings.Join(cols, ", ") + " FROM " + source + e.from(append(cols, cond)...) + where(cond) + q.limit(ofCall)
		return &statement{text: atOnce(l, text), columns: len(cols), keys: len(order), order: order}
	})
	type row struct {
		parent      int
		cells, keys []any
	}
	var rows []row
	err := r.rowsOf(ctx, st, call{list: l, parents: parents, limit: max(most, 0)}, func(parent int, cells, keys []any) error {
		rows = append(rows, row{parent, slices.Clone(cells), slices.Clone(keys)})
		return nil
	})
	if err != nil || len(rows) >= most {
		return false, err
	}
	slices.SortFunc(rows, func(a, b row) int {
		if a.parent != b.parent {
			return a.parent - b.parent
		}
		return compare(st.order, a.keys, b.keys, p.backward)
	})
	taken := make([]int, len(parents))
	for _, w := range rows {
		if taken[w.parent]++; taken[w.parent] <= p.limit {
			if err := take(w.parent, w.cells, told(l, st.order, w.keys)); err != nil {
				return false, err
			}
		}
	}
	return true, nil
}

// cursorKeys are the keys that rows are to come with.
func cursorKeys(l *graph.List, order []sortKey) []sortKey { return told(l, order, order) }

// told are, of what there is for each key, those for the keys that rows are to come with.
func told[T any](l *graph.List, order []sortKey, of []T) []T {
	if !l.Cursors {
		return nil
	}
	out := make([]T, 0, len(of))
	for i, k := range order {
		if !k.first {
			out = append(out, of[i])
		}
	}
	return out
}

func exprs(keys []sortKey) []string {
	return graph.Map(keys, func(k sortKey) string { return cmp.Or(k.told, k.expr) })
}

// rowsOf runs a statement that gives rows of a list. Under an edge the parent's number comes first where there are several.
func (r *reader) rowsOf(ctx context.Context, st *statement, c call, take found) error {
	return r.run(ctx, st, c, func(v []any) error {
		parent := 0
		if n, ok := v[0].(int64); ok {
			parent, v = int(n), v[1:]
		}
		return take(parent, v[:len(v)-st.keys], v[len(v)-st.keys:])
	})
}

// probe asks for each parent whether a row stands before a place in the order, or behind it, the row of the place itself
// included.
func (r *reader) probe(ctx context.Context, l *graph.List, parents []string, at []any, before bool, take func(parent int)) error {
	p := span{after: l.SortKeys(at), any: true}
	if before {
		p = span{before: l.SortKeys(at), any: true}
	}
	if l.Edge == nil {
		return r.probeRoot(ctx, l, p, take)
	}
	q := &query{}
	source := q.under()
	e := q.list(l, parent)
	cond := and(e.cond, q.between(q.keys(l, e.scope, graph.Whole), p))
	text := "SELECT p.key FROM " + source + " WHERE EXISTS (SELECT 1 FROM " + e.from(cond) + where(cond) + ")"
	return r.query(ctx, q, text, 1, call{list: l, parents: parents}, func(v []any) error {
		take(int(v[0].(int64)))
		return nil
	})
}

func (r *reader) probeRoot(ctx context.Context, l *graph.List, p span, take func(parent int)) error {
	there := false
	for _, seg := range segments(l, p) {
		q := &query{}
		e := q.list(l, "")
		cond := and(e.cond, q.within(l, e.scope, seg), q.between(q.keys(l, e.scope, seg), p))
		err := r.query(ctx, q, "SELECT 1 FROM "+e.from(cond)+where(cond)+" LIMIT 1", 1, call{list: l}, func([]any) error {
			there = true
			return nil
		})
		if err != nil {
			return err
		}
		if there {
			take(0)
			return nil
		}
	}
	return nil
}
