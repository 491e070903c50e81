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
		}{
			{"the first page", func(*graph.List) {}, all - 1},
			{"the last page", func(l *graph.List) { l.Page.Backward = true }, shown - 1},
			{"a page in the middle", func(l *graph.List) { l.Page.After = middle }, all/2 - 1},
			{"the page before one in the middle", func(l *graph.List) { l.Page.Before, l.Page.Backward = middle, true }, all/2 + shown},
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
				assert.LessOrEqual(t, index, int64(6), "%s", es[0].Plan)
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
