package journey

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tellingOf tells of cases that go through activities, which are called by their numbers.
func tellingOf(t *testing.T, activities, cases int, events func(c int) []Event) *Telling {
	names := make([]string, activities)
	for i := range names {
		names[i] = fmt.Sprint("a", i)
	}
	b, err := NewBuilder(names, true)
	require.NoError(t, err)
	for c := range cases {
		require.NoError(t, b.Put(Case{ID: fmt.Sprint(c), Events: events(c)}))
	}
	told, ok := viewOf(t, b.Log()).Tell(0)
	require.True(t, ok)
	return told
}

// inTurn are so many events, each of the activity behind that of the one before.
func inTurn(n int) []Event {
	out := make([]Event, n)
	for i := range out {
		out[i] = Event{At: int64(i), Activity: uint16(i)}
	}
	return out
}

// inValues has cases have so many values in turn.
func inValues(n int) Breakdown {
	return Breakdown{Of: func(c int, _ int64) string { return fmt.Sprintf("%04d", c%n) }}
}

// TestATableHasAtMostSoManyCells asks for what is a product of two lists with as many cells as there may be, and with one row, or one column, more.
func TestATableHasAtMostSoManyCells(t *testing.T) {
	one := tellingOf(t, 1, MostValues, func(int) []Event { return []Event{{}} })
	step := []string{"a0"}
	repeated := func(n int) (out [][]string) {
		for range n {
			out = append(out, step)
		}
		return out
	}
	t.Run("funnels", func(t *testing.T) {
		for _, c := range []struct{ steps, values int }{{MostSteps, 50}, {50, MostValues}, {51, 980}, {250, 200}} {
			got, err := one.FunnelBy(Funnel{Steps: repeated(c.steps)}, inValues(c.values), c.values)
			require.NoError(t, err)
			assert.Len(t, got.Rows, c.values)
			if c.values == MostValues {
				continue
			}
			_, err = one.FunnelBy(Funnel{Steps: repeated(c.steps)}, inValues(c.values+1), 1)
			assert.EqualError(t, err, fmt.Sprintf("by: more than %d values, and %d steps of each: values times steps are at most 50000, so that there may be %d values here; choose what has fewer values, or fewer steps",
				c.values, c.steps, c.values))
		}
	})
	t.Run("stages", func(t *testing.T) {
		stages := [][]string{}
		for i := range MostStages {
			stages = append(stages, []string{fmt.Sprint("a", i)})
		}
		told := tellingOf(t, MostStages, MostValues, func(c int) []Event { return []Event{{Activity: uint16(c % MostStages)}} })
		got, err := told.StagesBy(stages, nil, inValues(500), 500)
		require.NoError(t, err)
		assert.Len(t, got.Rows, 500)
		_, err = told.StagesBy(stages, nil, inValues(501), 1)
		assert.ErrorContains(t, err, "by: more than 500 values, and 100 stages of each: values times stages are at most 50000")
	})
	t.Run("paths", func(t *testing.T) {
		told := tellingOf(t, 200, MostValues, func(c int) []Event { return []Event{{Activity: uint16(c % 200)}} })
		got, err := told.VariantsBy(inValues(250), 250, 200)
		require.NoError(t, err)
		assert.Len(t, got.Rows, 250)
		_, err = told.VariantsBy(inValues(251), 1, 200)
		assert.ErrorContains(t, err, "by: more than 250 values, and 200 paths of each: values times paths are at most 50000")
		got, err = told.VariantsBy(inValues(MostValues), 1, 50)
		require.NoError(t, err)
		assert.Equal(t, MostValues-1, got.Values)
	})
	t.Run("activities of paths", func(t *testing.T) {
		told := tellingOf(t, 999, MostValues, func(int) []Event { return inTurn(999) })
		got, err := told.VariantsBy(inValues(MostValues), 999, 1)
		require.NoError(t, err)
		require.Len(t, got.Rows, 999)
		assert.Len(t, got.Rows[0].Rows[0].Activities, 1000)
		_, err = told.VariantsBy(inValues(MostValues), MostValues, 1)
		assert.EqualError(t, err, "by: the answer would have 1001000 activities in paths of rows in all, and at most 1000000 are told: ask for fewer")
	})
	t.Run("maps", func(t *testing.T) {
		told := tellingOf(t, 249, 201, func(int) []Event { return inTurn(249) })
		got, err := told.MapBy(inValues(201), 200, 250)
		require.NoError(t, err)
		assert.Len(t, got.Rows, 200)
		assert.Len(t, got.Rows[0].Edges, 250)
		_, err = told.MapBy(inValues(201), 201, 250)
		assert.EqualError(t, err, "edges: 201 of 201 rows have 50250, and at most 50000 are told in all: ask for fewer edges, or fewer rows")
	})
	t.Run("cohorts", func(t *testing.T) {
		week := int64(7 * 24 * time.Hour / time.Microsecond)
		told := tellingOf(t, 1, MostValues, func(c int) []Event { return []Event{{At: int64(c) * week}} })
		q := Returning{From: step, Again: step, Unit: Weeks, Periods: 49}
		got, err := told.Retention(q, MostValues)
		require.NoError(t, err)
		assert.Len(t, got.Rows, MostValues)
		q.Periods = 50
		_, err = told.Retention(q, MostValues)
		assert.EqualError(t, err, "first: the answer would have 51000 periods of cohorts in all, and at most 50000 are told: ask for fewer")
		_, ok, err := told.BehindReturn(q, "", MostPeriods, nil)
		require.NoError(t, err)
		assert.True(t, ok, "those behind one of them are found all the same")
	})
	t.Run("steps", func(t *testing.T) {
		pairs := func(n int) *Telling { // each leads from one activity to another, of 199, which are the last
			return tellingOf(t, 600, n, func(c int) []Event {
				return []Event{{Activity: uint16(c / 199)}, {At: 1, Activity: uint16(400 + c%199)}}
			})
		}
		got, err := pairs(MostCells-199).Levels(nil, 2, 600)
		require.NoError(t, err)
		assert.Len(t, got.Links, MostCells)
		_, err = pairs(MostCells-198).Levels(nil, 2, 600)
		assert.EqualError(t, err, "first: the answer would have 50001 links between steps in all, and at most 50000 are told: ask for fewer")
	})
}
