package main

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
)

// A goal is what writing something is to take at most: 0 where nothing is set but that it gets no slower.
type goal struct {
	ms         float64 // p50, on two cores
	statements int     // beside the beginning and the end of the transaction
}

// soonLogged is the goal of an interaction with one participant on Neo4j: 0.6 of the 23.0 ms that it took while each node was read by itself.
var soonLogged = goal{0.6 * 23.0, 4}

// An entry is what is written to a store several times, and what that has taken.
type entry struct {
	*measured
	what       string
	to         graph.Store
	batch      func(i int) *graph.Batch
	goal       goal
	took       []time.Duration
	cpu        time.Duration
	statements []int
}

// written measures what it takes to write, in all stores by turns: so each has the same share of a busy machine.
func written(ctx context.Context, stores []*measured, times, few int) error {
	var logged, updated, erased, imported []*entry
	for _, m := range stores {
		talkative, interactions, err := m.talkative(ctx, few+1)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		log, erasure := goal{}, goal{}
		if m.name == onNeo4jName {
			log, erasure = soonLogged, goal{statements: 12 + 3*max((interactions-1)/1000, 0)}
		}
		cat := *m.cat
		cat.Rels = slices.DeleteFunc(slices.Clone(cat.Rels), func(r *graph.Rel) bool { return r.Kept })
		without, err := m.again(&cat)
		if err != nil {
			return fmt.Errorf("%s: %w", m.name, err)
		}
		defer without.Close()
		logged = append(logged, &entry{measured: m, what: "logInteraction", to: m.store, batch: m.logged, goal: log})
		updated = append(updated, &entry{measured: m, what: "updateDeal", to: m.store, batch: m.updated})
		erased = append(erased, &entry{measured: m, what: "erasure", to: m.store, batch: func(i int) *graph.Batch { return m.erased(talkative[i]) }, goal: erasure})
		imported = append(imported, &entry{measured: m, what: "import of 1,000 interactions", to: m.store, batch: func(i int) *graph.Batch { return m.imported(2 * i) }},
			&entry{measured: m, what: "the same without ties", to: without, batch: func(i int) *graph.Batch { return m.imported(2*i + 1) }})
	}
	for _, turns := range []struct {
		of    []*entry
		times int
	}{{logged, times}, {updated, times}, {erased, few}, {imported, few}} {
		for i := range turns.times + 1 {
			for _, e := range turns.of {
				if err := e.write(ctx, i); err != nil {
					return fmt.Errorf("%s: %s: %w", e.name, e.what, err)
				}
			}
		}
		for _, e := range turns.of {
			e.print()
		}
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// used is what this process and the server have used.
func (m *measured) used() time.Duration {
	return bench.Working(os.Getpid()) + bench.Working(m.server)
}

// write writes the batch of a turn. The first does not count: its statements may have to be planned.
func (e *entry) write(ctx context.Context, i int) error {
	b, n, used := e.batch(i), 0, e.used()
	began := time.Now()
	_, err := e.to.Write(graph.OnStatement(ctx, func(context.Context, graph.StatementRun) { n++ }), b)
	took := time.Since(began)
	if err == nil && i > 0 {
		e.took, e.statements, e.cpu = append(e.took, took), append(e.statements, n), e.cpu+e.used()-used
	}
	return err
}

func (e *entry) print() {
	slices.Sort(e.took)
	slices.Sort(e.statements)
	var soon, few string
	if e.goal.ms > 0 {
		soon = fmt.Sprintf("%.2f", e.goal.ms)
	}
	if e.goal.statements > 0 {
		few = fmt.Sprint(e.goal.statements)
	}
	n := len(e.took)
	fmt.Fprintf(e.out, "%s\t%s\t%.2f\t%s\t%.2f\t%.2f\t%d\t%s\t\n", e.name, e.what, ms(e.took[n/2]), soon, ms(e.took[0]), ms(e.cpu)/float64(n), e.statements[n/2], few)
}

// talkative are the ids of the customers who took part in most interactions, and in how many the first of them did.
func (m *measured) talkative(ctx context.Context, n int) (ids []string, most int, err error) {
	k := m.cat.MustKind("Customer")
	number := &graph.List{Key: "number", Edge: k.Edge("interactions"), Nodes: []*graph.Selection{{Kind: m.cat.MustKind("Interaction")}}, Tallies: []*graph.Tally{{Key: "n"}}}
	l := &graph.List{Key: "talkative", Rows: true, Page: graph.Page{Limit: n}, Nodes: []*graph.Selection{{Kind: k, Lists: []*graph.List{number}}},
		Order: []graph.Order{{Count: &graph.Over{Edge: k.Edge("interactions")}, Desc: true}}}
	res, err := m.store.Read(ctx, &graph.Fetch{Now: graph.At(bench.End), Lists: []*graph.List{l}})
	if err != nil {
		return nil, 0, err
	}
	rows := res.Lists[0].Rows
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return ids, int(rows[0].Lists[0].Tallies[0][0].Count), nil
}

func (m *measured) participant(of graph.NodeRef, kind string, n int, role string) graph.Link {
	k := m.cat.MustKind(kind)
	return graph.Link{Rel: m.cat.Rel("PARTICIPANT"), From: of, To: graph.NodeRef{Kind: k, ID: bench.ID(k.Prefix, n)}, Set: graph.Values{"role": role}}
}

func (m *measured) interaction(i int) graph.Values {
	return graph.Values{"at": int64(graph.At(bench.End)) + int64(i), "kind": "CALL", "channel": "PHONE", "origin": "CUSTOMER", "subject": fmt.Sprint("About order ", i),
		"text": strings.Repeat("Asked when the pump will be there. ", 4), "sentiment": int64(100_000)}
}

// logged is the batch of the mutation logInteraction with one participant.
func (m *measured) logged(i int) *graph.Batch {
	k, key := m.cat.MustKind("Interaction"), fmt.Sprint("logged ", i)
	ref := graph.NodeRef{Kind: k, External: graph.External{ID: key}}
	return &graph.Batch{Source: "kith.changes", Once: &graph.Once{Key: key, Hash: "hash"}, Nodes: []graph.Upsert{{Kind: k, ID: key, Set: m.interaction(i)}},
		Edges: []graph.Link{m.participant(ref, "Customer", i, "FROM")}}
}

// updated is the batch of the mutation updateDeal.
func (m *measured) updated(i int) *graph.Batch {
	k := m.cat.MustKind("Deal")
	return &graph.Batch{Source: "kith.changes", Once: &graph.Once{Key: fmt.Sprint("updated ", i), Hash: "hash"},
		Nodes: []graph.Upsert{{Kind: k, Node: bench.ID(k.Prefix, i), Set: graph.Values{"amount": graph.Money{Amount: int64(1+i) * 1e4, Currency: "EUR"}, "competitor": fmt.Sprint("competitor ", i)}}}}
}

// imported is a batch of an import, whose rows name their participants by the sources' ids.
func (m *measured) imported(i int) *graph.Batch {
	k := m.cat.MustKind("Interaction")
	b := &graph.Batch{Source: "import"}
	for j := range 1000 {
		n := i*1000 + j
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: k, ID: fmt.Sprint(n), Set: m.interaction(n)})
		for kind, of := range map[string]int{"Customer": bench.Small.Customers, "Employee": bench.Small.Employees} {
			b.Edges = append(b.Edges, graph.Link{Rel: m.cat.Rel("PARTICIPANT"), From: graph.NodeRef{Kind: k, External: graph.External{ID: fmt.Sprint(n)}},
				To: graph.NodeRef{Kind: m.cat.MustKind(kind), External: graph.External{Source: bench.Source, ID: fmt.Sprint(n % of)}}, Set: graph.Values{"role": "TO"}})
		}
	}
	return b
}

// erased is the batch of the mutation eraseCustomer, as the policy that comes with Kith has it.
func (m *measured) erased(id string) *graph.Batch {
	keep := map[graph.Category]string{graph.CategoryBehaviour: "totals", graph.CategoryFinancial: "law", graph.CategoryConsent: "proof"}
	return &graph.Batch{Source: "kith.rights", Erase: []graph.Erasure{{Person: id, Keep: keep}}}
}
