package projection

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sqlite"
)

// A counted counts what a store is asked for.
type counted struct {
	policy.Source
	reads int
}

func (c *counted) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	c.reads++
	return c.Source.Read(ctx, f)
}

// A traitless has logs of which nobody knows what their cases are told apart by.
type traitless struct{ *Set }

func (traitless) Traits(*graph.Kind) []*graph.Property { return nil }

// A choosing compares the cases that filters choose by what logs know of them with those that the store chooses.
type choosing struct {
	rng          *rand.Rand
	known, asked int // how many filters logs knew, and for how many the store was asked
	told         int // how many of what logs knew was not of too few
}

// filter is a random one, mostly of traits.
func (c *choosing) filter(traits, others []*graph.Property, depth int, value func(*rand.Rand, *graph.Property) any) *graph.Filter {
	several := func() (out []*graph.Filter) {
		for range 1 + c.rng.IntN(3) {
			out = append(out, c.filter(traits, others, depth-1, value))
		}
		return out
	}
	switch n := c.rng.IntN(8); {
	case n == 0 && depth > 0:
		return &graph.Filter{Or: several()}
	case n == 1 && depth > 0:
		return &graph.Filter{And: several()}
	case n == 2 && depth > 0:
		return &graph.Filter{Not: c.filter(traits, others, depth-1, value)}
	case n == 3 && c.rng.IntN(3) == 0:
		return &graph.Filter{}
	}
	p := traits[c.rng.IntN(len(traits))]
	if c.rng.IntN(12) == 0 {
		p = others[c.rng.IntN(len(others))]
	}
	test := &graph.Test{Ref: graph.Ref{Prop: p}}
	switch c.rng.IntN(8) {
	case 0:
		test.Op = graph.IsNull
	case 1, 2:
		test.Op, test.Value = graph.In, []any{value(c.rng, p), value(c.rng, p)}
	default:
		test.Op, test.Value = graph.Eq, value(c.rng, p)
	}
	return &graph.Filter{Test: test}
}

// compare asks for the cases of a random filter.
func (c *choosing) compare(t *testing.T, r *reader, purpose graph.Purpose, of *graph.Kind, now graph.Time, value func(*rand.Rand, *graph.Property) any) {
	var others []*graph.Property
	for _, p := range of.Shown() {
		if !isTrait(p) && (p.Type == graph.String || p.Type == graph.Instant) {
			others = append(others, p)
		}
	}
	filter := c.filter(r.set.Traits(of), others, 2, value)
	var by []graph.GroupKey
	if c.rng.IntN(3) == 0 {
		by = []graph.GroupKey{{Ref: graph.Ref{Prop: r.set.Traits(of)[c.rng.IntN(len(r.set.Traits(of)))]}}}
	}
	chosen := func(logs policy.Logs) (ids []string, small bool, reads int, err error) {
		q := &policy.Journeys{Of: of, Now: now, By: by, Cases: &graph.List{Key: of.Plural, Nodes: graph.Bare([]*graph.Kind{of}), Filter: filter}}
		store := &counted{Source: r.store}
		log, err := policy.WithLogs(store, logs)(&policy.Viewer{Lens: rules.Lens(r.cat, purpose)}).Journeys(t.Context(), q)
		if err != nil {
			return nil, false, store.reads, err
		}
		for i := range log.Cases() {
			if log.Chosen != nil && log.Chosen(i) {
				ids = append(ids, log.ID(i))
			}
			if by != nil {
				ids = append(ids, log.Values[0](i))
			}
		}
		return ids, log.Small, store.reads, nil
	}
	want, isSmall, _, err := chosen(traitless{r.set})
	ids, small, reads, failed := chosen(r.set)
	if err != nil {
		require.EqualError(t, failed, err.Error())
		return
	}
	require.NoError(t, failed)
	about := fmt.Sprintf("%s of %s: %s", purpose, of, graphtest.Describe(&graph.Fetch{Lists: []*graph.List{{Key: of.Plural, Nodes: graph.Bare([]*graph.Kind{of}), Filter: filter}}}))
	require.Equal(t, isSmall, small, about)
	require.Equal(t, want, ids, about)
	switch {
	case reads > 0:
		c.asked++
	case !small && len(ids) > 0:
		c.told++
		fallthrough
	default:
		c.known++
	}
}

// listed compares how many of a log's cases stand in lists, and which, where it is known that they all do with where the store is asked.
func listed(t *testing.T, r *reader, purpose graph.Purpose, of *graph.Kind, now graph.Time) {
	log, err := r.journeys(t, purpose, of.Name, now)
	require.NoError(t, err)
	var ids []any
	for c := range log.Cases() {
		ids = append(ids, log.ID(c))
	}
	read := func(known, rows bool) (counts []int64, found []graph.Row, reads int) {
		store := &counted{Source: r.store}
		l := &graph.List{Key: of.Plural, Nodes: graph.Bare([]*graph.Kind{of}), Rows: rows, Page: graph.Page{Limit: 1 + len(ids)}, Tallies: []*graph.Tally{{}, {}},
			Filter: &graph.Filter{Test: &graph.Test{ID: true, Op: graph.In, Value: ids, By: "a number", Listed: known}}}
		got, err := policy.Over(store)(&policy.Viewer{Lens: rules.Lens(r.cat, purpose)}).Read(t.Context(), &graph.Fetch{Now: now, Lists: []*graph.List{l}})
		require.NoError(t, err)
		for i := range got.Lists[0].Rows {
			got.Lists[0].Rows[i].Sel = nil
		}
		for _, t := range got.Lists[0].Tallies[:2] {
			counts = append(counts, t[0].Count)
		}
		return counts, got.Lists[0].Rows, store.reads
	}
	for _, rows := range []bool{true, false} {
		counts, found, _ := read(false, rows)
		known, same, reads := read(true, rows)
		require.Equal(t, counts, known, "%s of %s", purpose, of)
		require.Equal(t, found, same)
		require.Equal(t, rows || rules.Lens(r.cat, purpose).Folds(), reads > 0, "whether the store is asked")
	}
}

// TestALogKnowsWhomAFilterChoosesOfMany compares what logs know of many persons, some of whom object, and of cases about nobody and about some, with what the store
// answers, where enough persons stand behind many filters.
func TestALogKnowsWhomAFilterChoosesOfMany(t *testing.T) {
	cat := graphtest.Catalog(t)
	clock := graphtest.Clock
	st, err := sqlite.Open(":memory:", cat, sqlite.Options{Now: clock, NewID: graphtest.IDs(), Mark: graphtest.Mark})
	require.NoError(t, err)
	t.Cleanup(func() { st.Close() })
	require.NoError(t, st.Ready(t.Context()))
	rng := rand.New(rand.NewPCG(graphtest.Seed(), 5))
	customer, support := cat.MustKind("Customer"), cat.MustKind("Case")
	few := func(rng *rand.Rand, p *graph.Property) any {
		switch p.Type {
		case graph.Bool:
			return rng.IntN(2) == 0
		case graph.Enum:
			return p.Values[rng.IntN(min(3, len(p.Values)))]
		case graph.Instant:
			return int64(graph.At(clock())) - rng.Int64N(3)
		}
		return []string{"de", "fr", "en"}[rng.IntN(3)]
	}
	r := readerOf(t, cat, st, clock, 0)
	some := func(k *graph.Kind, names ...string) graph.Values {
		out := graph.Values{}
		for _, name := range names {
			if rng.IntN(5) > 0 {
				out[name] = few(rng, k.Property(name))
			}
		}
		return out
	}
	b := &graph.Batch{Source: "suite"}
	for i := range 90 {
		id := fmt.Sprint("person ", i)
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: customer, ID: id, Set: some(customer, "gender", "education", "language")},
			graph.Upsert{Kind: support, ID: fmt.Sprint("case ", i), Set: some(support, "kind", "objectType", "severity")})
		if i%4 == 0 {
			word := graph.Upsert{Kind: cat.MustKind(graph.ConsentKind), ID: fmt.Sprint("word ", i), Set: graph.Values{
				graph.ConsentPurpose: string(graph.Analysis), graph.ConsentStatus: []string{graph.Granted, graph.Objected}[i/4%2], graph.ConsentAt: int64(graph.At(clock())) - 9}}
			b.Nodes = append(b.Nodes, word)
			b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel("GIVEN_BY"), From: graph.NodeRef{Kind: word.Kind, External: graph.External{ID: word.ID}}, To: graph.NodeRef{Kind: customer, External: graph.External{ID: id}}})
		}
	}
	_, err = st.Write(t.Context(), b)
	require.NoError(t, err)
	all := func(t *testing.T, of *graph.Kind, purpose graph.Purpose) *choosing {
		_, err := r.journeys(t, purpose, of.Name, graph.At(clock()))
		require.NoError(t, err)
		c := &choosing{rng: rand.New(rand.NewPCG(graphtest.Seed(), 6))}
		for range 150 {
			c.compare(t, r, purpose, of, graph.At(clock()), few)
		}
		return c
	}
	for _, purpose := range []graph.Purpose{graph.Analysis, graph.Compliance} {
		c := all(t, customer, purpose)
		assert.Greater(t, c.told, 20, "%s: persons", purpose)
		assert.Greater(t, c.known, c.asked)
		c = all(t, support, purpose)
		assert.Greater(t, c.told, 60, "%s: cases about nobody", purpose)
		assert.Greater(t, c.known, c.asked)
	}
	parties := &graph.Batch{Source: "suite"}
	for i := range 80 { // some have several cases, and some of these object
		parties.Edges = append(parties.Edges, graph.Link{Rel: cat.Rel("OF"), From: graph.NodeRef{Kind: support, External: graph.External{ID: fmt.Sprint("case ", i)}}, To: graph.NodeRef{Kind: customer, External: graph.External{ID: fmt.Sprint("person ", rng.IntN(60))}}})
	}
	_, err = st.Write(t.Context(), parties)
	require.NoError(t, err)
	for _, purpose := range []graph.Purpose{graph.Analysis, graph.Compliance} {
		c := all(t, support, purpose)
		assert.Greater(t, c.told, 20, "%s: cases about some", purpose)
		assert.Greater(t, c.known, c.asked)
		assert.Less(t, c.told, c.known, "too few stand behind some, or none is chosen")
	}
}
