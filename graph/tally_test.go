package graph

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGroupsAddUpPartsOfOneKey(t *testing.T) {
	amount := &Property{Name: "amount", Type: Amount}
	tally := &Tally{By: make([]GroupKey, 1), Measures: []Measure{{Ref: Ref{Prop: amount}}}}
	eur := func(n, sum, lo, hi int64) []Summary {
		return []Summary{{Currency: "EUR", Count: n, Sum: sum, Min: lo, Max: hi}}
	}
	groups, err := Groups(tally, []TallyRow{
		{Keys: []any{"a"}, Count: 1, Measures: []Summary{{Currency: "USD", Count: 1, Sum: int64(9), Min: int64(9), Max: int64(9)}}},
		{Keys: []any{nil}, Count: 3, Measures: []Summary{{}}},
		{Keys: []any{"b"}, Count: 3, Measures: eur(1, 5, 5, 5)},
		{Keys: []any{"a"}, Count: 2, Measures: eur(2, 7, 3, 4)},
	})
	require.NoError(t, err)
	assert.Equal(t, []Group{
		{Keys: []any{"a"}, Count: 3, Measures: [][]Summary{{eur(2, 7, 3, 4)[0], {Currency: "USD", Count: 1, Sum: int64(9), Min: int64(9), Max: int64(9)}}}},
		{Keys: []any{"b"}, Count: 3, Measures: [][]Summary{eur(1, 5, 5, 5)}},
		{Keys: []any{nil}, Count: 3, Measures: [][]Summary{nil}},
	}, groups, "the largest first, then by key, a missing key last")

	sum, err := Fold(tally, groups[1:])
	require.NoError(t, err)
	assert.Equal(t, Group{Count: 6, Measures: [][]Summary{eur(1, 5, 5, 5)}}, sum)
}

func TestKeysOfAllTypesStayApart(t *testing.T) {
	tally := &Tally{By: make([]GroupKey, 1)}
	var rows []TallyRow
	for _, k := range []any{int64(820454400000000), int64(852076800000000), "820454400000000", true, "true", nil, "", "<nil>"} {
		rows = append(rows, TallyRow{Keys: []any{k}, Count: 1})
	}
	for _, k := range rows {
		groups, err := Groups(tally, []TallyRow{k, k})
		require.NoError(t, err)
		assert.Len(t, groups, 1)
	}
	groups, err := Groups(tally, rows[:2])
	require.NoError(t, err)
	assert.Len(t, groups, 2, "numbers that no character has stay apart")
}

func TestASumThatLeavesInt64IsRefused(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b int64
		ok   bool
	}{
		{"the largest and nothing", math.MaxInt64, 0, true},
		{"the largest and one", math.MaxInt64, 1, false},
		{"the smallest and minus one", math.MinInt64, -1, false},
		{"the smallest and the largest", math.MinInt64, math.MaxInt64, true},
		{"nothing and nothing", 0, 0, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := AddExact(c.a, c.b)
			assert.Equal(t, c.ok, err == nil)
		})
	}
}

// TestAPercentileIsTheNearestRank: by hand, and where a share of a number of values is whole though no float64 is.
func TestAPercentileIsTheNearestRank(t *testing.T) {
	hundred := Summary{}
	for n := range int64(100) {
		hundred.Values = append(hundred.Values, n+1)
	}
	for share, want := range map[Score]int64{1: 1, 10_000: 1, 10_001: 2, 70_000: 7, 290_000: 29, 500_000: 50, 500_001: 51, 999_999: 100, 1_000_000: 100} {
		assert.Equal(t, want, hundred.Percentile(share), "%s", share)
	}
	one := Summary{Values: []int64{-5}}
	assert.Equal(t, int64(-5), one.Percentile(1))
	two := Summary{Values: []int64{3, 8}}
	assert.Equal(t, int64(3), two.Percentile(500_000), "the lower one of two in the middle")
}

func TestPercentilesAreOfAllParts(t *testing.T) {
	tally := &Tally{By: make([]GroupKey, 1), Measures: []Measure{{Ref: Ref{Prop: &Property{Type: Int}}, Values: true}}}
	of := func(key any, values ...int64) TallyRow {
		return TallyRow{Keys: []any{key}, Count: int64(len(values)), Measures: []Summary{{Count: int64(len(values)), Sum: int64(0), Min: values[0], Max: values[len(values)-1], Values: values}}}
	}
	rows := []TallyRow{of("a", 1, 9), of("b", 2), of("a", 3, 4, 5)}
	groups, err := Groups(tally, rows)
	require.NoError(t, err)
	assert.Equal(t, []int64{1, 3, 4, 5, 9}, groups[0].Measures[0][0].Values)
	other, err := Fold(tally, groups)
	require.NoError(t, err)
	assert.Equal(t, int64(3), other.Measures[0][0].Percentile(500_000))
	assert.Equal(t, []int64{1, 9}, rows[0].Measures[0].Values, "what was read stays")
}
