package e2e

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestHowOftenIsNotToldWhereOneComesAgain has forty persons call, order and view pages, of whom first one calls twice, and then five do: how often less in how
// many cases would say it of one.
func TestHowOftenIsNotToldWhereOneComesAgain(t *testing.T) {
	const ask = `{ journeys(definition: {cases: {customers: {}}, by: [DETAIL]}) { cases events ` +
		`map { activities { activity events cases } edges { from to events cases share } other { events } } rework { rows { activity again repeats direct } } ` +
		`funnel(steps: [["CALL"], ["ORDER"]], entry: EACH) { steps { entered { entries cases } } } stages(stages: [["CALL"], ["ORDER"]]) { stays { entries cases } } ` +
		`conformance(expected: [["PAGE_VIEW"], ["ORDER"]]) { cost rows { kind activities events cases } other { events } } } }`
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := &travellers{program: p, b: &graph.Batch{Source: "crm", Loads: true}}
		all := slices.Concat(slices.Repeat([]string{"c1"}, 11), slices.Repeat([]string{"c1 v2 o3"}, 10), slices.Repeat([]string{"o1"}, 10), slices.Repeat([]string{"v1 o3"}, 9))
		v.travel(t, all, func(string) any { return "PURCHASE" })
		told := func() string {
			text, err := p.bytes(graph.Analysis, ask)
			require.NoError(t, err)
			return string(text)
		}
		often := regexp.MustCompile(`"(?:events|entries|repeats|share|cost)":[0-9.]+`)
		nobody := told()
		assert.Contains(t, nobody, `{"activity":"CALL","events":21,"cases":21}`)
		assert.Contains(t, nobody, `"events":69`)
		v.event("p0", "c4")
		v.write(t)
		one := told()
		assert.Contains(t, one, `{"activity":"CALL","events":null,"cases":21}`)
		assert.Contains(t, one, `{"from":"PAGE_VIEW","to":"ORDER","events":null,"cases":19,"share":null}`)
		assert.Contains(t, one, `"path":["journeys","events"],"count":1,"reason":"SMALL_GROUP"`)
		for _, number := range []string{`"map","activities","events"`, `"map","edges","share"`, `"rework","rows","repeats"`} {
			assert.Regexp(t, `"path":\["journeys",`+number+`\],"count":\d+,"reason":"SMALL_GROUP"`, one, "of each number that is null")
		}
		assert.Equal(t, []string{`"entries":21`, `"entries":29`}, often.FindAllString(one, -1), "stays, of which nobody has two: who calls twice has not gone elsewhere between")
		for _, who := range []string{"p1", "p2", "p3", "p4"} {
			v.event(who, "c4")
		}
		v.write(t)
		five := told()
		assert.Contains(t, five, `{"activity":"CALL","events":26,"cases":21}`)
		assert.Contains(t, five, `{"activity":"CALL","again":5,"repeats":5,"direct":5}`)
		assert.Contains(t, five, `{"entered":{"entries":26,"cases":21}}`)
		assert.Contains(t, five, `{"kind":"EXTRA","activities":["CALL"],"events":26,"cases":21}`)
	})
}

// TestARemovalIsWithheldWhereItWasAskedFor tells what is null for a small group from what is null since its model was not asked for.
func TestARemovalIsWithheldWhereItWasAskedFor(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		travel(t, p)
		const removed = `"path":["journeys","attribution","channels","removal"],"count":2,"reason":"SMALL_GROUP"`
		for _, c := range []struct {
			purpose  graph.Purpose
			models   string
			withheld bool
		}{{graph.Analysis, "[LAST, MARKOV]", true}, {graph.Analysis, "[LAST]", false}, {graph.Compliance, "[LAST, MARKOV]", false}, {graph.Compliance, "[LAST]", false}} {
			text, err := p.bytes(c.purpose, `{ journeys(`+ofAll+`) { attribution(conversions: ["ORDER"], channels: ["CALL", "PAGE_VIEW"], models: `+c.models+`) { channels { removal } } } }`)
			require.NoError(t, err)
			assert.Equal(t, c.withheld, strings.Contains(string(text), removed), "%s for %s: %s", c.models, c.purpose, text)
			assert.Equal(t, c.withheld, strings.Contains(string(text), "SMALL_GROUP"), "%s for %s: %s", c.models, c.purpose, text)
			null := strings.Contains(string(text), `{"channels":[{"removal":null},{"removal":null}]}`)
			assert.Equal(t, c.withheld || c.models == "[LAST]", null, "%s for %s: %s", c.models, c.purpose, text)
		}
	})
}
