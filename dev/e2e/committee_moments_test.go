package e2e

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// TestWhatIsAskedAsOfSeveralDaysIsAskedOfEach has a deal tell its committee, and its claims, as of several days in one answer: each is as it is where it is
// asked alone.
func TestWhatIsAskedAsOfSeveralDaysIsAskedOfEach(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		v := buying(t, p)
		ago := func(days int) *graph.Time { return new(graph.At(now.AddDate(0, 0, -days))) }
		for days, stage := range map[int]string{50: "PROSPECT", 10: "CUSTOMER"} {
			acme := v.node("Account", "acme", graph.Values{"accountStage": stage})
			acme.At = ago(days)
			v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{acme}})
		}
		const shows = ` { members { customer { name } leadingClaim { role staleSince undertaking { ... on Deal { name stage } } } competingClaims { role } position { title account { accountStage } } leftAt lastIn ties { employee { name } n } } seats { role state n } verdict { text } changes { at code } } `
		fields := map[string]string{"claims": `claims(first: 200, orderBy: [{recordedAt: DESC}]) { nodes { role customer { employments(first: 50, history: true) { edges { properties { title } node { accountStage } } } } } }`}
		for i, args := range []string{"", "(asOf: %q)", "(knownAt: %q)", "(asOf: %[1]q, knownAt: %[1]q)"} {
			for _, days := range []int{8, 15, 46} {
				if args == "" {
					fields["now"] = "now: committee" + shows
					continue
				}
				name := fmt.Sprintf("then%d_%d", i, days)
				fields[name] = name + ": committee" + fmt.Sprintf(args, *ago(days)) + shows
			}
		}
		ask := func(fields ...string) map[string]any {
			var got struct {
				Deals struct{ Nodes []map[string]any }
			}
			text := `{ deals { nodes { ` + strings.Join(fields, " ") + ` } } }`
			if strings.Contains(text, "...Shows") {
				text += ` fragment Shows on Committee` + shows
			}
			p.data(t, text, nil, &got)
			return got.Deals.Nodes[0]
		}
		alone, different := map[string]any{}, map[string]bool{}
		for name, field := range fields {
			maps.Copy(alone, ask(field))
			different[fmt.Sprint(alone[name])] = true
		}
		var all []string
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			all = append(all, fields[name])
		}
		assert.Equal(t, alone, ask(all...))
		slices.Reverse(all)
		assert.Equal(t, alone, ask(all...), "in whichever order")
		shared := make([]string, len(all))
		for i := range all {
			shared[i] = strings.ReplaceAll(all[i], shows, " { ...Shows } ")
		}
		assert.Equal(t, alone, ask(shared...), "with the same fragment")
		assert.Greater(t, len(different), 5, "the days tell them apart")
	})
}
