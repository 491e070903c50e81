package journey

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestAnAnswerIsHowFarUpItsScaleItIs(t *testing.T) {
	for _, c := range []struct {
		instrument string
		score      int64
		want       float64
		says       bool
	}{{"NPS", 0, 0, true}, {"NPS", 7, 0.7, true}, {"CSAT", 1, 0, true}, {"CSAT", 4, 0.75, true}, {"CES", 6, 5.0 / 6, true}, {"CES", 8, 0, false}, {"CSAT", 0, 0, false}, {"OPEN", 1, 0, false}} {
		got, says := Answered(c.instrument, c.score).Value(Satisfaction)
		assert.Equal(t, c.says, says, c)
		if says {
			assert.InDelta(t, c.want, got, 1e-12, c)
		}
		_, says = Answered(c.instrument, c.score).Value(Sentiment)
		assert.False(t, says)
	}
	for _, v := range []int64{-1e6, -1, 0, 250_000, 1e6} {
		got, says := Mood(v).Value(Sentiment)
		assert.True(t, says)
		assert.Equal(t, float64(v)/1e6, got)
	}
}

// feltLog makes a log as logOf does, of words that may have an answer by NPS behind them, as e3=10, or a sentiment, as b2+0.5.
func feltLog(t *testing.T, cases ...string) *Log {
	b, err := NewBuilder([]string{"a", "b", "c", "d", "e"}, true)
	require.NoError(t, err)
	for i, text := range cases {
		c := Case{ID: fmt.Sprint("case ", i), Closed: true}
		for j, word := range strings.Fields(text) {
			e := Event{Sequence: NoSequence, ID: fmt.Sprintf("%03d", j), Activity: uint16(word[0] - 'a'), Persons: []string{c.ID}}
			var score int64
			var mood float64
			if n, _ := fmt.Sscanf(word[1:], "%d=%d", &e.At, &score); n == 2 {
				e.Felt = Answered("NPS", score)
			} else if n, _ := fmt.Sscanf(word[1:], "%d+%g", &e.At, &mood); n == 2 {
				e.Felt = Mood(int64(mood * 1e6))
			}
			c.Events = append(c.Events, e)
		}
		require.NoError(t, b.Put(c))
	}
	return b.Log()
}

// measured writes what is said as "2 of 3 0.5".
func measured(m Measured) string {
	text := fmt.Sprint(m.Answered, " of ", m.Cases)
	if m.Mean != nil {
		text += fmt.Sprint(" ", *m.Mean)
	}
	return text
}

func TestJourneysAreMeasuredByWhatWasSaidInThem(t *testing.T) {
	log := feltLog(t,
		"a0 b1 e2=10",          // said after b
		"a0 b1 e2=0 e3=5",      // twice: one value
		"a0 e1=5 b2+-0.5",      // after a, and how b was felt itself
		"b0",                   // nothing
		"e0=10 a1+0.25 a2+0.5", // before anything, and twice of a
	)
	for _, c := range []struct {
		name   string
		of     Measure
		by     MeasuredBy
		first  int
		change func(*Definition)
		all    string
		rows   []string
		other  string
	}{
		{"by variant, of which answers are no part", Satisfaction, ByVariant, 9, hide("e"), "4 of 5 0.6875", []string{"ab<end>: 3 of 3 0.583333333", "aa<end>: 1 of 1 1", "b<end>: 0 of 1"}, ""},
		{"the others together", Satisfaction, ByVariant, 1, hide("e"), "4 of 5 0.6875", []string{"ab<end>: 3 of 3 0.583333333"}, "1 of 2 1"},
		{"by the step behind which it was said", Satisfaction, ByStep, 9, hide("e"), "4 of 5 0.6875", []string{"a: 1 of 4 0.5", "b: 2 of 4 0.625", "<start>: 1 of 1 1"}, ""},
		{"where answers are looked at, what is said behind one is of it", Satisfaction, ByStep, 9, func(*Definition) {}, "4 of 5 0.6875",
			[]string{"a: 1 of 4 0.5", "b: 2 of 4 0.5", "e: 1 of 4 0.5", "<start>: 1 of 1 1"}, ""},
		{"others by step are one value of each case", Satisfaction, ByStep, 1, hide("e"), "4 of 5 0.6875", []string{"a: 1 of 4 0.5"}, "3 of 5 0.75"},
		{"a sentiment is of the event itself", Sentiment, ByStep, 9, hide("e"), "2 of 5 -0.0625", []string{"a: 1 of 4 0.375", "b: 1 of 4 -0.5"}, ""},
		{"or of the one before, where it is not looked at", Sentiment, ByStep, 9, hide("e", "b"), "2 of 4 -0.0625", []string{"a: 2 of 4 -0.0625"}, ""},
		{"or of the first of those that are one", Sentiment, ByStep, 9, func(d *Definition) { d.Repeats = Cut }, "2 of 5 -0.0625", []string{"a: 1 of 4 0.375", "b: 1 of 4 -0.5", "e: 0 of 4"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, ok := viewOf(t, log, c.change).Tell(0)
			require.True(t, ok)
			got := told.Satisfaction(c.of, c.by, c.first)
			var rows []string
			for _, r := range got.Rows {
				rows = append(rows, r.Value+strings.Join(r.Activities, "")+": "+measured(r.Measured))
			}
			assert.Equal(t, c.all, measured(got.All))
			assert.Equal(t, c.rows, rows)
			if c.other != "" {
				assert.Equal(t, c.other, measured(*got.Other))
			} else {
				assert.Nil(t, got.Other)
			}
		})
	}
	told, _ := viewOf(t, log, hide("e")).Tell(0)
	all := told.Satisfaction(Satisfaction, ByVariant, 9).All
	// 1, 0.25, 0.5 and 1: their variance is 0.140625, and t is 3.182 with three degrees of freedom.
	assert.InDelta(t, 0.6875-3.182*math.Sqrt(0.140625/4), *all.Low, 0.01)
	assert.InDelta(t, 0.6875+3.182*math.Sqrt(0.140625/4), *all.High, 0.01)
}

// TestWhatIsSaidBalances is about all logs: cases are those of rows and of other, and where persons are not told apart nobody or enough say something, and nobody
// or enough say nothing.
func TestWhatIsSaidBalances(t *testing.T) {
	const few = 3
	count, periods := 0, 0
	check := func(t *rapid.T) {
		v := anyLogOf(t, 240)
		of, by, first := Measure(rapid.IntRange(1, 2).Draw(t, "of")), MeasuredBy(rapid.IntRange(0, 3).Draw(t, "by")), rapid.IntRange(1, 9).Draw(t, "first")
		inDays(v)
		for _, fewest := range []int{0, few} {
			told, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			got := told.Satisfaction(of, by, first)
			if got == nil {
				assert.NotZero(t, fewest)
				continue
			}
			assert.Equal(t, told.Cases, got.All.Cases)
			all := []Measured{got.All}
			cases, answered := 0, 0
			for _, r := range got.Rows {
				all = append(all, r.Measured)
			}
			if got.Other != nil {
				all = append(all, *got.Other)
			}
			if by >= ByWeek && len(got.Rows) > 1 && fewest > 0 {
				periods++
				assert.True(t, slices.IsSortedFunc(got.Rows, func(a, b MeasuredRow) int { return strings.Compare(a.Value, b.Value) }))
			}
			for i, m := range all {
				if i > 0 {
					cases, answered = cases+m.Cases, answered+m.Answered
				}
				assert.Equal(t, m.Answered > 0, m.Mean != nil)
				assert.Equal(t, m.Answered > 1, m.Low != nil)
				if fewest > 0 && told.Persons > 0 { // each case is one person
					count++
					silent := m.Cases - m.Answered
					assert.True(t, some(m.Answered, few) && some(silent, few), "%v: %v", i, measured(m))
				}
			}
			if by != ByStep {
				assert.Equal(t, []int{got.All.Cases, got.All.Answered}, []int{cases, answered})
			}
		}
	}
	for range 10 { // periods are told seldom
		rapid.Check(t, check)
	}
	assert.NotZero(t, count)
	assert.NotZero(t, periods)
}

func TestJourneysAreMeasuredByWhenTheyBegin(t *testing.T) {
	v := inDays(viewOf(t, feltLog(t, "a0 e1=10", "a7 e8=0", "a12", "a40 e41=5", "a41"), hide("e")))
	told, ok := v.Tell(0)
	require.True(t, ok)
	rows := func(by MeasuredBy, first int) (out []string) {
		got := told.Satisfaction(Satisfaction, by, first)
		for _, r := range got.Rows {
			out = append(out, r.Value+": "+measured(r.Measured))
		}
		if got.Other != nil {
			out = append(out, fmt.Sprint("rest of ", got.Rest, ": ", measured(*got.Other)))
		}
		return out
	}
	assert.Equal(t, []string{"1970-01-05: 1 of 1 1", "1970-01-12: 1 of 2 0", "1970-02-09: 1 of 2 0.5"}, rows(ByWeek, 9))
	assert.Equal(t, []string{"1970-02-09: 1 of 2 0.5", "rest of 2: 2 of 3 0.5"}, rows(ByWeek, 1))
	assert.Equal(t, []string{"1970-01-01: 2 of 3 0.5", "1970-02-01: 1 of 2 0.5"}, rows(ByMonth, 9))
	silent := false
	cases, ok, err := told.BehindMeasured(Satisfaction, ByWeek, MeasuredNumber{Value: "1970-01-12", Answered: &silent})
	require.NoError(t, err)
	assert.True(t, ok)
	assert.Equal(t, []int{2}, cases)
	_, _, err = told.BehindMeasured(Satisfaction, ByWeek, MeasuredNumber{Activities: []string{"a"}})
	assert.ErrorContains(t, err, "activities: of a week, or month, the value is given")
}
