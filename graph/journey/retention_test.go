package journey

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// inDays has the times of a log be days, of which 0 is a Monday.
func inDays(v *View) *View {
	for i := range v.log.times {
		v.log.times[i] = (v.log.times[i] + firstMonday) * wholeDay
	}
	v.log.Horizon = (v.log.Horizon + firstMonday) * wholeDay
	for _, bound := range []*int64{v.def.From, v.def.To} {
		if bound != nil {
			*bound = (*bound + firstMonday) * wholeDay
		}
	}
	v.def.Idle *= wholeDay
	return v
}

// returns writes a cohort as "1970-01-05 3: 1+2+0 0.333": its cases and, of each period, those that came, those that are gone, those that are open, and the share.
func returns(c Cohort) string {
	text := fmt.Sprint(c.Value, " ", c.Cases, ":")
	for _, p := range c.Periods {
		if p == nil {
			text += " ?"
			continue
		}
		text += fmt.Sprintf(" %d+%d+%d", p.Came, p.Gone, p.Open)
		if p.Share != nil {
			text += fmt.Sprintf("=%.3g", *p.Share)
		}
	}
	return text
}

func TestACohortComesAgainOrIsGoneOrHasTimeLeft(t *testing.T) {
	// The newest event is of the sixteenth day, a Tuesday.
	log := logOf(t, "a0 b2 b9", "c0 a1 b8", "b0 a3", "a8 b15!", "a9!", "b1")
	v := inDays(viewOf(t, log))
	told, ok := v.Tell(0)
	require.True(t, ok)
	q := Returning{From: []string{"a"}, Again: []string{"b"}, Unit: Weeks, Periods: 2}
	for _, c := range []struct {
		name  string
		first int
		want  []string
	}{
		{"by week", 9, []string{" 5: 1+4+0=0.2 3+2+0=0.6 0+2+3=0", "1970-01-05 3: 1+2+0=0.333 2+1+0=0.667 0+0+3", "1970-01-12 2: 0+2+0=0 1+1+0=0.5 0+2+0=0"}},
		{"the newest apart", 1, []string{" 5: 1+4+0=0.2 3+2+0=0.6 0+2+3=0", "1970-01-12 2: 0+2+0=0 1+1+0=0.5 0+2+0=0", " 3: 1+2+0=0.333 2+1+0=0.667 0+0+3"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := told.Retention(q, c.first)
			require.NoError(t, err)
			text := []string{returns(got.All)}
			for _, r := range got.Rows {
				text = append(text, returns(r))
			}
			if got.Other != nil {
				text = append(text, returns(*got.Other))
			}
			assert.Equal(t, c.want, text)
			assert.Equal(t, 2-len(got.Rows), got.Values)
		})
	}
	month := q
	month.Unit = Months
	got, err := told.Retention(month, 9)
	require.NoError(t, err)
	assert.Equal(t, "1970-01-01 5: 3+1+1=0.5 0+2+3=0 0+2+3=0", returns(got.Rows[0]), "of a month that is not over, those whose case has ended")
	for says, q := range map[string]Returning{
		`from: there is no activity "z"`: {From: []string{"z"}, Again: []string{"a"}, Periods: 1},
		`again: at least one activity`:   {From: []string{"a"}, Periods: 1},
		"periods: from 1 to 60, not 0":   {From: []string{"a"}, Again: []string{"a"}},
		"periods: from 1 to 60, not 61":  {From: []string{"a"}, Again: []string{"a"}, Periods: 61},
	} {
		_, err := told.Retention(q, 1)
		assert.ErrorContains(t, err, says)
	}
}

// TestCohortsBalance is about all logs: each case of a cohort came, is gone or is open, period by period, and cohorts come to the whole. Where persons are not told
// apart, enough stand behind each part, and behind what is the whole less what is told.
func TestCohortsBalance(t *testing.T) {
	const few = 3
	hidden, shown := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		v := inDays(anyLogOf(t, 90))
		q := Returning{From: []string{"a"}, Again: []string{"a", "b"}, Unit: Calendar(rapid.IntRange(0, 1).Draw(t, "unit")), Periods: rapid.IntRange(1, 9).Draw(t, "periods")}
		first := rapid.IntRange(1, 9).Draw(t, "first")
		for _, fewest := range []int{0, few} {
			told, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			got, err := told.Retention(q, first)
			require.NoError(t, err)
			if got == nil {
				assert.NotZero(t, fewest)
				continue
			}
			parts := got.Rows
			if got.Other != nil {
				parts = append(parts, *got.Other)
			}
			cases := 0
			for _, c := range append(parts, got.All) {
				cases += c.Cases
				require.Len(t, c.Periods, q.Periods+1)
				for _, p := range c.Periods {
					if p == nil {
						assert.NotZero(t, fewest)
						continue
					}
					assert.Equal(t, c.Cases, p.Came+p.Gone+p.Open)
					if fewest > 0 && told.Persons > 0 {
						shown++
						assert.True(t, p.Came >= few && p.Gone+p.Open >= few && some(p.Gone, few) && some(p.Open, few), returns(c))
					}
				}
			}
			assert.Equal(t, 2*got.All.Cases, cases)
			for k, whole := range got.All.Periods {
				came, rest, out := 0, 0, false
				for _, c := range parts {
					if p := c.Periods[k]; p != nil {
						came, rest = came+p.Came, rest+p.Gone+p.Open
					} else {
						out = true
					}
				}
				if whole == nil {
					continue
				}
				came, rest = whole.Came-came, whole.Gone+whole.Open-rest
				if out && told.Persons > 0 {
					hidden++
					assert.True(t, came >= few && rest >= few, "%d and %d are the whole less what is told", came, rest)
				} else if !out {
					assert.Zero(t, came)
					assert.Zero(t, rest)
				}
			}
		}
	})
	assert.NotZero(t, hidden)
	assert.NotZero(t, shown)
}
