package journey

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestBehindARowOfAFunnelAreTheCasesOfItsValue(t *testing.T) {
	v := viewOf(t, logOf(t, "a0 b5", "a0 b20", "a1", "a3 b4", "b0", "a90!", "a95 b96", "a0 a30 b31"))
	told, ok := v.Tell(0)
	require.True(t, ok)
	decade := Breakdown{Of: func(_ int, at int64) string { return fmt.Sprintf("%03d", at/10*10) }, Newest: true}
	continued, dropped := Continued, Dropped
	for _, c := range []struct {
		name   string
		entry  Entry
		row    *Row
		step   int
		status *Status
		want   []int
	}{
		{"all, where no row is meant", First, nil, 0, nil, []int{0, 1, 2, 3, 5, 6, 7}},
		{"of a value, those who took a step", First, &Row{letters("xyxyzxz?"), 9, "x"}, 0, nil, []int{0, 2, 5}},
		{"those who went on", First, &Row{letters("xyxyzxz?"), 9, "x"}, 0, &continued, []int{0}},
		{"those who took the last step", First, &Row{letters("xyxyzxz?"), 9, "y"}, 1, nil, []int{3}},
		{"of what nobody knows", First, &Row{letters("xyxyzxz?"), 9, ""}, 0, nil, []int{7}},
		{"of a value that is none of the first", First, &Row{letters("xyxyzxz?"), 1, "z"}, 0, nil, []int{6}},
		{"of a value that nobody has", First, &Row{letters("xyxyzxz?"), 9, "w"}, 0, nil, nil},
		{"of when they enter: with their first entry, who does not go on", First, &Row{decade, 9, "000"}, 0, &dropped, []int{1, 2, 7}},
		{"and nobody enters so later", First, &Row{decade, 9, "030"}, 0, nil, nil},
		{"but with each entry, each at its own time", Each, &Row{decade, 9, "030"}, 0, &continued, []int{7}},
	} {
		t.Run(c.name, func(t *testing.T) {
			cases, ok, err := told.BehindStep(Funnel{Steps: [][]string{{"a"}, {"b"}}, Window: 10, Entry: c.entry}, StepNumber{Step: c.step, Status: c.status, Row: c.row})
			require.NoError(t, err)
			assert.True(t, ok)
			assert.Equal(t, c.want, cases)
		})
	}
	_, _, err := told.BehindStep(Funnel{Steps: [][]string{{"a"}, {"b"}}}, StepNumber{Step: 2, Row: &Row{letters("xyxyzxz?"), 9, "x"}})
	assert.EqualError(t, err, "step: from 1 to 2, not 3")
}

// TestBehindARowStandAsManyAsItTells is about all logs, definitions and funnels: what a row tells has as many cases behind it, and what it does
// not tell has nobody.
func TestBehindARowStandAsManyAsItTells(t *testing.T) {
	const few = 3
	told, untold, without := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		v, f := anyLogOf(t, 150), anyFunnel(t)
		n := rapid.IntRange(1, 4).Draw(t, "values")
		by := Breakdown{Of: func(c int, _ int64) string { return fmt.Sprint(c * 7 % n) }}
		first := rapid.IntRange(1, 4).Draw(t, "first")
		for _, fewest := range []int{0, few} {
			tell, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			rows, err := tell.FunnelBy(f, by, first)
			require.NoError(t, err)
			for i := range n {
				row := &Row{by, first, fmt.Sprint(i)}
				at := -1
				if rows != nil {
					at = slices.IndexFunc(rows.Rows, func(r FunnelRow) bool { return r.Value == row.Value })
				}
				if at < 0 {
					if _, ok, err := tell.BehindStep(f, StepNumber{Row: row}); assert.NoError(t, err) && tell.fewest > 0 {
						without++
						assert.False(t, ok, "no row tells of it")
					}
					continue
				}
				of := rows.Rows[at]
				for k, c := range map[int]*Count{0: of.Matured, len(f.Steps) - 1: of.Through} {
					cases, ok, err := tell.BehindStep(f, StepNumber{Step: k, Matured: true, Row: row})
					require.NoError(t, err)
					if assert.Equal(t, c != nil, ok, "who has no time left, where it is told"); c != nil {
						assert.Len(t, cases, c.Cases)
					}
				}
				for k, s := range of.Steps {
					numbers := map[*Status]*Count{nil: s.Entered}
					for st, c := range s.Statuses {
						status := Status(st)
						numbers[&status] = c
					}
					for status, c := range numbers {
						cases, ok, err := tell.BehindStep(f, StepNumber{Step: k, Status: status, Row: row})
						require.NoError(t, err)
						if assert.Equal(t, c != nil, ok, "what is told, and no more"); c == nil {
							untold++
							continue
						}
						told++
						assert.Len(t, cases, c.Cases)
						for _, one := range cases {
							assert.Equal(t, row.Value, by.Of(one, 0))
						}
					}
				}
			}
		}
	})
	assert.NotZero(t, told)
	assert.NotZero(t, untold)
	assert.NotZero(t, without)
}
