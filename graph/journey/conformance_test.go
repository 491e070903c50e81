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

// each costs one.
var each1 = Costs{1000, 1000, 1000, 1000}

// deviated writes deviations as "missing 2 b 1/1": the step, its activities, how often and in how many cases.
func deviated(rows []Deviation) (out []string) {
	for _, d := range rows {
		out = append(out, fmt.Sprintf("%s %d %s %d/%d", called[d.What], d.Step+1, strings.Join(d.Activities, "|"), d.Events, d.Cases))
	}
	return out
}

func TestConformanceIsTheCheapestAlignment(t *testing.T) {
	abc := [][]string{{"a"}, {"b"}, {"c"}}
	expect := func(steps [][]string, change ...func(*Expectation)) Expectation {
		e := Expectation{Steps: steps, Costs: each1}
		for _, c := range change {
			c(&e)
		}
		return e
	}
	within := func(long int64) func(*Expectation) { return func(e *Expectation) { e.Within = long } }
	cost := func(of Deviating, thousandths int64) func(*Expectation) {
		return func(e *Expectation) { e.Costs[of] = thousandths }
	}
	for _, c := range []struct {
		name       string
		cases      []string
		expected   Expectation
		conforming int
		cost       float64
		fitness    float64
		want       []string
	}{
		{"as expected", []string{"a0 b1 c2!"}, expect(abc), 1, 0, 1, nil},
		{"a step is missing: of two events and three steps, five would be the worst", []string{"a0 c2!"}, expect(abc), 0, 1, 1 - 1.0/5, []string{"missing 2 b 1/1"}},
		{"an event is extra, once and twice", []string{"a0 d1 b2 d3 c4!"}, expect(abc), 0, 2, 1 - 2.0/8, []string{"extra 0 d 2/1"}},
		{"a step that comes again is extra", []string{"a0 a1 b2 c3!"}, expect(abc), 0, 1, 1 - 1.0/7, []string{"extra 0 a 1/1"}},
		{"two are swapped", []string{"a0 c1 b2!"}, expect(abc), 0, 1, 1 - 1.0/6, []string{"swapped 3 c 1/1"}},
		{"which costs more than one missing and one extra", []string{"a0 c1 b2!"}, expect(abc, cost(Swapped, 2001)), 0, 2, 1 - 2.0/6, []string{"missing 2 b 1/1", "extra 0 b 1/1"}},
		{"what was swapped is not touched again, as in the restricted distance: b a c, and not b c a with a swap over it", []string{"b0 c1 a2!"}, expect(abc), 0, 2, 1 - 2.0/6, []string{"missing 1 a 1/1", "extra 0 a 1/1"}},
		{"one that was swapped and is late, too", []string{"a0 c9 b10!"}, expect(abc, within(5)), 0, 2, 1 - 2.0/8, []string{"swapped 3 c 1/1", "late 3 c 1/1"}},
		{"late is more than so long after the step before it, whatever is between", []string{"a0 b5 d6 c11!"}, expect(abc, within(5)), 0, 2, 1 - 2.0/9, []string{"extra 0 d 1/1", "late 3 c 1/1"}},
		{"a step that was left out makes nobody wait: it is counted from the one before", []string{"a0 c11!"}, expect(abc, within(5), cost(Missing, 500)), 0, 1.5, 1 - 1.5/4.5, []string{"missing 2 b 1/1", "late 3 c 1/1"}},
		{"a step that may be left out", []string{"a0 c1!", "a0 b1 c2!"}, expect(abc, func(e *Expectation) { e.Optional = []int{1} }), 2, 0, 1, nil},
		{"one of several activities is the step", []string{"a0 d1!", "a0 b1!"}, expect([][]string{{"a"}, {"b", "d"}}), 2, 0, 1, nil},
		{"where extra costs nothing, others may be between", []string{"d0 a1 d2 b3 c4!"}, expect(abc, cost(Extra, 0)), 1, 0, 1, nil},
		{"steps of a case that has not ended are yet to come", []string{"a0 b1", "a0"}, expect(abc), 2, 0, 1, nil},
		{"but not those before one that came", []string{"a0 c1"}, expect(abc), 0, 1, 1 - 1.0/2, []string{"missing 2 b 1/1"}},
		{"it is the more that came, of two that cost the same", []string{"b0"}, expect(abc), 0, 1, 0, []string{"missing 1 a 1/1"}},
		{"nothing of it came", []string{"d0!", "d0"}, expect(abc), 0, 2.5, 0, []string{"extra 0 d 2/2", "missing 1 a 1/1", "missing 2 b 1/1", "missing 3 c 1/1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, ok := viewOf(t, logOf(t, c.cases...)).Tell(0)
			require.True(t, ok)
			got, err := told.Conformance(c.expected, 9)
			require.NoError(t, err)
			assert.Equal(t, c.conforming, got.Conforming.Cases)
			assert.InDelta(t, c.cost, *got.Cost, 1e-12)
			assert.InDelta(t, c.fitness, *got.Fitness, 1e-9)
			assert.Equal(t, c.want, deviated(got.Rows))
		})
	}
}

func TestWhatIsNotToldOfConformanceIsInOther(t *testing.T) {
	told, _ := viewOf(t, logOf(t, "a0 d1 d2!", "b0!", "a0 b1!", "a0 b1!")).Tell(0)
	e := Expectation{Steps: [][]string{{"a"}, {"b"}}, Costs: each1}
	got, err := told.Conformance(e, 1)
	require.NoError(t, err)
	assert.Equal(t, []string{"extra 0 d 2/1"}, deviated(got.Rows))
	assert.Equal(t, struct{ Deviations, Events int }{2, 2}, *got.Other)
	assert.Equal(t, []Aligned{{[]string{"a", "b", End}, 2, 0, 1}}, got.Variants)
	all, err := told.Conformance(e, 9)
	require.NoError(t, err)
	assert.Equal(t, []Aligned{{[]string{"a", "b", End}, 2, 0, 1}, {[]string{"a", "d", "d", End}, 1, 3, 1 - 3.0/5}, {[]string{"b", End}, 1, 1, 0.666666667}}, all.Variants)
}

func TestAnExpectationThatCannotBeIsNamed(t *testing.T) {
	v := viewOf(t, logOf(t, "a0"))
	for says, e := range map[string]Expectation{
		"expected: from 1 to 100 steps, not 0":             {},
		"expected: from 1 to 100 steps, not 101":           {Steps: slices.Repeat([][]string{{"a"}}, 101)},
		`expected[1]: there is no activity "z"`:            {Steps: [][]string{{"a"}, {"z"}}},
		"optional[0]: from 1 to 1, not 2":                  {Steps: [][]string{{"a"}}, Optional: []int{1}},
		"costs.swapped: from 0 to 1000, not 1000.001":      {Steps: [][]string{{"a"}}, Costs: Costs{0, 0, MostCost + 1, 0}},
		"costs.missing: from 0 to 1000, not -0.001":        {Steps: [][]string{{"a"}}, Costs: Costs{-1, 0, 0, 0}},
		"within: it is over before it begins":              {Steps: [][]string{{"a"}}, Within: -1},
		"expected: 2 steps are compared with at most 1000": {Steps: [][]string{{"a"}, {"a"}}},
	} {
		events := 1
		if strings.Contains(says, "compared") {
			events = mostAligned/2 + 1
		}
		_, err := v.aligner(e, events)
		assert.ErrorContains(t, err, says)
	}
}

// anyExpectation draws one, with costs that often permit something.
func anyExpectation(t *rapid.T) Expectation {
	e := Expectation{Within: rapid.SampledFrom([]int64{0, 1, 10}).Draw(t, "within")}
	some := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 1, 2, rapid.ID)
	for i := range rapid.IntRange(1, 4).Draw(t, "steps") {
		e.Steps = append(e.Steps, some.Draw(t, "step"))
		if rapid.IntRange(0, 3).Draw(t, "optional") == 0 {
			e.Optional = append(e.Optional, i)
		}
	}
	for what := range e.Costs {
		e.Costs[what] = rapid.SampledFrom([]int64{0, 500, 1000, 1000, 1000, 2500}).Draw(t, "cost")
	}
	return e
}

// cheapest tries all alignments of events with steps, each of which begins with what becomes of the first event, or of the first step.
func (a *aligner) cheapest(codes []uint16, closed bool, from int) int64 {
	if len(codes) == 0 && (from == len(a.steps) || !closed) {
		return 0
	}
	best := int64(math.MaxInt64)
	has := func(step, event int) bool {
		return step < len(a.steps) && event < len(codes) && a.steps[step][codes[event]]
	}
	if has(from, 0) {
		best = min(best, a.cheapest(codes[1:], closed, from+1))
	}
	if has(from+1, 0) && has(from, 1) {
		best = min(best, a.costs[Swapped]+a.cheapest(codes[2:], closed, from+2))
	}
	if len(codes) > 0 {
		best = min(best, a.costs[Extra]+a.cheapest(codes[1:], closed, from))
	}
	if from < len(a.steps) {
		best = min(best, a.missing[from]+a.cheapest(codes, closed, from+1))
	}
	return best
}

// TestNoAlignmentIsCheaper compares with all there are, and has each be one: all events, and all steps until the last that came, stand in it once and in order.
func TestNoAlignmentIsCheaper(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyLogOf(t, 8)
		a, err := v.aligner(anyExpectation(t), 1)
		require.NoError(t, err)
		v.sequences(func(s *sequence) {
			if len(s.codes) > 6 {
				return
			}
			cost, moves := a.align(s.codes, s.closed)
			assert.Equal(t, a.cheapest(s.codes, s.closed, 0), cost)
			assert.LessOrEqual(t, cost, a.worst(len(s.codes), s.closed))
			sum, events, steps := int64(0), 0, 0
			for i, m := range moves {
				switch m.what {
				case Missing:
					sum += a.missing[m.step]
				case Extra:
					sum += a.costs[Extra]
				case Swapped:
					sum += a.costs[Swapped]
					after := moves[i+1]
					assert.Equal(t, []int{steps + 1, events}, []int{int(m.step), int(m.event)})
					assert.Equal(t, move{deviations, m.step - 1, m.event + 1}, after)
				}
				if m.what != Missing {
					assert.EqualValues(t, events, m.event)
					events++
				}
				if m.what != Extra {
					assert.Contains(t, []int{steps - 1, steps, steps + 1}, int(m.step))
					steps++
				}
				if m.what != Missing && m.what != Extra {
					assert.True(t, a.steps[m.step][s.codes[m.event]], "an event that takes a step is one of its activities")
				}
			}
			assert.Equal(t, cost, sum)
			assert.Equal(t, len(s.codes), events)
			assert.True(t, steps == len(a.steps) || !s.closed)
		})
	})
}

// TestConformanceBalances is about all logs: deviations are those of rows and of other, as many cases stand behind a number as it tells, and where persons are
// not told apart enough stand behind each number and beside it.
func TestConformanceBalances(t *testing.T) {
	const few = 3
	folded := 0
	rapid.Check(t, func(t *rapid.T) {
		v := anyLogOf(t, 60)
		e, first := anyExpectation(t), rapid.IntRange(1, 9).Draw(t, "first")
		whole, _ := v.Tell(0)
		all, err := whole.Conformance(e, math.MaxInt)
		require.NoError(t, err)
		sum := 0
		for _, d := range all.Rows {
			sum += d.Events
			behind, ok, err := whole.BehindDeviation(e, &d)
			require.NoError(t, err)
			assert.True(t, ok)
			assert.Len(t, behind, d.Cases, "%v", d)
		}
		behind, _, err := whole.BehindDeviation(e, nil)
		require.NoError(t, err)
		assert.Len(t, behind, all.Conforming.Cases)
		for _, fewest := range []int{0, few} {
			told, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			got, err := told.Conformance(e, first)
			require.NoError(t, err)
			assert.LessOrEqual(t, len(got.Rows), first)
			events, most := 0, 0
			for _, d := range got.Rows {
				events += d.Events
				assert.True(t, fewest == 0 || told.Persons == 0 || d.Persons >= few && told.Persons-d.Persons >= few, "enough stand behind each, and beside it")
			}
			for _, d := range all.Rows {
				if !slices.ContainsFunc(got.Rows, func(o Deviation) bool {
					return o.What == d.What && o.Step == d.Step && slices.Equal(o.Activities, d.Activities)
				}) {
					most = max(most, d.Persons)
				}
			}
			if got.Other != nil {
				assert.Equal(t, sum, events+got.Other.Events)
				assert.Equal(t, len(all.Rows), len(got.Rows)+got.Other.Deviations)
				assert.True(t, fewest == 0 || told.Persons == 0 || got.Other.Deviations == 0 || most >= few || len(got.Rows) == 0, "behind what is left out are %d", most) // of all that deviate there are enough
			} else {
				folded++
				assert.Nil(t, got.Conforming)
				assert.Nil(t, got.Cost)
			}
			if got.Cost != nil && fewest > 0 && told.Persons > 0 {
				for _, d := range all.Rows {
					assert.GreaterOrEqual(t, d.Persons, few, "no mean is told where few stand behind a deviation")
				}
			}
		}
	})
	assert.NotZero(t, folded)
}
