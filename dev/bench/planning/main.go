// Command planning tells what Neo4j takes to plan statements that it has not seen: those of random fetches, as the differential
// test draws them, and those of golden pairs, which it compares with what another version makes of the same operations. Wall time
// says little on a busy machine, so that the server's CPU time is told, too. It may import everything of Kith.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"slices"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sdl"
)

// port of a Neo4j that is measured alone. Its database stays empty: what planning takes hardly depends on the data.
const port = "7695"

func main() {
	log.SetFlags(0)
	n := flag.Int("statements", 50, "how many random ones are planned")
	seed := flag.Uint64("seed", 1, "of the world that the random fetches are about")
	pairs := flag.String("golden", "resolvers/testdata/golden", "folder of golden pairs")
	against := flag.String("against", "", "folder of another version's golden pairs of the same names")
	rounds := flag.Int("rounds", 5, "how often each golden statement is planned")
	only := flag.String("only", "", "the golden pairs whose names have this in them")
	flag.Parse()
	if err := run(context.Background(), *n, *seed, golden{*pairs, *against, *only, *rounds}); err != nil {
		log.Fatalln("planning:", err)
	}
}

// server is the Neo4j that plans.
type server struct {
	driver driver.DriverWithContext
	pid    int
}

func run(ctx context.Context, n int, seed uint64, g golden) error {
	addr, err := bench.StartNeo4j(ctx, port)
	if err != nil {
		return err
	}
	defer bench.StopNeo4j(port)
	d, err := driver.NewDriverWithContext(addr, driver.NoAuth())
	if err != nil {
		return err
	}
	defer d.Close(ctx)
	s := &server{d, bench.PID(port)}
	cat, _, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	store, err := neo4j.Open(ctx, addr, cat, neo4j.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Ready(ctx); err != nil { // indexes take part in plans
		return err
	}
	if err := s.random(ctx, n, seed, cat); err != nil {
		return err
	}
	return s.golden(ctx, g)
}

// took is what planning a statement has taken: CPU of the server, and of it that of what is neither compiler nor collector.
type took struct{ cpu, working, wall time.Duration }

// plan has the server forget all plans and run a statement.
func (s *server) plan(ctx context.Context, text string, params map[string]any) (took, error) {
	if err := s.ask(ctx, "CALL db.clearQueryCaches()", nil); err != nil {
		return took{}, err
	}
	cpu, working, began := bench.CPU(s.pid), bench.Working(s.pid), time.Now()
	if err := s.ask(ctx, text, params); err != nil {
		return took{}, fmt.Errorf("%w\n%s", err, text)
	}
	return took{bench.CPU(s.pid) - cpu, bench.Working(s.pid) - working, time.Since(began)}, nil
}

func (s *server) ask(ctx context.Context, text string, params map[string]any) error {
	_, err := driver.ExecuteQuery(ctx, s.driver, text, params, driver.EagerResultTransformer)
	return err
}

// random plans statements of random fetches.
func (s *server) random(ctx context.Context, n int, seed uint64, cat *graph.Catalog) error {
	if n == 0 {
		return nil
	}
	type plan struct {
		seed, bytes int
		took
	}
	world := graphtest.NewWorld(rand.New(rand.NewPCG(seed, 0)), cat)
	var plans []plan
	for i := range n + 20 { // the first ones warm the server up
		st := neo4j.Compile(world.Fetch(rand.New(rand.NewPCG(seed, uint64(i))), rand.New(rand.NewPCG(seed, uint64(i)))))
		t, err := s.plan(ctx, "EXPLAIN "+st.Text, st.Params)
		if err != nil {
			return err
		}
		if i >= 20 {
			plans = append(plans, plan{i, len(st.Text), t})
		}
	}
	slices.SortFunc(plans, func(a, b plan) int { return cmp.Compare(b.cpu, a.cpu) })
	var sum plan
	for _, p := range plans {
		sum.cpu, sum.wall, sum.bytes = sum.cpu+p.cpu, sum.wall+p.wall, sum.bytes+p.bytes
	}
	fmt.Printf("%d statements, %d bytes: CPU of Neo4j %.1f s, wall %.1f s; median %v, p95 %v\n", len(plans), sum.bytes,
		sum.cpu.Seconds(), sum.wall.Seconds(), plans[len(plans)/2].cpu, plans[len(plans)/20].cpu)
	for _, p := range plans[:min(8, len(plans))] {
		fmt.Printf("  fetch %d, %d bytes: CPU %v, wall %v\n", p.seed, p.bytes, p.cpu, p.wall.Round(time.Millisecond))
	}
	return nil
}
