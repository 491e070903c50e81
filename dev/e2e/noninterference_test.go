package e2e

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	kithneo4j "github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sqlite"
)

var (
	worlds  = flag.Int("worlds", 40, "how many random worlds are searched for what is withheld")
	queries = flag.Int("queries", 50, "how many random operations ask each of them")
)

// TestWhatIsWithheldChangesNothing holds two worlds together that differ only in what is withheld from a purpose: no
// operation may tell them apart, in data, order, cursors, counts, errors, cost or reasons. Consents, and whether somebody is
// party to a contract, are the same in both.
func TestWhatIsWithheldChangesNothing(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		inWorlds(t, func(t *testing.T) *program {
			return start(t, func(p *program) (graph.Store, error) {
				return sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), p.catalog, sqlite.Options{NewID: p.newID, OnStatement: p.count})
			})
		})
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr := dev.Start(t)
		empty(t, addr)
		p := start(t, func(p *program) (graph.Store, error) {
			return kithneo4j.Open(t.Context(), addr, p.catalog, kithneo4j.Options{NewID: p.newID, OnStatement: p.count})
		})
		inWorlds(t, func(t *testing.T) *program {
			empty(t, addr)
			p.ids = 0
			return p
		})
	})
}

func inWorlds(t *testing.T, open func(*testing.T) *program) {
	require.NoError(t, flag.Set("rapid.checks", fmt.Sprint(*worlds)))
	require.NoError(t, flag.Set("rapid.nofailfile", "true"))
	told := 0
	rapid.Check(t, func(rt *rapid.T) {
		purpose := rapid.SampledFrom([]graph.Purpose{graph.Service, graph.Sales, graph.Sales, graph.Marketing, graph.Marketing}).Draw(rt, "purpose")
		seed := rapid.Uint64().Draw(rt, "seed")
		told += inWorld(rt, open(t), purpose, seed)
	})
	require.Positive(t, told, "some operations are answered with rows")
}

// inWorld asks one world before and after what is withheld of it has changed, and gives the number of rows it told of.
func inWorld(rt *rapid.T, p *program, purpose graph.Purpose, seed uint64) int {
	rng := rand.New(rand.NewPCG(seed, 1))
	w := graphtest.NewWorld(rand.New(rand.NewPCG(seed, 0)), p.catalog)
	names := map[string]string{}
	source := ""
	write := func(b *graph.Batch) {
		report, err := p.store.Write(rt.Context(), b)
		if bad := (*graph.BatchError)(nil); errors.As(err, &bad) {
			b.Edges = bad.Sound(b.Edges)
			report, err = p.store.Write(rt.Context(), b)
		}
		require.NoError(rt, err)
		for i, n := range b.Nodes {
			names[report.IDs[i]] = n.ID
		}
	}
	for _, b := range w.Batches[:len(w.Batches)-1] { // a store refuses the last
		write(b)
		source = b.Source
	}
	write(said(p.catalog, source, purpose, names, rng))
	everything, err := p.store.Read(rt.Context(), graphtest.Everything(p.catalog))
	require.NoError(rt, err)
	r := look(policy.Default(), purpose, p.catalog, source, everything, names)
	a := &asking{Rand: rng, catalog: p.catalog, schema: p.schema, texts: []string{"Ann", "a"}, allowed: func(c graph.Category) bool { return !r.denied(c) }}
	for id, n := range r.nodes {
		a.ids = append(a.ids, id)
		a.refs = append(a.refs, struct{ source, id string }{source, strings.Map(plainText, n.id)})
		for _, v := range n.values {
			if s, ok := v.(string); ok && s != "" && len(s) < 30 {
				a.texts = append(a.texts, s)
			}
		}
	}
	slices.Sort(a.ids) // maps have no order, and a seed is to give one test
	slices.Sort(a.texts)
	slices.SortFunc(a.refs, func(x, y struct{ source, id string }) int { return strings.Compare(x.id, y.id) })
	type question struct {
		text   string
		answer []byte
	}
	var asked []question
	rows := 0
	for range *queries {
		q := a.operation()
		answer := p.bytes(rt, purpose, q)
		asked = append(asked, question{q, answer})
		rows += bytes.Count(answer, []byte(`"node":{`))
		if next, ok := nextPage(q, answer); ok && a.chance(50) {
			asked = append(asked, question{next, p.bytes(rt, purpose, next)})
		}
	}
	write(r.upset(w, rng))
	for _, q := range asked {
		require.Equal(rt, string(q.answer), string(p.bytes(rt, purpose, q.text)), "%s for %s tells of what is withheld", q.text, purpose)
	}
	return rows
}

// nextPage asks for what follows the first page of a root.
func nextPage(q string, answer []byte) (string, bool) {
	var a struct {
		Data map[string]struct {
			Edges []struct{ Cursor string }
		}
	}
	if json.Unmarshal(answer, &a) != nil || !strings.Contains(q, "(first: ") {
		return "", false
	}
	for field, c := range a.Data {
		if start := "{ " + field + "(first: "; strings.HasPrefix(q, start) && len(c.Edges) > 0 && c.Edges[0].Cursor != "" {
			return strings.Replace(q, "(first: ", fmt.Sprintf("(after: %q, first: ", c.Edges[len(c.Edges)-1].Cursor), 1), true
		}
	}
	return "", false
}

// said gives each customer a word about the purpose: none, an objection, a consent that holds, has expired or was withdrawn,
// or a restriction.
func said(cat *graph.Catalog, source string, purpose graph.Purpose, names map[string]string, rng *rand.Rand) *graph.Batch {
	b := &graph.Batch{Source: source}
	customer, consent := cat.MustKind("Customer"), cat.MustKind(graph.ConsentKind)
	ids := slices.Sorted(func(yield func(string) bool) {
		for id := range names {
			if !yield(id) {
				return
			}
		}
	})
	at := int64(graph.At(now.AddDate(0, -1, 0)))
	for _, id := range ids {
		if cat.KindOf(id) != customer {
			continue
		}
		set := graph.Values{graph.ConsentAt: at, graph.ConsentPurpose: string(purpose)}
		switch rng.IntN(8) {
		case 0, 1:
			continue
		case 2, 3:
			set[graph.ConsentStatus] = graph.Objected
		case 4, 5:
			set[graph.ConsentStatus] = graph.Granted
		case 6:
			set[graph.ConsentStatus], set[graph.ConsentExpires] = graph.Granted, at+1000
		case 7:
			set[graph.ConsentStatus], set[graph.ConsentPurpose] = graph.Restricted, nil
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: consent, ID: "said" + id, Set: set})
		b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel("GIVEN_BY"), From: graph.NodeRef{Kind: consent, External: graph.External{ID: "said" + id}}, To: graph.NodeRef{Kind: customer, External: graph.External{ID: names[id]}}})
	}
	return b
}

// bytes asks for a purpose, and gives the answer to the letter.
func (p *program) bytes(t require.TestingT, purpose graph.Purpose, query string) []byte {
	body, err := json.Marshal(map[string]any{"query": query})
	require.NoError(t, err)
	req, err := http.NewRequest(http.MethodPost, p.url, bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Kith-Purpose", string(purpose))
	req.Header.Set("X-Request-Id", "same")
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return answer
}
