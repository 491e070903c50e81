package journey

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestStaysAreToldByValue(t *testing.T) {
	log := logOf(t, "a0 b10!", "a0 b20", "a5!", "b7 a9", "c1 d2", "e100")
	stages := [][]string{{"a"}, {"b"}}
	for _, c := range []struct {
		name  string
		by    Breakdown
		first int
		want  []string
	}{
		{"those of most cases first", letters("xxyyyx"), 9, []string{"x: 2 = 2 forward; 15 20; 10 | 2 = 1 ended + 1 staying", "y: 2 = 1 ended + 1 staying | 1 = 1 back; 2 2; 2"}},
		{"all others are together", letters("xxyyzx"), 1, []string{"x: 2 = 2 forward; 15 20; 10 | 2 = 1 ended + 1 staying", "rest of 2: 2 = 1 ended + 1 staying | 1 = 1 back; 2 2; 2"}},
		{"a value may have no stay", letters("xxxxzx"), 9, []string{"x: 4 = 2 forward + 1 ended + 1 staying; 15 20; 20 | 3 = 1 back + 1 ended + 1 staying; 2 2; 2", "z: 0 = | 0 ="}},
		{"by when cases begin, the newest", Breakdown{func(_ int, at int64) string { return fmt.Sprintf("%03d", at/5*5) }, true}, 2,
			[]string{"005: 2 = 1 ended + 1 staying | 1 = 1 back; 2 2; 2", "100: 0 = | 0 =", "rest of 1: 2 = 2 forward; 15 20; 10 | 2 = 1 ended + 1 staying"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, ok := viewOf(t, log).Tell(0)
			require.True(t, ok)
			got, err := told.StagesBy(stages, nil, c.by, c.first)
			require.NoError(t, err)
			var rows []string
			add := func(name string, stages []Stage) {
				rows = append(rows, name+": "+stayed(stages[0])+" | "+stayed(stages[1]))
			}
			for _, r := range got.Rows {
				add(r.Value, r.Stages)
			}
			if got.Other != nil {
				add(fmt.Sprint("rest of ", got.Values), got.Other)
			}
			assert.Equal(t, c.want, rows)
		})
	}
	told, _ := viewOf(t, log).Tell(0)
	_, err := told.StagesBy([][]string{{"a"}}, nil, letters("xxxxxx"), 1)
	assert.ErrorContains(t, err, "stages: from 2 to 100 stages, not 1")
}

// TestStaysByValueBalance is about all logs: rows come to the whole, and of groups all tell the same, behind and beside which enough persons stand.
func TestStaysByValueBalance(t *testing.T) {
	const few = 3
	stages, exits := [][]string{{"a"}, {"b", "c"}}, []string{"d"}
	told := map[string]int{}
	check := func(t *rapid.T) {
		v := anyLogOf(t, 300)
		n := rapid.IntRange(1, 4).Draw(t, "values")
		by := Breakdown{Of: func(c int, at int64) string { return fmt.Sprint((int64(c*7) + at) % int64(n)) }}
		first := rapid.IntRange(0, 4).Draw(t, "first")
		for _, fewest := range []int{0, few} {
			tell, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			whole, err := tell.Stages(stages, exits)
			require.NoError(t, err)
			got, err := tell.StagesBy(stages, exits, by, first)
			require.NoError(t, err)
			parts := [][]Stage{}
			for _, r := range got.Rows {
				parts = append(parts, r.Stages)
			}
			if got.Other != nil {
				parts = append(parts, got.Other)
			}
			for k, all := range whole {
				for i := range int(outcomes) + 2 {
					of := func(s Stage) *Count { return append(s.Outcomes[:], s.Stays, s.Again)[i] }
					entries, cases, is := 0, 0, 0
					for _, p := range parts {
						c := of(p[k])
						if c == nil {
							continue
						}
						is++
						entries, cases = entries+c.Entries, cases+c.Cases
						what := fmt.Sprint("stage ", k, ", number ", i)
						assert.True(t, fewest == 0 || tell.Persons == 0 || c.Persons >= few || of(all).Entries == 0, what)
						assert.True(t, fewest == 0 || some(p[k].Stays.Persons-c.Persons, few), what)
						assert.True(t, fewest == 0 || some(of(all).Persons-c.Persons, few), what)
					}
					if is == 0 {
						told["no row"]++
						assert.True(t, fewest > 0 || len(parts) == 0)
						continue
					}
					if told["rows"]++; fewest > 0 && len(parts) > 1 {
						told["rows of groups"]++
					}
					assert.Len(t, parts, is, "all rows tell the same")
					assert.Equal(t, []int{of(all).Entries, of(all).Cases}, []int{entries, cases}, "and come to the whole")
				}
				for _, r := range got.Rows {
					for i := range int(outcomes) + 2 {
						number, want := StayNumber{Stage: k, Row: &Row{by, first, r.Value}}, append(r.Stages[k].Outcomes[:], r.Stages[k].Stays, r.Stages[k].Again)[i]
						switch how := Outcome(i); {
						case how < outcomes:
							number.How = &how
						case i > int(outcomes):
							number.Again = true
						}
						cases, ok, err := tell.BehindStay(stages, exits, number)
						require.NoError(t, err)
						if assert.Equal(t, want != nil, ok); ok {
							assert.Len(t, cases, want.Cases)
						}
					}
				}
				if _, ok, err := tell.BehindStay(stages, exits, StayNumber{Stage: k, Row: &Row{by, first, "none"}}); assert.NoError(t, err) {
					assert.Equal(t, tell.fewest == 0, ok, "behind a row that is not told nobody stands")
				}
				for _, p := range parts {
					left, hidden := 0, false
					if p[k].Stays == nil {
						continue
					}
					left = p[k].Stays.Entries
					for _, c := range p[k].Outcomes {
						if hidden = hidden || c == nil; c != nil {
							left -= c.Entries
						}
					}
					assert.True(t, hidden || left == 0)
					assert.True(t, fewest == 0 || some(left, few), "what is left of a stage")
				}
			}
		}
	}
	for range 5 {
		rapid.Check(t, check)
	}
	t.Log(told)
	assert.NotZero(t, told["rows of groups"])
	assert.NotZero(t, told["no row"])
}

// TestNoRowOfStaysTellsOfTheFewBesideIt has a person in two rows, and some in the second alone, where cases are no persons.
func TestNoRowOfStaysTellsOfTheFewBesideIt(t *testing.T) {
	for alone, want := range map[int]int{0: 2, 2: 0, 5: 2} {
		b, err := NewBuilder([]string{"a", "b", "c"}, false)
		require.NoError(t, err)
		put := func(id, person string, activities ...uint16) {
			c := Case{ID: id}
			for i, a := range activities {
				c.Events = append(c.Events, Event{At: int64(i), Sequence: NoSequence, ID: fmt.Sprint(i), Activity: a, Persons: []string{person}})
			}
			require.NoError(t, b.Put(c))
		}
		for i := range 40 {
			last := []uint16{0, 1}[i%2:]
			put(fmt.Sprint("x", i), fmt.Sprint(i), last...)
			put(fmt.Sprint("y", i), fmt.Sprint(i), last...)
		}
		for i := range alone {
			put(fmt.Sprint("y alone ", i), fmt.Sprint("alone ", i), 0, 1)
		}
		for i := range 10 {
			for _, value := range []string{"x", "y"} {
				put(fmt.Sprint(value, " c ", i), fmt.Sprint("c ", i), 2)
			}
		}
		v := viewOf(t, b.Log())
		told, ok := v.Tell(5)
		require.True(t, ok)
		got, err := told.StagesBy([][]string{{"a"}, {"b"}}, nil, Breakdown{Of: func(c int, _ int64) string { return v.log.ID(c)[:1] }}, 9)
		require.NoError(t, err)
		assert.Len(t, got.Rows, want, "%d alone", alone)
	}
}
