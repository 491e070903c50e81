package demo_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestThePastOfDealsCasesAndOrdersIsTold sees to it that each begins where it begins, and ends as it stands.
func TestThePastOfDealsCasesAndOrdersIsTold(t *testing.T) {
	w := make2026(t)
	won := 0
	for _, c := range []struct{ kind, state, begins string }{{"Deal", "stage", "openedAt"}, {"Case", "status", "openedAt"}, {"Order", "orderStatus", "placedAt"}} {
		for key, now := range w.of(c.kind) {
			past := w.past[key]
			require.NotEmpty(t, past, key)
			assert.EqualValues(t, now[c.begins], *past[0].At, key)
			var states []any
			for i, n := range past {
				require.True(t, i == 0 || *past[i-1].At <= *n.At, key)
				if s := n.Set[c.state]; s != nil {
					states = append(states, s)
				}
			}
			require.Equal(t, now[c.state], states[len(states)-1], key)
			if now["stage"] == "WON" && slices.Equal(states, []any{"PROSPECTING", "ENGAGING", "PROPOSAL", "NEGOTIATION", "WON"}) {
				won++
			}
		}
	}
	assert.GreaterOrEqual(t, won, 40, "deals that were won, with all stages")
}

// TestTheLostDealSlips is the story of the champion who leaves.
func TestTheLostDealSlips(t *testing.T) {
	var hopes, amounts []any
	for _, n := range make2026(t).past["Deal/dea-champion-2026"] {
		if day := n.Set["expectedClose"]; day != nil {
			hopes = append(hopes, dayOf(day)+" since "+graph.Time(*n.At).Std().Format("01-02"))
		}
		if n.Set["amount"] != nil {
			amounts = append(amounts, n.Set["amount"])
		}
	}
	assert.Equal(t, []any{"2026-05-31 since 02-03", "2026-07-31 since 05-20", "2026-09-15 since 07-16"}, hopes)
	assert.Len(t, amounts, 2, "a guess, and the offer")
}
