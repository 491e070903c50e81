package ocel_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/ocel"
)

func attribute(name string, t graph.AttributeType, value string) graph.Attribute {
	return graph.Attribute{Name: name, Type: t, Value: value}
}

func TestALogIsWrittenInOneForm(t *testing.T) {
	number, text := graph.AttributeNumber, graph.AttributeText
	objects := []ocel.Object{
		{"b", "t", []graph.Attribute{attribute("n", number, "1"), attribute("mixed", number, "1"), attribute("empty", text, ""), attribute("of", graph.AttributeObject, "a")}},
		{"a", "t", []graph.Attribute{attribute("n", number, "1.5"), attribute("mixed", graph.AttributeBoolean, "true"), {Name: "n", Type: number, Value: "2", At: new(graph.Time(1_000_000))}}},
	}
	events := []ocel.Event{
		{ID: "3", Type: "e", At: 1, Sequence: 1}, {ID: "1", Type: "e", At: 1, Sequence: 2},
		{ID: "2", Type: "d", Attributes: []graph.Attribute{attribute("<", graph.AttributeTime, "2026-03-01T08:00:00Z")}},
	}
	const want = `{
"objectTypes":[
{"name":"t","attributes":[{"name":"mixed","type":"string"},{"name":"n","type":"float"}]}
],
"eventTypes":[
{"name":"d","attributes":[{"name":"<","type":"time"}]},
{"name":"e","attributes":[]}
],
"objects":[
{"id":"a","type":"t","attributes":[{"name":"n","time":"1970-01-01T00:00:00Z","value":1.5},{"name":"mixed","time":"1970-01-01T00:00:00Z","value":"true"},{"name":"n","time":"1970-01-01T00:00:01Z","value":2.0}],"relationships":[]},
{"id":"b","type":"t","attributes":[{"name":"n","time":"1970-01-01T00:00:00Z","value":1.0},{"name":"mixed","time":"1970-01-01T00:00:00Z","value":"1"}],"relationships":[{"objectId":"a","qualifier":"of"}]}
],
"events":[
{"id":"2","type":"d","time":"1970-01-01T00:00:00Z","attributes":[{"name":"<","value":"2026-03-01T08:00:00Z"}],"relationships":[]},
{"id":"3","type":"e","time":"1970-01-01T00:00:00.000001Z","attributes":[],"relationships":[]},
{"id":"1","type":"e","time":"1970-01-01T00:00:00.000001Z","attributes":[],"relationships":[]}
]}
`
	for _, turned := range []bool{false, true} {
		if turned {
			objects[0], objects[1], events[0], events[1] = objects[1], objects[0], events[1], events[0]
		}
		var b strings.Builder
		require.NoError(t, (&ocel.Log{Objects: objects, Events: events}).Write(&b))
		assert.Equal(t, want, b.String())
	}
}

func TestAnIDIsThereOnce(t *testing.T) {
	assert.EqualError(t, (&ocel.Log{Objects: []ocel.Object{{ID: "a"}, {ID: "a"}}}).Write(&strings.Builder{}), `the object "a" is there twice`)
	assert.EqualError(t, (&ocel.Log{Events: []ocel.Event{{ID: "a"}, {ID: "a", At: 1}}}).Write(&strings.Builder{}), `the event "a" is there twice`)
}
