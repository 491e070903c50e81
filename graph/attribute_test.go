package graph_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

func TestAnAttributeIsKeptAsAText(t *testing.T) {
	at := graph.Time(1_577_836_800_000_001)
	for _, c := range []struct {
		of   graph.AttributeType
		give string
		at   *graph.Time
		want string
	}{
		{graph.AttributeText, `a "<b>" & c`, nil, `{"name":"x","text":"a \"<b>\" & c"}`},
		{graph.AttributeText, "", nil, `{"name":"x","text":""}`},
		{graph.AttributeNumber, "12.50", nil, `{"name":"x","number":12.50}`},
		{graph.AttributeNumber, "-3e2", &at, `{"name":"x","number":-3e2,"at":"2020-01-01T00:00:00.000001Z"}`},
		{graph.AttributeBoolean, "false", nil, `{"name":"x","boolean":false}`},
		{graph.AttributeTime, "2020-01-01T01:00:00+01:00", nil, `{"name":"x","time":"2020-01-01T00:00:00Z"}`},
		{graph.AttributeObject, "o1", nil, `{"name":"x","object":"o1"}`},
	} {
		a, err := graph.NewAttribute("x", c.of, c.give, c.at)
		require.NoError(t, err, c.give)
		assert.Equal(t, c.want, a.String())
		again, err := graph.ParseAttribute(c.want)
		require.NoError(t, err, c.want)
		assert.Equal(t, a, again)
	}
}

func TestWhatIsNoAttributeIsToldOf(t *testing.T) {
	for _, c := range []struct {
		of         graph.AttributeType
		give, want string
	}{
		{graph.AttributeNumber, "1e400", `the attribute "x" must be a number: "1e400"`},
		{graph.AttributeNumber, "0x10", `the attribute "x" must be a number: "0x10"`},
		{graph.AttributeNumber, "NaN", `the attribute "x" must be a number: "NaN"`},
		{graph.AttributeBoolean, "yes", `the attribute "x" must be true or false: "yes"`},
		{graph.AttributeTime, "today", `the attribute "x" must be a time`},
	} {
		_, err := graph.NewAttribute("x", c.of, c.give, nil)
		assert.ErrorContains(t, err, c.want)
	}
	for _, c := range []struct{ text, want string }{
		{`x`, "invalid character"},
		{`{"text":"a"}`, "it has no name"},
		{`{"name":"x"}`, "it has 0 values, and is to have one"},
		{`{"name":"x","text":"a","boolean":true}`, "it has 2 values, and is to have one"},
		{`{"name":"x","text":"a","of":"b"}`, "unknown field"},
		{`{"name":"x","text":"a"}{}`, "there is something behind the object"},
		{`{"text":"a","name":"x"}`, `it is written otherwise: {"name":"x","text":"a"}`},
		{`{"name":"x","text":"a","at":"now"}`, "now"},
	} {
		_, err := graph.ParseAttribute(c.text)
		assert.ErrorContains(t, err, c.want, c.text)
	}
}
