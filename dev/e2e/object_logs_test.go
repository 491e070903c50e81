package e2e

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/ingest"
)

// objectLog is a log about orders, items and parcels.
const objectLog = "../../graph/ingest/testdata/orders.jsonocel"

// loadLog loads an event log as kith ingest does.
func (p *program) loadLog(t *testing.T, path string) {
	t.Helper()
	m, err := ingest.LogMapping([]string{path}, p.catalog)
	require.NoError(t, err)
	sum, err := ingest.Run(t.Context(), p.store, m, []string{path}, ingest.Options{})
	require.NoError(t, err)
	require.Zero(t, sum.Rejected)
}

// An objectGraph is what pm4py says of the objects of a type: testdata/orders_ocdfg.json has total_objects and unique_objects of discover_ocdfg (2.7.23) of
// the log, which is what each edge, and each activity, counts.
type objectGraph struct {
	Edges      [][4]any
	Start, End map[string]int
	Activities map[string][2]int
}

func TestAnObjectCentricMapIsPm4pys(t *testing.T) {
	text, err := os.ReadFile("testdata/orders_ocdfg.json")
	require.NoError(t, err)
	var want map[string]objectGraph
	require.NoError(t, json.Unmarshal(text, &want))
	require.Len(t, want, 3)
	const asked = `{ journeys(definition: {cases: {cases: {}}, by: [DETAIL]}) { persons mapBy(by: {cases: OBJECT_TYPE}, edges: 200) {
		rows { value map { activities { activity events cases } edges { from to events cases } other { activities edges } } } values
	} } }`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		p.loadLog(t, objectLog)
		for _, purpose := range []graph.Purpose{graph.Compliance, graph.Analysis} { // it is about nobody, so that no group is small
			answer, err := p.bytes(purpose, asked)
			require.NoError(t, err)
			var got struct {
				Data struct {
					Journeys struct {
						Persons int
						MapBy   struct {
							Rows []struct {
								Value string
								Map   struct {
									Activities []struct {
										Activity      string
										Events, Cases int
									}
									Edges []struct {
										From, To      string
										Events, Cases int
									}
									Other struct{ Activities, Edges int }
								}
							}
							Values int
						}
					}
				}
			}
			require.NoError(t, json.Unmarshal(answer, &got), "%s", answer)
			j := got.Data.Journeys
			require.Len(t, j.MapBy.Rows, 3, "%s", answer)
			assert.Zero(t, j.Persons+j.MapBy.Values)
			have := map[string]objectGraph{}
			for _, r := range j.MapBy.Rows {
				assert.Zero(t, r.Map.Other)
				g := objectGraph{Start: map[string]int{}, End: map[string]int{}, Activities: map[string][2]int{}}
				for _, a := range r.Map.Activities {
					g.Activities[a.Activity] = [2]int{a.Events, a.Cases}
				}
				for _, e := range r.Map.Edges {
					switch {
					case e.From == "<start>":
						g.Start[e.To] = e.Events
					case e.To == "<open>":
						g.End[e.From] = e.Events
					default:
						g.Edges = append(g.Edges, [4]any{e.From, e.To, float64(e.Events), float64(e.Cases)})
					}
				}
				have[r.Value] = g
			}
			for of, g := range want {
				assert.ElementsMatch(t, g.Edges, have[of].Edges, of)
				assert.Equal(t, g.Start, have[of].Start, of)
				assert.Equal(t, g.End, have[of].End, of)
				assert.Equal(t, g.Activities, have[of].Activities, of)
			}
		}
	})
}

func TestAnalystsAreToldOfALogAboutNobodyAsOthersAre(t *testing.T) {
	const asked = `{ journeys(definition: {cases: {cases: {}}, by: [DETAIL]}) {
		cases persons events map { edges { from to events cases median } other { edges } } variants { rows { activities cases } } } }`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		p.loadLog(t, objectLog)
		told := map[graph.Purpose]string{}
		for _, purpose := range []graph.Purpose{graph.Compliance, graph.Analysis} {
			answer, err := p.bytes(purpose, asked)
			require.NoError(t, err)
			var got struct{ Data map[string]json.RawMessage }
			require.NoError(t, json.Unmarshal(answer, &got), "%s", answer)
			told[purpose] = string(got.Data["journeys"])
		}
		assert.Equal(t, told[graph.Compliance], told[graph.Analysis])
		assert.NotContains(t, told[graph.Analysis], `"edges":[]`)
	})
}

func TestWhatALogTellsIsToldAgain(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		p.loadLog(t, objectLog)
		const asked = `{
			cases(filter: {objectType: {eq: "order"}, number: {eq: "o1"}}) { nodes { number relatedInteractions(first: 1, orderBy: [{at: ASC}]) { totalCount nodes {
				at sequence activity attributes { name text number boolean time object at } topics { totalCount }
			} } attributes { __typename name number boolean object at } } }
			attributes: interactions(filter: {activity: {eq: "pay order"}}, orderBy: [{at: ASC}], first: 1) { nodes { attributes { name time object } } }
			none: interactions(filter: {activity: {eq: "audit"}}) { nodes { attributes { name } topics { totalCount } } }
		}`
		answer, err := p.bytes(graph.Compliance, asked)
		require.NoError(t, err)
		var got struct{ Data json.RawMessage }
		require.NoError(t, json.Unmarshal(answer, &got), "%s", answer)
		none := `"text":null,"number":null,"boolean":null,"time":null`
		lead := func(name, object string) string {
			return `{"name":"` + name + `",` + none + `,"object":"` + object + `","at":null}`
		}
		assert.JSONEq(t, `{"cases":{"nodes":[{"number":"o1","relatedInteractions":{"totalCount":4,"nodes":[{"at":"2026-03-01T08:00:00Z","sequence":1,"activity":"place order","attributes":[
			{"name":"channel","text":"web","number":null,"boolean":null,"time":null,"object":null,"at":null},
			{"name":"express","text":null,"number":null,"boolean":true,"time":null,"object":null,"at":null},
			{"name":"lines","text":null,"number":2,"boolean":null,"time":null,"object":null,"at":null},
			{"name":"weight","text":null,"number":2.5,"boolean":null,"time":null,"object":null,"at":null},
			`+lead("order", "o1")+`,`+lead("line", "i1")+`,`+lead("line", "i2")+`],"topics":{"totalCount":3}}]},
			"attributes":[{"__typename":"Attribute","name":"paid","number":null,"boolean":true,"object":null,"at":"2026-03-02T11:00:00Z"},
			{"__typename":"Attribute","name":"total","number":120,"boolean":null,"object":null,"at":"1970-01-01T00:00:00Z"},
			{"__typename":"Attribute","name":"has","number":null,"boolean":null,"object":"i1","at":null},{"__typename":"Attribute","name":"has","number":null,"boolean":null,"object":"i2","at":null},
			{"__typename":"Attribute","name":"sent by","number":null,"boolean":null,"object":"p1","at":null}]}]},
			"attributes":{"nodes":[{"attributes":[{"name":"due","time":"2026-03-09T00:00:00Z","object":null},{"name":"order","time":null,"object":"o2"}]}]},
			"none":{"nodes":[{"attributes":null,"topics":{"totalCount":0}}]}}`, string(got.Data))
		t.Run("but not where ids and texts are withheld", func(t *testing.T) {
			for _, purpose := range []graph.Purpose{graph.Analysis, graph.Marketing} {
				answer, err := p.bytes(purpose, `{ cases(first: 1) { nodes { attributes { name text object } } } interactions(first: 1) { nodes { attributes { name } } } }`)
				require.NoError(t, err)
				var got struct {
					Data map[string]struct{ Nodes []struct{ Attributes any } }
				}
				require.NoError(t, json.Unmarshal(answer, &got), "%s", answer)
				for _, root := range []string{"cases", "interactions"} {
					for _, n := range got.Data[root].Nodes {
						assert.Nil(t, n.Attributes, "%s: %s", purpose, root)
					}
				}
				assert.Contains(t, string(answer), `attributes`, "and the answer says so")
			}
		})
	})
}

func TestCasesAreChosenByWhatALogTells(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		p.loadLog(t, objectLog)
		of := func(purpose graph.Purpose, filter string) string {
			answer, err := p.bytes(purpose, `{ cases(filter: `+filter+`, orderBy: [{number: ASC}]) { nodes { number } } }`)
			require.NoError(t, err)
			return string(answer)
		}
		for filter, want := range map[string]string{
			`{attributes: {name: "total", min: 12.0, max: 120}}`:                                               `"o1","o2"`,
			`{attributes: {name: "total", min: 12.5}}`:                                                         `"o1"`,
			`{attributes: {name: "price", max: 8.5}}`:                                                          `"i1"`,
			`{attributes: {name: "paid", boolean: true}}`:                                                      `"o1"`,
			`{attributes: {name: "name", text: ["Nails", "Tacks"]}}`:                                           `"i2"`,
			`{attributes: {name: "has", object: ["i3"]}}`:                                                      `"o2"`,
			`{not: {attributes: {name: "total"}}, objectType: {eq: "order"}}`:                                  `"o3"`,
			`{relatedInteractions: {some: {attributes: {name: "due", from: "2026-03-08T23:00:00-01:00"}}}}`:    `"o2"`,
			`{relatedInteractions: {some: {attributes: {name: "weight", min: 2}}}, objectType: {eq: "order"}}`: `"o1"`,
		} {
			var numbers []string
			for number := range strings.SplitSeq(want, ",") {
				numbers = append(numbers, `{"number":`+number+`}`)
			}
			assert.Contains(t, of(graph.Compliance, filter), `"data":{"cases":{"nodes":[`+strings.Join(numbers, ",")+`]}}`, filter)
		}
		answer, err := p.bytes(graph.Compliance, `{ journeys(definition: {cases: {cases: {attributes: {name: "total", min: 100}}}, by: [DETAIL]}) { cases } }`)
		require.NoError(t, err)
		assert.Contains(t, string(answer), `"data":{"journeys":{"cases":1}}`)
		for filter, want := range map[string]string{
			`{attributes: {name: "total", min: 1, text: ["x"]}}`: `cases.filter.attributes.min: an attribute has one value, and text asks for one of another type`,
			`{attributes: {name: "total", max: null}}`:           `cases.filter.attributes.max: null compares with nothing; leave it out, and any value will do`,
			`{attributes: {name: "due", to: "soon"}}`:            `cases.filter.attributes.to: `,
		} {
			assert.Contains(t, of(graph.Compliance, filter), want, filter)
		}
		for _, purpose := range []graph.Purpose{graph.Analysis, graph.Marketing} {
			assert.Contains(t, of(purpose, `{attributes: {name: "total", min: 100}}`), `"code":"PURPOSE_DENIED"`, "%s: ids and texts are withheld", purpose)
		}
	})
}
