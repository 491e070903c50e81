package ingest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// reload loads a log, then its rejected rows as they are and as they are mended, and gives these, why they are rejected again, and what interactions
// and cases say then.
func reload(t *testing.T, file, text string, mend *strings.Replacer) (rejects, again string, have []string) {
	t.Helper()
	cat, store := setup(t)
	dir := t.TempDir()
	run := func(name, text string) (string, int) {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		m, err := LogMapping([]string{path}, cat)
		require.NoError(t, err)
		assert.Equal(t, "log", m.Source)
		var b bytes.Buffer
		sum, err := Run(t.Context(), store, m, []string{path}, Options{Rejects: into(&b)})
		require.NoError(t, err)
		return b.String(), sum.Rejected
	}
	rejects, n := run(file, text)
	require.NotZero(t, n)
	again, still := run("rejects.csv", rejects)
	assert.Equal(t, n, still, "none that is not mended is loaded: %s", again)
	mended := mend.Replace(rejects)
	require.NotEqual(t, rejects, mended)
	last, still := run("mended.csv", mended)
	assert.Zero(t, still, last)
	for _, kind := range []string{"Interaction", "Case"} {
		k := cat.Kind(kind)
		sel := &graph.Selection{Kind: k, Props: []graph.Ref{{Prop: k.Property("attributes")}}}
		for _, name := range map[string][]string{"Interaction": {"topics", "case"}}[kind] {
			e := k.Edge(name)
			for _, to := range e.Targets {
				if to.Name == "Case" {
					sel.Lists = append(sel.Lists, &graph.List{Key: name, Edge: e.To(to), Rows: true, Page: graph.Page{Limit: 9}, Nodes: []*graph.Selection{{Kind: to}}})
				}
			}
		}
		res, err := store.Read(t.Context(), &graph.Fetch{Lists: []*graph.List{{Key: "all", Rows: true, Nodes: []*graph.Selection{sel}, Page: graph.Page{Limit: 99}}}})
		require.NoError(t, err)
		for _, row := range res.Lists[0].Rows {
			said := fmt.Sprint(kind, " ", row.Props)
			for _, l := range row.Lists {
				said += fmt.Sprint(" ", len(l.Rows))
			}
			have = append(have, said)
		}
	}
	return rejects, again, have
}

func TestRejectedRowsOfALogAreLoadedWhenTheyAreMended(t *testing.T) {
	const declared = `{"objectTypes": [{"name": "o"}], "eventTypes": [{"name": "e", "attributes": [{"name": "n", "type": "integer"}, {"name": "s", "type": "string"}]}], "objects": [{"id": "o1", "type": "o"}], "events": [`
	const object = `{"name":"of","object":"o1"}`
	about := `"relationships": [{"objectId": "o1", "qualifier": "of"}]`
	for _, c := range []struct {
		name, file, log string
		mend            []string
		want            []string
	}{
		{"a value of another type", "log.jsonocel", declared + `{"id": "e1", "type": "e", "time": "2026-03-01T08:00:00Z", "attributes": [{"name": "s", "value": "a"}, {"name": "n", "value": "x"}], ` + about + `}]}`,
			[]string{`""value"":""x""`, `""number"": 5`}, []string{`Interaction [[{"name":"s","text":"a"} {"name":"n","number":5} ` + object + `]] 1 0`, `Case [<nil>]`}},
		{"a time that is none", "log.jsonocel", declared + `{"id": "e1", "type": "e", "time": "then", "attributes": [{"name": "n", "value": 1}], ` + about + `}]}`,
			[]string{`then,`, `2026-03-01T08:00:00Z,`}, []string{`Interaction [[{"name":"n","number":1} ` + object + `]] 1 0`, `Case [<nil>]`}},
		{"an id that is missing", "log.jsonocel", declared + `{"type": "e", "time": "2026-03-01T08:00:00Z", ` + about + `}]}`,
			[]string{",id is missing,,,,", ",x,,,e1,", ",event is missing,,,,", ",x,,,e1,"}, []string{`Interaction [[` + object + `]] 1 0`, `Case [<nil>]`}},
		{"attributes that are no list", "log.jsonocel", declared + `{"id": "e1", "type": "e", "time": "2026-03-01T08:00:00Z", "attributes": {"s": "a"}}]}`,
			[]string{`,"{""id"":""e1"",""type"":""e"",""time"":""2026-03-01T08:00:00Z"",""attributes"":{""s"":""a""}}"`, `,"[{""name"":""s"",""text"":""a""}]"`},
			[]string{`Interaction [[{"name":"s","text":"a"}]] 0 0`, `Case [<nil>]`}},
		{"a value of an event", "log.xes", `<log><trace>` + title + `<event><string key="concept:name" value="a"/><date key="time:timestamp" value="` + noon + `"/><int key="n" value="x"/><string key="s" value="a"/></event></trace></log>`,
			[]string{`""value"":""x""`, `""number"":5`}, []string{`Interaction [[{"name":"s","text":"a"} {"name":"n","number":5}]] 0 1`, `Case [<nil>]`}},
		{"a value of a trace, which costs none of its events", "log.xes", `<log><trace>` + title + `<int key="n" value="x"/><string key="s" value="a"/>` + event("a", noon) + event("b", noon) + `</trace></log>`,
			[]string{`""value"":""x""`, `""number"":5`}, []string{`Interaction [[{"name":"org:resource","text":"Pete"}]] 0 1`, `Interaction [[{"name":"org:resource","text":"Pete"}]] 0 1`, `Case [[{"name":"s","text":"a"} {"name":"n","number":5}]]`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			rejects, again, have := reload(t, c.file, c.log, strings.NewReplacer(c.mend...))
			assert.Equal(t, c.want, have, "%s\n%s", rejects, again)
		})
	}
}

func TestAValueOfXESIsReadInEachOfItsForms(t *testing.T) {
	for _, c := range []struct{ element, value, want string }{
		{"boolean", "1", `"boolean":true`}, {"boolean", "0", `"boolean":false`}, {"boolean", " true ", `"boolean":true`}, {"boolean", "10", ""},
		{"int", "007", `"number":7`}, {"int", "+5", `"number":5`}, {"int", "-00", `"number":-0`}, {"int", "5.0", `"number":5.0`}, {"int", "x", ""},
		{"float", "5.", `"number":5.0`}, {"float", ".5", `"number":0.5`}, {"float", "0", `"number":0.0`}, {"float", "+007", `"number":7.0`}, {"float", "1E3", `"number":1E3`},
		{"float", "-5.e1", `"number":-5e1`}, {"float", "NaN", `"text":"NaN"`}, {"float", "-INF", `"text":"-INF"`}, {"float", "e1", ""}, {"float", ".", ""}, {"float", "1e999", ""},
		{"date", "2026-03-01T08:00:00", `"text":"2026-03-01T08:00:00"`}, {"date", "2026-03-01", `"text":"2026-03-01"`}, {"date", "2026-03-01T09:00:00+01:00", `"time":"2026-03-01T08:00:00Z"`}, {"date", "soon", ""},
	} {
		t.Run(c.element+" "+c.value, func(t *testing.T) {
			var a xesAttributes
			a.add(c.element, "k", c.value)
			if c.want == "" {
				assert.ErrorContains(t, a.err, c.value)
				return
			}
			require.NoError(t, a.err)
			assert.Equal(t, []string{`{"name":"k",` + c.want + `}`}, a.texts)
		})
	}
}

func TestAValueIsOfTheTypeThatIsDeclared(t *testing.T) {
	for value, want := range map[string]string{
		`{"name": "n", "value": 2.5}`:    `3 attributes[0]: the attribute "n" must be an integer: "2.5", in the type "o" of objectTypes`,
		`{"name": "n", "value": "1e3"}`:  `3 attributes[0]: the attribute "n" must be an integer: "1e3", in the type "o" of objectTypes`,
		`{"name": "f", "value": false}`:  `3 attributes[0]: the attribute "f" must be a number: "false", in the type "o" of objectTypes`,
		`{"name": "n", "value": "-500"}`: `3 object=x type=o attributes=[{"name":"n","number":-500}]`,
	} {
		rows, _ := rowsOfLog(t, ocelTypesGiven+`"objects": [{"id": "x", "type": "o", "attributes": [`+value+`]}]}`)
		assert.Equal(t, []string{want}, rows)
	}
	rows, _ := rowsOfLog(t, ocelTypesGiven+`"events": [{"id": "x", "type": "e", "time": "2026-03-01T08:00:00Z", "attributes": [{"name": "s", "value": true}]}]}`)
	assert.Equal(t, []string{`3 attributes[0]: the attribute "s" must be a string: true, in the type "e" of eventTypes`}, rows)
}
