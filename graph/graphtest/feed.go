package graphtest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// behind are the entries of the feed behind a place.
func (x *fixture) behind(t testing.TB, place int64) *graph.Feed {
	t.Helper()
	feed, err := x.store.Changes(t.Context(), place, 1000)
	require.NoError(t, err)
	return feed
}

// last is the place of the newest entry.
func (x *fixture) last(t testing.TB) int64 {
	t.Helper()
	feed, err := x.store.Changes(t.Context(), 0, 0)
	require.NoError(t, err)
	assert.Empty(t, feed.Entries)
	return feed.Last
}

// tells are the entries behind a place in words: a node is +, - or ~ and its name, a relationship has its type between its ends. Behind the name of
// a property that has no value now is a -.
func (x *fixture) tells(t testing.TB, place int64) []string {
	t.Helper()
	var out []string
	for _, e := range x.behind(t, place).Entries {
		out = append(out, x.said(e))
	}
	return out
}

func (x *fixture) said(e graph.Entry) string {
	sign := map[graph.Outcome]string{graph.Created: "+", graph.Changed: "~", graph.Removed: "-"}
	names := func(ids []string) string {
		var out []string
		for _, id := range ids {
			out = append(out, x.names[id])
		}
		return strings.Join(out, " ")
	}
	var parts []string
	for _, n := range e.Nodes {
		part := sign[n.How] + x.names[n.ID]
		if n.Properties != nil {
			part += "[" + strings.Join(propertiesIn(n), " ") + "]"
		}
		if n.About != nil {
			part += " of " + names(n.About)
		}
		parts = append(parts, part)
	}
	for _, l := range e.Edges {
		part := sign[l.How] + x.names[l.From] + " " + l.Rel.Type + " " + x.names[l.To]
		if l.Properties != nil {
			part += fmt.Sprint(l.Properties)
		}
		parts = append(parts, part)
	}
	slices.Sort(parts) // the order of what one batch changed says nothing
	return strings.Join(parts, ", ")
}

// propertiesIn are the names of those that changed, with a - behind those that have no value now.
func propertiesIn(n graph.TouchedNode) []string {
	names := slices.Clone(n.Properties)
	for i, name := range names {
		if slices.Contains(n.Gone, name) {
			names[i] += "-"
		}
	}
	return names
}

// feed is about what the store tells of batches.
func feed(t *testing.T, x *fixture) {
	at := func() int64 { return x.last(t) }
	wrote := func(t *testing.T, want ...string) {
		t.Helper()
		before := at()
		x.write(t)
		assert.Equal(t, want, x.tells(t, before))
	}
	assert.Zero(t, at(), "there was no batch")
	assert.Empty(t, x.tells(t, 0))
	x.node("Account", "acme", "name", "Acme")
	x.node("Employee", "emma", "name", "Emma")
	wrote(t, "+acme, +emma")
	assert.Equal(t, int64(1), at())
	assert.Equal(t, Now, x.behind(t, 0).Entries[0].At)
	t.Run("the newest place comes along with what is read, whatever that is", func(t *testing.T) {
		for _, lists := range [][]*graph.List{nil, {x.all("Account")}, {x.all("Account"), x.all("Employee")}} {
			for _, wants := range []bool{true, false} {
				res, err := x.store.Read(t.Context(), &graph.Fetch{Now: Now, Lists: lists, Place: wants})
				require.NoError(t, err)
				assert.Len(t, res.Lists, len(lists))
				assert.Equal(t, map[bool]int64{true: 1}[wants], res.Place)
			}
		}
	})
	t.Run("what is new is told without its properties, and by relationships to what was there", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Ann", "phone", "1")
		x.node("Interaction", "call", "at", 1, "kind", "CALL")
		x.link("ann", "WORKS_AT", "acme", "title", "Chair")
		x.link("call", "PARTICIPANT", "ann")
		x.link("call", "PARTICIPANT", "emma")
		wrote(t, "+ann, +ann KNOWS emma, +ann WORKS_AT acme, +call, +call PARTICIPANT emma")
	})
	t.Run("what changes is told with the names of its properties", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Anna", "phone", nil)
		x.link("ann", "WORKS_AT", "acme", "title", "Chair", "department", "Board")
		wrote(t, "~ann WORKS_AT acme[department], ~ann[name phone- updatedAt]")
	})
	t.Run("what follows from a change is told with it", func(t *testing.T) {
		x.node("Order", "o1", "number", "1")
		x.link("o1", "PLACED_BY", "ann")
		wrote(t, "+o1, +o1 PLACED_BY ann, ~ann["+graph.Party+"]")
		x.node("Consent", "no", "purpose", "SALES", "status", graph.Objected, "at", 1)
		x.link("no", "GIVEN_BY", "ann")
		wrote(t, "+no, +no GIVEN_BY ann, ~ann["+graph.ObjectedAt(graph.Sales)+"]")
	})
	t.Run("a batch that changes nothing is not told", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Anna")
		x.link("ann", "WORKS_AT", "acme", "title", "Chair")
		wrote(t)
		x.batch.Remove = []graph.Removal{{Kind: x.cat.MustKind("Order"), ID: "ord_none"}}
		wrote(t)
		wrote(t)
	})
	t.Run("nor one that is refused, and it leaves no gap", func(t *testing.T) {
		before := at()
		x.node("Customer", "bad", "name", "a\x00b")
		_, err := x.try()
		require.Error(t, err)
		delete(x.kinds, "bad")
		assert.Equal(t, before, at())
	})
	t.Run("nor what a load keeps for the next one, nor receipts, nor that a key was used", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Anna")
		x.batch.Loads = true
		wrote(t)
		x.node("Disclosure", "seen", "purpose", "SALES", "at", 1)
		x.link("seen", "DISCLOSED", "ann")
		wrote(t)
		x.batch.Once = &graph.Once{Key: "k", Hash: "h"}
		wrote(t)
	})
	t.Run("one that is sent again under its key is told once", func(t *testing.T) {
		for _, want := range [][]string{{"~acme[domain updatedAt]"}, nil} {
			x.node("Account", "acme", "domain", "acme.example")
			x.batch.Once = &graph.Once{Key: "k2", Hash: "h"}
			wrote(t, want...)
		}
	})
	t.Run("what a property had before is told by its name", func(t *testing.T) {
		x.node("Deal", "deal", "stage", "PROPOSAL")
		x.write(t)
		past := graph.Time(1)
		x.node("Deal", "deal", "stage", "PROSPECTING")
		x.batch.Nodes[0].At = &past
		wrote(t, "~deal[stage updatedAt]")
	})
	t.Run("a relationship that takes the place of another is told as both", func(t *testing.T) {
		x.node("Case", "case", "subject", "It leaks")
		x.link("call", "IN", "case")
		x.write(t)
		x.node("Case", "other", "subject", "It stinks")
		x.link("call", "IN", "other")
		wrote(t, "+call IN other, +other, -call IN case")
	})
	t.Run("what is removed is told with whom it was about, and what it led to", func(t *testing.T) {
		x.batch.Remove = []graph.Removal{{Kind: x.cat.MustKind("Order"), ID: x.ids["o1"]}}
		wrote(t, "-o1 PLACED_BY ann, -o1 of ann, ~ann["+graph.Party+"-]")
		x.batch.Remove = []graph.Removal{{Kind: x.cat.MustKind("Customer"), ID: x.ids["ann"], Properties: []string{"name"}}}
		wrote(t, "~ann[name-]")
	})
	t.Run("a page is as long as it is asked to be, and goes on behind a place", func(t *testing.T) {
		all := x.behind(t, 0)
		var paged []graph.Entry
		for place := int64(0); place < all.Last; place = paged[len(paged)-1].Place {
			feed, err := x.store.Changes(t.Context(), place, 2)
			require.NoError(t, err)
			require.NotEmpty(t, feed.Entries)
			assert.LessOrEqual(t, len(feed.Entries), 2)
			assert.Equal(t, all.Last, feed.Last)
			paged = append(paged, feed.Entries...)
		}
		assert.Equal(t, all.Entries, paged)
		for i, e := range paged {
			assert.Equal(t, int64(i+1), e.Place)
		}
		assert.Empty(t, x.behind(t, all.Last).Entries)
	})
	t.Run("nothing can be read behind the last place", func(t *testing.T) { x.expired(t, at()+1) })
}

func (x *fixture) expired(t *testing.T, place int64) {
	t.Helper()
	_, err := x.store.Changes(t.Context(), place, 10)
	require.Error(t, err)
	assert.Equal(t, graph.CursorExpired, graph.CodeOf(err))
}

// erasedFromFeed is about what the feed tells of a person who was erased.
func erasedFromFeed(t *testing.T, x *fixture) {
	anns(x)
	x.write(t)
	x.node("Customer", "A-17", "phone", "+49 89 5550199")
	x.link("call", "ABOUT", "deal")
	x.write(t)
	before := x.last(t)
	x.batch.Erase = []graph.Erasure{{Person: x.ids["A-17"], Keep: kept}}
	x.write(t)
	t.Run("it tells that she was, what went with her, and whose texts named her", func(t *testing.T) {
		said := x.tells(t, before)
		require.Len(t, said, 1)
		for _, part := range []string{"~A-17[", graph.ErasedAt, "-home", "-outage", "-claim of A-17", "~deal[", "~talk[attributes text", "~meeting["} {
			assert.Contains(t, said[0], part)
		}
		for _, part := range []string{"acme", "emma", " WORKS_AT ", "REPORTS_TO", "PARTICIPANT A-17"} {
			assert.NotContains(t, said[0], part, "nor to whom she was related")
		}
	})
	t.Run("no entry of before tells of her, and each has its place", func(t *testing.T) {
		entries := x.behind(t, 0).Entries
		require.Len(t, entries, 3)
		for _, e := range entries[:2] {
			assert.NotContains(t, fmt.Sprint(e), x.ids["A-17"])
		}
		assert.Equal(t, "+call ABOUT deal", x.said(entries[1]))
		assert.Equal(t, []int64{1, 2, 3}, []int64{entries[0].Place, entries[1].Place, entries[2].Place})
	})
	t.Run("what comes of her later is told as little", func(t *testing.T) {
		before := x.last(t)
		x.node("Order", "o2", "number", "12")
		x.link("o2", "PLACED_BY", "A-17")
		x.write(t)
		for _, said := range x.tells(t, before) {
			assert.NotContains(t, said, "PLACED_BY")
		}
	})
}

// trimming is about entries that are too old.
func trimming(t *testing.T, x *fixture) {
	for i := range 5 {
		x.node("Account", fmt.Sprint("a", i), "name", "Acme")
		x.write(t)
	}
	trim := func(before graph.Time) { require.NoError(t, x.store.Trim(t.Context(), before)) }
	trim(Now)
	assert.Len(t, x.behind(t, 0).Entries, 5, "none is older")
	trim(Now + 1)
	t.Run("who fell behind is told so", func(t *testing.T) {
		for place := range int64(5) {
			x.expired(t, place)
		}
	})
	t.Run("who did not goes on, and places do, too", func(t *testing.T) {
		assert.Equal(t, int64(5), x.last(t))
		assert.Empty(t, x.behind(t, 5).Entries)
		trim(Now + 1)
		x.node("Account", "a5", "name", "Acme")
		x.write(t)
		assert.Equal(t, int64(6), x.behind(t, 5).Entries[0].Place)
		x.expired(t, 4)
	})
}

// feedOfMany is about writers at the same time.
func feedOfMany(t *testing.T, x *fixture) {
	const writers, each = 4, 15
	k := x.cat.MustKind("Account")
	var all sync.WaitGroup
	var mu sync.Mutex
	made := map[string]int{}
	for w := range writers {
		all.Go(func() {
			for i := range each {
				b := &graph.Batch{Source: source, Nodes: []graph.Upsert{{Kind: k, ID: fmt.Sprint(w, " ", i), Set: graph.Values{"name": "A"}}, {Kind: k, ID: "shared", Set: graph.Values{"name": fmt.Sprint(w, " ", i)}}}}
				report, err := x.store.Write(t.Context(), b)
				if !assert.NoError(t, err) {
					return
				}
				mu.Lock()
				made[report.IDs[0]]++
				mu.Unlock()
			}
		})
	}
	seen, place, last := map[string]int{}, int64(0), ""
	read := func() {
		feed, err := x.store.Changes(t.Context(), place, 7)
		require.NoError(t, err)
		for _, e := range feed.Entries {
			require.Equal(t, place+1, e.Place, "a reader beside them sees no gap")
			place, last = e.Place, e.Nodes[0].ID
			seen[last]++
		}
	}
	ended := make(chan bool)
	go func() { all.Wait(); close(ended) }()
	for done := false; !done; read() {
		select {
		case <-ended:
			done = true
		default:
		}
	}
	for place < x.last(t) {
		read()
	}
	assert.Equal(t, made, seen, "each batch once")
	assert.Equal(t, int64(writers*each), place)
	l := x.all("Account", x.wants("Account.name", "Account.updatedAt"))
	rows := x.read(t, l)[0].Rows
	byID := map[string]graph.Row{}
	for _, r := range rows {
		byID[r.ID] = r
	}
	shared := rows[slices.IndexFunc(rows, func(r graph.Row) bool { return r.Props[0] != "A" })]
	require.Contains(t, byID, last)
	l = x.all("Account", func(l *graph.List) { l.External = []graph.External{{Source: source, ID: shared.Props[0].(string)}} })
	assert.Equal(t, x.read(t, l)[0].Rows[0].ID, last, "who wrote last what all write is last in the feed")
}
