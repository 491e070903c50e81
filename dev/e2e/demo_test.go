package e2e

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
	"github.com/kithgraph/kith/graph/ingest"
)

// TestExamplesAnswer asks every example query of the page for what it is to show, all that stands in the schema of each kind,
// and what is told of the demonstration world.
func TestExamplesAnswer(t *testing.T) {
	answers := map[string]map[string]string{}
	onBothStores(t, func(t *testing.T, p *program) {
		_, err := demo.Load(t.Context(), p.store, p.catalog, demo.Seed, now, nil)
		require.NoError(t, err)
		again, err := demo.Load(t.Context(), p.store, p.catalog, demo.Seed, now, nil)
		require.NoError(t, err)
		assert.False(t, again.Changed(), "what is there already stays: %+v", again)
		for name, data := range askExamples(t, p) {
			if answers[name] == nil {
				answers[name] = map[string]string{}
			}
			answers[name][t.Name()] = data
		}
		t.Run("every field of the schema", func(t *testing.T) { everyField(t, p) })
		t.Run("README, docs/purposes.md and docs/rights.md", func(t *testing.T) { pages(t, p) })
		t.Run("what else docs show", func(t *testing.T) { examplesOfPages(t, p) })
		t.Run("docs/journeys.md", func(t *testing.T) { shownJourneys(t, p, "## Questions", "## What a purpose") })
		t.Run("what hidden events did", func(t *testing.T) { tellStories(t, p) })
		t.Run("docs/committee.md", func(t *testing.T) { chapter(t, p, docs(t, "committee.md")) })
		t.Run("absences in committees", func(t *testing.T) { absences(t, p) })
		t.Run("docs/query.md", func(t *testing.T) { queryPage(t, p) })
		t.Run("what it costs to erase who talked most", func(t *testing.T) { erasesTheMostTalkative(t, p) })
	})
	for name, by := range answers {
		if len(by) < 2 {
			continue // one store is not there, or not asked for
		}
		assert.Equal(t, by["TestExamplesAnswer/SQLite"], by["TestExamplesAnswer/Neo4j"], "%s: both stores answer alike", name)
	}
}

// absences has the demonstration world show each state of a seat, and of a role that decided deals are compared by: a gap that the
// intervals support, one that they do not, and too few deals to say, as there were in the world's first year.
func absences(t *testing.T, p *program) {
	type state struct{ State string }
	type committees struct{ Seats, Coverage []state }
	var got struct {
		Deals struct {
			Nodes []struct{ Committee committees }
		}
		Deal struct{ Now, Early committees }
	}
	p.data(t, `{ deals(first: 60, orderBy: [{openedAt: DESC}]) { nodes { committee { seats { state } } } }
		deal(external: {source: "demo", id: "dea-261103-1"}) { now: committee { coverage { state } } early: committee(asOf: "2025-03-01T00:00:00Z") { coverage { state } } } }`, nil, &got)
	shown := func(of func(committees) []state, all ...committees) (out []string) {
		for _, c := range all {
			for _, s := range of(c) {
				if !slices.Contains(out, s.State) {
					out = append(out, s.State)
				}
			}
		}
		return out
	}
	var all []committees
	for _, d := range got.Deals.Nodes {
		all = append(all, d.Committee)
	}
	assert.ElementsMatch(t, []string{"COMPLETE", "GAP", "NOT_EXPECTED", "CANNOT_BE_JUDGED"}, shown(func(c committees) []state { return c.Seats }, all...))
	assert.ElementsMatch(t, []string{"COMPLETE", "GAP", "NOT_SUPPORTED"}, shown(func(c committees) []state { return c.Coverage }, got.Deal.Now))
	assert.Contains(t, shown(func(c committees) []state { return c.Coverage }, got.Deal.Early), "INSUFFICIENT_DATA")
	withheld, err := p.bytes(graph.Marketing, `{ deals(first: 1) { nodes { committee { seats { state } } } } }`)
	require.NoError(t, err)
	assert.Contains(t, string(withheld), `"committee":null`, "what the purpose denies as a whole is no seat that is empty")
}

// everyField reads every property, every edge with its properties, every aggregate and every group of every kind: a kind that has many
// fields by more queries than one, since a document is bounded.
func everyField(t *testing.T, p *program) {
	for i, f := range p.schema.Query.Fields {
		if f.Arguments.ForName("filter") == nil || !p.inTurn(i, 12) {
			continue
		}
		list := *p.schema.Types[f.Type.Name()]
		kind := *p.schema.Types[strings.TrimSuffix(list.Name, "Connection")]
		list.Fields = slices.DeleteFunc(slices.Clone(list.Fields), func(f *ast.FieldDefinition) bool { return f.Name == "edges" || f.Name == "nodes" })
		ask := func(selected string) {
			for _, e := range p.ask(t, "{ "+f.Name+"(first: 3) "+selected+" }", nil).Errors {
				t.Errorf("%s: %s (%s)", f.Name, e.Message, e.Extensions.Code)
			}
		}
		for fields := range slices.Chunk(list.Fields, 3) {
			list.Fields = fields
			ask(selection(p.schema, &list, 4))
		}
		for fields := range slices.Chunk(kind.Fields, 20) {
			kind.Fields = fields
			ask("{ edges { cursor node " + selection(p.schema, &kind, 2) + " } }")
		}
	}
}

// pages hold what the pages of docs on purposes and on rights, and the README, show of one question to what the program answers.
func pages(t *testing.T, p *program) {
	purposes := docs(t, "purposes.md")
	question := oneQuestion(t, p, purposes, graph.Service, graph.Sales, graph.Marketing, graph.Analysis)
	readme := docs(t, "../README.md")
	assert.Equal(t, question, oneQuestion(t, p, readme, graph.Sales, graph.Marketing))
	var first struct {
		Customers struct {
			Edges []struct{ Node struct{ ID, Name string } }
		}
	}
	p.data(t, `{ customers(first: 1) { edges { node { id name } } } }`, nil, &first)
	p.customer = first.Customers.Edges[0].Node.ID
	mine, err := p.bytes(graph.Self, codeBlock.FindStringSubmatch(docs(t, "rights.md"))[2])
	require.NoError(t, err)
	assert.Contains(t, string(mine), `{"data":{"me":{"name":"`+first.Customers.Edges[0].Node.Name+`"`, "the question of a customer")
}

var codeBlock = regexp.MustCompile("(?s)```(graphql|json)\n(.*?)```")

// examplesOfPages has each operation of the pages that tell how the graph is asked answer (mutations find nothing to change), and each mapping fit
// the schema.
func examplesOfPages(t *testing.T, p *program) {
	for page, examples := range map[string]int{"graph.md": 2, "load.md": 2, "operate.md": 0, "architecture.md": 3, "build.md": 0} {
		blocks := regexp.MustCompile("(?s)```(graphql|yaml)\n(.*?)```").FindAllStringSubmatch(docs(t, page), -1)
		tried := 0
		for _, b := range blocks {
			if b[1] == "yaml" {
				_, err := ingest.Parse([]byte(b[2]), p.catalog)
				assert.NoError(t, err, "%s: %s", page, b[2])
				tried++
				continue
			}
			tried++
			assert.Empty(t, p.ask(t, b[2], nil).Errors, "%s: %s", page, b[2])
		}
		assert.GreaterOrEqual(t, tried, examples, page)
	}
}

// oneQuestion holds a page with one query and its answers for some purposes to what the program answers.
func oneQuestion(t *testing.T, p *program, page string, purposes ...graph.Purpose) (query string) {
	blocks := codeBlock.FindAllStringSubmatch(page, -1)
	require.Len(t, blocks, 1+len(purposes))
	for i, purpose := range purposes {
		answer, err := p.bytes(purpose, blocks[0][2])
		require.NoError(t, err)
		var got map[string]any
		require.NoError(t, json.Unmarshal(answer, &got))
		extensions := got["extensions"].(map[string]any)
		delete(extensions, "receipt")
		if delete(extensions, "cost"); len(extensions) == 0 {
			delete(got, "extensions")
		}
		shown, err := json.Marshal(got)
		require.NoError(t, err)
		assert.JSONEq(t, blocks[1+i][2], string(shown), "the page's answer for %s", purpose)
	}
	return blocks[0][2]
}
