package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
	"github.com/kithgraph/kith/graph/journal"
)

// TestAWorldWhoseLoadingIsKilledIsCompletedByTheNextStart kills the server at random moments while it loads the demonstration world. Who
// is there then has what she has said about the use of her data, and the server that is left alone makes of it the world that an
// undisturbed one makes.
func TestAWorldWhoseLoadingIsKilledIsCompletedByTheNextStart(t *testing.T) {
	for name, s := range map[string]struct {
		store func(t *testing.T) string
		kills int
	}{
		"SQLite": {func(t *testing.T) string { return "sqlite:" + filepath.Join(t.TempDir(), "kith.db") }, min(6, kills())},
		"Neo4j": {func(t *testing.T) string {
			addr := neo4jdev.Start(t)
			neo4jdev.Empty(t, addr)
			t.Cleanup(func() { neo4jdev.Empty(t, addr) })
			return addr
		}, 1}, // how often is SQLite's part: here a start takes a minute
	} {
		t.Run(name, func(t *testing.T) {
			store := s.store(t)
			key := filepath.Join(t.TempDir(), "kith.key")
			journal := filepath.Join(t.TempDir(), "journal")
			start := func() *killed {
				return startUnready(t, store, "--demo", "--key", key, "--journal", journal, "--warm", "0s")
			}
			whole, day := demonstration(t) // the undisturbed one, which is to end at the same midnight
			if !time.Now().UTC().Truncate(24 * time.Hour).Equal(day) {
				t.Skip("a new day has begun since the undisturbed world was loaded")
			}
			undisturbed := there(t, storeFlag{Store: whole})
			everybody := people(t, undisturbed)
			seen, told := 0, 0
			loads := func(k *killed) bool { // or is ready
				r := k.readiness(t)
				if r.loaded > 0 {
					told++
					assert.Equal(t, http.StatusServiceUnavailable, r.status)
				}
				return r.loaded > 0 || r.status == http.StatusOK
			}
			for range s.kills {
				k := start()
				require.Eventually(t, func() bool { return loads(k) }, 5*time.Minute, time.Millisecond)
				time.Sleep(time.Duration(rand.IntN(1500)) * time.Millisecond)
				require.NoError(t, k.cmd.Process.Kill())
				_ = k.cmd.Wait() // it was killed
				g := there(t, storeFlag{Store: store, Key: key})
				held, _, err := demo.In(t.Context(), g.Store, g.catalog, day.Add(time.Hour))
				require.NoError(t, err)
				if held == demo.Unfinished {
					seen++
				}
				for _, who := range people(t, g) {
					assert.Contains(t, everybody, who, "somebody is there without what she has said")
				}
				g.Close()
			}
			require.Positive(t, seen, "it was killed while it loaded")
			k := start()
			require.Eventually(t, func() bool { return loads(k) && k.readiness(t).status == http.StatusOK }, 5*time.Minute, 10*time.Millisecond)
			assert.Positive(t, told, "it says meanwhile that it loads")
			require.NoError(t, k.cmd.Process.Kill())
			_ = k.cmd.Wait()
			g := there(t, storeFlag{Store: store, Key: key})
			if !day.Equal(time.Now().UTC().Truncate(24 * time.Hour)) {
				t.Skip("a day began meanwhile, and with it another world")
			}
			for _, kind := range g.catalog.Kinds {
				if kind.Name != "Disclosure" { // of this test's own questions
					assert.Equal(t, values(t, undisturbed, kind), values(t, g, kind), kind.Name)
				}
			}
			report, err := demo.Load(t.Context(), g.Store, g.catalog, demo.Seed, time.Now(), nil)
			require.NoError(t, err)
			assert.False(t, report.Changed(), "each relationship is there, too: %+v", report)
		})
	}
}

func TestTheDemonstrationWorldIsNotLoadedBesideOthers(t *testing.T) {
	store := empty(t)
	g := there(t, storeFlag{Store: store})
	_, err := g.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: g.catalog.MustKind("Account"), ID: "1", Set: graph.Values{"name": "Acme"}}}})
	require.NoError(t, err)
	require.NoError(t, g.Close())
	s := serve(t, store, "--demo")
	require.Eventually(t, func() bool { status, _ := s.get(t, "/readyz"); return status == http.StatusOK }, time.Minute, 10*time.Millisecond)
	assert.Contains(t, s.log.String(), "the demonstration world is not loaded, since the store holds something else; kith demo loads it all the same")
	s.stop()

	g = there(t, storeFlag{Store: store})
	assert.Len(t, values(t, g, g.catalog.MustKind("Account")), 1)
	_, err = g.Write(t.Context(), demo.Batches(g.catalog, demo.Seed, time.Now())[0])
	require.NoError(t, err)
	require.NoError(t, g.Close())
	s = serve(t, store)
	require.Eventually(t, func() bool {
		return strings.Contains(s.log.String(), "kith demo, or kith serve --demo, loads the rest")
	}, time.Minute, 10*time.Millisecond)
	s.stop()
}

func TestWhoAskedBeforeIsNoReasonNotToLoadTheDemonstrationWorld(t *testing.T) {
	g := there(t, storeFlag{Store: empty(t)})
	is := func() bool {
		t.Helper()
		is, err := isEmpty(t.Context(), g)
		require.NoError(t, err)
		return is
	}
	assert.True(t, is())
	move := journal.To(g.Store, g.catalog)
	require.NoError(t, move(t.Context(), []journal.Receipt{{ID: "asked", At: graph.At(time.Now()), Purpose: "SALES", Population: []string{"customers"}, Others: []graph.Category{graph.CategoryBehaviour}}}))
	require.NotEmpty(t, values(t, g, g.catalog.MustKind(graph.ReceiptKind)))
	assert.True(t, is(), "a receipt is of what was asked")
	_, err := g.Write(t.Context(), &graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: g.catalog.MustKind("Account"), ID: "1", Set: graph.Values{"name": "Acme"}}}})
	require.NoError(t, err)
	assert.False(t, is())
}

// there is a store that is there.
func there(t *testing.T, f storeFlag) *graphOf {
	t.Helper()
	g, err := f.existing(&program{ctx: t.Context(), err: t.Output()})
	require.NoError(t, err)
	t.Cleanup(func() { g.Close() })
	return g
}

// said is what the server says of whether it is ready.
type said struct {
	status, loaded int
}

func (k *killed) readiness(t *testing.T) (r said) {
	t.Helper()
	res, err := http.Get(k.url[:len(k.url)-len("graphql")] + "readyz")
	if err != nil {
		return r
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	r.status = res.StatusCode
	if _, loading, ok := strings.Cut(string(text), "is being loaded: "); ok {
		_, err = fmt.Sscan(loading, &r.loaded)
		require.NoError(t, err)
	}
	return r
}

// values are those of all nodes of a kind, in order: but for ids, which each store draws for itself, and what tells when it wrote.
func values(t *testing.T, g *graphOf, k *graph.Kind) (all []string) {
	t.Helper()
	sel := &graph.Selection{Kind: k}
	for _, p := range k.Properties {
		if p.Name != graph.UpdatedAt && p.Name != graph.RecordedAt && p.Type != graph.Versions {
			sel.Props = append(sel.Props, graph.Ref{Prop: p})
		}
	}
	return rows(t, g, sel)
}

// people are all persons with what stands of what they have said.
func people(t *testing.T, g *graphOf) []string {
	t.Helper()
	customer := g.catalog.MustKind("Customer")
	sel := &graph.Selection{Kind: customer}
	for _, p := range append(graph.StandingProperties(customer.Name), customer.Property("email"), customer.Property("name")) {
		if p.Name != graph.Party {
			sel.Props = append(sel.Props, graph.Ref{Prop: customer.Property(p.Name)})
		}
	}
	return rows(t, g, sel)
}

func rows(t *testing.T, g *graphOf, sel *graph.Selection) (all []string) {
	t.Helper()
	l := &graph.List{Key: "all", Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: 5000}, Nodes: []*graph.Selection{sel}}
	for {
		res, err := g.Read(t.Context(), &graph.Fetch{Now: graph.At(time.Now()), Lists: []*graph.List{l}})
		require.NoError(t, err)
		for _, r := range res.Lists[0].Rows {
			all = append(all, fmt.Sprint(r.Props...))
		}
		if !res.Lists[0].HasNext {
			slices.Sort(all)
			return all
		}
		page := res.Lists[0].Rows
		l.Page.After = page[len(page)-1].Keys
	}
}
