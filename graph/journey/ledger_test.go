package journey

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// anyLog draws a log with ties, loops, cases that are closed and cases without events, and a definition of it.
func anyLog(t *rapid.T) *View { return anyLogOf(t, 30) }

// anyLogOf draws one of at most so many cases.
func anyLogOf(t *rapid.T, most int) *View {
	names := []string{"a", "b", "c", "d"}
	b, err := NewBuilder(names, rapid.Bool().Draw(t, "personal"))
	require.NoError(t, err)
	for i := range rapid.IntRange(1, most).Draw(t, "cases") {
		c := Case{ID: fmt.Sprint(i), Closed: rapid.Bool().Draw(t, "closed")}
		for j := range rapid.IntRange(0, 8).Draw(t, "events") {
			c.Events = append(c.Events, Event{At: rapid.Int64Range(0, 50).Draw(t, "at"), Sequence: NoSequence, ID: fmt.Sprint(j),
				Activity: uint16(rapid.IntRange(0, 3).Draw(t, "activity")), Persons: []string{fmt.Sprint(i)},
				Felt: rapid.SampledFrom([]Felt{0, 0, Answered("NPS", 3), Answered("CSAT", 5), Mood(-250_000)}).Draw(t, "felt")})
		}
		require.NoError(t, b.Put(c))
	}
	l := b.Log()
	d := l.As()
	d.Repeats = Repeats(rapid.IntRange(0, 2).Draw(t, "repeats"))
	if hidden := rapid.IntRange(-1, 3).Draw(t, "hidden"); hidden >= 0 {
		d.Named[hidden] = Hidden
	}
	every := rapid.IntRange(1, 4).Draw(t, "filter")
	d.Cases = func(c int) bool { return every == 1 || c%every != 0 }
	d.Idle = rapid.SampledFrom([]int64{0, 5, 20}).Draw(t, "idle")
	if rapid.Bool().Draw(t, "period") {
		from, to := rapid.Int64Range(0, 30).Draw(t, "from"), int64(0)
		to = from + rapid.Int64Range(1, 30).Draw(t, "long")
		d.From, d.To = &from, &to
	}
	v, err := l.View(d)
	require.NoError(t, err)
	return v
}

func anyFunnel(t *rapid.T) Funnel {
	f := Funnel{Entry: Entry(rapid.IntRange(0, 2).Draw(t, "entry")), Window: rapid.SampledFrom([]int64{0, 1, 10, 40}).Draw(t, "window"), Strict: rapid.Bool().Draw(t, "strict")}
	some := rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"a", "b", "c", "d"}), 1, 2, rapid.ID)
	for range rapid.IntRange(2, 4).Draw(t, "steps") {
		f.Steps = append(f.Steps, some.Draw(t, "step"))
	}
	if rapid.Bool().Draw(t, "exits") {
		f.Exits = some.Draw(t, "exits")
	}
	return f
}

func TestTheLedgerBalances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, f := anyLog(t), anyFunnel(t)
		got, err := v.Funnel(f)
		require.NoError(t, err)
		cohorts := 0
		for _, c := range got.Cohorts {
			cohorts += c.Entries
		}
		first := got.Steps[0]
		assert.Equal(t, first.Entered.Entries-first.Statuses[Filtered].Entries, cohorts, "each entry that is not filtered is in one cohort")
		for k, s := range got.Steps {
			sum := 0
			for st := Status(0); st < statuses; st++ {
				sum += s.Statuses[st].Entries
				behind, err := v.BehindStep(f, k, st)
				require.NoError(t, err)
				assert.Len(t, behind, s.Statuses[st].Cases, "the cases behind a status are as many as it says")
			}
			assert.Equal(t, s.Entered.Entries, sum, "entered = continued + dropped + open + other + filtered")
			behind, err := v.BehindStep(f, k)
			require.NoError(t, err)
			assert.Len(t, behind, s.Entered.Cases)
			if k > 0 {
				before := got.Steps[k-1].Statuses[Continued]
				assert.Equal(t, []int{before.Entries, before.Cases}, []int{s.Entered.Entries, s.Entered.Cases}, "entered is what continued before")
			}
		}
		for _, fewest := range []int{0, 3} {
			total := v.log.everybody()
			folded, err := v.folded(f, total, fewest)
			require.NoError(t, err)
			for k, l := range folded.Steps {
				if l.Entered == nil {
					assert.True(t, fewest > 0)
					continue
				}
				assert.Equal(t, got.Steps[k].Entered, *l.Entered)
				sum, persons := 0, 0
				for st, c := range l.Statuses {
					if c == nil {
						continue
					}
					sum, persons = sum+c.Entries, persons+c.Persons
					assert.True(t, fewest == 0 || c.Persons >= fewest || c.Entries == 0, "enough stand behind a status that is told")
					assert.True(t, Status(st) == Other || *c == got.Steps[k].Statuses[st])
				}
				assert.Equal(t, l.Entered.Entries, sum, "it balances when small groups are folded, too: step %d", k)
				assert.GreaterOrEqual(t, persons, l.Entered.Persons)
			}
			if c := folded.Matured; c != nil {
				assert.Equal(t, first.Entered.Entries-first.Statuses[Filtered].Entries-got.Cohorts[YoungThrough].Entries-got.Cohorts[YoungNot].Entries, c.Entries)
			}
		}
	})
}

func TestAnEdgeIsAFunnelOfTwoStepsWithNothingBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyLog(t)
		v.def.From, v.def.To = nil, nil // of an edge it bounds when the case begins, of a funnel its entry
		for _, e := range v.Map(true).Edges {
			behind, err := v.BehindEdge(e.From, e.To)
			require.NoError(t, err)
			assert.Len(t, behind, e.Cases)
			if e.Spread == nil {
				continue
			}
			f, err := v.Funnel(Funnel{Steps: [][]string{{e.From}, {e.To}}, Entry: Each, Strict: true})
			require.NoError(t, err)
			got := f.Steps[0].Statuses[Continued]
			assert.Equal(t, []int{e.Events, e.Cases}, []int{got.Entries, got.Cases}, "%s > %s", e.From, e.To)
			assert.Equal(t, e.Spread, f.Steps[1].Spread)
		}
	})
}

func TestBehindAnActivityAreTheCasesThatItsMapTells(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyLog(t)
		told, ok := v.Tell(rapid.SampledFrom([]int{0, 3}).Draw(t, "fewest"))
		if !ok {
			return
		}
		cases := map[string]int{}
		for _, a := range told.Map(math.MaxInt, false).Activities {
			cases[a.Name] = a.Cases
		}
		for _, name := range v.def.Names {
			behind, ok, err := told.BehindActivity(name)
			require.NoError(t, err)
			n, shown := cases[name]
			if shown {
				assert.Len(t, behind, n)
			}
			assert.Equal(t, shown || told.fewest == 0, ok, name)
		}
	})
}

func TestPathsAndVariantsAddUpToTheirTotals(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyLog(t)
		first, fewest := rapid.IntRange(1, 5).Draw(t, "first"), rapid.SampledFrom([]int{0, 3}).Draw(t, "fewest")
		paths, err := v.Paths(Between{From: []string{"a"}, To: []string{"b", "c"}, Depth: 3}, first, fewest)
		require.NoError(t, err)
		for _, p := range []Paths{v.Variants(first, fewest), paths} {
			cases := p.Other.Cases
			for _, row := range p.Rows {
				cases += row.Cases
				assert.GreaterOrEqual(t, row.Persons, fewest)
				assert.True(t, fewest == 0 || p.Total.Persons-row.Persons >= fewest, "enough stand beside it, too")
			}
			assert.Equal(t, p.Total.Cases, cases)
			assert.True(t, fewest == 0 || p.Other.Persons == 0 || p.Other.Persons >= fewest || len(p.Rows) == 0, "and behind what is told together")
		}
		assert.Equal(t, v.Population().Tally, v.Variants(first, fewest).Total)
	})
}

func TestWhatIsLeftOutOfAMapCannotBeWorkedOutFromTheRest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := anyLog(t)
		m, total := v.Map(false), v.Population().Persons
		folded := m.Fold(total, len(m.Edges), 3)
		for _, whole := range []func(Edge) string{func(e Edge) string { return e.From }, func(e Edge) string { return e.To }} {
			out, shown := map[string]int{}, map[string]int{}
			for _, e := range m.Edges {
				if folded.Has(e.From, e.To) {
					shown[whole(e)]++
					assert.GreaterOrEqual(t, e.Persons, 3)
					assert.GreaterOrEqual(t, total-e.Persons, 3)
				} else {
					out[whole(e)] = max(out[whole(e)], e.Persons)
				}
			}
			for of, n := range out {
				isOf := func(a Activity) bool { return a.Name == of }
				sum := slices.ContainsFunc(folded.Activities, isOf) || !slices.ContainsFunc(m.Activities, isOf) // is told
				assert.True(t, n >= 3 || shown[of] == 0 || !sum, "%s: behind what is left out are %d", of, n)
			}
		}
		events := folded.Other.Events
		for _, e := range folded.Edges {
			events += e.Events
		}
		all := 0
		for _, e := range m.Edges {
			all += e.Events
		}
		assert.Equal(t, all, events)
	})
}
