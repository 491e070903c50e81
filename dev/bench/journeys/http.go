package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/vektah/gqlparser/v2/ast"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/projection"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
)

// perBatch is how many cases are written at once.
const perBatch = 400

// chosenType is of cases that the filter leaves, and otherType of all others.
const chosenType, otherType = "order", "return"

// fields are what is asked over HTTP, by the names of operations.
var fields = map[string]string{
	"map":      "map(first: 200) { edges { from to events cases } }",
	"median":   "map(first: 200) { edges { from to events cases median } }",
	"variants": "variants(first: 100) { rows { activities cases } other { paths cases } }",
	"funnel":   `funnel(steps: [["A", "B"], ["F"], ["K"], ["P"]], entry: BEST, window: "PT72H") { steps { entered { cases } filtered { cases } } }`,
	"paths":    `paths(from: ["C"], to: ["J"], depth: 1000, first: 100) { rows { activities cases } other { paths cases } }`,
	"byCase":   `tickets(behind: {variant: %s}) { totalCount }`,
	"byEvent":  `tickets(behind: {edge: {from: "C", to: "D"}}) { totalCount }`,
}

// overHTTP writes a log into a store, asks for its journeys over HTTP, compares the answers with those of the log itself, and prints what they take.
func overHTTP(ctx context.Context, o options) (err error) {
	l := newLog(o.http)
	cat, schema, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp(".bench", "journeys-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	store, err := sqlite.Open(filepath.Join(folder, "kith.db"), cat, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := store.Ready(ctx); err != nil {
		return err
	}
	began := time.Now()
	if err := write(ctx, store, cat, l); err != nil {
		return err
	}
	wrote := time.Since(began)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	var took [2]time.Duration // of the first answer: from the store, and from a snapshot
	for i := range took {
		err := served(store, cat, schema, folder, graph.Analysis, func(a *asker) error {
			took[i], err = a.first(ctx)
			if err != nil || i == 0 {
				return err
			}
			fmt.Printf("\n%d events through SQLite and HTTP: written in %.0f s, read in %.0f s, and from a snapshot in %.1f s. Milliseconds of all cases / of a tenth of them, on one thread, for %s:\n\n",
				len(l.codes), wrote.Seconds(), took[0].Seconds(), took[1].Seconds(), graph.Analysis)
			return a.measure(ctx, l, o.runs, func(op operation) bool { return !listing[op.name] })
		})
		if err != nil {
			return err
		}
	}
	return served(store, cat, schema, folder, graph.Compliance, func(a *asker) error {
		if _, err := a.first(ctx); err != nil {
			return err
		}
		fmt.Printf("\nFor %s, which lists cases:\n\n", graph.Compliance)
		return a.measure(ctx, l, o.runs, func(op operation) bool { return listing[op.name] })
	})
}

// served serves a store as a server does that is started, until what asks it has come to its end.
func served(store graph.Store, cat *graph.Catalog, schema *ast.Schema, folder string, purpose graph.Purpose, ask func(*asker) error) error {
	logs, err := projection.New(cat, projection.Options{Snapshots: folder, Feed: store.Changes})
	if err != nil {
		return err
	}
	defer logs.Close()
	h, err := bench.Journeys(store, logs, cat, schema, purpose)
	if err != nil {
		return err
	}
	s := httptest.NewServer(h)
	defer s.Close()
	return ask(&asker{s.URL + "/graphql", s.Client()})
}

// first waits for the first answer, and says how long that took.
func (a *asker) first(ctx context.Context) (time.Duration, error) {
	for began := time.Now(); ; {
		_, err := a.ask(ctx, false, "cases")
		if err == nil || graph.CodeOf(err) != graph.Unavailable {
			return time.Since(began), err
		}
	}
}

// write writes cases with their interactions.
func write(ctx context.Context, store graph.Store, cat *graph.Catalog, l *eventLog) error {
	of, interaction, in := cat.MustKind("Case"), cat.MustKind("Interaction"), cat.Rel("IN")
	b := &graph.Batch{Source: bench.Source}
	for c := range l.count() {
		objects := otherType
		if l.segments[l.first[c]] == filtered {
			objects = chosenType
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: of, ID: caseID(c), Set: graph.Values{"kind": "REQUEST", "objectType": objects}})
		for i := l.first[c]; i < l.first[c+1]; i++ {
			id := strconv.Itoa(i)
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: interaction, ID: id, Set: graph.Values{"at": l.times[i], "sequence": int64(i - l.first[c]), "activity": string(rune('A' + l.codes[i]))}})
			b.Edges = append(b.Edges, graph.Link{Rel: in, From: graph.NodeRef{Kind: interaction, External: graph.External{ID: id}}, To: graph.NodeRef{Kind: of, External: graph.External{ID: caseID(c)}}})
		}
		if (c+1)%perBatch == 0 || c+1 == l.count() {
			if _, err := store.Write(ctx, b); err != nil {
				return err
			}
			b = &graph.Batch{Source: bench.Source}
		}
	}
	return nil
}

// listing are operations that list cases, which are asked for COMPLIANCE: analysts see nobody's, and are asked all others.
var listing = map[string]bool{"byCase": true, "byEvent": true}

// An asker asks for journeys over HTTP.
type asker struct {
	url    string
	client *http.Client
}

// An answer is that of journeys, as far as it was asked for. An edge with a median is one between events.
type answer struct {
	Map struct {
		Edges []struct {
			From, To string
			Events   int
			Median   *float64
		}
	}
	Variants, Paths struct {
		Rows  []journey.Path
		Other struct{ Paths, Cases int }
	}
	Funnel struct {
		Steps []struct{ Entered, Filtered struct{ Cases int } }
	}
	Tickets struct{ TotalCount int }
}

// ask asks for a field of journeys, of all cases or of those that the filter leaves. An error of the answer is a *graph.Error.
func (a *asker) ask(ctx context.Context, filtered bool, field string) (*answer, error) {
	filter := "{}"
	if filtered {
		filter = `{objectType: {eq: "` + chosenType + `"}}`
	}
	body, err := json.Marshal(map[string]string{"query": "{ journeys(definition: {cases: {cases: " + filter + "}, by: [DETAIL]}) { " + field + " } }"})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.url, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := a.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var out struct {
		Data   struct{ Journeys *answer }
		Errors []struct {
			Message    string
			Extensions struct{ Code string }
		}
	}
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil {
		return nil, err
	}
	if len(out.Errors) > 0 {
		return nil, &graph.Error{Code: graph.Code(out.Errors[0].Extensions.Code), Message: out.Errors[0].Message}
	}
	return out.Data.Journeys, nil
}

// measure asks operations, compares the answers, and prints what they take.
func (a *asker) measure(ctx context.Context, l *eventLog, runs int, asked func(operation) bool) error {
	built, _, err := build(l, false)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	defer w.Flush()
	for _, op := range operations {
		if !asked(op) {
			continue
		}
		var took [2]time.Duration
		for i, chosen := range []func(int) bool{nil, l.chosen()} {
			v, err := viewOf(built.Log, chosen)
			if err != nil {
				return err
			}
			field := fields[op.name]
			if op.name == "byCase" {
				top, err := json.Marshal(append(v.top[:len(v.top)-1:len(v.top)-1], "<open>")) // nothing closes these cases
				if err != nil {
					return err
				}
				field = fmt.Sprintf(field, top)
			}
			want := &answers{}
			if err := op.ask(v, want); err != nil {
				return err
			}
			var got *answer
			took[i], err = measure(runs, v, func(*view, *answers) (err error) {
				got, err = a.ask(ctx, i == 1, field)
				return err
			}, nil)
			if err == nil {
				err = got.is(op.name, want)
			}
			if err != nil {
				return fmt.Errorf("%s: %w", op.name, err)
			}
		}
		fmt.Fprintf(w, "%s\t%s\n", titles[op.name], milliseconds(&took))
	}
	return nil
}

// is compares an answer with what the log itself answers.
func (a *answer) is(operation string, want *answers) error {
	var got, expected any
	switch operation {
	case "map", "median":
		return a.follows(want)
	case "variants":
		got, expected = frequenciesOf(a.Variants.Rows, a.Variants.Other.Paths, a.Variants.Other.Cases), want.Variants
	case "paths":
		got, expected = frequenciesOf(a.Paths.Rows, a.Paths.Other.Paths, a.Paths.Other.Cases), want.Paths
	case "funnel":
		var steps []int
		for _, s := range a.Funnel.Steps {
			steps = append(steps, s.Entered.Cases-s.Filtered.Cases)
		}
		got, expected = steps, want.Funnel
	case "byCase":
		got, expected = a.Tickets.TotalCount, want.ByCase
	case "byEvent":
		got, expected = a.Tickets.TotalCount, want.ByEvent
	}
	if diff := cmp.Diff(expected, got); diff != "" {
		return fmt.Errorf("the log (-) and HTTP (+) differ:\n%s", diff)
	}
	return nil
}

// follows compares the edges that were told.
func (a *answer) follows(want *answers) error {
	between := 0
	for _, e := range a.Map.Edges {
		events, is := want.Map[e.From+e.To]
		median, timed := want.Median[e.From+e.To]
		if !is && !timed {
			continue // it is at an end of cases
		}
		between++
		if is && events != e.Events || timed && (e.Median == nil || math.Abs(*e.Median-median) > 1e-6) {
			return fmt.Errorf("from %s to %s: %d events, and HTTP tells %+v", e.From, e.To, events, e)
		}
	}
	if between < 100 {
		return fmt.Errorf("%d edges are told", between)
	}
	return nil
}
