package graph

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGroupsHaveAnOrder(t *testing.T) {
	amount := &Property{Type: Amount}
	eur := func(values ...int64) Summary {
		s := Summary{Currency: "EUR", Count: int64(len(values)), Sum: int64(0), Min: values[0], Max: values[len(values)-1], Values: values}
		for _, v := range values {
			s.Sum = s.Sum.(int64) + v
		}
		return s
	}
	rows := []TallyRow{
		{Keys: []any{"LOW"}, Count: 2, Measures: []Summary{eur(1, 9, 11)}},
		{Keys: []any{"HIGH"}, Count: 9, Measures: []Summary{eur(8)}},
		{Keys: []any{nil}, Count: 5, Measures: []Summary{{Currency: "USD", Count: 1, Sum: int64(99), Min: int64(99), Max: int64(99), Values: []int64{99}}}},
		{Keys: []any{"MEDIUM"}, Count: 2, Measures: []Summary{eur(7, 7)}},
	}
	for _, c := range []struct {
		name  string
		order *GroupOrder
		want  []any
	}{
		{"the largest first, then by key", nil, []any{"HIGH", nil, "LOW", "MEDIUM"}},
		{"the smallest first", &GroupOrder{}, []any{"LOW", "MEDIUM", nil, "HIGH"}},
		{"by key, as the schema has its values, with the missing one last", &GroupOrder{By: RankKey}, []any{"LOW", "MEDIUM", "HIGH", nil}},
		{"downward, too", &GroupOrder{By: RankKey, Desc: true}, []any{"HIGH", "MEDIUM", "LOW", nil}},
		{"or first", &GroupOrder{By: RankKey, Desc: true, First: true}, []any{nil, "HIGH", "MEDIUM", "LOW"}},
		{"by sum in a currency", &GroupOrder{By: RankSum, Currency: "EUR", Desc: true}, []any{"LOW", "MEDIUM", "HIGH", nil}},
		{"by mean", &GroupOrder{By: RankMean, Currency: "EUR", Desc: true}, []any{"HIGH", "LOW", "MEDIUM", nil}},
		{"by median", &GroupOrder{By: RankMedian, Currency: "EUR", Desc: true}, []any{"LOW", "HIGH", "MEDIUM", nil}},
		{"by the least", &GroupOrder{By: RankMinimum, Currency: "EUR"}, []any{"LOW", "MEDIUM", "HIGH", nil}},
		{"by the greatest", &GroupOrder{By: RankMaximum, Currency: "EUR"}, []any{"MEDIUM", "HIGH", "LOW", nil}},
		{"those without any first", &GroupOrder{By: RankMaximum, Currency: "EUR", First: true}, []any{nil, "MEDIUM", "HIGH", "LOW"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			by := &Property{Type: Enum, Values: []string{"LOW", "MEDIUM", "HIGH"}}
			groups, err := Groups(&Tally{By: []GroupKey{{Ref: Ref{Prop: by}}}, Measures: []Measure{{Ref: Ref{Prop: amount}, Values: true}}, Order: c.order}, rows)
			require.NoError(t, err)
			var got []any
			for _, g := range groups {
				got = append(got, g.Keys[0])
			}
			assert.Equal(t, c.want, got)
		})
	}
	t.Run("means are compared exactly", func(t *testing.T) {
		of := func(key string, sum, n int64) TallyRow {
			return TallyRow{Keys: []any{key}, Measures: []Summary{{Count: n, Sum: sum, Min: int64(0), Max: int64(0)}}}
		}
		groups, err := Groups(&Tally{By: make([]GroupKey, 1), Measures: []Measure{{Ref: Ref{Prop: &Property{Type: Int}}}}, Order: &GroupOrder{By: RankMean}},
			[]TallyRow{of("more", math.MaxInt64, 3), of("less", math.MaxInt64-1, 3)})
		require.NoError(t, err)
		assert.Equal(t, "less", groups[0].Keys[0])
	})
}

func TestOnlyKeysWithFewValuesBoundGroups(t *testing.T) {
	key := func(p Property) GroupKey { return GroupKey{Ref: Ref{Prop: &p}} }
	stage, flag, text := key(Property{Type: Enum, Values: []string{"LOW", "HIGH"}}), key(Property{Type: Bool}), key(Property{Type: String})
	hour := GroupKey{Ref: Ref{Prop: &Property{Type: Instant}}, Cut: ByHourOfWeek}
	day := GroupKey{Ref: hour.Ref, Cut: ByDay}
	ranges := GroupKey{Ref: Ref{Prop: &Property{Type: Int}}, Bounds: []int64{1, 2, 3}}
	for _, c := range []struct {
		by   []GroupKey
		want int
	}{
		{nil, 0}, {[]GroupKey{stage, flag}, 0}, {[]GroupKey{hour, ranges}, 0}, {[]GroupKey{hour, ranges, flag}, MostGroups},
		{[]GroupKey{stage, text}, MostGroups}, {[]GroupKey{day}, MostGroups}, {[]GroupKey{{Path: []*Edge{{}}}}, MostGroups},
	} {
		assert.Equal(t, c.want, MostOf(c.by), "%v", c.by)
	}
}
