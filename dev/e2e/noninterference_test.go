package e2e

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

var (
	worlds  = flag.Int("worlds", 40, "how many random worlds in SQLite are searched for what is withheld")
	queries = flag.Int("queries", 50, "how many random operations ask each of them")
	shapes  = flag.Int("shapes", 6, "how many random operations for each purpose ask five worlds in Neo4j")
	seed    = flag.Uint64("seed", graphtest.Seed(), "of the first world")
	turns   = flag.Bool("turns", false, "Neo4j is asked everything, not only what has its turn with this seed")
)

// purposes are those for which something is withheld.
var purposes = []graph.Purpose{graph.Service, graph.Sales, graph.Marketing, graph.Analysis, graph.Self}

// TestWhatIsWithheldChangesNothing holds two worlds together that differ only in what is withheld from a purpose: no
// operation may tell them apart, in data, order, cursors, counts, errors, cost, headers or reasons, nor may its spans, but for how long
// they took, nor the receipt that it leaves. Consents, and whether somebody is party to a contract, are the same in both.
//
// The guard rewrites what is asked before a store sees it, so that most worlds are in SQLite, where a new statement costs little.
func TestWhatIsWithheldChangesNothing(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		told := &telling{}
		worlds := *worlds
		if testing.Short() {
			worlds = min(worlds, 10)
		}
		graphtest.Report(t, "%d worlds; to repeat it: -seed=%d", worlds, *seed)
		for i := range uint64(worlds) {
			n := *seed + i
			t.Run(fmt.Sprint("-worlds=1 -seed=", n), func(t *testing.T) {
				told.searched(t, onSQLite(t), purposes[n%uint64(len(purposes))], n, *queries, n)
			})
		}
		told.report(t)
		if worlds >= 10 { // few draw none by chance, as does the sample in Neo4j
			require.Positive(t, told.rows, "some operations are answered with rows")
			require.Positive(t, told.journeys, "some operations are answered with journeys")
			require.Positive(t, told.exposures, "and some with whom hidden events reached")
		}
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr := dev.StartForPrograms(t)
		before, anewBefore, counted := dev.Planned(t, addr)
		dev.Empty(t, addr)
		told := &telling{}
		p := start(t, inNeo4j(addr))
		for i := range uint64(5) {
			for turn, purpose := range purposes {
				if turn < 2 && !p.inTurn(turn, 2) || turn >= 2 && !p.inTurn(turn-2, len(purposes)-2) {
					continue // one that sees customers has its turn, and one of the others
				}
				t.Run(fmt.Sprintf("-seed=%d, world %d, %s", *seed, i, purpose), func(t *testing.T) {
					dev.Empty(t, addr)
					p.ids = 0
					told.searched(t, p, purpose, *seed+i, *shapes, *seed)
				})
			}
		}
		told.report(t)
		if planned, anew, _ := dev.Planned(t, addr); counted {
			texts := 0
			p.texts.Range(func(any, any) bool { texts++; return true })
			graphtest.Report(t, "%d texts; Neo4j planned %d statements, those of writing included, %d of them anew", texts, planned-before, anew-anewBefore)
		}
	})
}

// telling counts what a search has come to.
type telling struct{ comparisons, rows, sources, journeys, exposures int }

func (s *telling) report(t *testing.T) {
	graphtest.Report(t, "%d operations asked before and after what is withheld has changed; %d rows told, %d with where they came from; %d answers on journeys, %d on whom hidden events reached", s.comparisons, s.rows, s.sources, s.journeys, s.exposures)
}

// searched searches one world.
func (s *telling) searched(t *testing.T, p *program, purpose graph.Purpose, world uint64, n int, shapes uint64) {
	into := p.traced(t)
	w := newWorld(t, p, purpose, world)
	_, err := w.bytes(purpose, `{ committeeWarnings(owner: "emp_nobody") { truncated } }`) // so that how long stages took has been read both times
	require.NoError(t, err)
	into.taken(t, 1)
	asked := w.questions(n, shapes)
	w.ask(t, asked)
	requests := len(asked)
	for _, q := range asked {
		if q.next != nil {
			requests++
		}
	}
	before := into.taken(t, requests)
	silent := w.followed(t)
	w.upset(t)
	silent(t)
	into.taken(t, 2)
	w.askAgain(t, asked)
	require.Equal(t, before, into.taken(t, requests), "%s: spans tell of what is withheld", purpose)
	for _, q := range asked {
		s.comparisons++
		if bytes.Contains(q.answer, []byte(`"activities":["`)) {
			s.journeys++
		}
		s.exposures += len(reached.FindAll(q.answer, -1))
		s.rows += bytes.Count(q.answer, []byte(`"node":{`))
		s.sources += w.comeFrom(t, q)
		require.NotContains(t, string(q.answer), `"code":"INTERNAL"`, "%s for %s: an error of ours is the same both times", q.text, purpose)
		if d := q.differs(); d != nil {
			require.Equal(t, string(d.answer), string(d.again), "%s for %s tells of what is withheld", d.text, purpose)
			require.Equal(t, d.head, d.headAgain, "the headers of %s for %s tell of what is withheld", d.text, purpose)
			require.Equal(t, d.left, d.leftAgain, "the receipt of %s for %s tells of what is withheld", d.text, purpose)
		}
	}
}

// followed takes a cursor of the feed, and gives what sees to it that nothing is told behind that: the answers differ by the cursors alone,
// which are never the same.
func (w *world) followed(t *testing.T) func(t *testing.T) {
	if w.purpose == graph.Analysis || w.purpose == graph.Self {
		return func(t *testing.T) {
			for range 2 {
				_, err := w.bytes(w.purpose, "{ changes { endCursor } }")
				require.NoError(t, err)
			}
		}
	}
	after := w.from(t, w.purpose)
	return func(t *testing.T) {
		page := w.page(t, w.purpose, map[string]any{"after": after})
		require.Empty(t, page.Entries, "the feed tells %s of what is withheld", w.purpose)
		require.False(t, page.HasNextPage)
		require.Empty(t, w.leftFor(changesQuery), "and so does its receipt")
	}
}

// reached is a number of customers whom a hidden event reached, other than none.
var reached = regexp.MustCompile(`"exposure":\{"customers":[1-9]`)

// external is a row of a source in an answer.
var external = regexp.MustCompile(`"__typename":"External"[^{}]*"id":("(?:[^"\\]|\\.)*")`)

// comeFrom sees to it that an answer tells of no node which row of a source it came from, where that is withheld: what is stored of it
// does not change from one world to the other.
func (w *world) comeFrom(t *testing.T, q *question) (n int) {
	for _, answer := range [][]byte{q.answer, q.again} {
		for _, m := range external.FindAllSubmatch(answer, -1) {
			var id string
			require.NoError(t, json.Unmarshal(m[1], &id))
			told := slices.ContainsFunc(slices.Collect(maps.Keys(w.reference.nodes)), func(node string) bool {
				n := w.reference.nodes[node]
				of := cmp.Or(n.kind.Existence, graph.CategoryCompany)
				if n.kind.OfPersons() {
					of = graph.CategoryIdentity
				}
				return n.comesFrom(id) && w.reference.may(node, of) && w.purpose != graph.Analysis && (w.purpose != graph.Self || n.kind.OfPersons() || slices.Contains(n.kind.Only, graph.Self))
			})
			require.True(t, told, "%s for %s tells that something came from %s: %s", q.text, w.purpose, id, answer)
			n++
		}
	}
	return n
}
