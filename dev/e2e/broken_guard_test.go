package e2e

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/kithgraph/kith/graph"
)

// brokenGuard stands before a store and takes conditions out of guarded fetches, as a guard would leave them that forgets
// something. It knows them by the standing of persons, which no caller can name.
type brokenGuard struct {
	forget func(*forgetting, []*graph.List)
	// tell makes an answer of what is read with all conditions, and of what is read without those that are forgotten. Nil: the
	// latter is the answer.
	tell func(kept, all *graph.Result) (*graph.Result, error)
	// costs has the cost that is told grow with what is read.
	costs bool
}

// brokenGuards are by what leaks.
var brokenGuards = map[string]brokenGuard{
	"rows":      {forget: rowConditions(bare)},
	"every":     {forget: rowConditions(bareEvery)},
	"not":       {forget: rowConditions(bareNot)},
	"total":     {forget: rowConditions(bareTotal)},
	"output":    {forget: outputs},
	"order":     {forget: orders},
	"aggregate": {forget: measures},
	"group":     {forget: groupKeys},
	"below":     {forget: below},
	"computed":  {forget: below, tell: permission},
	"count":     {forget: rowConditions(bare), tell: counts},
	"cursor":    {forget: orders, tell: cursors},
	"error":     {forget: rowConditions(bare), tell: absence},
	"reason":    {forget: outputs, tell: emptiness},
	"cost":      {forget: rowConditions(bare), tell: nothing, costs: true},
	"search":    {forget: searches},
	"walk":      {forget: walks},
	"timeline":  {forget: strands},
	"feed":      {forget: asks},
	"small":     {forget: persons},
	"beside":    {forget: beside},
	"objectors": {forget: objectors},
}

// brokenStore is a store with a broken guard before it, or with none of that where nothing is to be forgotten.
type brokenStore struct {
	graph.Store
	brokenGuard
	count func(context.Context, graph.StatementRun)
	rows  atomic.Int64 // read for the present request
}

func (s *brokenStore) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	ctx = graph.OnStatement(ctx, s.count)
	if s.forget == nil {
		return s.Store.Read(ctx, f)
	}
	var forgotten forgetting
	s.forget(&forgotten, f.Lists)
	as := *f
	as.Memo = nil // what was made of the lists before is not theirs any more
	f = &as
	all, err := s.Store.Read(ctx, f)
	if err != nil || s.tell == nil {
		return all, err
	}
	for _, l := range all.Lists {
		s.rows.Add(int64(len(l.Rows)))
	}
	forgotten.undo()
	kept, err := s.Store.Read(ctx, f)
	if err != nil {
		return nil, err
	}
	return s.tell(kept, all)
}

// handler tells the rows that were read as part of the cost.
func (s *brokenStore) handler(h http.Handler) http.Handler {
	if !s.costs {
		return h
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.rows.Store(0)
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		before, after, _ := strings.Cut(rec.Body.String(), `"cost":{"requested":`)
		digits := strings.IndexFunc(after, func(c rune) bool { return c < '0' || c > '9' })
		if cost, err := strconv.ParseInt(after[:max(digits, 0)], 10, 64); err == nil {
			fmt.Fprint(w, before, `"cost":{"requested":`, cost+s.rows.Load(), after[digits:])
			return
		}
		w.WriteHeader(rec.Code)
		w.Write(rec.Body.Bytes())
	})
}

// forgetting are changes that can be taken back.
type forgetting []func()

func (f *forgetting) set(slot **graph.Filter, to *graph.Filter) {
	was := *slot
	*f = append(*f, func() { *slot = was })
	*slot = to
}

func (f *forgetting) undo() {
	for _, u := range *f {
		u()
	}
}

func eachList(lists []*graph.List, visit func(*graph.List)) {
	for _, l := range lists {
		visit(l)
		for _, sel := range l.Nodes {
			eachList(sel.Lists, visit)
		}
	}
}

// rowConditions forgets some of the conditions on rows.
func rowConditions(but func(*graph.Filter) *graph.Filter) func(*forgetting, []*graph.List) {
	return func(f *forgetting, lists []*graph.List) {
		eachList(lists, func(l *graph.List) { f.set(&l.Filter, but(l.Filter)) })
	}
}

// below forgets whether a node's edges may be followed, and what they lead to may be seen.
func below(f *forgetting, lists []*graph.List) {
	eachList(lists, func(l *graph.List) {
		if l.Edge != nil {
			f.set(&l.When, bare(l.When))
			f.set(&l.Filter, bare(l.Filter))
		}
	})
}

func outputs(f *forgetting, lists []*graph.List) {
	eachList(lists, func(l *graph.List) {
		for _, sel := range l.Nodes {
			for i := range sel.Props {
				f.set(&sel.Props[i].When, bare(sel.Props[i].When))
			}
		}
	})
}

// asks forgets the conditions of what is asked of rows: by them the feed is guarded.
func asks(f *forgetting, lists []*graph.List) {
	eachList(lists, func(l *graph.List) {
		for _, sel := range l.Nodes {
			for i := range sel.Asks {
				f.set(&sel.Asks[i], cmp.Or(bare(sel.Asks[i]), &graph.Filter{}))
			}
		}
	})
}

func orders(f *forgetting, lists []*graph.List) {
	over := func(o *graph.Over) {
		if o == nil {
			return
		}
		f.set(&o.When, bare(o.When))
		f.set(&o.Filter, bare(o.Filter))
		if o.Prop != nil {
			f.set(&o.Prop.When, bare(o.Prop.When))
		}
	}
	eachList(lists, func(l *graph.List) {
		for i := range l.Order {
			o := &l.Order[i]
			f.set(&o.When, bare(o.When))
			if o.Prop != nil {
				f.set(&o.Prop.When, bare(o.Prop.When))
			}
			set, _ := o.Over()
			over(set)
		}
	})
}

// searches forgets who may be found, by what, and whose names may order what is found.
func searches(f *forgetting, lists []*graph.List) {
	for _, l := range lists {
		if l.Search == nil {
			continue
		}
		f.set(&l.Filter, bare(l.Filter))
		for _, refs := range [][]graph.Ref{l.Search.In, l.Search.By} {
			for i := range refs {
				f.set(&refs[i].When, bare(refs[i].When))
			}
		}
	}
}

// walks forgets what stands on the way.
func walks(f *forgetting, lists []*graph.List) {
	eachList(lists, func(l *graph.List) {
		if l.Edge != nil && l.Edge.Walks() {
			f.set(&l.Edge.Through, bare(l.Edge.Through))
		}
	})
}

// strands forgets what stands on the ways of timelines.
func strands(f *forgetting, lists []*graph.List) {
	eachList(lists, func(l *graph.List) {
		if l.Edge == nil {
			return
		}
		for _, s := range l.Edge.Strands {
			for i := range s.Hops {
				f.set(&s.Hops[i].When, bare(s.Hops[i].When))
				f.set(&s.Hops[i].Filter, bare(s.Hops[i].Filter))
			}
		}
	})
}

func measures(f *forgetting, lists []*graph.List) {
	eachTally(lists, func(t *graph.Tally) {
		for i := range t.Measures {
			f.set(&t.Measures[i].Ref.When, bare(t.Measures[i].Ref.When))
		}
		if t.Over != nil && !strings.HasPrefix(t.Key, "\x00") {
			f.set(&t.Over.When, bare(t.Over.When))
			f.set(&t.Over.Filter, bare(t.Over.Filter))
		}
	})
}

func groupKeys(f *forgetting, lists []*graph.List) {
	eachTally(lists, func(t *graph.Tally) {
		for i := range t.By {
			f.set(&t.By[i].When, bare(t.By[i].When))
			f.set(&t.By[i].Ref.When, bare(t.By[i].Ref.When))
		}
	})
}

func eachTally(lists []*graph.List, visit func(*graph.Tally)) {
	eachList(lists, func(l *graph.List) {
		for _, t := range l.Tallies {
			visit(t)
		}
	})
}

// counts tells the rows that may be seen, and the number of all.
func counts(kept, all *graph.Result) (*graph.Result, error) {
	pairs(kept.Lists, all.Lists, func(k, a *graph.ListResult) { k.Tallies = a.Tallies })
	return kept, nil
}

// cursors tells places in the order of all.
func cursors(kept, all *graph.Result) (*graph.Result, error) {
	rows(kept, all, func(k, a *graph.Row) { k.Keys = a.Keys })
	return kept, nil
}

// absence tells that there is something that may not be seen.
func absence(kept, all *graph.Result) (*graph.Result, error) {
	var err error
	pairs(kept.Lists, all.Lists, func(k, a *graph.ListResult) {
		if len(k.Rows) < len(a.Rows) {
			err = &graph.Error{Code: graph.Forbidden, Message: "there is something that you may not see"}
		}
	})
	return kept, err
}

// emptiness gives a reason only where something lies behind it.
func emptiness(kept, all *graph.Result) (*graph.Result, error) {
	rows(kept, all, func(k, a *graph.Row) {
		for i := range k.Props {
			if k.Props[i] == nil && a.Props[i] != nil {
				return
			}
		}
		forgetStanding(k)
	})
	return kept, nil
}

// permission tells all as if nobody had said anything.
func permission(_, all *graph.Result) (*graph.Result, error) {
	rows(all, all, func(k, _ *graph.Row) { forgetStanding(k) })
	return all, nil
}

func forgetStanding(row *graph.Row) {
	for i, r := range row.Sel.Props {
		if r.Prop.Hidden {
			row.Props[i] = nil
		}
	}
}

func nothing(kept, _ *graph.Result) (*graph.Result, error) { return kept, nil }

// rows visits those that two answers have in common.
func rows(kept, all *graph.Result, visit func(k, a *graph.Row)) {
	pairs(kept.Lists, all.Lists, func(k, a *graph.ListResult) {
		for i := range k.Rows {
			if j := rowOf(a.Rows, k.Rows[i].ID); j != nil {
				visit(&k.Rows[i], j)
			}
		}
	})
}

// pairs visits the lists that two answers have in common.
func pairs(kept, all []graph.ListResult, visit func(k, a *graph.ListResult)) {
	for i := range kept {
		visit(&kept[i], &all[i])
		for j := range kept[i].Rows {
			if r := rowOf(all[i].Rows, kept[i].Rows[j].ID); r != nil {
				pairs(kept[i].Rows[j].Lists, r.Lists, visit)
			}
		}
	}
}

func rowOf(rows []graph.Row, id string) *graph.Row {
	for i := range rows {
		if rows[i].ID == id {
			return &rows[i]
		}
	}
	return nil
}
