package journey

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestNoPartOfAnAnswerLessAnotherIsOfTooFew subtracts, of all that an operation tells, what is in another part of it: cases from cases, and how many cases from
// how often. Each case is one person's, so that fewer than three of anything are of fewer than three persons.
func TestNoPartOfAnAnswerLessAnotherIsOfTooFew(t *testing.T) {
	const fewest = 3
	told := map[string]int{}
	check := func(t *rapid.T) {
		v, f := anyLogOf(t, 200), anyFunnel(t)
		all, ok := v.Tell(fewest)
		if !ok {
			return
		}
		less := func(what string, whole, part int) {
			told[what]++
			assert.True(t, whole-part == 0 || whole-part >= fewest, "%s: %d less %d", what, whole, part)
		}
		counts := func(what string, often bool, whole *Count, parts ...*Count) {
			for _, part := range append(parts, whole) {
				if part == nil || whole == nil {
					continue
				}
				less(what, whole.Cases, part.Cases)
				if often {
					less(what+", how often", part.Entries, part.Cases)
				}
			}
		}
		if all.Often() {
			less("events", all.Events, all.Cases)
		}
		funnel, err := all.Funnel(f)
		require.NoError(t, err)
		for _, s := range funnel.Steps {
			counts("a funnel", funnel.Often, s.Entered, s.Statuses[:]...)
		}
		last := funnel.Steps[len(f.Steps)-1]
		if funnel.Matured == nil {
			told["a funnel that does not say who is over"]++
		} else {
			counts("a funnel that is over", funnel.Often, funnel.Matured, funnel.Through)
			counts("a funnel that is over, of all", funnel.Often, funnel.Steps[0].Entered, funnel.Matured)
			counts("a funnel that is over, of all that are through", funnel.Often, last.Entered, funnel.Through)
			if f.Entry != Each {
				solved(less, f, funnel)
			}
		}
		rows, err := all.FunnelBy(f, Breakdown{Of: func(c int, _ int64) string { return []string{"x", "y"}[c%2] }}, 2)
		require.NoError(t, err)
		for i := 0; rows != nil && i < len(rows.Rows) && f.Entry != Each; i++ {
			if row := rows.Rows[i].FoldedFunnel; row.Matured != nil {
				told["a row that is over"]++
				assert.NotNil(t, funnel.Matured, "all rows are the whole")
				solved(less, f, row)
			}
		}
		stages, err := all.Stages([][]string{{"a"}, {"b", "c"}}, []string{"d"})
		require.NoError(t, err)
		for _, s := range stages {
			counts("stages", s.Often, s.Stays, append(s.Outcomes[:], s.Again)...)
		}
		rework := all.Rework(math.MaxInt)
		for _, r := range rework.Rows {
			if r.Again != nil && rework.Again != nil {
				less("what comes again", rework.Again.Cases, r.Again.Cases)
			}
			if r.Repeats != nil {
				less("what comes again, how often", *r.Repeats, 0)
			}
			if r.Direct != nil {
				less("what comes again, directly", *r.Repeats, *r.Direct)
				less("what comes again, directly", *r.Direct, 0)
			}
		}
		conformed, err := all.Conformance(Expectation{Steps: [][]string{{"a"}, {"b"}, {"c"}}, Within: 5, Costs: [deviations]int64{1000, 1000, 1000, 1000}}, math.MaxInt)
		require.NoError(t, err)
		for _, row := range conformed.Rows {
			if conformed.Conforming != nil {
				less("deviations", all.Cases-conformed.Conforming.Cases, row.Cases)
			}
			if conformed.Often {
				less("deviations, how often", row.Events, row.Cases)
			}
		}
		for _, by := range []MeasuredBy{ByStep, ByVariant, ByWeek} {
			said := all.Satisfaction(Satisfaction, by, math.MaxInt)
			if said == nil {
				continue
			}
			for _, row := range said.Rows {
				less("what is said", said.All.Answered, row.Answered)
				less("what is said", said.All.Cases, row.Cases)
			}
			if said.Other != nil {
				less("what is said", said.All.Answered, said.Other.Answered)
			}
		}
	}
	for range 10 { // who has no time left is told seldom
		rapid.Check(t, check)
	}
	t.Log(told)
	if testing.Short() {
		return // of few worlds there may be none
	}
	for _, what := range []string{"events", "a funnel", "a funnel, how often", "stages", "stages, how often", "deviations, how often", "what is said",
		"a funnel that is over", "a funnel that is over, how often", "a funnel that does not say who is over", "who is still open and told with others", "who is gone and told with others"} {
		assert.NotZero(t, told[what], what)
	}
}

// solved solves a funnel, of which each entry is one person's, for those of its statuses that are not told apart: how many are still open, or filtered, and how
// many are not, and have no time left. It does so for all steps together, and for one step if of all others it follows who is told with others there.
func solved(less func(what string, whole, part int), f Funnel, told *FoldedFunnel) {
	entered, through := told.Steps[0].Entered.Cases, told.Steps[len(told.Steps)-1].Entered.Cases
	open, gone := entered-told.Matured.Cases-(through-told.Through.Cases), told.Matured.Cases-told.Through.Cases
	for _, s := range told.Steps {
		for st, of := range map[Status]*int{Filtered: &open, StillOpen: &open, Dropped: &gone} {
			if told := s.Statuses[st]; told != nil {
				*of -= told.Cases
			}
		}
	}
	less("who is still open and told with others", open, 0)
	less("who is gone and told with others", gone, 0)
	unknown := 0
	for k, s := range told.Steps {
		other := s.Statuses[Other].Cases
		isOpen, isGone := s.Statuses[StillOpen] == nil || k == 0 && s.Statuses[Filtered] == nil, s.Statuses[Dropped] == nil || len(f.Exits) > 0
		switch {
		case other == 0:
		case !isOpen:
			gone -= other
		case !isGone:
			open -= other
		default:
			unknown++
		}
	}
	if unknown == 1 {
		less("who is still open at a step and told with others", open, 0)
		less("who is gone at a step and told with others", gone, 0)
	}
}

// TestWhoIsLeftOutDoesNotHangOnHowManyAreAskedFor has the first of several be those that all of them would begin with: else what one answer leaves out would
// be in the other.
func TestWhoIsLeftOutDoesNotHangOnHowManyAreAskedFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		persons := rapid.SliceOfN(rapid.IntRange(0, 9), 1, 8).Draw(t, "persons")
		total, first := 0, rapid.IntRange(0, 9).Draw(t, "first")
		for _, n := range persons {
			total += n
		}
		for _, disjoint := range []bool{true, false} {
			all, some := Shown(persons, total, len(persons), 3, disjoint), Shown(persons, total, first, 3, disjoint)
			for i := range some {
				assert.Equal(t, all[i] && i < first || total == 0 && i < first, some[i])
			}
		}
	})
}

// TestWhoIsThroughWithTimeLeftAloneIsNotWorkedOut has ten who are through by an entry without time left and by one with it, and some by one with it alone.
func TestWhoIsThroughWithTimeLeftAloneIsNotWorkedOut(t *testing.T) {
	for alone, want := range map[int]bool{0: true, 1: false, 2: false, 3: true} {
		cases := slices.Concat(slices.Repeat([]string{"a0 b1 a90 b91"}, 10), slices.Repeat([]string{"a90 b91"}, alone), slices.Repeat([]string{"a0 a90"}, 5), slices.Repeat([]string{"e100"}, 3))
		told, ok := viewOf(t, logOf(t, cases...)).Tell(3)
		require.True(t, ok)
		got, err := told.Funnel(Funnel{Steps: [][]string{{"a"}, {"b"}}, Window: 30, Entry: Each})
		require.NoError(t, err)
		assert.Equal(t, want, got.Matured != nil, "%d alone", alone)
		assert.Equal(t, 10+alone, got.Steps[1].Statuses[Continued].Cases)
	}
}

// TestWhoComesBackToAStageOnceMoreIsNotWorkedOut has nine who are in each of two stages twice, and some who are a third time: who stays again, less those who do
// so once, of which the stages by value are as silent.
func TestWhoComesBackToAStageOnceMoreIsNotWorkedOut(t *testing.T) {
	const few = 5
	stages := [][]string{{"a"}, {"b"}}
	for more, want := range map[int]bool{0: true, 1: false, 4: false, 5: true} {
		cases := slices.Concat(slices.Repeat([]string{"a0 b1 a2 b3"}, 9), slices.Repeat([]string{"a0 b1 a2 b3 a4 b5"}, more), slices.Repeat([]string{"a0 b1"}, 6), slices.Repeat([]string{"e100"}, 6))
		told, ok := viewOf(t, logOf(t, cases...)).Tell(few)
		require.True(t, ok)
		got, err := told.Stages(stages, nil)
		require.NoError(t, err)
		by, err := told.StagesBy(stages, nil, Breakdown{Of: func(int, int64) string { return "" }}, 1)
		require.NoError(t, err)
		for _, s := range slices.Concat(got, by.Other) {
			assert.Equal(t, []int{15 + more, 9 + more}, []int{s.Stays.Cases, s.Again.Cases})
			assert.Equal(t, want, s.Often, "%d more", more)
		}
	}
}

// TestWhoIsGoneAtOneStepIsNotWorkedOutFromAnother has four come to an exit at the first step, where it is told who is open, so that the others who have no time left
// are those of the second.
func TestWhoIsGoneAtOneStepIsNotWorkedOutFromAnother(t *testing.T) {
	f := Funnel{Steps: [][]string{{"a"}, {"b"}, {"c"}}, Window: 50, Exits: []string{"d"}}
	for gone, want := range map[int]bool{0: true, 1: false, 2: false, 3: true} {
		log := []string{}
		for way, n := range map[string]int{"a0 d1": 4, "a90": 4, "a90 b91": 4, "a0 b1": gone, "a0 b1 c2": 10, "a90 b91 c92": 4, "e100": 3} {
			log = append(log, slices.Repeat([]string{way}, n)...)
		}
		told, ok := viewOf(t, logOf(t, log...)).Tell(3)
		require.True(t, ok)
		whole, err := told.Funnel(f)
		require.NoError(t, err)
		rows, err := told.FunnelBy(f, Breakdown{Of: func(int, int64) string { return "" }}, 1)
		require.NoError(t, err)
		for _, got := range []*FoldedFunnel{whole, rows.Rows[0].FoldedFunnel} {
			assert.Equal(t, 4, got.Steps[0].Statuses[StillOpen].Cases)
			assert.Equal(t, want, got.Matured != nil, "%d gone", gone)
		}
	}
}

// TestRowsSayWhoIsOverIfTheWholeDoes has five of whom it is told that they dropped, and one who came to an exit; of the rows, which tell neither apart, enough have
// no time left, but their sum less the five would be the one.
func TestRowsSayWhoIsOverIfTheWholeDoes(t *testing.T) {
	f := Funnel{Steps: [][]string{{"a"}, {"b"}}, Window: 50, Exits: []string{"d"}}
	for exited, want := range map[int]bool{1: false, 4: true} {
		log, values := []string{}, ""
		put := func(value, way string, n int) {
			log, values = append(log, slices.Repeat([]string{way}, n)...), values+strings.Repeat(value, n)
		}
		put("x", "a0 b1", 5)
		put("x", "a0", 2)
		put("x", "a0 d1", exited)
		put("x", "a90", 3)
		put("x", "a90 b91", 3)
		put("y", "a0 b1", 5)
		put("y", "a0", 3)
		put("z", "e100", 3)
		told, ok := viewOf(t, logOf(t, log...)).Tell(3)
		require.True(t, ok)
		whole, err := told.Funnel(f)
		require.NoError(t, err)
		assert.Equal(t, 5, whole.Steps[0].Statuses[Dropped].Cases)
		assert.Equal(t, want, whole.Matured != nil, "%d exited", exited)
		rows, err := told.FunnelBy(f, letters(values), 2)
		require.NoError(t, err)
		require.Len(t, rows.Rows, 2)
		assert.Nil(t, rows.Rows[0].Steps[0].Statuses[Dropped])
		assert.Equal(t, want, rows.Rows[0].Matured != nil, "%d exited", exited)
	}
}
