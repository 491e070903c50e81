package projection

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sqlite"
)

// purposes are those that may ask for journeys.
var purposes = []graph.Purpose{graph.Service, graph.Sales, graph.Marketing, graph.Analysis, graph.Compliance}

// told is all that a log answers of each of its cases by itself.
func told(t *testing.T, l *journey.Log) map[string]string {
	out := map[string]string{}
	l, err := l.ByOutcome()
	require.NoError(t, err)
	for c := range l.Cases() {
		d := l.As()
		d.Cases = func(other int) bool { return other == c }
		v, err := l.View(d)
		require.NoError(t, err)
		var b strings.Builder
		fmt.Fprint(&b, v.Population(), " ", l.AboutSomebody(), " ", l.Every().Persons(), " ")
		for i := 0; l.Known(i); i++ {
			fmt.Fprintf(&b, "%q ", l.Trait(i, c))
		}
		for _, p := range v.Variants(1, 0).Rows {
			fmt.Fprint(&b, p.Activities, *p.Spread)
		}
		for _, e := range v.Map(true).Edges {
			fmt.Fprint(&b, e.From, e.To, e.Tally)
			if e.Spread != nil {
				fmt.Fprint(&b, *e.Spread)
			}
		}
		if whole, ok := v.Tell(0); ok {
			for _, m := range []journey.Measure{journey.Satisfaction, journey.Sentiment} {
				if mean := whole.Satisfaction(m, journey.ByStep, 200).All.Mean; mean != nil {
					fmt.Fprint(&b, m, *mean)
				}
			}
		}
		out[l.ID(c)] = b.String()
	}
	return out
}

// rules are one policy: logs are kept by what it makes of the catalog.
var rules = policy.Default()

// A reader asks for journeys of a store.
type reader struct {
	cat   *graph.Catalog
	store graph.Store
	set   *Set
}

func readerOf(t *testing.T, cat *graph.Catalog, st graph.Store, now func() time.Time, most int64) *reader {
	set, err := New(cat, Options{Now: now, Most: most})
	require.NoError(t, err)
	t.Cleanup(set.Close)
	return &reader{cat, st, set}
}

// journeys waits, however long a log takes to be read on a busy machine.
func (r *reader) journeys(t *testing.T, purpose graph.Purpose, kind string, now graph.Time) (*policy.EventLog, error) {
	return r.chosen(t, purpose, r.cat.MustKind(kind), nil, now)
}

// chosen is that of the cases which a filter takes in.
func (r *reader) chosen(t *testing.T, purpose graph.Purpose, of *graph.Kind, filter *graph.Filter, now graph.Time) (*policy.EventLog, error) {
	viewer, q := &policy.Viewer{Lens: rules.Lens(r.cat, purpose)}, &policy.Journeys{Of: of, Now: now}
	if filter != nil {
		q.Cases = &graph.List{Key: of.Plural, Nodes: graph.Bare([]*graph.Kind{of}), Filter: filter}
	}
	for {
		log, err := policy.WithLogs(r.store, r.set)(viewer).Journeys(t.Context(), q)
		if graph.CodeOf(err) != graph.Unavailable || err == nil {
			return log, err
		}
	}
}

// TestALogIsAsFreshAsTheStore changes random worlds in all ways there are, by batches, removals, erasures and the time that passes, and compares the
// logs that were kept since the beginning with those that are read from the start.
func TestALogIsAsFreshAsTheStore(t *testing.T) {
	cat := graphtest.Catalog(t)
	var kinds []string
	for _, k := range cat.Kinds {
		if k.Journeys {
			kinds = append(kinds, k.Name)
		}
	}
	said := &graphtest.Lines{}
	run := func(t *testing.T, seed uint64, steps int, kinds []string, purposes []graph.Purpose, open func(t *testing.T, now func() time.Time) graph.Store) (changes int) {
		before := map[graph.Purpose]map[string]string{}
		at := graphtest.Clock()
		clock := func() time.Time { return at }
		st := open(t, clock)
		rng := rand.New(rand.NewPCG(seed, 3))
		kept := readerOf(t, cat, st, clock, 0)
		choices := &choosing{rng: rand.New(rand.NewPCG(seed, 4))}
		known := map[string]graph.Upsert{}
		world := graphtest.NewWorld(rand.New(rand.NewPCG(seed, 0)), cat)
		folder, compared := t.TempDir(), 0
		defer func() {
			assert.NotContains(t, strings.ReplaceAll(said.String(), `level=WARN msg="a snapshot of journeys is of no use, and they are read anew" file=`, ""), "level=WARN")
			for _, why := range regexp.MustCompile(`why="([^"]*)"`).FindAllStringSubmatch(said.String(), -1) {
				assert.Equal(t, "it is of another store, or of before an erasure", why[1])
			}
		}()
		compare := func(what string) {
			anew := readerOf(t, cat, st, clock, 0)
			var restarted *reader // each time with some changes that its snapshots do not have
			if compared++; compared%3 == 2 {
				restarted = snapshotsOf(t, cat, st, clock, folder, said)
				defer restarted.set.Close()
			}
			for _, purpose := range purposes {
				for _, kind := range kinds {
					want, err := anew.journeys(t, purpose, kind, graph.At(at))
					require.NoError(t, err)
					got, err := kept.journeys(t, purpose, kind, graph.At(at))
					require.NoError(t, err)
					now, at := told(t, got.Log), purpose+graph.Purpose(kind)
					if before[at] != nil && !maps.Equal(before[at], now) {
						changes++
					}
					before[at] = now
					require.Equal(t, told(t, want.Log), now, "seed %d: %s of %s after %s", seed, purpose, kind, what)
					require.Equal(t, want.Horizon, got.Horizon)
					listed(t, kept, purpose, cat.MustKind(kind), graph.At(clock()))
					for range 3 {
						choices.compare(t, kept, purpose, cat.MustKind(kind), graph.At(clock()), world.Value)
					}
					if restarted == nil {
						continue
					}
					after, err := restarted.journeys(t, purpose, kind, graph.At(clock()))
					require.NoError(t, err)
					require.Equal(t, now, told(t, after.Log), "seed %d: %s of %s after %s, from a snapshot", seed, purpose, kind, what)
					require.Equal(t, want.Horizon, after.Horizon)
				}
			}
		}
		write := func(what string, b *graph.Batch) {
			report, err := st.Write(t.Context(), b)
			if err != nil {
				return // refused: nothing has changed
			}
			for i, n := range b.Nodes {
				if stand := n.Kind.Timeline != nil || slices.Contains(cat.MustKind("Customer").Timeline.Targets, n.Kind) || n.Kind.Name == "Location"; stand {
					known[report.IDs[i]] = n
				}
			}
			compare(what)
		}
		for i, b := range world.Batches {
			write(fmt.Sprint("batch ", i), b)
		}
		for range steps {
			ids := slices.Sorted(maps.Keys(known))
			id := ids[rng.IntN(len(ids))]
			switch k := known[id].Kind; {
			case rng.IntN(4) == 0: // it is related to something else, or not any more
				b := &graph.Batch{Source: world.Batches[0].Source}
				e := k.Edges[rng.IntN(len(k.Edges))]
				for _, other := range ids {
					if to := known[other].Kind; e.Stored() && !e.Rel.Kept && slices.Contains(e.Targets, to) && rng.IntN(3) == 0 {
						link := graph.Link{Rel: e.Rel, From: graph.NodeRef{Kind: k, ID: id}, To: graph.NodeRef{Kind: to, ID: other}}
						if !e.Out {
							link.From, link.To = link.To, link.From
						}
						b.Edges = append(b.Edges, link)
						break
					}
				}
				if len(b.Edges) > 0 {
					write(fmt.Sprint("an edge ", e, " of ", id), b)
				}
			case rng.IntN(3) == 0:
				b := &graph.Batch{Source: world.Batches[0].Source}
				for _, p := range k.Shown() {
					if p.Given() && rng.IntN(2) == 0 {
						b.Nodes = []graph.Upsert{{Kind: k, ID: known[id].ID, Set: graph.Values{p.Name: world.Value(rng, p)}}}
						write(fmt.Sprint("a change of ", id, " ", p.Name), b)
					}
				}
			case rng.IntN(4) == 0:
				at = at.Add(time.Duration(rng.IntN(400*24)) * time.Hour)
				compare("the time has passed")
			case k.Person && rng.IntN(2) == 0:
				delete(known, id)
				write("the erasure of "+id, &graph.Batch{Source: "suite", Erase: []graph.Erasure{{Person: id}}})
			case k.Person:
				word := graph.Upsert{Kind: cat.MustKind(graph.ConsentKind), ID: fmt.Sprint("word", rng.Uint32()), Set: graph.Values{
					graph.ConsentPurpose: string(purposes[rng.IntN(len(purposes))]), graph.ConsentStatus: []string{graph.Granted, graph.Objected, graph.Withdrawn}[rng.IntN(3)],
					graph.ConsentAt: int64(graph.At(at))}}
				write("a word of "+id, &graph.Batch{Source: "suite", Nodes: []graph.Upsert{word}, Edges: []graph.Link{{Rel: cat.Rel("GIVEN_BY"),
					From: graph.NodeRef{Kind: word.Kind, External: graph.External{Source: "suite", ID: word.ID}}, To: graph.NodeRef{Kind: k, ID: id}}}})
			default:
				delete(known, id)
				write("the removal of "+id, &graph.Batch{Source: "suite", Remove: []graph.Removal{{Kind: k, ID: id}}})
			}
		}
		for range 2 { // the second finds what the first has kept, whatever was drawn
			compared = 1
			compare("all of that")
		}
		assert.Greater(t, choices.known, 20, "filters that logs know")
		assert.Greater(t, choices.asked, 5, "and others, which the store is asked for")
		return changes
	}
	t.Run("SQLite", func(t *testing.T) {
		changes := 0
		const erased = 80 // in this world campaigns of somebody who is erased stand in the journeys of the account that employed her
		seeds := []uint64{erased}
		for n := range uint64(8) {
			seeds = append(seeds, graphtest.Seed()+n)
		}
		for _, seed := range seeds {
			t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
				of := []graph.Purpose{purposes[seed%5], purposes[(seed+1)%5]}
				some := []string{kinds[seed%uint64(len(kinds))], kinds[(seed+1)%uint64(len(kinds))]}
				changes += run(t, seed, 25, some, of, func(t *testing.T, now func() time.Time) graph.Store {
					st, err := sqlite.Open(":memory:", cat, sqlite.Options{Now: now, NewID: graphtest.IDs(), Mark: graphtest.Mark})
					require.NoError(t, err)
					t.Cleanup(func() { st.Close() })
					require.NoError(t, st.Ready(t.Context()))
					return st
				})
			})
		}
		assert.Greater(t, changes, 50, "logs have changed")
		assert.Greater(t, strings.Count(said.String(), "from=snapshot"), 50)
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr, before := dev.StartKeepingPlans(t), strings.Count(said.String(), "from=snapshot")
		for n := range uint64(2) {
			dev.Empty(t, addr)
			run(t, graphtest.Seed()+n, 6, kinds[n:n+2], []graph.Purpose{graph.Sales, graph.Analysis}, func(t *testing.T, now func() time.Time) graph.Store {
				st, err := neo4j.Open(t.Context(), addr, cat, neo4j.Options{Now: now, NewID: graphtest.IDs(), Mark: graphtest.Mark})
				require.NoError(t, err)
				t.Cleanup(func() { st.Close() })
				require.NoError(t, st.Ready(t.Context()))
				return st
			})
		}
		assert.Positive(t, strings.Count(said.String(), "from=snapshot")-before)
	})
}
