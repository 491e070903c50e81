package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/documents"
	"github.com/kithgraph/kith/web"
)

// planning is a store whose database takes a second for every plan, and which nothing is read from.
type planning struct {
	graph.Store
	*server.Planner
	takes time.Duration
	away  bool
	mu    sync.Mutex
	seen  []*graph.Fetch
}

func (s *planning) Ready(context.Context) error { return nil }

func (s *planning) Warm(ctx context.Context, f *graph.Fetch) error {
	s.mu.Lock()
	s.seen = append(s.seen, f)
	n := uint64(len(s.seen))
	s.mu.Unlock()
	if s.away {
		return &graph.Error{Code: graph.Unavailable, Message: "away"}
	}
	return s.Plan(ctx, n, func(ctx context.Context, planned func()) (time.Duration, error) {
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-time.After(s.takes):
			planned()
			return s.takes, nil
		}
	}, nil)
}

// warming is a warmer over such a store, and what it logs.
func warming(t *testing.T, budget time.Duration, dir string) (*warmer, *planning, *graphtest.Lines) {
	t.Helper()
	log := &graphtest.Lines{}
	logger := slog.New(slog.NewJSONHandler(log, nil))
	g, err := storeFlag{Store: "sqlite:" + filepath.Join(t.TempDir(), "kith.db")}.orNew(&program{ctx: t.Context(), err: t.Output()})
	require.NoError(t, err)
	t.Cleanup(func() { g.Close() })
	s := &planning{Planner: server.NewPlanner(time.Minute, logger), takes: time.Millisecond}
	g.Store = closing{s, g.Store}
	ofPages, err := documentFlags{Pages: true}.ofPages(g.schema)
	require.NoError(t, err)
	known := func() *documents.Set { return ofPages }
	if dir != "" {
		known, err = documentFlags{Documents: dir}.known(t.Context(), logger, g.schema, ofPages)
		require.NoError(t, err)
	}
	c := serveCmd{storeFlag: storeFlag{Store: "sqlite:" + filepath.Join(t.TempDir(), "kith.db")}, planFlags: planFlags{Warm: budget}}
	w := c.warmer(g, s.Planner, known, ofPages, policy.Default, resolvers.Options{}, logger)
	require.NotNil(t, w)
	return w, s, log
}

// closing closes the store that stands behind.
type closing struct {
	*planning
	behind graph.Store
}

func (c closing) Close() error { return c.behind.Close() }

func TestWhatIsKnownIsPlannedForEachPurpose(t *testing.T) {
	dir := filepath.Dir(write(t, "a.graphql", `query($id: ID!, $deal: ID!) { campaign(id: $id) { name } deal(id: $deal) { name } accounts(first: 5) { totalCount } }`))
	w, s, log := warming(t, time.Minute, dir)
	assert.True(t, w.warm(t.Context()))
	purposes := map[string]int{}
	for _, q := range w.questions() {
		purposes[q.Purpose]++
	}
	assert.Len(t, purposes, len(graph.Purposes)-1, "SELF takes tokens")
	assert.Contains(t, log.String(), `"msg":"planned ahead"`)
	assert.Contains(t, log.String(), `"left":0`)
	byKey := map[string]int{}
	for _, f := range s.seen {
		byKey[f.Lists[0].Key]++
	}
	assert.Equal(t, 4, byKey["campaign"], "under ANALYSIS ids are others: %v", byKey)
	assert.NotZero(t, byKey[`deals{"orderBy":[{"expectedClose":"DESC"}]}`], "a list of the explorer as it opens: %v", byKey)
	assert.Equal(t, 5, byKey[`accounts{"first":5}`], "%v", byKey)
}

func TestALongPageIsPlannedWhereTheServerAnswersIt(t *testing.T) {
	dir := filepath.Dir(write(t, "a.graphql", `query { accounts(first: 300) { nodes { name } } }`))
	w, s, _ := warming(t, time.Minute, dir)
	planned := func() bool {
		return slices.ContainsFunc(s.seen, func(f *graph.Fetch) bool { return f.Lists[0].Key == `accounts{"first":300}` })
	}
	assert.True(t, w.warm(t.Context()))
	assert.False(t, planned(), "200 rows are the most by default")
	w.limits = serveCmd{limitFlags: limitFlags{MaxPage: 300}}.asked(w.graphOf)
	assert.True(t, w.warm(t.Context()))
	assert.True(t, planned())
}

func TestPlanningAheadKeepsToItsBudgetAndStops(t *testing.T) {
	w, s, log := warming(t, 50*time.Millisecond, "")
	s.takes = 20 * time.Millisecond
	assert.True(t, w.warm(t.Context()))
	assert.NotContains(t, log.String(), `"left":0`)
	assert.LessOrEqual(t, len(s.seen), 8)

	w, s, _ = warming(t, time.Hour, "")
	s.takes = time.Hour
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan bool)
	go func() { w.run(ctx); close(ended) }()
	require.Eventually(t, func() bool { s.mu.Lock(); defer s.mu.Unlock(); return len(s.seen) > 0 }, time.Minute, time.Millisecond)
	stop()
	select {
	case <-ended:
	case <-time.After(time.Minute):
		t.Fatal("it goes on though the server stops")
	}
	assert.FileExists(t, w.file, "what was asked is saved")

	w, s, _ = warming(t, time.Hour, "")
	s.away = true
	assert.False(t, w.warm(t.Context()), "it is tried again when the store is back")
	assert.Len(t, s.seen, 1)
}

func TestAFileOfWhatWasAskedThatCannotBeReadIsWarnedOf(t *testing.T) {
	log := &graphtest.Lines{}
	g, err := storeFlag{Store: "sqlite:" + filepath.Join(t.TempDir(), "kith.db")}.orNew(&program{ctx: t.Context(), err: t.Output()})
	require.NoError(t, err)
	defer g.Close()
	c := serveCmd{storeFlag: storeFlag{Store: "sqlite:" + write(t, "kith.db", "")}, planFlags: planFlags{Warm: time.Second}}
	require.NoError(t, os.WriteFile(c.beside("", ".asked.json"), []byte("{"), 0o600))
	logger := slog.New(slog.NewJSONHandler(log, nil))
	p := server.NewPlanner(time.Second, logger)
	none := func() *documents.Set { return nil }
	assert.Nil(t, c.warmer(g, p, none, nil, policy.Default, resolvers.Options{}, logger), "SQLite plans nothing that is worth it")
	g.Store = closing{&planning{Planner: p}, g.Store}
	assert.NotNil(t, c.warmer(g, p, none, nil, policy.Default, resolvers.Options{}, logger))
	assert.Contains(t, log.String(), "what was asked most is not known: it is counted anew")
	assert.Nil(t, serveCmd{planFlags: planFlags{}}.warmer(g, p, none, nil, policy.Default, resolvers.Options{}, logger), "--warm 0s")
	assert.Nil(t, serveCmd{planFlags: planFlags{Warm: time.Second}}.warmer(g, nil, none, nil, policy.Default, resolvers.Options{}, logger), "--first-plan 0s")
}

// TestWhatWasPlannedAheadIsNotPlannedWhenItIsAsked serves from Neo4j: trusted documents at the first start, and what was asked at the
// next one, are answered without a plan.
func TestWhatWasPlannedAheadIsNotPlannedWhenItIsAsked(t *testing.T) {
	addr := neo4jdev.Start(t)
	neo4jdev.Empty(t, addr)
	neo4jdev.Forget(t, addr)
	dir := filepath.Dir(write(t, "m.json", `{"people": "query($name: String!) { customers(first: 3, filter: {name: {startsWith: $name}}) { totalCount edges { node { name employments { edges { node { name } } } } } } }"}`))
	t.Chdir(t.TempDir())
	post := func(s *served, purpose, body string) {
		t.Helper()
		r, err := http.NewRequest(http.MethodPost, s.url, strings.NewReader(body))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Kith-Purpose", purpose)
		res, err := http.DefaultClient.Do(r)
		require.NoError(t, err)
		defer res.Body.Close()
		var answer struct{ Errors []struct{ Message string } }
		require.NoError(t, json.NewDecoder(res.Body).Decode(&answer))
		require.Empty(t, answer.Errors)
	}
	plans := func(s *served, why string) int {
		_, text := s.get(t, "/metrics")
		count := regexp.MustCompile(`kith_plan_duration_seconds_count{why="` + why + `"} (\d+)`).FindStringSubmatch(text)
		if count == nil {
			return 0
		}
		n, err := strconv.Atoi(count[1])
		require.NoError(t, err)
		return n
	}
	// ahead waits for some plans. What was asked comes first, then the documents, two statements a purpose, then the page's examples.
	ahead := func(s *served, most int) {
		require.Eventually(t, func() bool { return plans(s, "ahead") > most }, 5*time.Minute, 100*time.Millisecond)
	}
	first := serve(t, addr, "--documents", dir, "--warm", "10m")
	ahead(first, 10)
	const asked = `{"query": "query Mine($n: [String!]) { mine: customers(first: 3, filter: {name: {in: $n}}) { totalCount } }", "variables": {"n": ["Acme", "Nova Nobel"]}}`
	purposes := []string{"SALES", "MARKETING"}
	for _, purpose := range purposes {
		post(first, purpose, `{"documentId": "people", "variables": {"name": "Bob"}}`)
		post(first, purpose, `{"documentId": "people", "variables": {"name": "Nora Nobelmann"}}`)
	}
	assert.Zero(t, plans(first, "first"))
	for _, purpose := range purposes {
		post(first, purpose, asked)
	}
	assert.Equal(t, len(purposes), plans(first, "first"))
	first.stop()
	text, err := os.ReadFile("kith.asked.json")
	require.NoError(t, err)
	assert.NotContains(t, string(text), "Nobel")
	assert.NotContains(t, string(text), "ine") // Mine, mine
	assert.Contains(t, string(text), "customers")

	neo4jdev.Forget(t, addr)
	next := serve(t, addr, "--warm", "10m")
	defer func() { next.stop() }()
	// What was asked: by a name of one word and of two, and another operation, for two purposes. Then what the explorer asks: its first list
	// is among the first 43 statements.
	ahead(next, 6+43)
	var explorer map[string]string
	require.NoError(t, json.Unmarshal(web.Documents, &explorer))
	list := ""
	for id, text := range explorer {
		if strings.HasPrefix(text, "query Accounts(") {
			list = id
		}
	}
	for _, purpose := range purposes {
		post(next, purpose, asked)
		post(next, purpose, fmt.Sprintf(`{"documentId": %q, "variables": {"first": 50}}`, list))
	}
	assert.Zero(t, plans(next, "first"))
}
