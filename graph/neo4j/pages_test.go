package neo4j_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

// receipts gives a person so many receipts of some days, and some of them to somebody else.
func receipts(w *world, n int, order []int) {
	w.node("Customer", "ann", "name", "ann")
	w.node("Customer", "bob", "name", "bob")
	for i := range n {
		id := fmt.Sprint("d", i)
		w.node("Disclosure", id, "purpose", "SALES", "at", int64(order[i])*day)
		w.link("Disclosure:"+id, "DISCLOSED", "Customer:ann")
		if i%3 == 0 {
			w.link("Disclosure:"+id, "DISCLOSED", "Customer:bob")
		}
	}
}

// disclosed is a list of a person's receipts, the newest first.
func disclosed(o of, limit int) *graph.List {
	l := o.along("Customer", "disclosures", limit, o.sel("Disclosure", []string{"at"}))
	l.Order, l.Cursors, l.HasNext, l.HasPrevious = []graph.Order{desc(o.by("Disclosure", "at"))}, true, true, true
	return l
}

// her is a person with a list.
func her(o of, l *graph.List) *graph.List {
	root := o.root(1, o.sel("Customer", nil, l))
	root.External = []graph.External{{Source: "test", ID: "ann"}}
	return root
}

func TestAPageOfReceiptsReadsTwoEntriesForEach(t *testing.T) {
	const all, shown = 1500, 20
	s, w := opened(t)
	o := of{w}
	for _, written := range []struct {
		name  string
		order []int
		pages int // there may be
	}{
		{"in their order", rand.New(rand.NewPCG(1, 2)).Perm(all), all},
		{"one after the other", func() (in []int) {
			for i := range all {
				in = append(in, i)
			}
			return in
		}(), all/9 + 1},
	} {
		run(t, "MATCH (n) WHERE n:Customer OR n:Disclosure OR n:KithPage_DISCLOSED DETACH DELETE n", nil)
		run(t, "CALL db.resampleOutdatedIndexes()", nil) // so that the first plans are made while there are none
		run(t, "CALL db.clearQueryCaches()", nil)
		receipts(w, all, written.order)
		nodes := w.batch.Nodes
		for edges := w.batch.Edges; len(edges) > 0; edges = edges[min(100, len(edges)):] { // as they come
			w.batch = &graph.Batch{Source: "test", Nodes: nodes, Edges: edges[:min(100, len(edges))]}
			w.write(t, s)
			nodes = nil
		}
		pages := run(t, "MATCH (a:Customer {name: 'ann'}) MATCH (g:KithPage_DISCLOSED {of: a.kith_DISCLOSED}) RETURN count(g), max(COUNT { (g)<-[:DISCLOSED]-() })", nil)[0].Values
		assert.LessOrEqual(t, pages[0], int64(written.pages))
		assert.LessOrEqual(t, pages[1], int64(9))
		deep := disclosed(o, all/2)
		res, err := s.Read(ctx, fetch(her(o, deep)))
		require.NoError(t, err)
		middle := res.Lists[0].Rows[0].Lists[0].Rows[all/2-1].Keys
		for _, c := range []struct {
			name   string
			change func(*graph.List)
			first  int64 // instant, in days
			index  int64 // entries of the index of pages that may be looked at
		}{
			{"the first page", func(*graph.List) {}, all - 1, 6},
			{"the last page", func(l *graph.List) { l.Page.Backward = true }, shown - 1, 6},
			{"a page in the middle", func(l *graph.List) { l.Page.After = middle }, all/2 - 1, 6},
			// To find the page of the place the planner may go through the entries of newer pages, as it did not take the range for fewer.
			{"the page before one in the middle", func(l *graph.List) { l.Page.Before, l.Page.Backward = middle, true }, all/2 + shown, int64(written.pages)},
		} {
			t.Run("written "+written.name+": "+c.name, func(t *testing.T) {
				l := disclosed(o, shown)
				c.change(l)
				l.HasPrevious, l.HasNext = l.Page.Backward, !l.Page.Backward
				es, err := s.Explain(ctx, fetch(her(o, l)))
				require.NoError(t, err)
				looked, index := int64(0), int64(0)
				for _, op := range es[0].Operators {
					switch {
					case strings.HasPrefix(op.Name, "Expand") && strings.Contains(op.Details, "DISCLOSED"):
						looked += op.Rows
					case strings.HasPrefix(op.Name, "NodeIndexSeek") && strings.Contains(op.Details, "KithPage"):
						index += op.Rows
					}
				}
				t.Logf("%d receipts and %d pages looked at", looked, index)
				assert.GreaterOrEqual(t, looked, int64(shown))
				assert.LessOrEqual(t, looked, int64(2*shown), "%s", es[0].Plan)
				assert.LessOrEqual(t, index, c.index, "%s", es[0].Plan)
				res, err := s.Read(ctx, fetch(her(o, l)))
				require.NoError(t, err)
				rows := res.Lists[0].Rows[0].Lists[0].Rows
				require.Len(t, rows, shown)
				assert.Equal(t, c.first, rows[0].Props[0].(int64)/day)
			})
		}
	}
}

func TestADatabaseFromBeforeGetsReceiptsInPages(t *testing.T) {
	const all = 1700 // more of one person than are gone through at a time
	s, w := opened(t)
	o := of{w}
	order := rand.New(rand.NewPCG(1, 2)).Perm(all)
	for i := range order {
		order[i] /= 2 // some are of one instant
	}
	receipts(w, all, order)
	for i := range 250 {
		w.node("Customer", fmt.Sprint(i))
		w.link(fmt.Sprint("Disclosure:d", i), "DISCLOSED", fmt.Sprint("Customer:", i))
	}
	w.write(t, s)
	told := func() (out []string) {
		for _, r := range run(t, "MATCH (d:Disclosure)-[:DISCLOSED]->(g) MATCH (n:Customer {kith_DISCLOSED: g.of}) WITH d.id + ' ' + n.id AS told ORDER BY told RETURN told", nil) {
			out = append(out, r.Values[0].(string))
		}
		return out
	}
	want := told()
	require.Len(t, want, all+(all+2)/3+250)
	newest := func() *graph.Result {
		res, err := s.Read(ctx, fetch(her(o, disclosed(o, all))))
		require.NoError(t, err)
		return res
	}
	page := newest()
	const before = "MATCH (d)-[r:DISCLOSED]->(g) MATCH (n:Customer {kith_DISCLOSED: g.of}) DELETE r CREATE (d)-[:DISCLOSED]->(n) WITH DISTINCT n REMOVE n.kith_DISCLOSED"
	for _, c := range []struct {
		name string
		text []string
	}{
		{"one without pages", []string{before, "MATCH (g:KithPage_DISCLOSED) DETACH DELETE g", "MATCH (l:KithLock {id: 'pages'}) DELETE l", "MATCH (l:KithLock {id: 'store'}) SET l.format = 9",
			"MATCH (l:KithLock {id: 'write'}) REMOVE l.pages"}},
		{"one that was broken off", []string{"MATCH (d)-[r:DISCLOSED]->(g) MATCH (n:Customer {kith_DISCLOSED: g.of}) WITH d, r, n ORDER BY n.id, d.id SKIP 900 DELETE r CREATE (d)-[:DISCLOSED]->(n)", "MATCH (g:KithPage_DISCLOSED) WHERE NOT EXISTS { (g)<-[:DISCLOSED]-() } DETACH DELETE g",
			"MATCH (l:KithLock {id: 'pages'}) DELETE l"}},
		{"one of which nothing has to be done", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, text := range c.text {
				run(t, text, nil)
			}
			again, err := neo4j.Open(ctx, address(t), w.cat, neo4j.Options{})
			require.NoError(t, err)
			defer again.Close()
			require.NoError(t, again.Ready(ctx))
			assert.Equal(t, want, told())
			assert.Equal(t, int64(0), run(t, "MATCH (d:Disclosure)-[r:DISCLOSED]->(:Customer) RETURN count(r)", nil)[0].Values[0])
			assert.Equal(t, int64(graph.Format), run(t, "MATCH (l:KithLock {id: 'store'}) RETURN l.format", nil)[0].Values[0])
			assert.Equal(t, page, newest())
			assert.LessOrEqual(t, run(t, "MATCH (g:KithPage_DISCLOSED) RETURN max(COUNT { (g)<-[:DISCLOSED]-() })", nil)[0].Values[0], int64(10))
		})
	}
}

func TestPagesStayInOrderWhateverComesMovesAndGoes(t *testing.T) {
	s, w := opened(t)
	r := rand.New(rand.NewPCG(3, 4))
	at, of := map[string]int64{}, map[string]map[string]bool{} // instants of receipts, and their persons
	persons := []string{"ann", "bob", "cem"}
	for _, p := range persons {
		w.node("Customer", p, "name", p)
	}
	w.write(t, s)
	for step := range 40 {
		for range 1 + r.IntN(30) {
			id := fmt.Sprint("d", r.IntN(200))
			switch what := r.IntN(10); {
			case of[id] != nil && what == 0:
				w.apply(t, s)
				w.remove(t, "Disclosure", id)
				w.apply(t, s)
				delete(of, id)
				delete(at, id)
			case of[id] != nil && what < 4: // many at one instant, now and then
				at[id] = int64(r.IntN(3))
				w.node("Disclosure", id, "at", at[id])
			default:
				at[id] = int64(r.IntN(1000))
				w.node("Disclosure", id, "at", at[id])
				if of[id] == nil {
					of[id] = map[string]bool{}
				}
				for _, p := range persons[r.IntN(3):] {
					of[id][p] = true
					w.link("Disclosure:"+id, "DISCLOSED", "Customer:"+p)
				}
			}
		}
		w.apply(t, s)
		type entry struct{ at, from, number int64 }
		found, before := 0, entry{}
		for _, row := range run(t, `MATCH (g:KithPage_DISCLOSED) OPTIONAL MATCH (n:Customer {kith_DISCLOSED: g.of}) OPTIONAL MATCH (d)-[:DISCLOSED]->(g)
WITH g, n, d, COUNT { (g)<-[:DISCLOSED]-() } AS size, COUNT { MATCH (g)<-[:DISCLOSED]-(x) RETURN DISTINCT x.at } AS instants
ORDER BY g.of, g.from, d.at RETURN substring(n.key, 5), substring(d.key, 5), d.at, g.from, g.of, size, instants`, nil) {
			v := row.Values
			require.NotNil(t, v[0], "step %d: a page of nobody", step)
			require.NotNil(t, v[1], "step %d: a page of nothing", step)
			require.True(t, of[v[1].(string)][v[0].(string)], "step %d: %v", step, v)
			now := entry{v[2].(int64), v[3].(int64), v[4].(int64)}
			require.Equal(t, at[v[1].(string)], now.at, "step %d: %v", step, v)
			require.GreaterOrEqual(t, now.at, now.from, "step %d: %v", step, v)
			if before.number == now.number && before.from < now.from {
				require.Less(t, before.at, now.from, "step %d: %v", step, v)
			}
			if v[6].(int64) > 1 {
				require.LessOrEqual(t, v[5], int64(9), "step %d: %v", step, v)
			}
			before = now
			found++
		}
		want := 0
		for _, who := range of {
			want += len(who)
		}
		require.Equal(t, want, found, "step %d", step)
	}
	w.remove(t, "Customer", "ann")
	w.apply(t, s)
	assert.Equal(t, int64(0), run(t, "MATCH (g:KithPage_DISCLOSED) WHERE NOT EXISTS { (n:Customer {kith_DISCLOSED: g.of}) } RETURN count(g)", nil)[0].Values[0])
}

// remove has a node go.
func (w *world) remove(t *testing.T, kind, id string) {
	t.Helper()
	for _, row := range run(t, fmt.Sprintf("MATCH (n:%s {key: 'test:%s'}) RETURN n.id", kind, id), nil) {
		w.batch.Remove = append(w.batch.Remove, graph.Removal{Kind: w.cat.MustKind(kind), ID: row.Values[0].(string)})
	}
}

// apply carries out what was added, all at once, and starts anew.
func (w *world) apply(t *testing.T, s *neo4j.Store) {
	t.Helper()
	b := w.batch
	w.batch = &graph.Batch{Source: b.Source}
	_, err := s.Write(ctx, b)
	require.NoError(t, err)
}
