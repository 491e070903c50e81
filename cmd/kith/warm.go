package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/documents"
	"github.com/kithgraph/kith/web"
)

// planFlags say what planning may cost, which takes Neo4j far longer than an answer.
type planFlags struct {
	FirstPlan time.Duration `default:"30s" help:"How long a request may wait, beside its limit of time, until Neo4j has planned what nobody has asked before. 0: no longer than its limit."`
	Warm      time.Duration `default:"60s" help:"How long Neo4j may plan in the background, at start and after each SIGHUP, what is going to be asked: the documents, what the pages ask, and what was asked most. 0: nothing is planned ahead, and nothing is counted."`
}

// planner is what the store asks before it sends a statement; nil: nothing.
func (f planFlags) planner(log *slog.Logger) *server.Planner {
	if f.FirstPlan <= 0 {
		return nil
	}
	return server.NewPlanner(f.FirstPlan, log)
}

const (
	// saving is the time from one writing of what was asked to the next.
	saving = 5 * time.Minute
	// looking is the time from one look at whether documents or the policy are others to the next.
	looking = time.Second
)

// A planStore is a store whose database plans, and takes long to.
type planStore interface {
	Warm(ctx context.Context, f *graph.Fetch) error
}

// warmer has statements planned that nobody has asked for yet.
type warmer struct {
	*graphOf
	budget  time.Duration
	planner *server.Planner
	used    *documents.Used
	file    string // where what was asked outlasts the server
	book    documents.Book
	known   func() *documents.Set
	ofPages *documents.Set // of known, what the explorer asks; nil: nobody uses the pages
	rules   func() *policy.Policy
	limits  resolvers.Options // what an operation may ask
	self    bool              // customers ask about themselves
	log     *slog.Logger
}

// warmer is nil where there is nothing to plan ahead.
func (c serveCmd) warmer(g *graphOf, planner *server.Planner, known func() *documents.Set, ofPages *documents.Set, rules func() *policy.Policy, limits resolvers.Options, log *slog.Logger) *warmer {
	if _, ok := g.Store.(planStore); !ok || c.Warm <= 0 || planner == nil {
		return nil
	}
	w := &warmer{graphOf: g, budget: c.Warm, planner: planner, file: c.beside("", ".asked.json"), known: known, ofPages: ofPages, rules: rules, limits: limits, self: c.scheme() != "none", log: log}
	w.book = documents.Book{Schema: g.schema, PrefixOf: func(id string) string { return prefix(g.catalog.KindOf(id)) }, Prefix: func(name string) string { return prefix(g.catalog.Kind(name)) }}
	w.used = documents.NewUsed(w.book)
	if err := w.used.Load(w.file); err != nil {
		log.Warn("what was asked most is not known: it is counted anew", "error", err)
	}
	return w
}

func prefix(k *graph.Kind) string {
	if k == nil {
		return ""
	}
	return k.Prefix + "_"
}

// run plans ahead, and again whenever documents or the policy are others, until ctx ends. The store is ready.
func (w *warmer) run(ctx context.Context) {
	saved, look := time.NewTicker(saving), time.NewTicker(looking)
	defer saved.Stop()
	defer look.Stop()
	var documents *documents.Set
	var rules *policy.Policy
	for done := false; ; {
		if w.known() != documents || w.rules() != rules {
			documents, rules, done = w.known(), w.rules(), false
		}
		if !done && w.Ready(ctx) == nil {
			done = w.warm(ctx)
		}
		select {
		case <-ctx.Done():
			w.save()
			return
		case <-saved.C:
			w.save()
		case <-look.C:
		}
	}
}

func (w *warmer) save() {
	if err := w.used.Save(w.file); err != nil {
		w.log.Warn("what was asked most is not saved", "error", err)
	}
}

// warm plans within the budget. Not done: the store is away.
func (w *warmer) warm(ctx context.Context) (done bool) {
	begun := w.planner.Ahead()
	spent := func() time.Duration { return w.planner.Ahead() - begun }
	ahead := &ahead{Store: w.Store}
	o := w.limits
	o.Reader, o.Policy = policy.Over(ahead), w.rules
	r, err := w.resolver(o)
	if err != nil { // the server goes by the same schema
		w.log.Error("nothing is planned ahead", "error", err)
		return true
	}
	questions := w.questions()
	left, refused := 0, 0
	for i, q := range questions {
		if spent() >= w.budget {
			left = len(questions) - i
			break
		}
		limited, cancel := context.WithTimeout(server.Ahead(ctx), w.budget)
		res := r.Execute(resolvers.WithRequest(limited, request(q)), q.Text, q.Variables)
		cancel()
		for _, err := range res.Errors {
			if errors.Is(err, errAhead) {
				continue
			}
			if ctx.Err() != nil || graph.CodeOf(err) == graph.Unavailable {
				return ctx.Err() != nil
			}
			refused++
			w.log.Debug("an operation is not planned ahead", "purpose", q.Purpose, "error", err)
			break
		}
	}
	w.log.Info("planned ahead", "operations", len(questions)-left, "refused", refused, "statements", ahead.statements.Load(), "ms", spent().Milliseconds(), "left", left)
	return true
}

// questions are the operations to plan: what was asked most for what it was asked for, then the documents, then what the explorer asks
// before anybody has chosen anything, then the examples, each for all purposes.
func (w *warmer) questions() (all []documents.Question) {
	all = w.used.Most()
	var open []documents.Question
	for _, d := range w.known().All() {
		if !w.ofPages.Has(d.Text) {
			open = append(open, w.book.Of(d)...)
		}
	}
	if w.ofPages != nil {
		open = append(open, w.ofTheirs()...)
	}
	for _, q := range open {
		if q.Purpose != "" {
			all = append(all, q)
			continue
		}
		for _, p := range graph.Purposes {
			if p != graph.Self || w.self {
				q.Purpose = string(p)
				all = append(all, q)
			}
		}
	}
	return all
}

// ofTheirs are what the pages ask: the explorer, then the examples of GraphiQL.
func (w *warmer) ofTheirs() (all []documents.Question) {
	for _, d := range w.ofPages.All() {
		all = append(all, w.book.Least(d)...)
	}
	for _, e := range web.Examples() {
		variables := map[string]any{}
		if e.Variables != "" {
			if err := json.Unmarshal([]byte(e.Variables), &variables); err != nil {
				panic(fmt.Errorf("%s: %w", e.Name, err)) // they are part of the binary
			}
		}
		like, err := w.book.Like(e.Query, variables)
		if err != nil {
			panic(fmt.Errorf("%s: %w", e.Name, err))
		}
		all = append(all, like...)
	}
	return all
}

// request asks for nobody: whoever may ask for a purpose is asked the same of the database. A customer has an id that nobody has.
func request(q documents.Question) resolvers.Request {
	r := resolvers.Request{Purpose: q.Purpose, Reference: "x"}
	if q.Purpose == string(graph.Self) {
		r.Customer = "cus_" + strings.Repeat("x", 26)
	}
	return r
}

// ahead is a store that has planned what it is asked, and answers nothing: no row gets to where it could be told of, or leave a receipt.
type ahead struct {
	graph.Store
	statements atomic.Int64
}

// errAhead is what is answered.
var errAhead = errors.New("this was planned, and is not answered")

func (a *ahead) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	if err := a.Store.(planStore).Warm(ctx, f); err != nil {
		return nil, err
	}
	a.statements.Add(1)
	return nil, errAhead
}
