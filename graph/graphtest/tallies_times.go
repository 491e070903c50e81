package graphtest

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// talliesOfTimes is about days, weeks, months and years, before 1970, too, and about hours and weekdays.
func talliesOfTimes(t *testing.T, x *fixture) {
	at := func(s string) int64 { return instantOf(t, s) }
	for _, s := range []string{
		"2024-02-29T23:59:59.999999Z", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "1970-01-01T00:00:00Z",
		"1969-12-31T00:00:00Z", "1969-01-01T00:00:00Z", "1900-02-28T12:00:00.000001Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z",
	} {
		x.node("Interaction", s, "at", at(s))
		x.node("Deal", s, "expectedClose", at(s[:10]+"T00:00:00Z"))
	}
	x.node("Interaction", "never")
	for i, times := range [][]any{{}, {"openedAt", 0, "resolvedAt", 2 * second}, {"openedAt", 1 * second, "resolvedAt", 5 * second}, {"openedAt", 2 * second, "resolvedAt", 1 * second}, {"openedAt", 1 * second}} {
		x.node("Case", "case "+strconv.Itoa(i), append(times, "number", strconv.Itoa(i))...)
	}
	x.write(t)
	keys := func(kind, path string, cut graph.Cut) map[any]int64 {
		k := x.key(path)
		k.Cut = cut
		got := map[any]int64{}
		for _, g := range x.groups(t, x.all(kind, counting(&graph.Tally{By: []graph.GroupKey{k}}))) {
			got[g.Keys[0]] = g.Count
		}
		return got
	}
	counts := func(days map[string]int64) map[any]int64 {
		want := map[any]int64{}
		for d, n := range days {
			want[at(d+"T00:00:00Z")] = n
		}
		return want
	}
	byDay := map[string]int64{"2024-02-29": 2, "2024-03-01": 1, "1969-12-31": 2, "1970-01-01": 1, "1969-01-01": 1, "1900-02-28": 1, "0001-01-01": 1, "9999-12-31": 1}
	byWeek := map[string]int64{"2024-02-26": 3, "1969-12-29": 3, "1968-12-30": 1, "1900-02-26": 1, "0001-01-01": 1, "9999-12-27": 1}
	byQuarter := map[string]int64{"2024-01-01": 3, "1969-10-01": 2, "1970-01-01": 1, "1969-01-01": 1, "1900-01-01": 1, "0001-01-01": 1, "9999-10-01": 1}
	byMonth := map[string]int64{"2024-02-01": 2, "2024-03-01": 1, "1969-12-01": 2, "1970-01-01": 1, "1969-01-01": 1, "1900-02-01": 1, "0001-01-01": 1, "9999-12-01": 1}
	byYear := map[string]int64{"2024-01-01": 3, "1969-01-01": 3, "1970-01-01": 1, "1900-01-01": 1, "0001-01-01": 1, "9999-01-01": 1}
	for _, c := range []struct {
		name string
		cut  graph.Cut
		want map[string]int64
	}{{"by day", graph.ByDay, byDay}, {"by week", graph.ByWeek, byWeek}, {"by month", graph.ByMonth, byMonth}, {"by quarter", graph.ByQuarter, byQuarter}, {"by year", graph.ByYear, byYear}} {
		t.Run(c.name, func(t *testing.T) {
			want := counts(c.want)
			require.Equal(t, want, keys("Deal", "Deal.expectedClose", c.cut), "of days")
			want[nil] = 1
			require.Equal(t, want, keys("Interaction", "Interaction.at", c.cut), "of instants")
		})
	}
	t.Run("by weekday", func(t *testing.T) {
		require.Equal(t, map[any]int64{int64(1): 1, int64(3): 4, int64(4): 3, int64(5): 2}, keys("Deal", "Deal.expectedClose", graph.ByWeekday))
	})
	t.Run("by hour of the day, and of the week", func(t *testing.T) {
		require.Equal(t, map[any]int64{int64(0): 6, int64(12): 1, int64(23): 3, nil: 1}, keys("Interaction", "Interaction.at", graph.ByHourOfDay))
		require.Equal(t, map[any]int64{int64(0): 1, int64(48): 2, int64(60): 1, int64(71): 1, int64(72): 2, int64(95): 1, int64(96): 1, int64(119): 1, nil: 1},
			keys("Interaction", "Interaction.at", graph.ByHourOfWeek))
	})
	t.Run("uncut", func(t *testing.T) {
		require.Len(t, keys("Interaction", "Interaction.at", graph.NoCut), 11)
	})
	t.Run("the time from one to another has a sum", func(t *testing.T) {
		took := x.measure("Case.openedAt")
		took.Until, took.Values = x.mention("Case.resolvedAt"), true
		l := x.all("Case", counting(&graph.Tally{Measures: []graph.Measure{took, x.measure("Case.openedAt")}}))
		want := summary("", 3, int64(5*second), int64(-second), int64(4*second))
		want[0].Values = []int64{-second, 2 * second, 4 * second}
		require.Equal(t, []graph.Group{group(5, nil, want, summary("", 4, nil, int64(0), int64(2*second)))}, x.groups(t, l))
		took.Until.When = x.test("Case.number", graph.Eq, "1")
		l = x.all("Case", counting(&graph.Tally{Measures: []graph.Measure{took}}))
		want = summary("", 1, int64(2*second), int64(2*second), int64(2*second))
		want[0].Values = []int64{2 * second}
		require.Equal(t, []graph.Group{group(5, nil, want)}, x.groups(t, l), "where both may be seen")
	})
	t.Run("the first and the last are known, but no sum", func(t *testing.T) {
		require.Equal(t, []graph.Group{group(11, nil, summary("", 10, nil, first1, last9999))},
			x.groups(t, x.all("Interaction", counting(&graph.Tally{Measures: []graph.Measure{x.measure("Interaction.at")}}))))
	})
}

func instantOf(t testing.TB, s string) int64 {
	v, err := time.Parse(time.RFC3339Nano, s)
	require.NoError(t, err)
	return v.UnixMicro()
}

// talliesInZones is about days that are no 24 hours long, which begin at one o'clock, and whose hours come twice.
func talliesInZones(t *testing.T, x *fixture) {
	for _, zone := range []struct {
		name graph.Zone
		at   []string // in UTC, and what clocks show then
	}{
		{"", []string{"2026-03-29T00:59:59Z 2026-03-29T00"}},
		{"Europe/Oslo", []string{
			"2026-03-28T22:59:59.999999Z 2026-03-28T23", "2026-03-28T23:00:00Z 2026-03-29T00", "2026-03-29T00:59:59Z 2026-03-29T01", // 02:00 to 03:00 does not come
			"2026-03-29T01:00:00Z 2026-03-29T03", "2026-03-29T21:59:59Z 2026-03-29T23", "2026-03-29T22:00:00Z 2026-03-30T00",
			"2026-10-24T22:00:00Z 2026-10-25T00", "2026-10-25T00:30:00Z 2026-10-25T02", "2026-10-25T01:30:00Z 2026-10-25T02", // comes twice
			"2026-10-25T22:59:59Z 2026-10-25T23", "2026-10-25T23:00:00Z 2026-10-26T00", "2025-12-31T23:00:00Z 2026-01-01T00"}},
		{"America/Sao_Paulo", []string{"2018-11-04T02:59:59Z 2018-11-03T23", "2018-11-04T03:00:00Z 2018-11-04T01"}}, // no midnight
		{"America/Havana", []string{"2026-11-01T04:30:00Z 2026-11-01T00", "2026-11-01T05:30:00Z 2026-11-01T00"}},    // two
		{"Australia/Lord_Howe", []string{"2026-04-04T14:45:00Z 2026-04-05T01", "2026-04-04T15:15:00Z 2026-04-05T01", "2026-10-03T15:29:59Z 2026-10-04T01",
			"2026-10-03T15:30:00Z 2026-10-04T02"}}, // half an hour
		{"Asia/Kathmandu", []string{"2026-06-30T18:15:00Z 2026-07-01T00"}},
		{"Pacific/Apia", []string{"2011-12-30T09:59:59Z 2011-12-29T23", "2011-12-30T10:00:00Z 2011-12-31T00"}}, // a day is left out
	} {
		t.Run("in "+string(zone.name), func(t *testing.T) {
			want := map[graph.Cut]map[any]int64{}
			var names []string
			for _, s := range zone.at {
				name := string(zone.name) + " " + s
				names = append(names, name)
				at, shown, _ := strings.Cut(s, " ")
				x.node("Interaction", name, "at", instantOf(t, at))
				for _, c := range cuts[1:] {
					if want[c] == nil {
						want[c] = map[any]int64{}
					}
					clock, err := time.Parse("2006-01-02T15", shown)
					require.NoError(t, err)
					want[c][cutOf(c, clock)]++
				}
			}
			x.write(t)
			for c, want := range want {
				k := x.key("Interaction.at")
				k.Cut, k.Zone = c, zone.name
				got := map[any]int64{}
				for _, g := range x.groups(t, x.all("Interaction", where(x.is(names...)), counting(&graph.Tally{By: []graph.GroupKey{k}}))) {
					got[g.Keys[0]] = g.Count
				}
				require.Equal(t, want, got, "cut %d", c)
			}
		})
	}
}
