package journey

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// letters has cases be told apart by letters of a text, of which ? is none.
func letters(text string) Breakdown {
	return Breakdown{Of: func(c int, _ int64) string { return strings.Trim(text[c:c+1], "?") }}
}

// ledgers are the rows of a funnel as "x: 5 = 2 continued + …", step by step, with those who are through of those who are matured.
func ledgers(rows *FunnelRows) (out []string) {
	add := func(name string, f *FoldedFunnel) {
		if f == nil {
			return
		}
		text := name
		for _, s := range f.Steps {
			if s.Entered == nil {
				text += "; ?"
				continue
			}
			parts := []string{}
			for st, status := range []string{"filtered", "continued", "open", "other", "dropped"} {
				if c := s.Statuses[st]; c != nil && c.Entries > 0 {
					parts = append(parts, fmt.Sprint(c.Entries, " ", status))
				}
			}
			text += fmt.Sprint("; ", s.Entered.Entries, " = ", strings.Join(parts, " + "))
		}
		if f.Matured != nil {
			text += fmt.Sprint("; ", f.Through.Entries, " of ", f.Matured.Entries)
		}
		out = append(out, text)
	}
	for _, r := range rows.Rows {
		add(r.Value, r.FoldedFunnel)
	}
	add("rest", rows.Other)
	return out
}

func TestAFunnelIsBrokenDownByValue(t *testing.T) {
	log := logOf(t, "a0 b5", "a0 b20", "a1", "a3 b4", "b0", "a90!", "a95", "e100")
	for _, c := range []struct {
		name  string
		by    Breakdown
		entry Entry
		first int
		only  int
		want  []string
	}{
		{"the value that most have comes first", letters("xyxyzxz?"), First, 9, -1, []string{"x; 3 = 1 continued + 2 dropped; 1 = 1 continued; 1 of 3", "y; 2 = 1 continued + 1 dropped; 1 = 1 continued; 1 of 2", "z; 1 = 1 open; 0 = ; 0 of 0"}},
		{"all others are together", letters("xyxyzxz?"), First, 1, -1, []string{"x; 3 = 1 continued + 2 dropped; 1 = 1 continued; 1 of 3", "rest; 3 = 1 continued + 1 open + 1 dropped; 1 = 1 continued; 1 of 2"}},
		{"a value that nobody knows is one, too", letters("x?x?x?xx"), First, 9, -1, []string{"; 3 = 1 continued + 2 dropped; 1 = 1 continued; 1 of 3", "x; 3 = 1 continued + 1 open + 1 dropped; 1 = 1 continued; 1 of 2"}},
		{"whom the case filter leaves out is filtered in the row of her value", letters("xyxyzxz?"), First, 2, 0, []string{"x; 3 = 2 filtered + 1 continued; 1 = 1 continued; 1 of 1", "y; 2 = 2 filtered; 0 = ; 0 of 0", "rest; 1 = 1 filtered; 0 = ; 0 of 0"}},
		{"times are the newest, in their order", Breakdown{func(_ int, at int64) string { return fmt.Sprintf("%03d", at/10*10) }, true}, First, 1, -1, []string{"090; 2 = 1 open + 1 dropped; 0 = ; 0 of 1", "rest; 4 = 2 continued + 2 dropped; 2 = 2 continued; 2 of 4"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := viewOf(t, log, func(d *Definition) {
				if c.only >= 0 {
					d.Cases = func(i int) bool { return i == c.only }
				}
			})
			told, ok := v.Tell(0)
			require.True(t, ok)
			got, err := told.FunnelBy(Funnel{Steps: [][]string{{"a"}, {"b"}}, Window: 10, Entry: c.entry}, c.by, c.first)
			require.NoError(t, err)
			assert.Equal(t, c.want, ledgers(got))
		})
	}
	told, _ := viewOf(t, log).Tell(0)
	_, err := told.FunnelBy(Funnel{Steps: [][]string{{"a"}}}, letters("xxxxxxxx"), 1)
	assert.ErrorContains(t, err, "steps: from 2 to 1000 steps, not 1")
}

func TestWeeksBeginOnMondaysAndMonthsOnTheirFirst(t *testing.T) {
	for _, c := range []struct{ at, week, month string }{
		{"2026-11-29T23:59:59Z", "2026-11-23", "2026-11-01"}, // a Sunday
		{"2026-11-30T00:00:00Z", "2026-11-30", "2026-11-01"},
		{"2027-01-01T08:00:00Z", "2026-12-28", "2027-01-01"},
		{"1969-12-31T23:00:00Z", "1969-12-29", "1969-12-01"},
		{"1969-12-28T23:59:59Z", "1969-12-22", "1969-12-01"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		require.NoError(t, err)
		assert.Equal(t, c.week, Weeks.Name(Weeks.Index(at.UnixMicro())))
		assert.Equal(t, c.month, Months.Name(Months.Index(at.UnixMicro())))
	}
}

func TestTooManyValuesAreRefused(t *testing.T) {
	b, err := NewBuilder([]string{"a"}, true)
	require.NoError(t, err)
	for i := range MostValues + 1 {
		require.NoError(t, b.Put(Case{ID: fmt.Sprint(i), Events: []Event{{}}}))
	}
	told, _ := viewOf(t, b.Log()).Tell(0)
	each := func(n int) Breakdown { return Breakdown{Of: func(c int, _ int64) string { return fmt.Sprint(c % n) }} }
	const says = "by: more than 1000 values"
	_, err = told.FunnelBy(Funnel{Steps: [][]string{{"a"}, {"a"}}}, each(MostValues+1), 1)
	assert.ErrorContains(t, err, says)
	_, err = told.VariantsBy(each(MostValues+1), 1, 1)
	assert.ErrorContains(t, err, says)
	got, err := told.VariantsBy(each(MostValues), 1, 1)
	require.NoError(t, err)
	assert.Equal(t, MostValues-1, got.Values)
}

func TestVariantsAreBrokenDownByValue(t *testing.T) {
	told, ok := viewOf(t, logOf(t, "a0 b1!", "a0 b2!", "a0!", "a0 b3!", "c1!")).Tell(0)
	require.True(t, ok)
	rows := func(by Breakdown, values, first int) (out []string) {
		got, err := told.VariantsBy(by, values, first)
		require.NoError(t, err)
		add := func(name string, p Paths) {
			for _, r := range p.Rows {
				name += fmt.Sprint("; ", strings.Join(r.Activities, ""), " ", r.Cases, " ", r.Share)
			}
			out = append(out, fmt.Sprint(name, "; ", p.Other.Cases, " others of ", p.Total.Cases))
		}
		for _, r := range got.Rows {
			add(r.Value, r.Paths)
		}
		if got.Other != nil {
			add(fmt.Sprint("rest of ", got.Values), *got.Other)
		}
		return out
	}
	assert.Equal(t, []string{"x; ab<end> 2 0.6666666666666666; a<end> 1 0.3333333333333333; 0 others of 3", "y; ab<end> 1 0.5; 1 others of 2"}, rows(letters("xxxyy"), 9, 2), "all rows tell the same variants")
	assert.Equal(t, []string{"x; ab<end> 2 1; 0 others of 2", "rest of 3; ab<end> 1 0.3333333333333333; 2 others of 3"}, rows(letters("xxzy?"), 1, 1))
}

// TestBrokenDownNumbersBalance is about all logs, definitions and funnels: rows come to the whole, and where groups are looked at alone, enough
// stand behind each cell of a table in which all rows tell the same apart.
func TestBrokenDownNumbersBalance(t *testing.T) {
	const few = 3
	rapid.Check(t, func(t *rapid.T) {
		v, f := anyLogOf(t, 150), anyFunnel(t)
		n := rapid.IntRange(1, 4).Draw(t, "values")
		by := Breakdown{Of: func(c int, _ int64) string { return fmt.Sprint(c * 7 % n) }}
		first := rapid.IntRange(1, 4).Draw(t, "first")
		whole, err := v.Funnel(f)
		require.NoError(t, err)
		for _, fewest := range []int{0, few} {
			told, ok := v.Tell(fewest)
			if !ok {
				continue
			}
			rows, err := told.FunnelBy(f, by, first)
			require.NoError(t, err)
			if rows == nil {
				continue
			}
			all := []*FoldedFunnel{}
			for _, r := range rows.Rows {
				all = append(all, r.FoldedFunnel)
			}
			if assert.LessOrEqual(t, len(all), first); rows.Other != nil {
				all = append(all, rows.Other)
			}
			if len(all) == 0 {
				assert.Zero(t, whole.Steps[0].Entered.Entries)
				continue
			}
			for k, want := range whole.Steps {
				entered, sums := 0, map[int]int{}
				for _, r := range all {
					s := r.Steps[k]
					if assert.Equal(t, all[0].Steps[k].Entered == nil, s.Entered == nil, "rows tell as many steps"); s.Entered == nil {
						continue
					}
					sum := 0
					for st, c := range s.Statuses {
						if assert.Equal(t, all[0].Steps[k].Statuses[st] == nil, c == nil, "and the same statuses"); c == nil {
							continue
						}
						sum, sums[st] = sum+c.Entries, sums[st]+c.Entries
						assert.True(t, fewest == 0 || told.persons == 0 || c.Persons >= few || (Status(st) == Other || k == len(f.Steps)-1) && c.Entries == 0, "step %d, status %d: %d", k, st, c.Persons)
					}
					assert.Equal(t, s.Entered.Entries, sum, "each row balances")
					entered += sum
				}
				if all[0].Steps[k].Entered == nil {
					continue
				}
				assert.Equal(t, want.Entered.Entries, entered, "rows come to the whole")
				for st, n := range sums {
					assert.True(t, Status(st) == Other && fewest > 0 || n == want.Statuses[st].Entries, "status by status")
				}
			}
			variants, err := told.VariantsBy(by, first, 2)
			require.NoError(t, err)
			comeTo(t, told, variants, told.Cases)
			ways := Between{From: []string{"a"}, To: []string{"b", "c"}, Depth: 3}
			whole, err := told.Paths(ways, 2)
			require.NoError(t, err)
			paths, err := told.PathsBy(ways, by, first, 2)
			require.NoError(t, err)
			if whole == nil {
				assert.Nil(t, paths, "too few go any")
				continue
			}
			comeTo(t, told, paths, whole.Total.Cases)
		}
	})
}

// TestNoRowTellsOfTheFewBesideIt has twenty enter in both of two periods, and two in the second alone: all less the row of the first would be they.
func TestNoRowTellsOfTheFewBesideIt(t *testing.T) {
	const few = 5
	f := Funnel{Steps: [][]string{{"a"}, {"b"}}, Entry: Each}
	decade := Breakdown{Of: func(_ int, at int64) string { return fmt.Sprint(at / 10) }, Newest: true}
	for alone, want := range map[int][]string{0: {"0", "1"}, 2: nil, 4: nil, 5: {"0", "1"}} {
		cases := slices.Concat(slices.Repeat([]string{"a1 b2 a11 b12"}, 20), slices.Repeat([]string{"a11 b12"}, alone), slices.Repeat([]string{"c1"}, 10))
		told, ok := viewOf(t, logOf(t, cases...)).Tell(few)
		require.True(t, ok)
		rows, err := told.FunnelBy(f, decade, 9)
		require.NoError(t, err)
		var got []string
		for _, r := range rows.Rows {
			got = append(got, r.Value)
		}
		assert.Equal(t, want, got, "%d enter in the second alone", alone)
		behind, ok, err := told.BehindStep(f, StepNumber{Row: &Row{decade, 9, "0"}})
		require.NoError(t, err)
		assert.Equal(t, want != nil, ok, "and a list says no more: %d", len(behind))
	}
}

// TestTooFewAreNeverBesideARow is about all ways through two periods: of groups, each number of a row is that of all entries, or less by enough.
func TestTooFewAreNeverBesideARow(t *testing.T) {
	const few = 3
	apart, over := 0, 0
	check := func(t *rapid.T) {
		f := Funnel{Steps: [][]string{{"a"}, {"b"}}, Entry: rapid.SampledFrom([]Entry{First, Best, Each}).Draw(t, "entry"), Window: rapid.SampledFrom([]int64{0, 3, 40}).Draw(t, "window")}
		cases := []string{}
		for _, way := range []string{"a1 b2!", "a1!", "a11 b12!", "a11!", "a1 b2 a11 b12!", "a1 a11 b12!", "a1 b2 a11!", "a1 a11!"} {
			cases = append(cases, slices.Repeat([]string{way}, rapid.SampledFrom([]int{0, 1, 2, 4, 9}).Draw(t, way))...)
		}
		v := viewOf(t, logOf(t, append(cases, "e60", "e60", "e60")...))
		by := Breakdown{Of: func(_ int, at int64) string { return fmt.Sprint(at / 10) }, Newest: true}
		told, ok := v.Tell(few)
		if !ok || told.persons == 0 {
			return
		}
		rows, as, err := told.funnelBy(f, by, 9)
		require.NoError(t, err)
		if rows == nil {
			return
		}
		all, err := v.count(f, as)
		require.NoError(t, err)
		enough := func(of, in Count, what string) {
			for _, n := range []int{of.Persons - in.Persons, of.Cases - in.Cases} {
				assert.False(t, n > 0 && n < few, "%s: %d less than all", what, n)
			}
		}
		for _, r := range rows.Rows {
			apart++
			for k, s := range r.Steps {
				if s.Entered != nil {
					enough(all.Steps[k].Entered, *s.Entered, fmt.Sprint("entered ", k))
				}
				for st, c := range s.Statuses {
					if c != nil {
						enough(all.Steps[k].Statuses[st], *c, fmt.Sprint("status ", st, " of ", k))
					}
				}
			}
			if r.Matured != nil {
				over++
				enough(all.Matured, *r.Matured, "matured")
				enough(all.Cohorts[MaturedThrough], *r.Through, "through")
			}
		}
	}
	for range 5 { // who has no time left is told seldom
		rapid.Check(t, check)
	}
	t.Log(apart, over)
	assert.NotZero(t, apart)
	assert.True(t, over > 0 || testing.Short())
}

// comeTo holds rows of paths to the cases that they come to, and to those who stand behind each.
func comeTo(t *rapid.T, told *Telling, paths *PathRows, want int) {
	const few = 3
	enough := func(n int) bool { return told.fewest == 0 || told.Persons == 0 || n >= few }
	cases, tables := 0, []Paths{}
	for _, r := range paths.Rows {
		tables = append(tables, r.Paths)
	}
	if paths.Other != nil {
		tables = append(tables, *paths.Other)
	}
	for _, p := range tables {
		sum := p.Other.Cases
		for _, row := range p.Rows {
			sum += row.Cases
			assert.True(t, enough(row.Persons))
		}
		assert.Equal(t, p.Total.Cases, sum)
		assert.True(t, p.Other.Cases == 0 || enough(p.Other.Persons))
		assert.True(t, told.fewest == 0 || told.Persons == 0 || len(p.Rows) == len(tables[0].Rows), "all rows tell the same")
		cases += sum
	}
	assert.Equal(t, want, cases)
}
