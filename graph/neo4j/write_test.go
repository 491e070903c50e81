package neo4j_test

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	driver "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/neo4j"
)

func TestTheFirstChangesOfADatabaseLookUpWhatTheyChange(t *testing.T) {
	s, w := opened(t)
	neo4jdev.Forget(t, address(t))
	var sent []graph.StatementRun
	_, err := s.Write(noting(&sent), &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: w.cat.MustKind("Account"), ID: "a", Set: graph.Values{"name": "A"}}}})
	require.NoError(t, err)
	text := sent[slices.IndexFunc(sent, func(st graph.StatementRun) bool { return strings.Contains(st.Text, "$p.newNodes") })].Text
	nothing := map[string]any{}
	for _, list := range regexp.MustCompile(`\$p\.(\w+)`).FindAllStringSubmatch(text, -1) {
		nothing[list[1]] = []any{}
	}
	operators := profiled(t, text, map[string]any{"p": nothing})
	assert.Contains(t, operators, "DirectedRelationshipByElementIdSeek")
	assert.Contains(t, operators, "NodeByElementIdSeek")
	assert.NotContains(t, operators, "Scan", "it goes through all of them for each that is changed")
}

// profiled runs a statement, and gives the names of its plan's operators.
func profiled(t *testing.T, text string, params map[string]any) string {
	t.Helper()
	d, err := driver.NewDriverWithContext(address(t), driver.NoAuth())
	require.NoError(t, err)
	defer d.Close(ctx)
	session := d.NewSession(ctx, driver.SessionConfig{})
	defer session.Close(ctx)
	res, err := session.Run(ctx, "PROFILE "+text, params)
	require.NoError(t, err)
	summary, err := res.Consume(ctx)
	require.NoError(t, err)
	var names strings.Builder
	var walk func(driver.ProfiledPlan)
	walk = func(p driver.ProfiledPlan) {
		names.WriteString(p.Operator() + "\n")
		for _, below := range p.Children() {
			walk(below)
		}
	}
	walk(summary.Profile())
	return names.String()
}

func TestWrite(t *testing.T) {
	s, w := opened(t)
	kind := w.cat.MustKind
	number := func(text string) int64 {
		r := run(t, text, nil)
		require.Len(t, r, 1)
		return r[0].Values[0].(int64)
	}
	apply := func(b *graph.Batch) *graph.Report {
		b.Source = "test"
		r, err := s.Write(ctx, b)
		require.NoError(t, err)
		return r
	}
	upsert := func(id string, set graph.Values) *graph.Batch {
		return &graph.Batch{Nodes: []graph.Upsert{{Kind: kind("Firmographics"), ID: id, Set: set}}}
	}
	properties := func() any {
		r := run(t, "MATCH (n:Firmographics {key: 'test:f'}) RETURN properties(n)", nil)
		p := r[0].Values[0].(map[string]any)
		delete(p, "id")
		return p
	}

	t.Run("values are kept in their columns", func(t *testing.T) {
		r := apply(upsert("f", graph.Values{"industry": "Möbel", "employeeCount": int64(3), "revenue": eur(5), "growth": int64(-250000), "technologies": []string{"Go", "SAP"}}))
		assert.Equal(t, 1, r.NodesCreated)
		assert.Regexp(t, `^fir_[a-z2-7]{20,26}$`, r.IDs[0])
		assert.Equal(t, map[string]any{"key": "test:f", "industry": "Möbel", "industry_folded": "mobel", "employeeCount": int64(3), "growth": int64(-250000),
			"revenue": int64(50000), "revenue_currency": "EUR", "technologies": []any{"Go", "SAP"}}, properties())
	})
	t.Run("nil clears all columns of a property, what is not named stays", func(t *testing.T) {
		r := apply(upsert("f", graph.Values{"industry": nil, "revenue": nil, "employeeCount": int64(4)}))
		assert.Equal(t, 1, r.NodesChanged)
		assert.Equal(t, map[string]any{"key": "test:f", "employeeCount": int64(4), "growth": int64(-250000), "technologies": []any{"Go", "SAP"}}, properties())
	})
	t.Run("a batch that is applied again changes nothing, and gives the same ids", func(t *testing.T) {
		b := upsert("f", graph.Values{"employeeCount": int64(4), "technologies": []string{"Go", "SAP"}})
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind("Account"), ID: "a", Set: graph.Values{"name": "A"}})
		b.Edges = []graph.Link{{Rel: w.cat.Rel("DESCRIBED_BY"), From: w.ref("Account:a"), To: w.ref("Firmographics:f"), Set: graph.Values{"from": int64(5)}}}
		one := apply(b)
		assert.Equal(t, 1, one.EdgesCreated)
		two := apply(b)
		assert.False(t, two.Changed(), "%+v", two)
		assert.Equal(t, one.IDs, two.IDs)
	})
	t.Run("a link that is named moves with its ends and keeps what is not named", func(t *testing.T) {
		at := func(account string, set graph.Values) *graph.Batch {
			return &graph.Batch{Nodes: []graph.Upsert{{Kind: kind("Account"), ID: account}, {Kind: kind("Customer"), ID: "c"}},
				Edges: []graph.Link{{Rel: w.cat.Rel("WORKS_AT"), ID: "job", From: w.ref("Customer:c"), To: w.ref("Account:" + account), Set: set}}}
		}
		apply(at("a", graph.Values{"title": "Clerk", "department": "Sales"}))
		r := apply(at("b", graph.Values{"title": "Head"}))
		assert.Equal(t, 1, r.EdgesChanged)
		got := run(t, "MATCH (:Customer)-[r:WORKS_AT]->(a) RETURN a.key, r.key, r.title, r.title_folded, r.department", nil)
		require.Len(t, got, 1)
		assert.Equal(t, []any{"test:b", "test:job", "Head", "head", "Sales"}, got[0].Values)
	})
	t.Run("a to-one edge without valid time goes over to the newest", func(t *testing.T) {
		for _, account := range []string{"a", "b"} {
			apply(&graph.Batch{Nodes: []graph.Upsert{{Kind: kind("Deal"), ID: "d"}},
				Edges: []graph.Link{{Rel: w.cat.Rel("WITH"), From: w.ref("Deal:d"), To: w.ref("Account:" + account)}}})
		}
		got := run(t, "MATCH (:Deal)-[:WITH]->(a) RETURN a.key", nil)
		require.Len(t, got, 1)
		assert.Equal(t, "test:b", got[0].Values[0])
	})
	t.Run("a batch with a mistake is not applied at all", func(t *testing.T) {
		before := number("MATCH (n) RETURN count(n)")
		_, err := s.Write(ctx, &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: kind("Account"), ID: "new"}},
			Edges: []graph.Link{{Rel: w.cat.Rel("WITH"), From: w.ref("Deal:d"), To: w.ref("Account:none")}}})
		var refused *graph.BatchError
		require.ErrorAs(t, err, &refused)
		assert.Len(t, refused.Problems, 1)
		assert.Equal(t, before, number("MATCH (n) RETURN count(n)"))
	})
	t.Run("what stands in values is never taken for Cypher", func(t *testing.T) {
		text := "'}) DETACH DELETE n // `\" \\u0027 $p0"
		apply(upsert("g", graph.Values{"industry": text}))
		l := of{w}.root(2, of{w}.sel("Firmographics", []string{"industry"}))
		l.Filter = of{w}.test("Firmographics", "industry", graph.Eq, text)
		assert.Equal(t, []any{text}, first(rows(t, s, l)))
	})
	t.Run("more than one statement can carry is written in parts", func(t *testing.T) {
		b := &graph.Batch{}
		for i := range 6001 {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: kind("Product"), ID: fmt.Sprint(i)})
			b.Edges = append(b.Edges, graph.Link{Rel: w.cat.Rel("FOR"), From: w.ref("Deal:d"), To: w.ref(fmt.Sprint("Product:", i)), Set: graph.Values{"quantity": int64(i + 1)}})
		}
		r := apply(b)
		assert.Equal(t, 6001, r.NodesCreated)
		assert.Equal(t, 6001, r.EdgesCreated)
		again := apply(b)
		assert.False(t, again.Changed())
		assert.Equal(t, int64(6001), number("MATCH (:Deal)-[r:FOR]->(:Product) RETURN count(r)"))
	})
}

func TestWritersOfTheSameThingsTakeTurns(t *testing.T) {
	s, w := opened(t)
	const writers, times = 6, 8
	var wg sync.WaitGroup
	var mu sync.Mutex
	var created int
	var failed error
	for i := range writers {
		wg.Go(func() {
			for n := range times {
				b := &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: w.cat.MustKind("Deal"), ID: fmt.Sprint(n)}, {Kind: w.cat.MustKind("Account"), ID: fmt.Sprint(i)}},
					Edges: []graph.Link{{Rel: w.cat.Rel("WITH"), From: w.ref(fmt.Sprint("Deal:", n)), To: w.ref(fmt.Sprint("Account:", i))}}}
				r, err := s.Write(ctx, b)
				mu.Lock()
				failed = errors.Join(failed, err)
				if err == nil {
					created += r.NodesCreated
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	require.NoError(t, failed)
	assert.Equal(t, writers+times, created)
	one := run(t, "MATCH (d:Deal) RETURN count { (d)-[:WITH]->() } AS n, count(*) AS deals", nil)
	require.Len(t, one, 1)
	assert.Equal(t, []any{int64(1), int64(times)}, one[0].Values, "each deal is with one account")
}

func TestReadyCanBeCalledAgainAndByAnotherProcess(t *testing.T) {
	s, w := opened(t)
	require.NoError(t, s.Ready(ctx))
	other, err := neo4j.Open(ctx, address(t), w.cat, neo4j.Options{})
	require.NoError(t, err)
	defer other.Close()
	require.NoError(t, other.Ready(ctx))
	online := run(t, "SHOW INDEXES YIELD labelsOrTypes AS l, properties AS p, state AS s, owningConstraint AS c WHERE l = ['Customer'] RETURN p, s, c IS NOT NULL", nil)
	var found []string
	for _, r := range online {
		found = append(found, strings.TrimSpace(fmt.Sprintln(r.Values...)))
	}
	assert.Contains(t, found, "[id] ONLINE true")
	assert.Contains(t, found, "[key] ONLINE true")
	assert.Contains(t, found, "[name id] ONLINE false")
	assert.Contains(t, found, "[name_folded] ONLINE false")
	unique := run(t, "SHOW CONSTRAINTS YIELD labelsOrTypes AS l, properties AS p WHERE l = ['WORKS_AT'] RETURN p", nil)
	require.Len(t, unique, 1)
	assert.Equal(t, []any{"key"}, unique[0].Values[0])
}

func TestAKeyThatIsTakenIsAConflict(t *testing.T) {
	_, w := opened(t)
	s, err := neo4j.Open(ctx, address(t), w.cat, neo4j.Options{NewID: func(prefix string) string { return prefix + "_same" }})
	require.NoError(t, err)
	defer s.Close()
	_, err = s.Write(ctx, &graph.Batch{Source: "test", Nodes: []graph.Upsert{{Kind: w.cat.MustKind("Account"), ID: "a"}, {Kind: w.cat.MustKind("Account"), ID: "b"}}})
	assert.Equal(t, graph.Conflict, graph.CodeOf(err), "%v", err)
}
