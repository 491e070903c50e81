package journey

import (
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// data reads a file of the data that answers are held to; a test that needs them is left out without.
func data(t *testing.T, folder, name string) []byte {
	dir := os.Getenv("KITH_DATA")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "..", "shared", "data")
		if _, err := os.Stat(dir); err != nil {
			dir = filepath.Join("..", "..", "..", "shared", "data")
		}
	}
	f, err := os.Open(filepath.Join(dir, folder, name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("there is no %s: it is looked for in ../shared/data, or in KITH_DATA", filepath.Join(folder, name))
	}
	require.NoError(t, err)
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		r, err = gzip.NewReader(f)
		require.NoError(t, err)
	}
	b, err := io.ReadAll(r)
	require.NoError(t, err)
	return b
}

// attribute is one of XES.
type attribute struct {
	Key   string `xml:"key,attr"`
	Value string `xml:"value,attr"`
}

// xes reads a log: its cases are closed, and have no persons.
func xes(t *testing.T, text []byte) *Log {
	var doc struct {
		Traces []struct {
			Strings []attribute `xml:"string"`
			Events  []struct {
				Strings []attribute `xml:"string"`
				Dates   []attribute `xml:"date"`
			} `xml:"event"`
		} `xml:"trace"`
	}
	require.NoError(t, xml.Unmarshal(text, &doc))
	value := func(all []attribute, key string) string {
		for _, a := range all {
			if a.Key == key {
				return a.Value
			}
		}
		t.Fatalf("there is no %s", key)
		return ""
	}
	codes := map[string]uint16{}
	var names []string
	var cases []Case
	for _, trace := range doc.Traces {
		c := Case{ID: value(trace.Strings, "concept:name"), Closed: true}
		for i, e := range trace.Events {
			name := value(e.Strings, "concept:name")
			code, known := codes[name]
			if !known {
				code = uint16(len(names))
				codes[name], names = code, append(names, name)
			}
			at, err := time.Parse(time.RFC3339, value(e.Dates, "time:timestamp"))
			require.NoError(t, err)
			c.Events = append(c.Events, Event{At: at.UnixMicro(), Sequence: int64(i), Activity: code})
		}
		cases = append(cases, c)
	}
	b, err := NewBuilder(names, false)
	require.NoError(t, err)
	for _, c := range cases {
		require.NoError(t, b.Put(c))
	}
	return b.Log()
}

func TestRealLogsAreCountedAsPm4pyCountsThem(t *testing.T) {
	for name, file := range map[string]string{"running-example": "running-example.xes", "receipt": "08_receipt.xes.gz", "helpdesk": "helpdesk.xes.gz"} {
		t.Run(name, func(t *testing.T) {
			var want struct {
				Cases, Events, Variants, Activities int
				Start                               map[string]int           `json:"start_activities"`
				End                                 map[string]int           `json:"end_activities"`
				Counts                              map[string]int           `json:"activity_counts"`
				Follows                             [][3]any                 `json:"dfg"`
				Times                               [][4]any                 `json:"performance_dfg_mean_s"`
				Top                                 [][2]any                 `json:"top_variants"`
				Durations                           struct{ Median float64 } `json:"case_duration_s"`
			}
			require.NoError(t, json.Unmarshal(data(t, "pm4py_logs", "oracle_"+name+".json"), &want))
			l := xes(t, data(t, "pm4py_logs", file))
			v, err := l.View(l.As())
			require.NoError(t, err)
			all := v.Population()
			assert.Equal(t, []int{want.Cases, want.Events, 0}, []int{all.Cases, all.Events, all.Persons})
			m := v.Map(true)
			assert.Equal(t, want.Start, m.Ends(true))
			assert.Equal(t, want.End, m.Ends(false))
			counts := map[string]int{}
			for _, a := range m.Activities {
				counts[a.Name] = a.Events
			}
			assert.Equal(t, want.Counts, counts)
			follows, medians := map[string]int{}, map[string]float64{}
			for _, e := range m.Edges {
				if e.Spread != nil {
					follows[e.From+" > "+e.To], medians[e.From+" > "+e.To] = e.Events, e.Median
				}
			}
			expected := map[string]int{}
			for _, e := range want.Follows {
				expected[e[0].(string)+" > "+e[1].(string)] = int(e[2].(float64))
			}
			assert.Equal(t, expected, follows)
			for _, e := range want.Times {
				key := e[0].(string) + " > " + e[1].(string)
				assert.LessOrEqual(t, math.Abs(e[3].(float64)*1e6-medians[key]), 1.0, "the median of %s, in microseconds", key)
			}
			variants := v.Variants(math.MaxInt, 0)
			assert.Len(t, variants.Rows, want.Variants)
			assert.Zero(t, variants.Other)
			frequency := map[string]int{}
			for _, p := range variants.Rows {
				frequency[strings.Join(p.Activities[:len(p.Activities)-1], " > ")] = p.Cases
			}
			for _, top := range want.Top {
				var names []string
				for _, a := range top[0].([]any) {
					names = append(names, a.(string))
				}
				assert.EqualValues(t, top[1], frequency[strings.Join(names, " > ")], "%v", names)
			}
			var took []int64
			v.population(func(s *sequence) { took = append(took, s.times[len(s.times)-1]-s.times[0]) })
			assert.InDelta(t, want.Durations.Median*1e6, spread(took).Median, 1)
		})
	}
}
