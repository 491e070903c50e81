package rights

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

func TestAValueIsWrittenAsTheSchemaWritesIt(t *testing.T) {
	for _, c := range []struct {
		name  string
		typ   graph.Type
		value any
		want  string
	}{
		{"a text", graph.String, `a "b"`, `a "b"`},
		{"texts", graph.Strings, []string{"a", `b"`}, `["a","b\""]`},
		{"no texts", graph.Strings, []string{}, `[]`},
		{"an amount", graph.Amount, graph.Money{Amount: 99_5000, Currency: "EUR"}, `{"amount":"99.50","currency":"EUR"}`},
		{"an amount below nothing", graph.Amount, graph.Money{Amount: -1, Currency: "EUR"}, `{"amount":"-0.0001","currency":"EUR"}`},
		{"an instant", graph.Instant, int64(1_700_000_000_000_000), "2023-11-14T22:13:20Z"},
		{"a day", graph.Day, int64(1_699_920_000_000_000), "2023-11-14"},
		{"a score", graph.Float, int64(-250_000), "-0.25"},
		{"a number", graph.Int, int64(-5), "-5"},
		{"yes", graph.Bool, true, "true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, written(&graph.Property{Type: c.typ}, c.value))
		})
	}
}

func TestWhatAValueWasIsWrittenWithItsTimes(t *testing.T) {
	stage := &graph.Property{Name: "stage", Type: graph.Enum}
	first, then := graph.Time(1_700_000_000_000_000), graph.Time(1_700_000_001_000_000)
	for _, c := range []struct {
		name string
		was  []graph.Version
		want string
	}{
		{"nothing", nil, `[]`},
		{"since ever, and in force", []graph.Version{{Value: "WON", From: graph.FirstInstant, Known: graph.FirstInstant, Until: graph.LastInstant}},
			`[{"property":"stage","at":null,"recordedAt":null,"supersededAt":null,"to":"WON"}]`},
		{"corrected, by a source", []graph.Version{{Value: "WON", From: first, Known: first, Until: then, Source: "crm"}},
			`[{"property":"stage","at":"2023-11-14T22:13:20Z","recordedAt":"2023-11-14T22:13:20Z","supersededAt":"2023-11-14T22:13:21Z","to":"WON","source":"crm"}]`},
		{"taken away", []graph.Version{{From: first, Known: then, Until: graph.LastInstant}},
			`[{"property":"stage","at":"2023-11-14T22:13:20Z","recordedAt":"2023-11-14T22:13:21Z","supersededAt":null,"to":null}]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, history(stage, c.was))
		})
	}
}
