package e2e

import (
	"encoding/json"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
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
		t.Run("README's page on purposes", func(t *testing.T) { readme(t, p) })
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
		Deals struct{ Nodes []struct{ Committee committees } }
		Deal  struct{ Now, Early committees }
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
		if f.Arguments.ForName("filter") == nil || !p.inTurn(i, 8) {
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

// readme holds the README's page on purposes to what the program answers.
func readme(t *testing.T, p *program) {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, page, _ := strings.Cut(string(text), "## Purposes")
	page, self, _ := strings.Cut(page, "### What a customer sees of herself")
	block := regexp.MustCompile("(?s)```(graphql|json)\n(.*?)```")
	blocks := block.FindAllStringSubmatch(page, -1)
	purposes := []graph.Purpose{graph.Service, graph.Sales, graph.Marketing, graph.Analysis}
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
		assert.JSONEq(t, blocks[1+i][2], string(shown), "README's answer for %s", purpose)
	}
	var first struct {
		Customers struct {
			Edges []struct{ Node struct{ ID, Name string } }
		}
	}
	p.data(t, `{ customers(first: 1) { edges { node { id name } } } }`, nil, &first)
	p.customer = first.Customers.Edges[0].Node.ID
	mine, err := p.bytes(graph.Self, block.FindStringSubmatch(self)[2])
	require.NoError(t, err)
	assert.Contains(t, string(mine), `{"data":{"me":{"name":"`+first.Customers.Edges[0].Node.Name+`"`, "README's question of a customer")
}
