// Command screens tells what the server takes for each screen of the explorer, on the benchmark's world and on both stores: Chromium
// opens each at several places, and the time of every answer is taken. It needs Chromium and Node, and for Neo4j the world that
// dev/bench/cmd loads. It may import everything of Kith. Queries of the explorer that no screen asked are told of at the end.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"math"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
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
	"github.com/kithgraph/kith/graph/projection"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/web"
)

// goal is what the slowest answer of a screen may take, nineteen times of twenty.
const goal = 100 * time.Millisecond

// options are what is measured.
type options struct {
	visits            int
	scale, file, port string
	only              *regexp.Regexp
}

func main() {
	log.SetFlags(0)
	var o options
	flag.IntVar(&o.visits, "visits", 20, "how often each screen is opened")
	flag.StringVar(&o.scale, "scale", "full", "the world: full, or small to try")
	flag.StringVar(&o.file, "sqlite", ".bench/SCALE.db", "`file` of SQLite's world, which is loaded where it is not there; empty: Neo4j alone")
	flag.StringVar(&o.port, "neo4j", "7689", "`port` of the benchmark's Neo4j, which has the full world; empty: SQLite alone")
	only := flag.String("only", "", "the screens of such names alone, as a regular `expression`")
	flag.Parse()
	var err error
	if o.only, err = regexp.Compile(*only); err == nil {
		err = run(context.Background(), o)
	}
	if err != nil {
		log.Fatalln("screens:", err)
	}
}

func run(ctx context.Context, o options) error {
	size, ok := map[string]bench.Size{"full": bench.Full, "small": bench.Small}[o.scale]
	if !ok || o.visits < 1 {
		return errors.New("see -help")
	}
	cat, schema, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	if o.file != "" {
		store, err := openSQLite(ctx, strings.Replace(o.file, "SCALE", o.scale, 1), cat, bench.New(size))
		if err != nil {
			return err
		}
		if err := errors.Join(o.measure(ctx, "SQLite", store, cat, schema), store.Close()); err != nil {
			return err
		}
	}
	if o.port == "" {
		return nil
	}
	ran := bench.Neo4jRuns(ctx, o.port)
	addr, err := bench.StartNeo4j(ctx, o.port)
	if err != nil {
		return err
	}
	store, err := neo4j.Open(ctx, addr, cat, neo4j.Options{})
	if err != nil {
		return err
	}
	err = errors.Join(o.measure(ctx, "Neo4j", store, cat, schema), store.Close())
	if !ran {
		err = errors.Join(err, bench.StopNeo4j(o.port))
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

// times are how long answers took, by visit of a screen, and which operations were asked.
type times struct {
	sync.Mutex
	screen string
	visits map[string][][]answer
	asked  map[string]bool
}

// An answer is how long one took, and of which operation it was.
type answer struct {
	operation string
	took      time.Duration
}

// begin says that what comes is of another visit; without a name it is not counted.
func (t *times) begin(screen string) {
	t.Lock()
	defer t.Unlock()
	if t.screen = screen; screen != "" {
		t.visits[screen] = append(t.visits[screen], nil)
	}
}

func (t *times) took(operation string, d time.Duration) {
	t.Lock()
	defer t.Unlock()
	t.asked[operation] = true
	if t.screen != "" {
		last := len(t.visits[t.screen]) - 1
		t.visits[t.screen][last] = append(t.visits[t.screen][last], answer{operation, d})
	}
}

// measure serves the page on a store, has a browser open its screens, and prints what they took.
func (o options) measure(ctx context.Context, name string, store graph.Store, cat *graph.Catalog, schema *ast.Schema) error {
	logs, err := projection.New(cat, projection.Options{Now: bench.Clock})
	if err != nil {
		return err
	}
	defer logs.Close()
	api, err := bench.Journeys(store, logs, cat, schema, graph.Sales)
	if err != nil {
		return err
	}
	t := &times{visits: map[string][][]answer{}, asked: map[string]bool{}}
	mux := http.NewServeMux()
	mux.Handle("/", web.Handler(web.SignIn{}))
	mux.HandleFunc("/visit", func(_ http.ResponseWriter, r *http.Request) { t.begin(r.FormValue("screen")) })
	mux.HandleFunc("/graphql", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		began := time.Now()
		api.ServeHTTP(w, r)
		t.took(operationOf(body), time.Since(began))
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &http.Server{Handler: mux}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	page := "http://" + l.Addr().String() + "/"
	list, missing, err := screens(ctx, page, o.visits)
	list = slices.DeleteFunc(list, func(s screen) bool { return !o.only.MatchString(s.Name) })
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
	if err := t.report(name, list); err != nil || len(missing) == 0 {
		return err
	}
	_, err = fmt.Printf("Of these the world has none, so that their pages are not opened: %s\n", strings.Join(missing, ", "))
	return err
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
	fmt.Printf("\nScreens of the explorer on %s, without receipts: the slowest answer of a visit, and all answers of it together, in ms\n\n", store)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "screen\tanswers\tslowest p50\tp95\tgoal p95 ≤ %d\tall p50\tp95\tthe slowest is mostly\n", goal.Milliseconds())
	for _, s := range list {
		var slowest, all []time.Duration
		answers, often, mostly := 0, map[string]int{}, ""
		for _, visit := range t.visits[s.Name] {
			var sum, most time.Duration
			operation := ""
			for _, a := range visit {
				if sum += a.took; a.took > most {
					operation, most = a.operation, a.took
				}
			}
			if len(visit) > 0 {
				slowest, all, answers = append(slowest, most), append(all, sum), len(visit)
				if often[operation]++; often[operation] > often[mostly] {
					mostly = operation
				}
			}
		}
		verdict := "reached"
		if at(slowest, .95) > goal {
			verdict = "missed"
		}
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%s\t%s\t%s\n", s.Name, answers, ms(at(slowest, .5)), ms(at(slowest, .95)), verdict, ms(at(all, .5)), ms(at(all, .95)), mostly)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return t.unasked()
}

// at is the time that such a share takes at most, by the nearest rank.
func at(d []time.Duration, share float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	slices.Sort(d)
	return d[max(0, int(math.Ceil(share*float64(len(d))))-1)]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.1f", float64(d)/float64(time.Millisecond)) }
