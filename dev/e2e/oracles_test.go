package e2e

import (
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/ingest"
)

// oracle is what pm4py says of a log.
type oracle struct {
	Cases, Events, Variants, Activities int
	Start                               map[string]int `json:"start_activities"`
	End                                 map[string]int `json:"end_activities"`
	Counts                              map[string]int `json:"activity_counts"`
	Follows                             [][3]any       `json:"dfg"`
	Times                               [][4]any       `json:"performance_dfg_mean_s"`
	Top                                 [][2]any       `json:"top_variants"`
}

// logOf is a file of ../shared/data, or of KITH_DATA; the test is left out where it is not there.
func logOf(t *testing.T, name string) string {
	t.Helper()
	for _, dir := range []string{os.Getenv("KITH_DATA"), "../../../shared/data", "../../../../shared/data"} {
		path := filepath.Join(dir, "pm4py_logs", name)
		if _, err := os.Stat(path); dir != "" && !errors.Is(err, fs.ErrNotExist) {
			return path
		}
	}
	t.Skipf("there is no pm4py_logs/%s: it is looked for in ../shared/data, or in KITH_DATA", name)
	return ""
}

// TestEventLogsAreCountedAsPm4pyCountsThem loads event logs as kith ingest does, and asks for journeys over HTTP: pm4py's answers are to come.
func TestEventLogsAreCountedAsPm4pyCountsThem(t *testing.T) {
	for name, file := range map[string]string{"running-example": "running-example.xes", "receipt": "08_receipt.xes.gz", "helpdesk": "helpdesk.xes.gz"} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name == "helpdesk" {
				t.Skip("it has 21,348 events")
			}
			path := logOf(t, file)
			var want oracle
			text, err := os.ReadFile(logOf(t, "oracle_"+name+".json"))
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(text, &want))
			onStoresInTurn(t, 3, func(t *testing.T, p *program) {
				m, err := ingest.LogMapping([]string{path}, p.catalog)
				require.NoError(t, err)
				sum, err := ingest.Run(t.Context(), p.store, m, []string{path}, ingest.Options{})
				require.NoError(t, err)
				require.Equal(t, []int{want.Events, 0}, []int{sum.Files[0].Loaded, sum.Rejected})
				p.agrees(t, &want)
			})
		})
	}
}

// agrees compares what is told of the cases of a store with what an oracle says.
func (p *program) agrees(t *testing.T, want *oracle) {
	type path struct {
		Activities []string
		Cases      int
	}
	type paths struct {
		Rows  []path
		Other struct{ Paths, Cases int }
	}
	var got struct {
		Journeys struct {
			Cases, Persons, Events int
			Map                    struct {
				Activities []struct {
					Activity string
					Events   int
				}
				Edges []struct {
					From, To string
					Events   int
					Median   *float64
				}
				Other struct{ Activities, Edges int }
			}
			Variants, Starts, Ends paths
		}
	}
	p.data(t, `{ journeys(definition: {cases: {cases: {}}, by: [DETAIL]}) {
		cases persons events
		map(first: 200) { activities { activity events } edges { from to events median } other { activities edges } }
		variants(first: 200) { rows { activities cases } other { paths cases } }
		starts(first: 200) { rows { activities cases } } ends(first: 200) { rows { activities cases } }
	} }`, nil, &got)
	j := got.Journeys
	assert.Equal(t, []int{want.Cases, 0, want.Events}, []int{j.Cases, j.Persons, j.Events})
	assert.Zero(t, j.Map.Other)
	counts, follows, starts, ends := map[string]int{}, map[[2]string]int{}, map[string]int{}, map[string]int{}
	for _, a := range j.Map.Activities {
		counts[a.Activity] = a.Events
	}
	medians := map[[2]string]float64{}
	for _, e := range j.Map.Edges {
		if e.Median != nil {
			follows[[2]string{e.From, e.To}], medians[[2]string{e.From, e.To}] = e.Events, *e.Median
		}
	}
	for _, r := range j.Starts.Rows {
		starts[r.Activities[0]] = r.Cases
	}
	for _, r := range j.Ends.Rows {
		ends[r.Activities[0]] += r.Cases
	}
	assert.Equal(t, want.Counts, counts)
	assert.Equal(t, want.Start, starts)
	assert.Equal(t, want.End, ends)
	edge := func(e []any) [2]string { return [2]string{e[0].(string), e[1].(string)} }
	expected := map[[2]string]int{}
	for _, e := range want.Follows {
		expected[edge(e[:])] = int(e[2].(float64))
	}
	assert.Equal(t, expected, follows)
	for _, e := range want.Times {
		assert.LessOrEqual(t, math.Abs(e[3].(float64)-medians[edge(e[:])]), 1e-6, "the median of %v", e)
	}
	assert.Equal(t, want.Variants, len(j.Variants.Rows)+j.Variants.Other.Paths)
	frequency, cases := map[string]int{}, j.Variants.Other.Cases
	for _, r := range j.Variants.Rows {
		frequency[strings.Join(r.Activities[:len(r.Activities)-1], " > ")] = r.Cases
		cases += r.Cases
	}
	assert.Equal(t, want.Cases, cases)
	for _, top := range want.Top {
		var names []string
		for _, a := range top[0].([]any) {
			names = append(names, a.(string))
		}
		assert.EqualValues(t, top[1], frequency[strings.Join(names, " > ")], "%v", names)
	}
}
