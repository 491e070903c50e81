package sqlite_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sqlite"
)

var (
	file  = flag.String("file", "", "a store to benchmark; empty: one is made")
	scale = flag.Int("scale", 1, "of the store that is made: a thousand accounts, five thousand customers and fifty thousand interactions, so many times")
)

// talk adds customers who talk to employees about products.
func (w *world) talk(scale int) {
	r := rand.New(rand.NewPCG(1, 2))
	accounts, customers, interactions := 1000*scale, 5000*scale, 50000*scale
	pick := func(kind string, n int) string { return fmt.Sprint(kind, ":", r.IntN(n)) }
	for i := range 100 {
		w.node("Employee", fmt.Sprint(i), "name", fmt.Sprint("Employee ", i))
		w.node("Product", fmt.Sprint(i), "name", fmt.Sprint("Product ", i))
	}
	for i := range accounts {
		id := fmt.Sprint(i)
		w.node("Account", id, "name", fmt.Sprintf("Account %06d", r.IntN(1e6)), "accountStage", "CUSTOMER")
		w.node("Firmographics", id, "industry", fmt.Sprint("Industry ", r.IntN(20)), "employeeCount", r.IntN(2000), "revenue", eur(r.IntN(1e8)))
		w.node("Deal", id, "name", "Deal "+id, "stage", []string{"WON", "LOST", "PROPOSAL"}[r.IntN(3)], "amount", eur(r.IntN(1e6)))
		w.link("Account:"+id, "DESCRIBED_BY", "Firmographics:"+id)
		w.link("Deal:"+id, "WITH", pick("Account", accounts))
	}
	for i := range customers {
		id := fmt.Sprint(i)
		w.node("Customer", id, "name", fmt.Sprintf("Person %06d", r.IntN(1e6)), "email", fmt.Sprintf("c%d@kith.example", i))
		w.link("Customer:"+id, "WORKS_AT", pick("Account", accounts), "title", "Clerk", "from", int64(r.IntN(1500))*day)
	}
	for i := range interactions {
		id := fmt.Sprint(i)
		w.node("Interaction", id, "at", r.Int64N(1500*day), "kind", "MAIL", "channel", "EMAIL", "origin", "CUSTOMER", "subject", "About an order")
		w.link("Interaction:"+id, "PARTICIPANT", pick("Customer", customers), "role", "FROM")
		w.link("Interaction:"+id, "PARTICIPANT", pick("Employee", 100), "role", "TO")
		w.link("Interaction:"+id, "ABOUT", pick("Product", 100))
	}
}

// identified is a node of a kind, whose id is still to be given.
func identified(sel *graph.Selection) *graph.List {
	return &graph.List{Key: "root", Rows: true, Nodes: []*graph.Selection{sel}}
}

func (w *world) customerWithJobs() *graph.List {
	jobs := w.along("Customer", "employments", 20, w.sel("Account", []string{"name", "domain", "stage"}))
	jobs.Props = w.refs("WORKS_AT", "title", "seniority", "from")
	return identified(w.sel("Customer", []string{"name", "email", "phone", "stage"}, jobs))
}

func (w *world) accountWithTalk() *graph.List {
	talk := w.sel("Interaction", []string{"at", "kind", "channel"},
		w.along("Interaction", "employees", 3, w.sel("Employee", []string{"name"})),
		w.along("Interaction", "products", 3, w.sel("Product", []string{"name"})))
	person := w.sel("Customer", []string{"name"}, w.along("Customer", "interactions", 5, talk, desc(w.by("Interaction", "at"))))
	return identified(w.sel("Account", []string{"name"}, w.along("Account", "people", 10, person, w.by("Customer", "name"))))
}

func (w *world) accountsByIndustry(industry string) *graph.List {
	worth := where(w.along("Account", "deals", 1, w.sel("Deal", nil)), w.test("Deal", "stage", graph.In, []any{"PROSPECTING", "PROPOSAL"}))
	worth.Rows, worth.Tallies = false, []*graph.Tally{{Key: "sum", Measures: []graph.Measure{{Ref: w.refs("Deal", "amount")[0]}}}}
	byRevenue := desc(w.by("Firmographics", "revenue"))
	byRevenue.Currency, byRevenue.Path = "EUR", []*graph.Edge{w.edge("Account", "firmographics")}
	l := where(w.root(20, w.sel("Account", []string{"name"}, worth), byRevenue), w.some("Account", "firmographics", and(
		w.test("Firmographics", "industry", graph.Eq, industry),
		w.test("Firmographics", "employeeCount", graph.Gte, int64(100)), w.test("Firmographics", "employeeCount", graph.Lt, int64(1000)))))
	l.Tallies = []*graph.Tally{{Key: "total"}}
	return l
}

func BenchmarkRead(b *testing.B) {
	w, path := newWorld(b), *file
	if path == "" {
		path = filepath.Join(b.TempDir(), "kith.db")
	}
	s, err := sqlite.Open(path, w.cat, sqlite.Options{})
	require.NoError(b, err)
	b.Cleanup(func() { require.NoError(b, s.Close()) })
	if *file == "" {
		w.talk(*scale)
		w.write(b, s)
	}
	other := beside(b, path)
	ids := map[string][]string{}
	for _, kind := range []string{"Account", "Customer"} {
		ids[kind] = column(b, other, `SELECT id FROM "node_`+kind+`" ORDER BY id LIMIT 100`)
	}
	industry := column(b, other, `SELECT industry FROM "node_Firmographics" LIMIT 1`)[0]
	email := column(b, other, `SELECT email FROM "node_Customer" LIMIT 1`)[0]
	page := func(order ...graph.Order) *graph.List {
		l := w.root(20, w.sel("Customer", []string{"name"}), order...)
		l.HasNext, l.HasPrevious, l.Cursors = true, true, true
		return l
	}
	byName, later := w.by("Customer", "name"), page(w.by("Customer", "name"))
	later.Page.After = read(b, s, page(byName)).Rows[19].Keys
	for _, q := range []struct {
		name string
		kind string // of the ids that the root is asked for
		list *graph.List
	}{
		{"Q1 customer by id with jobs", "Customer", w.customerWithJobs()},
		{"Q2 account with people, talk, employees, products", "Account", w.accountWithTalk()},
		{"Q4 accounts by industry and size, by revenue, with deals", "", w.accountsByIndustry(industry)},
		{"customers by id", "", page()},
		{"customers by name", "", page(byName)},
		{"customers by name, a later page", "", later},
		{"customers by name, descending", "", page(desc(byName))},
		{"a customer by e-mail", "", where(page(), w.test("Customer", "email", graph.Eq, email))},
	} {
		b.Run(q.name, func(b *testing.B) {
			for i := range b.N {
				if q.kind != "" {
					q.list.IDs = ids[q.kind][i%100:][:1]
				}
				if _, err := s.Read(ctx, &graph.Fetch{Now: graph.Time(20500 * day), Lists: []*graph.List{q.list}}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkWrite(b *testing.B) {
	n := 0
	for range b.N {
		b.StopTimer()
		w := newWorld(b)
		s := empty(b, sqlite.Options{})
		w.talk(*scale)
		n += len(w.batch.Nodes) + len(w.batch.Edges)
		b.StartTimer()
		w.write(b, s)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "elements/s")
}
