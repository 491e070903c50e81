package journey

import (
	"fmt"
	"strings"
	"testing"
	"time"

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
	balance := func(t *rapid.T) {
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
	}
	for range 10 { // what is left out comes seldom
		rapid.Check(t, balance)
	}
	assert.NotZero(t, hidden)
	assert.NotZero(t, shown)
}

// TestBuyersOfCdnowComeAgain holds cohorts to what plain scripts count in the purchases of 2,357 customers, who first bought in January, February or March of 1997
// and were watched until the last day of June 1998, which is not over.
func TestBuyersOfCdnowComeAgain(t *testing.T) {
	b, err := NewBuilder([]string{"bought"}, true)
	require.NoError(t, err)
	bought := map[string][]Event{}
	for line := range strings.Lines(string(data(t, "cdnow", "CDNOW_sample.txt"))) {
		words := strings.Fields(line)
		require.Len(t, words, 5)
		day, err := time.Parse("20060102", words[2])
		require.NoError(t, err)
		of := bought[words[1]]
		bought[words[1]] = append(of, Event{At: day.UnixMicro(), Sequence: int64(len(of)), ID: fmt.Sprint(len(of)), Persons: words[1:2]})
	}
	for id, events := range bought {
		require.NoError(t, b.Put(Case{ID: id, Events: events}))
	}
	log := b.Log()
	told, _ := viewOf(t, log).Tell(0)
	got, err := told.Retention(Returning{From: []string{"bought"}, Again: []string{"bought"}, Unit: Months, Periods: 17}, 9)
	require.NoError(t, err)
	for i, want := range []struct {
		month string
		cases int
		came  []int
	}{
		{"1997-01-01", 781, []int{81, 124, 95, 70, 65, 77, 65, 53, 52, 45, 62, 59, 45, 47, 63, 37, 37, 33}},
		{"1997-02-01", 857, []int{103, 134, 110, 75, 77, 75, 61, 61, 74, 70, 59, 57, 59, 70, 56, 59, 60, 0}},
		{"1997-03-01", 719, []int{95, 87, 84, 78, 63, 64, 55, 57, 73, 65, 47, 51, 78, 32, 38, 45, 0, 0}},
	} {
		row := got.Rows[i]
		assert.Equal(t, []any{want.month, want.cases}, []any{row.Value, row.Cases})
		for k, p := range row.Periods {
			over := k < 17-i
			assert.Equal(t, want.came[k], p.Came, "%s, %d months later", want.month, k)
			assert.Equal(t, over, p.Share != nil && p.Open == 0, "June 1998 is not over")
			assert.Equal(t, over, p.Gone > 0)
		}
	}
	weeks, err := told.Retention(Returning{From: []string{"bought"}, Again: []string{"bought"}, Unit: Weeks, Periods: 5}, 20)
	require.NoError(t, err)
	assert.Len(t, weeks.Rows, 13)
	assert.Equal(t, "1997-01-27 204: 5+199+0=0.0245 15+189+0=0.0735 12+192+0=0.0588 8+196+0=0.0392 12+192+0=0.0588 8+196+0=0.0392", returns(weeks.Rows[4]))
}
