package e2e

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
)

// A counted store notes what its last Write has cost.
type counted struct {
	graph.Store
	statements int
	most       uint64 // bytes that were in use, after each statement; 0 if nobody asked
	weighs     bool
}

func (c *counted) Write(ctx context.Context, b *graph.Batch) (*graph.Report, error) {
	c.statements, c.most = 0, 0
	return c.Store.Write(graph.OnStatement(ctx, func(context.Context, graph.StatementRun) {
		if c.statements++; c.weighs {
			c.most = max(c.most, live())
		}
	}), b)
}

// onCountedStores is onBothStores with a store that counts.
func onCountedStores(t *testing.T, test func(t *testing.T, p *program, c *counted)) {
	counting := func(open func(*program) (graph.Store, error), c *counted) func(*program) (graph.Store, error) {
		return func(p *program) (s graph.Store, err error) {
			c.Store, err = open(p)
			return c, err
		}
	}
	t.Run("SQLite", func(t *testing.T) {
		c := &counted{}
		test(t, start(t, counting(inFile(t), c)), c)
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr := dev.StartForPrograms(t)
		dev.Empty(t, addr)
		c := &counted{}
		test(t, start(t, counting(inNeo4j(addr), c)), c)
	})
}

// mostOnNeo4j is how many statements an erasure takes there at most, beside the beginning and the end of the transaction: 12 for what is
// about her, up to a thousand nodes, and 3 for each further thousand.
func mostOnNeo4j(nodes int) int { return 12 + 3*max((nodes-1)/1000, 0) }

// mostOnSQLite grows with the number of tables, and with thousands.
func mostOnSQLite(cat *graph.Catalog, nodes int) int {
	tables := len(cat.Kinds) + len(cat.Rels)
	return 3*tables + 10*max((nodes-1)/1000, 0)
}

// talkative is the customer who took part in most interactions, and how many nodes are about her at least.
func (p *program) talkative(t *testing.T) (id string, nodes int) {
	t.Helper()
	k := p.catalog.MustKind("Customer")
	l := &graph.List{Key: "talkative", Rows: true, Page: graph.Page{Limit: 1}, Nodes: []*graph.Selection{{Kind: k, Lists: []*graph.List{
		{Key: "number", Edge: k.Edge("interactions"), Nodes: []*graph.Selection{{Kind: p.catalog.MustKind("Interaction")}}, Tallies: []*graph.Tally{{Key: "n"}}}}}},
		Order: []graph.Order{{Count: &graph.Over{Edge: k.Edge("interactions")}, Desc: true}}}
	res, err := p.store.Read(t.Context(), &graph.Fetch{Now: graph.At(now), Lists: []*graph.List{l}})
	require.NoError(t, err)
	row := res.Lists[0].Rows[0]
	return row.ID, int(row.Lists[0].Tallies[0][0].Count)
}

// erased erases somebody as a mutation does, and holds the number of statements to the number of nodes about her.
func (p *program) erased(t *testing.T, c *counted, id string, nodes int, keep map[graph.Category]string) {
	t.Helper()
	k := p.catalog.MustKind(graph.RequestKind)
	request := graph.NodeRef{Kind: k, External: graph.External{ID: "request of " + id}}
	b := &graph.Batch{Source: "kith.rights", Once: &graph.Once{Key: id, Hash: "h"}, Erase: []graph.Erasure{{Person: id, Keep: keep}},
		Nodes: []graph.Upsert{{Kind: k, ID: request.External.ID, Set: graph.Values{"right": "ERASURE", "at": int64(graph.At(now))}}},
		Edges: []graph.Link{{Rel: p.catalog.Rel("REQUESTED_BY"), From: request, To: graph.NodeRef{Kind: p.catalog.MustKind("Customer"), ID: id}}}}
	_, err := c.Write(t.Context(), b)
	require.NoError(t, err)
	t.Logf("%d statements for %d nodes, %d bytes in use at most", c.statements, nodes, c.most)
	most := mostOnSQLite(p.catalog, nodes)
	if onNeo4j(c.Store) {
		most = mostOnNeo4j(nodes)
	}
	assert.LessOrEqual(t, c.statements, most)
}

// erasesTheMostTalkative is for the demonstration world, which it leaves without her.
func erasesTheMostTalkative(t *testing.T, p *program) {
	id, nodes := p.talkative(t)
	require.Greater(t, nodes, 20)
	require.Less(t, nodes, 1000)
	p.erased(t, &counted{Store: p.store}, id, nodes, map[graph.Category]string{graph.CategoryBehaviour: "totals", graph.CategoryFinancial: "law", graph.CategoryConsent: "proof"})
}

// TestWhatAnErasureOfManyCosts has the memory that it takes weighed on SQLite, where the statements are the process's own.
func TestWhatAnErasureOfManyCosts(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: it makes 20,000 interactions")
	}
	onBothStores(t, func(t *testing.T, p *program) {
		c := &counted{Store: p.store, weighs: !onNeo4j(p.store)}
		sizes, weighed := []int{20_000}, map[int]uint64{}
		if c.weighs {
			sizes = []int{2000, 20_000}
		}
		for _, size := range sizes {
			p.erased(t, c, p.chatty(t, size), size, map[graph.Category]string{graph.CategoryFinancial: "law"}) // all of it is removed
			weighed[size] = c.most
			l := &graph.List{Key: "left", Nodes: []*graph.Selection{{Kind: p.catalog.MustKind("Interaction")}}, Tallies: []*graph.Tally{{Key: "n"}},
				Filter: &graph.Filter{Test: &graph.Test{Ref: graph.Ref{Prop: p.catalog.MustKind("Interaction").Property("sequence")}, Op: graph.Eq, Value: int64(size)}}}
			res, err := p.store.Read(t.Context(), &graph.Fetch{Now: graph.At(now), Lists: []*graph.List{l}})
			require.NoError(t, err)
			assert.Zero(t, res.Lists[0].Tallies[0][0].Count)
		}
		if c.weighs {
			assert.Less(t, weighed[20_000], weighed[2000]+(8<<20), "memory does not grow with what there is to erase")
		}
	})
}

// chatty makes a customer who took part in so many interactions, which have the number for a sequence.
func (p *program) chatty(t *testing.T, n int) string {
	t.Helper()
	kind := p.catalog.MustKind
	her := graph.Upsert{Kind: kind("Customer"), ID: fmt.Sprint("chatty ", n), Set: graph.Values{"name": fmt.Sprint("Chatty Person", n), "email": fmt.Sprintf("chatty%d@kith.example", n)}}
	first, err := p.store.Write(t.Context(), &graph.Batch{Source: "test", Nodes: []graph.Upsert{her}})
	require.NoError(t, err)
	for i := 0; i < n; i += 2000 {
		b := &graph.Batch{Source: "test"}
		for j := range min(2000, n-i) {
			id := fmt.Sprintf("%d of %d", i+j, n)
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind("Interaction"), ID: id, Set: graph.Values{"kind": "CALL", "sequence": int64(n), "at": int64(graph.At(now.Add(-time.Duration(i+j) * time.Minute))), "text": "She asks when it comes."}})
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("PARTICIPANT"), From: graph.NodeRef{Kind: kind("Interaction"), External: graph.External{ID: id}}, To: graph.NodeRef{Kind: kind("Customer"), ID: first.IDs[0]}})
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
	}
	return first.IDs[0]
}

func TestWhatLoggingAnInteractionCosts(t *testing.T) {
	onCountedStores(t, func(t *testing.T, p *program, c *counted) {
		s := p.shop(t)
		logs := func(t *testing.T, key string, others ...string) {
			t.Helper()
			who := fmt.Sprintf("{id: %q, role: FROM}", s.ann)
			for _, id := range others {
				who += fmt.Sprintf(", {id: %q, role: TO}", id)
			}
			made := p.change(t, graph.Service, "logInteraction", fmt.Sprintf(`key: %q, kind: CALL, channel: PHONE, origin: CUSTOMER, subject: "A call", text: "It leaks.", participants: [%s]`, key, who), "interaction { subject }")
			require.Empty(t, made.errors)
			t.Logf("%d statements", c.statements)
			if onNeo4j(c.Store) {
				assert.LessOrEqual(t, c.statements, 4)
			} else {
				assert.LessOrEqual(t, c.statements, 20)
			}
		}
		t.Run("with one participant", func(t *testing.T) { logs(t, "1") })
		t.Run("with others, whom she knows from then on", func(t *testing.T) { logs(t, "3", s.eve, s.sam, s.bob) })
		t.Run("and with those whom she knows already", func(t *testing.T) { logs(t, "4", s.eve, s.sam, s.bob) })
		t.Run("where somebody was erased, who may come again", func(t *testing.T) {
			_, err := p.store.Write(t.Context(), &graph.Batch{Source: "kith.rights", Erase: []graph.Erasure{{Person: s.bob}}})
			require.NoError(t, err)
			logs(t, "2")
		})
	})
}
