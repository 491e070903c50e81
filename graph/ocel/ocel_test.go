package ocel_test

import (
	"io"
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
		{"a", "t", []graph.Attribute{attribute("n", number, "1.5"), attribute("mixed", graph.AttributeBoolean, "true"), {Name: "n", Type: number, Value: "2", At: new(graph.Time(1_000_000))}}},
		{"b", "t", []graph.Attribute{attribute("n", number, "1"), attribute("mixed", number, "1"), attribute("empty", text, ""), attribute("of", graph.AttributeObject, "a")}},
	}
	events := []ocel.Event{
		{ID: "2", Type: "d", Attributes: []graph.Attribute{attribute("<", graph.AttributeTime, "2026-03-01T08:00:00Z")}},
		{ID: "3", Type: "e", At: 1, Sequence: 1}, {ID: "1", Type: "e", At: 1, Sequence: 2},
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
	var b strings.Builder
	require.NoError(t, written(&b, objects, events))
	assert.Equal(t, want, b.String())
	b.Reset()
	require.NoError(t, written(&b, nil, nil))
	assert.Equal(t, "{\n\"objectTypes\":[\n],\n\"eventTypes\":[\n],\n\"objects\":[\n],\n\"events\":[\n]}\n", b.String(), "an empty one")
}

// written writes a log.
func written(to io.Writer, objects []ocel.Object, events []ocel.Event) error {
	objectTypes, eventTypes := ocel.Types{}, ocel.Types{}
	for _, o := range objects {
		objectTypes.Learn(o.Type, o.Attributes)
	}
	for _, e := range events {
		eventTypes.Learn(e.Type, e.Attributes)
	}
	w := ocel.NewWriter(to, objectTypes, eventTypes)
	for _, o := range objects {
		if err := w.Object(o); err != nil {
			return err
		}
	}
	for _, e := range events {
		if err := w.Event(e); err != nil {
			return err
		}
	}
	return w.Close()
}

func TestWhatIsOutOfOrderIsRefused(t *testing.T) {
	for want, c := range map[string]struct {
		objects []ocel.Object
		events  []ocel.Event
	}{
		`the object "a" is there twice`:   {objects: []ocel.Object{{ID: "a"}, {ID: "a"}}},
		`the object "a" comes behind "b"`: {objects: []ocel.Object{{ID: "b"}, {ID: "a"}}},
		`the event "a" is there twice`:    {events: []ocel.Event{{ID: "a"}, {ID: "a"}}},
		`the event "b" comes behind "a"`:  {events: []ocel.Event{{ID: "a", At: 1}, {ID: "b"}}},
		`the event "c" comes behind "a"`:  {events: []ocel.Event{{ID: "a", Sequence: 2}, {ID: "c", Sequence: 1}}},
	} {
		assert.EqualError(t, written(io.Discard, c.objects, c.events), want)
	}
	w := ocel.NewWriter(io.Discard, ocel.Types{}, ocel.Types{})
	require.NoError(t, w.Event(ocel.Event{ID: "a"}))
	assert.EqualError(t, w.Object(ocel.Object{ID: "b"}), `the object "b" comes behind an event`)
}
