package sqlite

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
)

// Read implements graph.Store by one statement or a few for each list and level, all of one state of the file.
func (s *Store) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	return graph.Following(ctx, f, func(ctx context.Context, f *graph.Fetch) (*graph.Result, error) { return s.read(ctx, f, nil) })
}

// read is Read that tells note each statement before it runs.
func (s *Store) read(ctx context.Context, f *graph.Fetch, note func(c *connection, text string, args []any) error) (*graph.Result, error) {
	c, err := s.acquire(ctx)
	if err != nil {
		return nil, translated(ctx, err)
	}
	failed := true // also where something panics
	defer func() { s.release(c, failed) }()
	r := &reader{store: s, conn: c, fetch: f, note: note, tell: graph.StatementsTold(ctx), brought: f.Bringing()}
	res, err := r.all(ctx)
	if failed = err != nil; failed {
		return nil, translated(ctx, err)
	}
	return res, nil
}

// reader answers one fetch.
type reader struct {
	store *Store
	conn  *connection
	fetch *graph.Fetch
	note  func(c *connection, text string, args []any) error
	tell  func(context.Context, graph.StatementRun) // nil: nobody
	// groups are the keys of groups that come by themselves, of tallies by the same keys; nil: all do.
	groups  map[*graph.GroupKey]*foremost
	brought *graph.Bringing
}

// all answers all lists in one transaction, which is what makes them of one state.
func (r *reader) all(ctx context.Context) (*graph.Result, error) {
	if err := r.conn.run(ctx, "BEGIN"); err != nil {
		return nil, err
	}
	res, err := r.lists(ctx)
	if err != nil {
		return nil, err
	}
	return res, r.conn.run(ctx, "COMMIT")
}

func (r *reader) lists(ctx context.Context) (*graph.Result, error) {
	res := &graph.Result{Lists: make([]graph.ListResult, len(r.fetch.Lists))}
	for i, l := range r.fetch.Lists {
		found, err := r.list(ctx, l, []string{""})
		if err != nil {
			return nil, err
		}
		res.Lists[i] = found[0]
	}
	if !r.fetch.Place {
		return res, nil
	}
	return res, r.run(ctx, &statement{text: "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'feed'), 0)", columns: 1}, call{}, func(v []any) error {
		res.Place = v[0].(int64)
		return nil
	})
}

// A statement is a text with its arguments.
type statement struct {
	text    string
	args    []any
	columns int       // all, those of keys included
	keys    int       // those behind that are keys
	order   []sortKey // of its rows
}

// A way is how something of a list is read: a tally, or its rows, which are known by the list's first selection, since a list is copied to
// name other nodes.
type way struct {
	of any
	as form
}

// Each form has a text of its own.
type form int

const (
	one form = iota // node that is named, or parent
	several
	fewUnder // all rows under several parents
	ofSegment
)

// formOf tells whether one node is named, or is the parent, or several are.
func formOf(l *graph.List, parents []string) form {
	if len(parents) == 1 && !l.Identified() || len(l.IDs)+len(l.External) == 1 {
		return one
	}
	return several
}

// kept gives the statement that reads something in a way; all fetches with one Memo have the same.
func (r *reader) kept(of any, as form, write func(*query) *statement) *statement {
	return graph.Keep(r.fetch.Memo, way{of, as}, func() *statement {
		q := &query{}
		st := write(q)
		st.args = q.args
		return st
	})
}

// query runs a statement that is not kept.
func (r *reader) query(ctx context.Context, q *query, text string, columns int, c call, take func([]any) error) error {
	return r.run(ctx, &statement{text: text, args: q.args, columns: columns}, c, take)
}

// run runs a statement and gives each row's values, which are valid until the next.
func (r *reader) run(ctx context.Context, st *statement, c call, take func([]any) error) error {
	c.fetch = r.fetch
	args := slices.Clone(st.args)
	for i, a := range args {
		if of, ok := a.(brought); ok {
			args[i] = bound(of(c))
		}
	}
	if r.note != nil {
		if err := r.note(r.conn, st.text, args); err != nil {
			return err
		}
	}
	if r.tell == nil {
		return r.conn.query(ctx, st.text, args, st.columns, take)
	}
	told := graph.StatementRun{Text: st.text, List: c.list, Began: time.Now()}
	told.Err = translated(ctx, r.conn.query(ctx, st.text, args, st.columns, take))
	r.tell(ctx, told)
	return told.Err
}

// list answers a list under each of the parents, in their order. A root has one parent, "".
func (r *reader) list(ctx context.Context, l *graph.List, parents []string) ([]graph.ListResult, error) {
	res := make([]graph.ListResult, len(parents))
	if l.Identified() && len(l.IDs)+len(l.External) == 0 && len(l.Tallies) == 0 {
		return res, nil
	}
	var counts []int
	if l.Rows {
		var err error
		if counts, err = r.rows(ctx, l, parents, res); err != nil {
			return nil, err
		}
	}
	if l.HasPrevious && l.Page.After != nil {
		if err := r.probe(ctx, l, parents, l.Page.After, true, func(p int) { res[p].HasPrevious = true }); err != nil {
			return nil, err
		}
	}
	if l.HasNext && l.Page.Before != nil {
		if err := r.probe(ctx, l, parents, l.Page.Before, false, func(p int) { res[p].HasNext = true }); err != nil {
			return nil, err
		}
	}
	if l.Cut {
		if err := r.cut(ctx, l, parents, func(p int) { res[p].Cut = true }); err != nil {
			return nil, err
		}
	}
	if len(l.Tallies) > 0 {
		for i := range res {
			res[i].Tallies = make([][]graph.TallyRow, len(l.Tallies))
		}
	}
	for i, t := range l.Tallies {
		if t.Plain() && counts != nil {
			if err := r.count(ctx, l, i, parents, counts, res); err != nil {
				return nil, err
			}
			continue
		}
		if err := r.tally(ctx, l, t, i, parents, res); err != nil {
			return nil, err
		}
	}
	return res, nil
}

// rows reads a list's rows, and the lists below them. It tells how many rows there are under each parent where the page shows it, else unknown; nil
// where no tally asks for it, or no page can show it.
func (r *reader) rows(ctx context.Context, l *graph.List, parents []string, res []graph.ListResult) ([]int, error) {
	p := span{after: l.SortKeys(l.Page.After), before: l.SortKeys(l.Page.Before), backward: l.Page.Backward, limit: l.Sought()}
	if l.Edge != nil && l.Edge.One {
		p = span{limit: 1}
	}
	counted := p.after == nil && p.before == nil && !l.Identified() && l.Search == nil && slices.ContainsFunc(l.Tallies, (*graph.Tally).Plain)
	shown := math.MaxInt
	// Where no index gives the order, or a filter leads to few by another one, all have to be found and put in order anyway. What is asked of each
	// row that may be on the page costs more than to count.
	if counted && l.Edge == nil && l.Filter != nil && len(l.Order) > 0 && !leads(l) && len(l.Nodes[0].Asks) == 0 {
		shown, p.limit = p.limit, p.limit+max(r.store.few, 0)
	}
	d, counts := decoder{l, r.fetch.Now}, make([]int, len(parents))
	err := r.page(ctx, l, parents, p, func(parent int, cells, keys []any) error {
		if counts[parent]++; counts[parent] > shown {
			return nil
		}
		row, err := d.row(cells, keys)
		res[parent].Rows = append(res[parent].Rows, row)
		return err
	})
	if err != nil {
		return nil, err
	}
	for i := range res {
		trim(l, &res[i])
	}
	for _, sel := range l.Nodes {
		if err := r.below(ctx, sel, res); err != nil {
			return nil, err
		}
	}
	if !counted {
		return nil, nil
	}
	for i, n := range counts {
		if n >= p.limit {
			counts[i] = unknown
		}
	}
	return counts, nil
}

// unknown is a number of rows that a page does not show.
const unknown = -1

// count gives a plain tally what the page shows, and reads it under the other parents.
func (r *reader) count(ctx context.Context, l *graph.List, index int, parents []string, counts []int, res []graph.ListResult) error {
	var others []int
	for i, n := range counts {
		if n == unknown {
			others = append(others, i)
			continue
		}
		res[i].Tallies[index] = []graph.TallyRow{{Count: int64(n), Measures: []graph.Summary{}}}
	}
	if len(others) == 0 {
		return nil
	}
	of := graph.Map(others, func(i int) string { return parents[i] })
	into := graph.Map(others, func(i int) graph.ListResult { return res[i] }) // whose tallies are the same
	return r.tally(ctx, l, l.Tallies[index], index, of, into)
}

// trim takes off the one row more, and turns a page round that was read backward.
func trim(l *graph.List, res *graph.ListResult) {
	if l.Identified() || l.Edge != nil && l.Edge.One {
		return
	}
	if len(res.Rows) > l.Page.Limit {
		res.Rows = res.Rows[:l.Page.Limit]
		res.HasNext, res.HasPrevious = !l.Page.Backward, l.Page.Backward
	}
	if l.Page.Backward {
		slices.Reverse(res.Rows)
	}
}

// below reads the lists below the rows that answer a selection. A node that several rows have is looked up once.
func (r *reader) below(ctx context.Context, sel *graph.Selection, res []graph.ListResult) error {
	if len(sel.Lists) == 0 {
		return nil
	}
	var ids []string
	at := map[string]int{}
	for i := range res {
		for j := range res[i].Rows {
			row := &res[i].Rows[j]
			if row.Sel != sel {
				continue
			}
			row.Lists = make([]graph.ListResult, len(sel.Lists))
			if _, known := at[row.ID]; !known {
				at[row.ID] = len(ids)
				ids = append(ids, row.ID)
			}
		}
	}
	if len(ids) == 0 {
		return nil
	}
	for k, l := range sel.Lists {
		found, err := r.list(ctx, l, ids)
		if err != nil {
			return err
		}
		for i := range res {
			for j := range res[i].Rows {
				if row := &res[i].Rows[j]; row.Sel == sel {
					row.Lists[k] = found[at[row.ID]]
				}
			}
		}
	}
	return nil
}
