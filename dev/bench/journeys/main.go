// Command journeys is `make bench-journeys`: it compares what analysts ask of an event log with DuckDB, polars and pm4py, on seeded events and in
// the same run. All answers are compared before anything is measured. It may import everything of Kith.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/kithgraph/kith/graph/journey"
)

type options struct {
	python  string
	threads int
	runs    int
	rounds  int
	http    int
	against string
}

func main() {
	log.SetFlags(0)
	var o options
	sizes := flag.String("events", "1000000 10000000", "how many `events` the logs have, with spaces; 100000000 takes 8 GB")
	flag.StringVar(&o.python, "python", "", "`interpreter` with DuckDB, polars and pm4py (default: Kith alone is measured)")
	flag.IntVar(&o.threads, "threads", 2, "of the others; Kith answers on one")
	flag.IntVar(&o.runs, "runs", 5, "how often each question is asked")
	flag.IntVar(&o.rounds, "rounds", 2, "how often all contenders are measured, one after the other: the best counts, since others may use the machine, too")
	flag.StringVar(&o.against, "against", "duckdb duckdb-plain polars pm4py", "`names` of the others, with spaces; pm4py takes most of the time")
	flag.IntVar(&o.http, "http", 1_000_000, "how many events are asked about through SQLite and HTTP; 0: none")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, o, *sizes)
	stop()
	if err != nil {
		log.Fatalln("journeys:", err)
	}
}

func run(ctx context.Context, o options, sizes string) error {
	if o.threads < 1 || o.runs < 1 || o.rounds < 1 || o.http < 0 || flag.NArg() > 0 {
		return errors.New("see -help")
	}
	for _, name := range strings.Fields(o.against) {
		if !slices.ContainsFunc(contenders, func(c contender) bool { return c.name == name }) {
			return fmt.Errorf("-against: there is no %q", name)
		}
	}
	var before *figures
	for _, text := range strings.Fields(sizes) {
		events, err := strconv.Atoi(text)
		if err != nil || events < 1000 {
			return fmt.Errorf("-events: %q is no number of events from 1000", text)
		}
		f, err := compare(ctx, o, events)
		if err != nil {
			return fmt.Errorf("%d events: %w", events, err)
		}
		f.print(os.Stdout, before)
		before = f
	}
	if o.http == 0 {
		return nil
	}
	return overHTTP(ctx, o)
}

// A figures is what a log takes, and what of it each contender took for each operation: of all cases, and of those that the filter leaves.
type figures struct {
	events, cases int
	ours          *building
	appended      time.Duration
	took          map[string]map[string]*[2]time.Duration // by contender and operation
}

func (f *figures) note(contender, operation string, filtered bool, took time.Duration) {
	if f.took[contender] == nil {
		f.took[contender] = map[string]*[2]time.Duration{}
	}
	if f.took[contender][operation] == nil {
		f.took[contender][operation] = &[2]time.Duration{}
	}
	at := 0
	if filtered {
		at = 1
	}
	if best := &f.took[contender][operation][at]; *best == 0 || took < *best {
		*best = took
	}
}

// asked is what the others are told to ask, and what they are to answer.
type asked struct {
	First      int         `json:"first"`
	Segment    int         `json:"segment"`
	Steps      [][]string  `json:"steps"`
	Window     int64       `json:"window"`
	Between    [2]string   `json:"between"`
	Edge       [2]string   `json:"edge"`
	Operations []string    `json:"operations"`
	Top        [2]string   `json:"top"`
	Answers    [2]*answers `json:"answers"`
}

// compare measures a log of so many events.
func compare(ctx context.Context, o options, events int) (*figures, error) {
	l := newLog(events)
	f := &figures{events: len(l.codes), cases: l.count(), took: map[string]map[string]*[2]time.Duration{}}
	q := &asked{First: first, Segment: filtered, Steps: steps, Window: window.Microseconds(), Between: [2]string{between.From[0], between.To[0]}, Edge: edge}
	for _, op := range operations {
		q.Operations = append(q.Operations, op.name)
	}
	folder, err := os.MkdirTemp(".bench", "journeys-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	for range o.rounds {
		if err := f.round(ctx, o, l, q, folder); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// round measures all contenders once.
func (f *figures) round(ctx context.Context, o options, l *eventLog, q *asked, folder string) error {
	if err := f.measureOurs(l, o.runs, q); err != nil || o.python == "" {
		return err
	}
	text, err := json.Marshal(q)
	if err != nil {
		return err
	}
	if err := errors.Join(l.save(folder), os.WriteFile(filepath.Join(folder, "answers.json"), text, 0o600)); err != nil {
		return err
	}
	return f.measureOthers(ctx, o, folder)
}

// measureOurs asks on one thread.
func (f *figures) measureOurs(l *eventLog, runs int, q *asked) error {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	debug.SetGCPercent(400) // as kith serve has it
	built, b, err := build(l, true)
	if err != nil {
		return err
	}
	f.ours = built
	for i, chosen := range []func(int) bool{nil, l.chosen()} {
		v, err := viewOf(built.Log, chosen)
		if err != nil {
			return err
		}
		q.Top[i], q.Answers[i] = strings.TrimSuffix(strings.Join(v.top, ""), journey.End), &answers{}
		for _, op := range operations {
			took, err := measure(runs, v, anew(op.ask), q.Answers[i])
			if err != nil {
				return fmt.Errorf("%s: %w", op.name, err)
			}
			f.note("kith", op.name, i == 1, took)
		}
	}
	appended, err := appends(l, b, 20)
	if err != nil {
		return err
	}
	if f.appended == 0 || appended < f.appended {
		f.appended = appended
	}
	built.Log = nil
	return f.measurePersons(l, runs)
}

// measurePersons asks for the map of a log whose cases are not persons: each number says how many persons stand behind it, too.
func (f *figures) measurePersons(l *eventLog, runs int) error {
	built, _, err := build(l, false)
	if err != nil {
		return err
	}
	for i, chosen := range []func(int) bool{nil, l.chosen()} {
		v, err := viewOf(built.Log, chosen)
		if err != nil {
			return err
		}
		took, err := measure(runs, v, anew(operations[0].ask), &answers{})
		if err != nil {
			return err
		}
		f.note("kith", "persons", i == 1, took)
	}
	return nil
}

// measureOthers has each contender answer in a process of its own, one after the other.
func (f *figures) measureOthers(ctx context.Context, o options, folder string) error {
	for _, c := range contenders {
		if f.events > c.most || !slices.Contains(strings.Fields(o.against), c.name) {
			continue
		}
		cmd := exec.CommandContext(ctx, o.python, "dev/bench/journeys/others.py", folder, strconv.Itoa(o.threads), strconv.Itoa(o.runs), c.name)
		var said bytes.Buffer // that matters where it fails: one of them greets whoever imports it
		cmd.Stderr = &said
		out, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return err
		}
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			var line struct {
				Contender, Operation string
				Filtered             bool
				Seconds              float64
			}
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				continue // it is a greeting, too
			}
			f.note(line.Contender, line.Operation, line.Filtered, time.Duration(line.Seconds*float64(time.Second)))
		}
		if err := errors.Join(lines.Err(), cmd.Wait()); err != nil {
			return fmt.Errorf("%s: %w\n%s", c.name, err, &said)
		}
	}
	return nil
}
