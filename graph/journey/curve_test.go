package journey

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/kithgraph/kith/graph/stat"
)

func TestACurveCountsWhoHasTimeLeftForAsLongAsSheIsKnown(t *testing.T) {
	steps := [][]string{{"a"}, {"b"}}
	for _, c := range []struct {
		name   string
		log    []string
		window int64
		want   []Point
	}{
		// After 10 one of four has gone on. The last one is known for 15, so that after 20 it is one of two.
		{"one of four, then one of the two that are left", []string{"a0 b10", "a0 b20", "a0", "a85", "e100"}, 30, []Point{{10, 0.25}, {20, 0.625}}},
		{"who is closed does not go on any more", []string{"a0 b10", "a95!", "e100"}, 30, []Point{{10, 0.5}}},
		{"without a window who is not closed is known until the horizon", []string{"a0 b10", "a0 b60", "a50", "e100"}, 0, []Point{{10, 1. / 3}, {60, 1}}},
		{"nobody has gone on", []string{"a0", "e100"}, 30, []Point{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			told, _ := viewOf(t, logOf(t, c.log...)).Tell(0)
			got, err := told.Funnel(Funnel{Steps: steps, Window: c.window})
			require.NoError(t, err)
			require.Len(t, got.Curve, len(c.want))
			for i, p := range c.want {
				assert.Equal(t, p.Within, got.Curve[i].Within)
				assert.InDelta(t, p.Share, got.Curve[i].Share, 1e-12)
			}
		})
	}
	many := []string{"e1000"}
	for i := range 99 {
		many = append(many, fmt.Sprintf("a0 b%d", i+1))
	}
	told, _ := viewOf(t, logOf(t, many...)).Tell(0)
	got, err := told.Funnel(Funnel{Steps: steps, Window: 500})
	require.NoError(t, err)
	assert.Len(t, got.Curve, 19)
	assert.Equal(t, Point{99, 1}, got.Curve[18], "the last point is the last of all")
}

// TestACurveRisesToTheRate is about all logs: it rises, at least enough persons come between two of its points, and where nobody has time left it ends at the rate.
func TestACurveRisesToTheRate(t *testing.T) {
	const few = 3
	rapid.Check(t, func(t *rapid.T) {
		v, f := anyLogOf(t, 80), anyFunnel(t)
		whole, err := v.Funnel(f)
		require.NoError(t, err)
		points := whole.curve(0)
		assert.True(t, slices.IsSortedFunc(points, func(a, b Point) int {
			if a.Within < b.Within && a.Share < b.Share {
				return -1
			}
			return 1
		}))
		n := whole.Cohorts[MaturedThrough].Entries + whole.Cohorts[YoungThrough].Entries
		if whole.Cohorts[YoungNot].Entries == 0 && n > 0 {
			assert.InDelta(t, float64(n)/float64(n+whole.Cohorts[MaturedNot].Entries), points[len(points)-1].Share, 1e-9)
		}
		before, coarse := 0, whole.curve(few)
		for _, p := range coarse {
			within := 0
			for _, s := range whole.spells {
				if s.Over && s.Long <= p.Within {
					within++
				}
			}
			assert.GreaterOrEqual(t, within-before, few)
			assert.True(t, n == within || n-within >= few)
			before = within
		}
		all := passings(whole.spells, nil)[0].lost
		rest := all
		for i, n := range counted(coarse, whole.spells) {
			assert.True(t, some(n, few), "%d count by half in interval %d", n, i)
			rest -= n
		}
		assert.True(t, some(rest, few) || !some(all, few), "%d never count, though their time runs out", rest)
		for i, s := range whole.spells { // whoever's time runs out does so at the end of the interval
			if k := slices.IndexFunc(coarse, func(p Point) bool { return s.Long <= p.Within }); k >= 0 {
				whole.spells[i].Long = coarse[k].Within
			}
		}
		assert.Equal(t, coarse, whole.curve(few), "it tells of intervals alone")
	})
}

func TestACurveOfGroupsIsALifeTable(t *testing.T) {
	never := slices.Repeat([]string{"a0!"}, 4)
	for _, c := range []struct {
		name string
		log  []string
		want []Point
	}{
		// Three of ten in 30; the time of three ran out by then, who count by half: 3 / 8.5.
		{"whose time runs out counts by half", []string{"a0 b10", "a0 b20", "a0 b30", "a85", "a85", "a85"}, []Point{{30, 3 / 8.5}}},
		{"fewer than three count with those behind", []string{"a0 b10", "a0 b20", "a0 b30", "a85", "a85"}, []Point{{30, 3. / 9}}},
		// The first three leave seven and three, who all count by half in the second interval, too few having been in the first.
		{"in the next interval", []string{"a0 b10", "a0 b20", "a0 b21", "a85", "a85", "a76", "a0 b22", "a0 b25", "a0 b31"}, []Point{{21, 3. / 13}, {31, 1 - 10./13*(1-3/8.5)}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := viewOf(t, logOf(t, slices.Concat(c.log, never, []string{"e100"})...))
			got, err := v.Funnel(Funnel{Steps: [][]string{{"a"}, {"b"}}, Window: 50})
			require.NoError(t, err)
			points := got.curve(3)
			require.Len(t, points, len(c.want))
			for i, p := range c.want {
				assert.Equal(t, p.Within, points[i].Within)
				assert.InDelta(t, p.Share, points[i].Share, 1e-12)
			}
		})
	}
}

// counted solves a life table for how many count by half in each of its intervals.
func counted(points []Point, spells []stat.Spell) []int {
	out, before, left, over := make([]int, len(points)), 1.0, float64(len(spells)), 0
	for i, p := range points {
		came := -over
		for _, s := range spells {
			if s.Over && s.Long <= p.Within {
				came++
			}
		}
		out[i] = int(math.Round(2 * (left - float64(came)/(1-(1-p.Share)/before))))
		left, over, before = left-float64(came+out[i]), over+came, 1-p.Share
	}
	return out
}

// TestWhoHasTimeLeftBehindACurveIsNotWorkedOut has four whose time ran out by its only point, and some who have more.
func TestWhoHasTimeLeftBehindACurveIsNotWorkedOut(t *testing.T) {
	for more, want := range map[int]float64{0: 8. / 14, 1: 8. / 17, 2: 8. / 18, 3: 8. / 17} {
		log := slices.Concat(slices.Repeat([]string{"a0 b20"}, 5), slices.Repeat([]string{"a85"}, 4), slices.Repeat([]string{"a55"}, more), slices.Repeat([]string{"a0"}, 4),
			slices.Repeat([]string{"a70 b90"}, 3), slices.Repeat([]string{"e100"}, 3))
		told, ok := viewOf(t, logOf(t, log...)).Tell(3)
		require.True(t, ok)
		got, err := told.Funnel(Funnel{Steps: [][]string{{"a"}, {"b"}}, Window: 50})
		require.NoError(t, err)
		require.Len(t, got.Curve, 1)
		assert.InDelta(t, want, got.Curve[0].Share, 1e-12, "%d more", more)
	}
}

// TestTheCurvesOfRowsAreThoseOfTheWhole has the points of rows be of the whole, and all that follows from either be of nobody or enough.
func TestTheCurvesOfRowsAreThoseOfTheWhole(t *testing.T) {
	const few = 3
	rowed, fewer := 0, 0
	check := func(t *rapid.T) {
		parts := make([][]stat.Spell, rapid.IntRange(1, 3).Draw(t, "parts"))
		for i := range parts {
			for range rapid.IntRange(0, 40).Draw(t, "spells") {
				parts[i] = append(parts[i], stat.Spell{Long: rapid.SampledFrom([]int64{1, 2, 3, 5, 8, math.MaxInt64}).Draw(t, "long"), Over: true})
				if last := &parts[i][len(parts[i])-1]; last.Long == math.MaxInt64 || rapid.Bool().Draw(t, "open") {
					last.Over = false
				}
			}
		}
		whole := cutsOf(slices.Concat(parts...), few)
		cuts := alike(whole, parts, few)
		fewer += len(whole) - len(cuts)
		for _, part := range parts {
			if all := passings(part, nil)[0]; !some(all.over, few) || !some(all.lost, few) {
				return // neither is told
			}
		}
		rowed += len(cuts)
		both := slices.Concat(parts...)
		for _, part := range parts {
			rest, lost := passings(part, nil)[0], 0
			for i, now := range passings(part, cuts)[:len(cuts)] {
				assert.True(t, some(now.over, few), "%d in interval %d", now.over, i)
				rest.over -= now.over
				if lost += now.lost; cuts[i].silent {
					assert.True(t, some(lost, few), "%d count by half in interval %d", lost, i)
					rest.lost, lost = rest.lost-lost, 0
				}
			}
			assert.Zero(t, rest.over, "each row comes to its end")
			assert.True(t, some(rest.lost, few), "%d never count", rest.lost)
			for _, p := range lifeTable(part, cuts) {
				assert.True(t, slices.ContainsFunc(lifeTable(both, whole), func(q Point) bool { return q.Within == p.Within }))
			}
		}
		for _, c := range cuts {
			if i := slices.IndexFunc(whole, func(w cut) bool { return w.at == c.at }); c.silent {
				assert.True(t, whole[i].silent, "those of the whole are the sum")
			}
		}
	}
	rapid.Check(t, check)
	assert.NotZero(t, rowed)
	assert.NotZero(t, fewer)
}

// TestRowsHaveNoPointsOfTheirOwn has four of each of two rows come, two at once, of which the whole has a point, and two who come apart.
func TestRowsHaveNoPointsOfTheirOwn(t *testing.T) {
	log := []string{"a0 b10", "a0 b10", "a0 b11", "a0 b11", "a0", "a0", "a0", "a0 b10", "a0 b10", "a0 b12", "a0 b12", "a0", "a0", "a0", "e100", "e100", "e100"}
	told, ok := viewOf(t, logOf(t, log...)).Tell(3)
	require.True(t, ok)
	f := Funnel{Steps: [][]string{{"a"}, {"b"}}, Window: 50}
	whole, err := told.Funnel(f)
	require.NoError(t, err)
	assert.Equal(t, []Point{{10, 1 - 10./14}, {12, 1 - 10./14*(1-4./10)}}, whole.Curve)
	rows, err := told.FunnelBy(f, letters("xxxxxxxyyyyyyyzzz"), 2)
	require.NoError(t, err)
	require.Len(t, rows.Rows, 2)
	for _, r := range rows.Rows {
		assert.Equal(t, []Point{{12, 1 - (1 - 4./7)}}, r.Curve, "two of each came by the first")
	}
}
