// Command writing tells what it takes the stores to write: the batches that two mutations make, an import, and an erasure, each on its
// own, in the small world of the gates; what it takes to read what was, and how long it takes until who follows changes is told. It may import everything of Kith.
package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/secret"
	"github.com/kithgraph/kith/graph/sqlite"
)

// port of the Neo4j that is measured alone.
const port = "7694"

func main() {
	log.SetFlags(0)
	addr := flag.String("neo4j", "", "bolt `address` of an empty Neo4j without password (default: one of its own)")
	only := flag.String("store", "", "the one `store` to measure: Neo4j or SQLite (default: both)")
	times := flag.Int("times", 200, "how often each mutation is written; imports and erasures a tenth of that")
	flag.Parse()
	if err := run(context.Background(), *addr, *only, *times); err != nil {
		log.Fatalln("writing:", err)
	}
}

func run(ctx context.Context, addr, only string, times int) (err error) {
	cat, schema, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "store\twritten\tp50 in ms\tleast\tCPU in ms\tstatements\t")
	for _, s := range []struct {
		name string
		open func() (open opener, end func() error, err error)
	}{{"Neo4j", func() (opener, func() error, error) { return onNeo4j(ctx, addr) }}, {"SQLite", onSQLite}} {
		if only != "" && only != s.name {
			continue
		}
		again, end, err := s.open()
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		store, err := again(cat)
		if err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		m := &measured{store: store, again: again, cat: cat, schema: schema, name: s.name, out: w}
		if s.name == "Neo4j" {
			m.server = bench.PID(cmp.Or(addr[strings.LastIndex(addr, ":")+1:], port))
		}
		if err := errors.Join(m.all(ctx, times), store.Close(), end()); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
	}
	return w.Flush()
}

var mark = secret.New().Marks("suppression")

// An opener opens a store anew, with a catalog.
type opener func(*graph.Catalog) (graph.Store, error)

func onNeo4j(ctx context.Context, addr string) (opener, func() error, error) {
	end := func() error { return nil }
	if addr == "" {
		var err error
		if addr, err = bench.StartNeo4j(ctx, "--fresh", port); err != nil {
			return nil, nil, err
		}
		end = func() error { return bench.StopNeo4j(port) }
	}
	ids := bench.NewIDs()
	return func(cat *graph.Catalog) (graph.Store, error) {
		return neo4j.Open(ctx, addr, cat, neo4j.Options{NewID: ids, Mark: mark})
	}, end, nil
}

func onSQLite() (opener, func() error, error) {
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		return nil, nil, err
	}
	ids := bench.NewIDs()
	return func(cat *graph.Catalog) (graph.Store, error) {
		return sqlite.Open(filepath.Join(dir, "kith.db"), cat, sqlite.Options{NewID: ids, Mark: mark})
	}, func() error { return os.RemoveAll(dir) }, nil
}

// measured is a store that is measured.
type measured struct {
	store  graph.Store
	again  opener
	cat    *graph.Catalog
	schema *ast.Schema
	name   string
	out    *tabwriter.Writer
	server int // the process of Neo4j, 0 where it is not known
}

// cpu is what this process and the server have used.
func (m *measured) cpu() time.Duration { return bench.CPU(os.Getpid()) + bench.Working(m.server) }

func (m *measured) all(ctx context.Context, times int) error {
	world := bench.New(bench.Small)
	if err := m.store.Ready(ctx); err != nil {
		return err
	}
	if _, err := bench.Load(ctx, m.store, m.cat, world, func(bench.Loading) {}); err != nil {
		return err
	}
	if err := m.past(ctx, times); err != nil {
		return fmt.Errorf("what was: %w", err)
	}
	few := max(times/10, 1)
	talkative, err := m.talkative(ctx, few+1)
	if err != nil {
		return err
	}
	for _, o := range []struct {
		name  string
		times int
		batch func(i int) *graph.Batch
	}{
		{"logInteraction", times, m.logged},
		{"updateDeal", times, m.updated},
		{"erasure", few, func(i int) *graph.Batch { return m.erased(talkative[i]) }},
	} {
		if err := m.measure(ctx, o.name, o.times, o.batch); err != nil {
			return fmt.Errorf("%s: %w", o.name, err)
		}
	}
	if err := m.imports(ctx, few); err != nil {
		return fmt.Errorf("imports: %w", err)
	}
	return m.followed(ctx, few)
}

// imports measures an import with all that follows from it, and by turns without ties: so both have the same share of a busy machine.
func (m *measured) imports(ctx context.Context, times int) error {
	cat := *m.cat
	cat.Rels = slices.DeleteFunc(slices.Clone(cat.Rels), func(r *graph.Rel) bool { return r.Kept })
	without, err := m.again(&cat)
	if err != nil {
		return err
	}
	defer without.Close()
	took := map[graph.Store][]time.Duration{}
	for i := range times + 1 {
		for j, s := range []graph.Store{m.store, without} {
			began := time.Now()
			if _, err := s.Write(ctx, m.imported(2*i+j)); err != nil {
				return err
			}
			if i > 0 {
				took[s] = append(took[s], time.Since(began))
			}
		}
	}
	for s, name := range map[graph.Store]string{m.store: "import of 1,000 interactions", without: "the same without ties"} {
		slices.Sort(took[s])
		fmt.Fprintf(m.out, "%s\t%s\t%.2f\t%.2f\t\t\t\n", m.name, name, ms(took[s][len(took[s])/2]), ms(took[s][0]))
	}
	return nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// measure writes batches, of which the first does not count: its statements may have to be planned.
func (m *measured) measure(ctx context.Context, name string, times int, batch func(i int) *graph.Batch) error {
	var took []time.Duration
	var statements []int
	var used time.Duration
	for i := range times + 1 {
		b, n := batch(i), 0
		if i == 1 {
			used = m.cpu()
		}
		began := time.Now()
		_, err := m.store.Write(graph.OnStatement(ctx, func(context.Context, graph.StatementRun) { n++ }), b)
		if err != nil {
			return err
		}
		if i > 0 {
			took, statements = append(took, time.Since(began)), append(statements, n)
		}
	}
	slices.Sort(took)
	slices.Sort(statements)
	fmt.Fprintf(m.out, "%s\t%s\t%.2f\t%.2f\t%.2f\t%d\t\n", m.name, name, ms(took[len(took)/2]), ms(took[0]), ms(m.cpu()-used)/float64(times), statements[len(statements)/2])
	return nil
}

// talkative are the ids of the customers who took part in most interactions.
func (m *measured) talkative(ctx context.Context, n int) (ids []string, err error) {
	k := m.cat.MustKind("Customer")
	l := &graph.List{Key: "talkative", Rows: true, Page: graph.Page{Limit: n}, Nodes: []*graph.Selection{{Kind: k}},
		Order: []graph.Order{{Count: &graph.Over{Edge: k.Edge("interactions")}, Desc: true}}}
	res, err := m.store.Read(ctx, &graph.Fetch{Now: graph.At(bench.End), Lists: []*graph.List{l}})
	if err != nil {
		return nil, err
	}
	for _, row := range res.Lists[0].Rows {
		ids = append(ids, row.ID)
	}
	return ids, nil
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
