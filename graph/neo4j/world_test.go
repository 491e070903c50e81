package neo4j_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

// A world is a batch in the making: nodes are named by short ids, which are unique within their kind.
type world struct {
	cat   *graph.Catalog
	batch *graph.Batch
}

func newWorld(t testing.TB) *world {
	t.Helper()
	cat := graphtest.Catalog(t)
	return &world{cat, &graph.Batch{Source: "test"}}
}

// node adds a node. Pairs are names and values of properties.
func (w *world) node(kind, id string, pairs ...any) {
	w.batch.Nodes = append(w.batch.Nodes, graph.Upsert{Kind: w.cat.MustKind(kind), ID: id, Set: values(pairs)})
}

// link adds a relationship between nodes that are written as Kind:id.
func (w *world) link(from, rel, to string, pairs ...any) {
	w.batch.Edges = append(w.batch.Edges, graph.Link{Rel: w.cat.Rel(rel), From: w.ref(from), To: w.ref(to), Set: values(pairs)})
}

func (w *world) ref(s string) graph.NodeRef {
	for _, k := range w.cat.Kinds {
		if n := len(k.Name); len(s) > n+1 && s[:n] == k.Name && s[n] == ':' {
			return graph.NodeRef{Kind: k, External: graph.External{ID: s[n+1:]}}
		}
	}
	panic("no kind in " + s)
}

func values(pairs []any) graph.Values {
	v := graph.Values{}
	for i := 0; i < len(pairs); i += 2 {
		if n, ok := pairs[i+1].(int); ok {
			pairs[i+1] = int64(n)
		}
		v[pairs[i].(string)] = pairs[i+1]
	}
	return v
}

func eur(n int) graph.Money { return graph.Money{Amount: int64(n) * 1e4, Currency: "EUR"} }

func usd(n int) graph.Money { return graph.Money{Amount: int64(n) * 1e4, Currency: "USD"} }

// write applies what was added, in batches, and starts anew.
func (w *world) write(t testing.TB, s graph.Store) {
	t.Helper()
	const size = 20000
	b := w.batch
	w.batch = &graph.Batch{Source: b.Source}
	for i := 0; i < len(b.Nodes); i += size {
		_, err := s.Write(context.Background(), &graph.Batch{Source: b.Source, Nodes: b.Nodes[i:min(i+size, len(b.Nodes))]})
		require.NoError(t, err)
	}
	for i := 0; i < len(b.Edges); i += size {
		_, err := s.Write(context.Background(), &graph.Batch{Source: b.Source, Edges: b.Edges[i:min(i+size, len(b.Edges))]})
		require.NoError(t, err)
	}
}

// crowd is a world in which plans show: a thousand accounts with two versions of their firmographics, twenty thousand
// customers with a job each, of whom every tenth has no name, two thousand deals, and six thousand interactions, of
// which a quarter fall to the first hundred customers.
func (w *world) crowd() {
	r := rand.New(rand.NewPCG(1, 2))
	const accounts, customers, deals, interactions = 500, 8000, 1500, 4000
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	for i := range 20 {
		w.node("Employee", fmt.Sprint(i), "name", fmt.Sprint("Employee ", i))
		w.node("Product", fmt.Sprint(i), "name", fmt.Sprint("Product ", i))
	}
	for i := range accounts {
		id := fmt.Sprint(i)
		w.node("Account", id, "name", fmt.Sprintf("Account %06d", r.IntN(1e6)), "accountStage", pick("PROSPECT", "CUSTOMER"))
		for v, valid := range [][]any{{"to", 1000 * day}, {"from", 1000 * day}} {
			f := fmt.Sprint(i, "v", v)
			w.node("Firmographics", f, "industry", fmt.Sprint("Industry ", r.IntN(20)), "employeeCount", r.IntN(2000), "revenue", graph.Money{Amount: r.Int64N(1e12), Currency: pick("EUR", "EUR", "USD")})
			w.link("Account:"+id, "DESCRIBED_BY", "Firmographics:"+f, valid...)
		}
	}
	for i := range customers {
		id := fmt.Sprint(i)
		w.node("Customer", id, "email", fmt.Sprintf("c%d@kith.example", i), "familyName", fmt.Sprintf("Family %03d", r.IntN(500)), "journeyStage", pick("USE", "LOYALTY", "PURCHASE"))
		if i%10 != 0 {
			w.batch.Nodes[len(w.batch.Nodes)-1].Set["name"] = fmt.Sprintf("Person %06d", r.IntN(1e6))
		}
		w.link("Customer:"+id, "WORKS_AT", fmt.Sprint("Account:", r.IntN(accounts)), "title", "Clerk", "from", int64(r.IntN(2000))*day)
	}
	for i := range deals {
		id := fmt.Sprint(i)
		w.node("Deal", id, "name", "Deal "+id, "stage", pick("PROPOSAL", "WON", "LOST"), "amount", eur(r.IntN(1e6)), "openedAt", int64(i)*day/2)
		w.link("Deal:"+id, "WITH", fmt.Sprint("Account:", r.IntN(accounts)))
	}
	for i := range interactions {
		id := fmt.Sprint(i)
		who := r.IntN(customers)
		if i%4 == 0 {
			who = r.IntN(100)
		}
		w.node("Interaction", id, "at", r.Int64N(3000)*day+int64(i), "channel", pick("PHONE", "EMAIL", "WEB"), "origin", pick("CUSTOMER", "BUSINESS"))
		w.link("Interaction:"+id, "PARTICIPANT", fmt.Sprint("Customer:", who), "role", "FROM")
		w.link("Interaction:"+id, "PARTICIPANT", fmt.Sprint("Employee:", r.IntN(20)), "role", "TO")
		w.link("Interaction:"+id, "ABOUT", fmt.Sprint("Product:", r.IntN(20)))
	}
	for i := range deals {
		id := fmt.Sprint(i)
		w.node("Claim", id, "role", pick("CHAMPION", "BLOCKER"), "recordedAt", int64(i)*day)
		w.link("Claim:"+id, "ABOUT", fmt.Sprint("Customer:", r.IntN(customers)))
		w.link("Claim:"+id, "ON", fmt.Sprint("Deal:", r.IntN(deals)))
		w.link("Claim:"+id, "BY", fmt.Sprint("Employee:", r.IntN(20)))
	}
}
