// Command screens tells what the server takes for each screen of the explorer, on the benchmark's world and on both stores: Chromium
// opens each at several places, and the time of every answer is taken. It needs Chromium and Node, and for Neo4j the world that
// dev/bench/cmd loads. It may import everything of Kith.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/web"
)

// goal is what the slowest answer of a screen may take, nineteen times of twenty.
const goal = 100 * time.Millisecond

func main() {
	log.SetFlags(0)
	visits := flag.Int("visits", 20, "how often each screen is opened")
	scale := flag.String("scale", "full", "the world: full, or small to try")
	port := flag.String("neo4j", "7689", "`port` of the benchmark's Neo4j, which has the full world; empty: SQLite alone")
	flag.Parse()
	if err := run(context.Background(), *visits, *scale, *port); err != nil {
		log.Fatalln("screens:", err)
	}
}

func run(ctx context.Context, visits int, scale, port string) error {
	size, ok := map[string]bench.Size{"full": bench.Full, "small": bench.Small}[scale]
	if !ok || visits < 1 {
		return errors.New("see -help")
	}
	cat, schema, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	lite, err := openSQLite(ctx, filepath.Join(".bench", scale+".db"), cat, bench.New(size))
	if err != nil {
		return err
	}
	if err := errors.Join(measure(ctx, "SQLite", lite, cat, schema, visits), lite.Close()); err != nil || port == "" {
		return err
	}
	ran := bench.Neo4jRuns(ctx, port)
	addr, err := bench.StartNeo4j(ctx, port)
	if err != nil {
		return err
	}
	store, err := neo4j.Open(ctx, addr, cat, neo4j.Options{})
	if err != nil {
		return err
	}
	err = errors.Join(measure(ctx, "Neo4j", store, cat, schema, visits), store.Close())
	if !ran {
		err = errors.Join(err, bench.StopNeo4j(port))
	}
	return err
}

// openSQLite opens the world in a file, and loads it where it is not there yet.
func openSQLite(ctx context.Context, file string, cat *graph.Catalog, world *bench.World) (*sqlite.Store, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return nil, err
	}
	store, err := sqlite.Open(file, cat, sqlite.Options{NewID: bench.NewIDs(), Now: bench.Clock})
	if err != nil {
		return nil, err
	}
	if _, err := bench.Load(ctx, store, cat, world, func(bench.Loading) {}); err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", file, err), store.Close())
	}
	return store, nil
}

// times are how long answers took, by visit of a screen.
type times struct {
	sync.Mutex
	screen string
	visits map[string][][]time.Duration
}

// begin says that what comes is of another visit; without a name it is not counted.
func (t *times) begin(screen string) {
	t.Lock()
	defer t.Unlock()
	if t.screen = screen; screen != "" {
		t.visits[screen] = append(t.visits[screen], nil)
	}
}

func (t *times) took(d time.Duration) {
	t.Lock()
	defer t.Unlock()
	if t.screen != "" {
		last := len(t.visits[t.screen]) - 1
		t.visits[t.screen][last] = append(t.visits[t.screen][last], d)
	}
}

// measure serves the page on a store, has a browser open its screens, and prints what they took.
func measure(ctx context.Context, name string, store graph.Store, cat *graph.Catalog, schema *ast.Schema, visits int) error {
	api, err := bench.Kith(store, cat, schema, graph.Sales, nil, nil)
	if err != nil {
		return err
	}
	t := &times{visits: map[string][][]time.Duration{}}
	mux := http.NewServeMux()
	mux.Handle("/", web.Handler(web.SignIn{}))
	mux.HandleFunc("/visit", func(_ http.ResponseWriter, r *http.Request) { t.begin(r.FormValue("screen")) })
	mux.HandleFunc("/graphql", func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		api.ServeHTTP(w, r)
		t.took(time.Since(began))
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &http.Server{Handler: mux}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	page := "http://" + l.Addr().String() + "/"
	list, err := screens(ctx, page, visits)
	if err == nil {
		err = browse(ctx, page, list)
	}
	err = errors.Join(err, s.Close())
	if e := <-ended; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	if err != nil {
		return err
	}
	return t.report(name, list)
}

// A screen is opened at each of its places.
type screen struct {
	Name     string   `json:"name"`
	Purpose  string   `json:"purpose"`
	Employee string   `json:"employee"`
	Places   []string `json:"places"`
}

// screens draws the places: one more than is measured, for the database to plan by.
func screens(ctx context.Context, page string, visits int) ([]screen, error) {
	ids := map[string][]string{}
	for _, kind := range []string{"customers", "accounts", "deals", "cases", "employees"} {
		var err error
		if ids[kind], err = idsOf(ctx, page, kind, visits+1); err != nil {
			return nil, err
		}
	}
	places := func(of string, format string) []string {
		var all []string
		for i := range visits + 1 {
			all = append(all, fmt.Sprintf(format, ids[of][i%len(ids[of])]))
		}
		return all
	}
	same := func(place string) []string { return slices.Repeat([]string{place}, visits+1) }
	me := ids["employees"][0]
	return []screen{
		{"home", "SALES", me, same("#/")},
		{"customers", "SALES", me, same("#/customers")},
		{"accounts", "SALES", me, same("#/accounts")},
		{"deals", "SALES", me, same("#/deals")},
		{"cases", "SALES", me, same("#/cases")},
		{"interactions", "SALES", me, same("#/interactions")},
		{"customer", "SALES", me, places("customers", "#/customers/%s")},
		{"account", "SALES", me, places("accounts", "#/accounts/%s")},
		{"deal", "SALES", me, places("deals", "#/deals/%s")},
		{"case", "SALES", me, places("cases", "#/cases/%s")},
		{"employee", "SALES", me, places("employees", "#/employees/%s")},
		{"what may be seen", "SALES", me, same("#/what-may-be-seen")},
	}, nil
}

func idsOf(ctx context.Context, page, kind string, n int) ([]string, error) {
	body := fmt.Sprintf(`{"query": "{ %s(first: %d) { nodes { id } } }"}`, kind, n)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, page+"graphql", strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var answer struct {
		Data map[string]struct{ Nodes []struct{ ID string } }
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return nil, err
	}
	var ids []string
	for _, node := range answer.Data[kind].Nodes {
		ids = append(ids, node.ID)
	}
	if len(ids) == 0 {
		return nil, fmt.Errorf("the world has no %s", kind)
	}
	return ids, nil
}

// browse has Chromium open the screens. Its script says what the browser minds.
func browse(ctx context.Context, page string, list []screen) error {
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		return err
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "screens.json")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "node", "explorer/screens.mjs", chromium, page, file, bench.End.Format(time.RFC3339))
	cmd.Dir, cmd.Stderr = "dev/clients", os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("npm ci in dev/clients installs what is needed: %w", err)
	}
	var problems []string
	if err := json.Unmarshal(out, &problems); err != nil {
		return err
	}
	slices.Sort(problems)
	for _, p := range slices.Compact(problems) {
		log.Println("noticed:", p)
	}
	return nil
}

func (t *times) report(store string, list []screen) error {
	fmt.Printf("\nScreens of the explorer on %s, for SALES without receipts: the slowest answer of a visit, and all answers of it together, in ms\n\n", store)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "screen\tanswers\tslowest p50\tp95\tgoal p95 ≤ %d\tall p50\tp95\n", goal.Milliseconds())
	for _, s := range list {
		var slowest, all []time.Duration
		answers := 0
		for _, visit := range t.visits[s.Name] {
			var sum time.Duration
			for _, d := range visit {
				sum += d
			}
			if len(visit) > 0 {
				slowest, all, answers = append(slowest, slices.Max(visit)), append(all, sum), len(visit)
			}
		}
		verdict := "reached"
		if at(slowest, .95) > goal {
			verdict = "missed"
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\n", s.Name, answers, ms(at(slowest, .5)), ms(at(slowest, .95)), verdict, ms(at(all, .5)), ms(at(all, .95)))
	}
	return w.Flush()
}

func at(d []time.Duration, share float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	slices.Sort(d)
	return d[int(share*float64(len(d)-1))]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond)) }
