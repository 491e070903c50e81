package demo_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
	"github.com/kithgraph/kith/graph/sdl"
)

// loaded is when the world of most tests is made.
var loaded = time.Date(2026, time.November, 23, 15, 2, 0, 0, time.UTC)

func catalog(t *testing.T) *graph.Catalog {
	t.Helper()
	cat, _, err := sdl.Parse(kith.Schema)
	require.NoError(t, err)
	return cat
}

// world is what batches hold, by what it is known by: nodes as "Deal/dea-1", relationships as
// "WITH Deal/dea-1 Account/acc-01", with the values of their key properties.
type world struct {
	nodes map[string]graph.Values
	edges map[string]graph.Values
	past  map[string][]graph.Upsert // what is told of the past of a node, in its order
	from  map[string][]edge
	to    map[string][]edge
}

type edge struct {
	rel, from, to string
	set           graph.Values
}

func worldOf(t *testing.T, batches []*graph.Batch) *world {
	t.Helper()
	w := &world{map[string]graph.Values{}, map[string]graph.Values{}, map[string][]graph.Upsert{}, map[string][]edge{}, map[string][]edge{}}
	for _, b := range batches {
		for _, n := range b.Nodes {
			key := n.Kind.Name + "/" + n.ID
			if n.At != nil {
				w.past[key] = append(w.past[key], n)
				continue
			}
			if w.nodes[key] != nil {
				require.Failf(t, "made twice", "%s", key)
			}
			w.nodes[key] = n.Set
		}
		for _, l := range b.Edges {
			e := edge{l.Rel.Type, l.From.Kind.Name + "/" + l.From.External.ID, l.To.Kind.Name + "/" + l.To.External.ID, l.Set}
			if w.nodes[e.from] == nil || w.nodes[e.to] == nil {
				require.Failf(t, "a relationship comes before its node", "%v", e)
			}
			key := e.rel + " " + e.from + " " + e.to
			for _, p := range l.Rel.Key {
				key += fmt.Sprintf(" %v", l.Set[p.Name])
			}
			if _, ok := w.edges[key]; ok {
				require.Failf(t, "made twice", "%s", key)
			}
			w.edges[key] = l.Set
			w.from[e.from] = append(w.from[e.from], e)
			w.to[e.to] = append(w.to[e.to], e)
		}
	}
	return w
}

var (
	mutex sync.Mutex
	made  = map[time.Time]*world{}
)

// worldOn is the world as it is made on a day. Tests share it.
func worldOn(t *testing.T, now time.Time) *world {
	t.Helper()
	mutex.Lock()
	defer mutex.Unlock()
	if made[now] == nil {
		made[now] = worldOf(t, demo.Batches(catalog(t), demo.Seed, now))
	}
	return made[now]
}

func make2026(t *testing.T) *world { return worldOn(t, loaded) }

// of are the nodes of a kind.
func (w *world) of(kind string) map[string]graph.Values {
	out := map[string]graph.Values{}
	for key, set := range w.nodes {
		if strings.HasPrefix(key, kind+"/") {
			out[key] = set
		}
	}
	return out
}

// out and in are the relationships of a type that leave and reach a node.
func (w *world) out(rel, from string) []edge { return only(rel, w.from[from]) }
func (w *world) in(rel, to string) []edge    { return only(rel, w.to[to]) }

func only(rel string, edges []edge) []edge {
	var out []edge
	for _, e := range edges {
		if e.rel == rel {
			out = append(out, e)
		}
	}
	return out
}

func day(t *testing.T, s string) int64 {
	t.Helper()
	d, err := graph.ParseDate(s)
	require.NoError(t, err)
	return int64(d)
}

func dayOf(at any) string { return graph.Time(at.(int64)).Std().Format(time.DateOnly) }
