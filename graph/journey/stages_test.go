package journey

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// stayed writes a stage as "5 stays = 2 forward + …; 1 again; 12 90; 20": the median, the ninetieth percentile and the median with those who go on.
func stayed(s Stage) string {
	if s.Stays == nil {
		return "?"
	}
	text, plus := fmt.Sprint(s.Stays.Entries, " ="), ""
	for i, name := range []string{"forward", "skipped", "back", "exited", "ended", "staying"} {
		if c := s.Outcomes[i]; c != nil && c.Entries > 0 {
			text += fmt.Sprint(plus, " ", c.Entries, " ", name)
			plus = " +"
		}
	}
	if s.Again != nil && s.Again.Entries > 0 {
		text += fmt.Sprint("; ", s.Again.Entries, " again")
	}
	if s.Spread != nil {
		text += fmt.Sprint("; ", s.Median, " ", s.P90)
	}
	if s.Survival != nil {
		text += fmt.Sprint("; ", *s.Survival)
	}
	return text
}

func TestAStayLastsFromTheFirstEventOfAStageToAnotherStage(t *testing.T) {
	// The horizon is 100.
	log := logOf(t,
		"a0 d1 a2 b10 c30!",  // 10 in a, whatever is between; 20 in b; ends in c
		"a0 c4",              // skips b; is in c for 96
		"a0 b20 a25 b35 e40", // back to a for 10, and to b for 5, until an exit
		"d7 a90",             // in a for 10
		"e100")
	three := [][]string{{"a"}, {"b"}, {"c"}}
	for _, c := range []struct {
		name   string
		stages [][]string
		exits  []string
		change func(*Definition)
		want   []string
	}{
		{"of three stages with an exit", three, []string{"e"}, func(*Definition) {},
			[]string{"5 = 3 forward + 1 skipped + 1 staying; 1 again; 10 20; 10", "3 = 1 forward + 1 back + 1 exited; 1 again; 5 20; 5", "2 = 1 ended + 1 staying"}},
		{"without an exit who came to it is still there", three, nil, func(*Definition) {},
			[]string{"5 = 3 forward + 1 skipped + 1 staying; 1 again; 10 20; 10", "3 = 1 forward + 1 back + 1 staying; 1 again; 12.5 20; 20", "2 = 1 ended + 1 staying"}},
		{"two activities may be one stage", [][]string{{"a", "b"}, {"c"}}, []string{"e"}, func(*Definition) {},
			[]string{"4 = 2 forward + 1 exited + 1 staying; 30 40; 30", "2 = 1 ended + 1 staying"}},
		{"what is hidden is no event of a stage", three, []string{"e"}, hide("b"),
			[]string{"4 = 2 skipped + 1 exited + 1 staying; 30 40; 30", "0 =", "2 = 1 ended + 1 staying"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, ok := viewOf(t, log, c.change).Tell(0)
			require.True(t, ok)
			got, err := told.Stages(c.stages, c.exits)
			require.NoError(t, err)
			var text []string
			for _, s := range got {
				text = append(text, stayed(s))
			}
			assert.Equal(t, c.want, text)
		})
	}
	told, _ := viewOf(t, log).Tell(0)
	for _, c := range []struct {
		stages [][]string
		exits  []string
		says   string
	}{
		{[][]string{{"a"}}, nil, "stages: from 2 to 100 stages, not 1"},
		{[][]string{{"a"}, {"z"}}, nil, `stages[1]: there is no activity "z"`},
		{[][]string{{"a"}, {"b", "a"}}, nil, `stages[1]: "a" is of another stage, too`},
		{[][]string{{"a"}, {"b"}}, []string{"b"}, `exits: "b" is of another stage, too`},
	} {
		_, err := told.Stages(c.stages, c.exits)
		assert.ErrorContains(t, err, c.says)
	}
}

func TestReworkIsWhatComesAgainInACase(t *testing.T) {
	log := logOf(t, "a0 a1 b3 a7!", "a0 b1", "b0 b8 c9 b10", "c0 a1")
	told, ok := viewOf(t, log).Tell(0)
	require.True(t, ok)
	write := func(r Reworks) (out []string) {
		for _, row := range r.Rows {
			out = append(out, fmt.Sprintf("%s %d of %d cases, %d of %d events, %d direct", row.Name, row.Again.Cases, row.Cases, *row.Repeats, row.Events, *row.Direct))
			if row.Spread != nil {
				out[len(out)-1] += fmt.Sprint(", ", row.Median, " ", row.P90)
			}
		}
		return out
	}
	got := told.Rework(9)
	assert.Equal(t, []string{"a 1 of 3 cases, 2 of 5 events, 1 direct, 3.5 6", "b 1 of 3 cases, 2 of 5 events, 1 direct, 5 8", "c 0 of 2 cases, 0 of 2 events, 0 direct"}, write(got))
	assert.Equal(t, &Tally{2, 2}, got.Again, "of four cases")
	one := told.Rework(1)
	assert.Len(t, one.Rows, 1)
	assert.Equal(t, 2, one.Other)
}

// TestWhoJoinsInTheEndIsNoReasonToWithholdHowStaysEnded has more persons stand behind how stays ended than behind their beginnings.
func TestWhoJoinsInTheEndIsNoReasonToWithholdHowStaysEnded(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	for i := range 12 {
		one, other := fmt.Sprint(i), fmt.Sprint("other ", i)
		c := Case{ID: one, Closed: true}
		for j, e := range []Event{{Activity: 0, Persons: []string{one}}, {Activity: 1, Persons: []string{one, other}}, {Activity: 1, Persons: []string{other, one, "all"}}} {
			e.At, e.Sequence, e.ID = int64(j), NoSequence, fmt.Sprint(j)
			c.Events = append(c.Events, e)
		}
		require.NoError(t, b.Put(c))
	}
	told, ok := viewOf(t, b.Log()).Tell(0)
	require.True(t, ok)
	got, err := told.Stages([][]string{{"a"}, {"b"}}, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"12 = 12 forward; 1 1; 1", "12 = 12 ended"}, []string{stayed(got[0]), stayed(got[1])})
	for _, s := range got {
		assert.NotContains(t, s.Outcomes[:], (*Count)(nil))
	}
}

// TestStaysBalanceAndReworkIsWhatTheMapSays is about all logs: each stay has one outcome, and repeats are those of the map's edges to themselves and others.
func TestStaysBalanceAndReworkIsWhatTheMapSays(t *testing.T) {
	const few = 3
	rapid.Check(t, func(t *rapid.T) {
		v := anyLogOf(t, 80)
		for _, fewest := range []int{0, few} {
			told, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			enough := func(n int) bool { return fewest == 0 || told.Persons == 0 || n >= few }
			stages, err := told.Stages([][]string{{"a"}, {"b", "c"}}, []string{"d"})
			require.NoError(t, err)
			for _, s := range stages {
				if s.Stays == nil {
					continue
				}
				sum, hidden := 0, 0
				for _, c := range s.Outcomes {
					if c == nil {
						hidden++
						continue
					}
					sum += c.Entries
					assert.True(t, enough(c.Persons) || s.Stays.Entries == 0)
				}
				assert.True(t, fewest > 0 || hidden == 0, "nothing is withheld of one who looks at no groups")
				rest := s.Stays.Entries - sum
				assert.True(t, hidden > 0 || rest == 0, "stays are those of all outcomes")
				assert.GreaterOrEqual(t, rest, 0)
				assert.True(t, enough(s.Stays.Persons) || s.Stays.Entries == 0)
			}
			loops := map[string]int{}
			for _, e := range v.Map(false).Edges {
				if e.From == e.To {
					loops[e.From] = e.Events
				}
			}
			for _, r := range told.Rework(9).Rows {
				if r.Again == nil {
					assert.Equal(t, []any{(*int)(nil), (*int)(nil), (*Spread)(nil)}, []any{r.Repeats, r.Direct, r.Spread})
					continue
				}
				if r.Repeats != nil {
					assert.Equal(t, r.Events-r.Cases, *r.Repeats, r.Name)
				}
				if r.Direct != nil {
					assert.Equal(t, loops[r.Name], *r.Direct, r.Name)
				}
				assert.True(t, told.fewest > 0 || r.Repeats != nil && r.Direct != nil)
				assert.True(t, enough(r.Again.Persons) && enough(r.Activity.Persons-r.Again.Persons))
			}
		}
	})
}
