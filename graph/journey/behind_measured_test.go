package journey

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestBehindWhoComesAgainStandAsManyAsAreTold is about all logs: behind each number that a retention tells stand as many cases, each of them once, and behind
// one that it does not tell nobody does.
func TestBehindWhoComesAgainStandAsManyAsAreTold(t *testing.T) {
	const few = 3
	told, untold := 0, 0
	agree := func(t *rapid.T) {
		v := inDays(anyLogOf(t, 60))
		q := Returning{From: []string{"a", "b"}, Again: []string{"b", "c"}, Unit: Weeks, Periods: rapid.IntRange(1, 3).Draw(t, "periods")}
		for _, fewest := range []int{0, few} {
			tell, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			got, err := tell.Retention(q, MostValues)
			require.NoError(t, err)
			if got == nil {
				_, ok, err := tell.BehindReturn(q, "", 0, nil)
				require.NoError(t, err)
				assert.False(t, ok)
				continue
			}
			for _, row := range append([]Cohort{got.All}, got.Rows...) {
				cases, ok, err := tell.BehindReturn(q, row.Value, 0, nil)
				require.NoError(t, err)
				assert.True(t, ok)
				assert.Len(t, cases, row.Cases)
				for k, p := range row.Periods {
					var all []int
					for fate := range MayCome + 1 {
						cases, ok, err := tell.BehindReturn(q, row.Value, k, &fate)
						require.NoError(t, err)
						if p == nil {
							untold++
							assert.False(t, ok)
							continue
						}
						told++
						assert.True(t, ok)
						assert.Len(t, cases, map[Fate]int{CameAgain: p.Came, WentAway: p.Gone, MayCome: p.Open}[fate])
						if fewest > 0 && tell.Persons > 0 {
							assert.True(t, some(len(cases), few))
						}
						all = append(all, cases...)
					}
					if p != nil {
						assert.ElementsMatch(t, cases, all)
					}
				}
			}
		}
	}
	for range 10 { // what is not told comes seldom
		rapid.Check(t, agree)
	}
	assert.NotZero(t, told)
	assert.NotZero(t, untold)
}

// TestBehindWhoSaysHowItWasStandAsManyAsAreTold is about all logs, too.
func TestBehindWhoSaysHowItWasStandAsManyAsAreTold(t *testing.T) {
	const few = 3
	told, untold := 0, 0
	agree := func(t *rapid.T) {
		v := anyLogOf(t, 60)
		of, by := Measure(rapid.IntRange(1, 2).Draw(t, "of")), MeasuredBy(rapid.IntRange(0, 3).Draw(t, "by"))
		inDays(v)
		for _, fewest := range []int{0, few} {
			tell, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			rows := map[string]Measured{}
			if got := tell.Satisfaction(of, by, MostValues); got != nil {
				rows["[]"] = got.All
				for _, r := range got.Rows {
					rows[fmt.Sprint(r.Activities)+r.Value] = r.Measured
				}
			}
			for first := range 6 {
				if got := tell.Satisfaction(of, by, first); got != nil {
					for _, r := range got.Rows {
						assert.Contains(t, rows, fmt.Sprint(r.Activities)+r.Value, "the first %d are told of more, too", first)
					}
				}
			}
			every := []MeasuredNumber{{}}
			for _, r := range tell.view.Variants(MostValues, 0).Rows {
				if by == ByVariant {
					every = append(every, MeasuredNumber{Activities: r.Activities})
				}
			}
			for _, name := range v.def.Names {
				if by == ByStep {
					every = append(every, MeasuredNumber{Activities: []string{name}})
				}
			}
			if unit, is := calendars[by]; is {
				seen := map[string]bool{}
				v.population(func(s *sequence) { seen[unit.Name(unit.Index(s.times[0]))] = true })
				for value := range seen {
					every = append(every, MeasuredNumber{Value: value})
				}
			}
			for _, number := range every {
				m, is := rows[fmt.Sprint(number.Activities)+number.Value]
				for _, c := range []struct {
					answered *bool
					want     int
				}{{nil, m.Cases}, {new(true), m.Answered}, {new(false), m.Cases - m.Answered}} {
					number.Answered = c.answered
					cases, ok, err := tell.BehindMeasured(of, by, number)
					require.NoError(t, err)
					if assert.Len(t, cases, c.want, "%v", number); is {
						told++
						assert.True(t, ok)
						assert.True(t, fewest == 0 || tell.Persons == 0 || some(len(cases), few))
					} else if tell.fewest > 0 {
						untold++
						assert.False(t, ok)
					}
				}
			}
		}
	}
	for range 5 {
		rapid.Check(t, agree)
	}
	assert.NotZero(t, told)
	assert.NotZero(t, untold)
}

func TestWhatIsBehindIsAskedForByWhatIsThere(t *testing.T) {
	tell, _ := viewOf(t, logOf(t, "a0 b10", "a0 b20")).Tell(0)
	q := Returning{From: []string{"a"}, Again: []string{"b"}, Unit: Weeks}
	_, _, err := tell.BehindReturn(q, "", MostPeriods+1, nil)
	assert.EqualError(t, err, "period: from 0 to 60, not 61")
	cases, ok, err := tell.BehindReturn(q, "2026-01-01", 0, nil)
	require.NoError(t, err)
	assert.Empty(t, cases)
	assert.True(t, ok, "nobody is in a cohort that is not there")
	q.From = []string{"x"}
	_, _, err = tell.BehindReturn(q, "", 0, nil)
	assert.EqualError(t, err, `from: there is no activity "x" in the definition; there are "a", "b", "c", "d", "e"`)
	_, _, err = tell.BehindMeasured(Satisfaction, ByVariant, MeasuredNumber{Activities: []string{"a", "x"}})
	assert.EqualError(t, err, `activities[1]: there is no activity "x" in the definition; there are "a", "b", "c", "d", "e"`)
}
