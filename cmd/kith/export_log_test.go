package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// loggedIn loads a file without a mapping into an empty store, and gives what it is exported as.
func loggedIn(t *testing.T, path string) string {
	t.Helper()
	store := empty(t)
	status, _, stderr := call(t, "ingest", "--store", store, path)
	require.Zero(t, status, stderr)
	return exportedLog(t, store)
}

func exportedLog(t *testing.T, store string) string {
	t.Helper()
	s := startKilled(t, store)
	status, out, stderr := call(t, "export", "--server", strings.TrimSuffix(s.url, "/graphql"), "--purpose", "COMPLIANCE", "--format", "ocel")
	require.Zero(t, status, stderr)
	require.NoError(t, s.cmd.Process.Kill())
	_ = s.cmd.Wait() // it was killed
	return out
}

func TestALogComesBackAsItWasLoaded(t *testing.T) {
	const path = "../../graph/ingest/testdata/orders.jsonocel"
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(want), loggedIn(t, path), "it is written as Kith writes logs")
	t.Run("one that is written otherwise does so from then on", func(t *testing.T) {
		other := write(t, "other.jsonocel", `{"events": [
			{"id": "b", "type": "t", "time": "2026-03-01T09:00:00+01:00", "relationships": [{"objectId": "x", "qualifier": "of"}]},
			{"type": "t", "time": "2026-03-01T07:00:00Z", "id": "a", "attributes": [{"name": "n", "value": "500"}, {"name": "f", "value": 1}]}],
			"$schema": {"not": ["read"]}, "objects": [{"id": "x", "type": "o"}],
			"eventTypes": [{"name": "t", "attributes": [{"name": "n", "type": "integer"}, {"name": "f", "type": "float"}]}, {"name": "none"}], "objectTypes": [{"name": "o"}]}`)
		once := loggedIn(t, other)
		assert.Equal(t, `{
"objectTypes":[
{"name":"o","attributes":[]}
],
"eventTypes":[
{"name":"t","attributes":[{"name":"f","type":"float"},{"name":"n","type":"integer"}]}
],
"objects":[
{"id":"x","type":"o","attributes":[],"relationships":[]}
],
"events":[
{"id":"a","type":"t","time":"2026-03-01T07:00:00Z","attributes":[{"name":"n","value":500},{"name":"f","value":1.0}],"relationships":[]},
{"id":"b","type":"t","time":"2026-03-01T08:00:00Z","attributes":[],"relationships":[{"objectId":"x","qualifier":"of"}]}
]}
`, once)
		assert.Equal(t, once, loggedIn(t, write(t, "again.jsonocel", once)))
	})
	t.Run("a store of other sources does, too", func(t *testing.T) {
		if testing.Short() {
			t.Skip("-short: it loads the demonstration world, and all of its log")
		}
		store, _ := demonstration(t)
		once := exportedLog(t, store)
		for _, kind := range []string{"Customer", "Employee", "Product", "Case"} {
			assert.Contains(t, once, `"type":"`+kind+`"`)
		}
		assert.Greater(t, strings.Count(once, "\n"), 1000)
		again := loggedIn(t, write(t, "demo.jsonocel", once))
		assert.True(t, once == again, "%s", firstDifference(once, again))
	})
	t.Run("what no run can mean is refused", func(t *testing.T) {
		for _, args := range [][]string{{"--format", "ocel", path}, {"--format", "ocel", "--after", "x"}, {}} {
			status, _, stderr := call(t, append([]string{"export"}, args...)...)
			assert.Equal(t, 2, status)
			assert.Contains(t, stderr, "document")
		}
	})
}

func TestALogHasBothWhatItSaidAndWhatKithSays(t *testing.T) {
	text := func(name, value string) logAttribute { return logAttribute{Name: name, Text: &value} }
	on := func(day int, a logAttribute) logAttribute {
		a.At = new(time.Date(2026, 1, day, 0, 0, 0, 0, time.UTC))
		return a
	}
	score := json.Number("1")
	for _, c := range []struct {
		name string
		told []logAttribute
		own  string
		want []string
	}{
		{"the log says nothing", nil, "OPEN", []string{`{"name":"status","text":"OPEN"}`}},
		{"it says the same", []logAttribute{text("status", "OPEN")}, "OPEN", []string{`{"name":"status","text":"OPEN"}`}},
		{"it says something else", []logAttribute{text("status", "lost")}, "OPEN", []string{`{"name":"kith:status","text":"OPEN"}`, `{"name":"status","text":"lost"}`}},
		{"it said something else before", []logAttribute{on(2, text("status", "OPEN")), on(1, text("status", "lost"))}, "OPEN",
			[]string{`{"name":"status","text":"OPEN","at":"2026-01-02T00:00:00Z"}`, `{"name":"status","text":"lost","at":"2026-01-01T00:00:00Z"}`}},
		{"it says what Kith said once", []logAttribute{text("kith:status", "NEW"), text("status", "lost")}, "OPEN",
			[]string{`{"name":"kith:kith:status","text":"OPEN"}`, `{"name":"kith:status","text":"NEW"}`, `{"name":"status","text":"lost"}`}},
		{"it says what Kith still says", []logAttribute{text("kith:status", "OPEN"), text("status", "lost")}, "OPEN",
			[]string{`{"name":"kith:status","text":"OPEN"}`, `{"name":"status","text":"lost"}`}},
		{"a number that is written otherwise", []logAttribute{{Name: "status", Number: &score}}, "1.0", []string{`{"name":"status","number":1}`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			own := ownProperty{"status", graph.AttributeText, func(*logElement) *string { return &c.own }}
			if c.own == "1.0" {
				own.typ = graph.AttributeNumber
			}
			for _, a := range (&loggedStore{}).attributes(&logElement{Attributes: c.told}, []ownProperty{own}) {
				got = append(got, a.String())
			}
			assert.Equal(t, c.want, got)
		})
	}
}

// TestAnEventLeadsToTheObjectOfItsFirstSource has two sources call an object x, and an event of both be read before, between or behind the rows that tell of them.
func TestAnEventLeadsToTheObjectOfItsFirstSource(t *testing.T) {
	row := func(id string, leads *logNode, externals ...graph.External) *logElement {
		return &logElement{logNode: logNode{Typename: "Interaction", ID: id, Externals: externals}, At: new(time.Unix(1, 0)), Party: leads}
	}
	party := func(source string) *logNode {
		return &logNode{Typename: "Customer", ID: "of " + source, Externals: []graph.External{{Source: source, ID: "x"}}}
	}
	event := row("event", nil, graph.External{Source: "A", ID: "1"}, graph.External{Source: "B", ID: "1"})
	event.Attributes = []logAttribute{{Name: "of", Object: new("x")}}
	a, b := row("of A", party("A")), row("of B", party("B"))
	leadsTo := func(log string) string {
		found := regexp.MustCompile(`"id":"1".*"relationships":\[\{"objectId":"([^"]*)","qualifier":"of"\}\]`).FindStringSubmatch(log)
		require.Len(t, found, 2, log)
		return found[1]
	}
	for _, c := range []struct {
		name string
		read []*logElement
	}{
		{"before", []*logElement{event, b, a}},
		{"behind the row of the second", []*logElement{b, event, a}},
		{"behind the row of the first", []*logElement{a, event, b}},
		{"behind both", []*logElement{b, a, event}},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, log := exportedFrom(t, c.read)
			assert.Equal(t, l.names["of A"], leadsTo(log))
			assert.Zero(t, l.loose)
		})
	}
	l, log := exportedFrom(t, []*logElement{b, event})
	assert.Equal(t, l.names["of B"], leadsTo(log), "the first source tells of none")
}

// TestNoTwoEventsAreCalledAlike has a source call an event as the id of another is, whose own name is taken.
func TestNoTwoEventsAreCalledAlike(t *testing.T) {
	event := func(id, source, name string, at int64) *logElement {
		return &logElement{logNode: logNode{Typename: "Interaction", ID: id, Externals: []graph.External{{Source: source, ID: name}}}, At: new(time.Unix(at, 0))}
	}
	for _, c := range []struct {
		name string
		read []*logElement
		want []string // by their times
	}{
		{"its id is free", []*logElement{event("K1", "A", "foo", 1), event("K2", "B", "foo", 2)}, []string{"foo", "K2"}},
		{"another is called so", []*logElement{event("K1", "A", "foo", 1), event("K3", "C", "K2", 3), event("K2", "B", "foo", 2)}, []string{"foo", "K2#2", "K2"}},
		{"and so", []*logElement{event("K1", "A", "foo", 1), event("K3", "C", "K2", 3), event("K4", "D", "K2#2", 4), event("K2", "B", "foo", 2)}, []string{"foo", "K2#3", "K2", "K2#2"}},
		{"one is called so later", []*logElement{event("K1", "A", "foo", 1), event("K2", "B", "foo", 2), event("K3", "C", "K2", 3)}, []string{"foo", "K2", "K3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, text := exportedFrom(t, c.read)
			var log struct{ Events []struct{ ID string } }
			require.NoError(t, json.Unmarshal([]byte(text), &log))
			var got []string
			for _, e := range log.Events {
				got = append(got, e.ID)
			}
			assert.Equal(t, c.want, got)
		})
	}
}

// exportedFrom is a log of interactions that are read in this order.
func exportedFrom(t *testing.T, read []*logElement) (*loggedStore, string) {
	t.Helper()
	l, err := newLoggedStore()
	require.NoError(t, err)
	defer func() { assert.NoError(t, l.close()) }()
	for _, e := range read {
		line, err := json.Marshal(e)
		require.NoError(t, err)
		require.NoError(t, l.event(e, line))
	}
	var out strings.Builder
	require.NoError(t, l.write(&out))
	return l, out.String()
}

func TestRecordsComeInOrderHoweverManyThereAre(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		s, err := newSorter()
		require.NoError(t, err)
		var want []string
		for i := range n {
			i := int64(i * 7919 % n)
			r := record{at: -i / 100, sequence: i / 10 % 10, name: fmt.Sprint(i % 10), body: []byte(fmt.Sprintf("%d %s", i, strings.Repeat("x", int(i))))}
			require.NoError(t, s.add(r))
			r.body[0] = '?' // of which it has a copy
			if i%150 == 0 { // as if memory had no room
				require.NoError(t, s.settle())
			}
		}
		for at := 9; at >= 0 && n > 0; at-- {
			for i := at * 100; i < min(n, at*100+100); i++ {
				want = append(want, fmt.Sprintf("%d %s", i, strings.Repeat("x", i)))
			}
		}
		for range 2 {
			var got []string
			require.NoError(t, s.each(func(r record) error {
				got = append(got, string(r.body))
				return nil
			}))
			assert.Equal(t, want, got)
		}
		stop := errors.New("no more")
		if n > 0 {
			assert.ErrorIs(t, s.each(func(record) error { return stop }), stop)
			require.NoError(t, s.file.Truncate(s.parts[len(s.parts)-1]-1))
			assert.ErrorIs(t, s.each(func(record) error { return nil }), io.ErrUnexpectedEOF)
		}
		require.NoError(t, s.close())
	}
}

// firstDifference are the first lines in which two texts differ.
func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return as[i] + "\n" + bs[i]
		}
	}
	return "one is longer"
}
