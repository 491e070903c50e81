// Command planning tells what Neo4j takes to plan statements that it has not seen: those of random fetches, as the differential
// test draws them. Wall time says little on a busy machine, so that the server's CPU time is told, too. It may import
// everything of Kith.
package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"time"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sdl"
)

// port of a Neo4j that is measured alone. Its database stays empty: what planning takes hardly depends on the data.
const port = "7695"

func main() {
	log.SetFlags(0)
	n := flag.Int("statements", 50, "how many are planned")
	seed := flag.Uint64("seed", 1, "of the world that the fetches are about")
	flag.Parse()
	if err := run(context.Background(), *n, *seed); err != nil {
		log.Fatalln("planning:", err)
	}
}

// plan is one statement, and what it took.
type plan struct {
	seed, bytes int
	cpu, wall   time.Duration
}

func run(ctx context.Context, n int, seed uint64) error {
	out, err := exec.Command("dev/neo4j/neo4j.sh", "start", port).Output()
	if err != nil {
		return err
	}
	defer exec.Command("dev/neo4j/neo4j.sh", "stop", port).Run()
	pid := bench.PID(port)
	d, err := driver.NewDriverWithContext(strings.TrimSpace(string(out)), driver.NoAuth())
	if err != nil {
		return err
	}
	defer d.Close(ctx)
	cat, _, err := sdl.Load(kith.Schema, kith.Derived)
	if err != nil {
		return err
	}
	store, err := neo4j.Open(ctx, strings.TrimSpace(string(out)), cat, neo4j.Options{})
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.Ready(ctx); err != nil { // indexes take part in plans
		return err
	}
	ask := func(text string, params map[string]any) error {
		_, err := driver.ExecuteQuery(ctx, d, text, params, driver.EagerResultTransformer)
		return err
	}
	world := graphtest.NewWorld(rand.New(rand.NewPCG(seed, 0)), cat)
	var plans []plan
	for i := range n + 20 { // the first ones warm the server up
		st := neo4j.Compile(world.Fetch(rand.New(rand.NewPCG(seed, uint64(i))), rand.New(rand.NewPCG(seed, uint64(i)))))
		if err := ask("CALL db.clearQueryCaches()", nil); err != nil {
			return err
		}
		before, began := bench.CPU(pid), time.Now()
		if err := ask("EXPLAIN "+st.Text, st.Params); err != nil {
			return fmt.Errorf("%w\n%s", err, st.Text)
		}
		if i >= 20 {
			plans = append(plans, plan{i, len(st.Text), bench.CPU(pid) - before, time.Since(began)})
		}
	}
	report(plans)
	return nil
}

func report(plans []plan) {
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
}
