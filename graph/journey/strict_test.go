package journey

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheLedgerOfAStrictFunnel holds both ledgers to the table of docs/journeys.md: a is the proposal, b that the deal is won, d that it is lost,
// and c a call; times are days, and the horizon is at 100.
func TestTheLedgerOfAStrictFunnel(t *testing.T) {
	for _, c := range []struct {
		events           string // of one case that has not ended
		plain, strict    Status
		over, overStrict bool
	}{
		{"a80", StillOpen, StillOpen, false, false},
		{"a80 d90", StillOpen, Other, false, true},
		{"a80 c90", StillOpen, Dropped, false, true},
		{"a80 c85 b90", Continued, Dropped, false, true},
		{"a80 b90", Continued, Continued, false, true},
		{"a60", Dropped, Dropped, true, true},
		{"a60 c70 d80", Other, Dropped, true, true},
	} {
		t.Run(c.events, func(t *testing.T) {
			v := viewOf(t, logOf(t, c.events, "e100"))
			for _, strict := range []bool{false, true} {
				want, over := c.plain, c.over
				if strict {
					want, over = c.strict, c.overStrict
				}
				f := Funnel{Steps: [][]string{{"a"}, {"b"}}, Window: 30, Exits: []string{"d"}, Strict: strict}
				got, err := v.Funnel(f)
				require.NoError(t, err)
				assert.Equal(t, 1, got.Steps[0].Statuses[want].Entries, "strict: %t: %s", strict, ledger(got.Steps[0]))
				assert.Equal(t, over, got.Matured.Entries == 1, "strict: %t", strict)
				behind, err := v.behindStep(f, StepNumber{Matured: true})
				require.NoError(t, err)
				assert.Len(t, behind, got.Matured.Cases)
				assert.Equal(t, over && want == Continued, got.Cohorts[MaturedThrough].Entries == 1, "strict: %t", strict)
			}
		})
	}
}
