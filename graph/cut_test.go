package graph

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestZonesAreKnownByTheirNames(t *testing.T) {
	for _, name := range []string{"Europe/Oslo", "America/Argentina/Ushuaia", "Etc/GMT+5", "UTC"} {
		_, err := ZoneOf(name)
		assert.NoError(t, err, name)
	}
	for _, name := range []string{"", "Local", "CET", "EST", "Europe/Nowhere", "Europe/", "/Oslo", "posix/Europe/Oslo", "right/Europe/Oslo", "../Europe/Oslo", "Europe/Oslo\x00", "+01:00"} {
		_, err := ZoneOf(name)
		assert.ErrorContains(t, err, "is not a time zone such as Europe/Oslo or UTC", name)
	}
}

func TestADayBeginsAtItsFirstInstant(t *testing.T) {
	for _, c := range []struct {
		zone       Zone
		day, first string
		hours      float64
	}{
		{"", "2026-03-29", "2026-03-29T00:00:00Z", 24},
		{"Europe/Oslo", "2026-03-29", "2026-03-28T23:00:00Z", 23},
		{"Europe/Oslo", "2026-10-25", "2026-10-24T22:00:00Z", 25},
		{"Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", 24.5},
		{"America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z", 23}, // it has no midnight
		{"America/Havana", "2026-11-01", "2026-11-01T04:00:00Z", 25},    // it has two
		{"Pacific/Apia", "2011-12-29", "2011-12-29T10:00:00Z", 24},
		{"Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z", 0}, // it was left out
	} {
		t.Run(string(c.zone)+" "+c.day, func(t *testing.T) {
			day, err := ParseDate(c.day)
			require.NoError(t, err)
			first := c.zone.First(int64(day))
			assert.Equal(t, c.first, first.String())
			assert.Equal(t, c.hours, c.zone.First(ByDay.Next(int64(day))).Std().Sub(first.Std()).Hours())
		})
	}
}

// TestAnInstantIsWithinWhatItIsCutTo takes instants of all times, and what all cuts make of them.
func TestAnInstantIsWithinWhatItIsCutTo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := Time(rapid.Int64Range(int64(At(time.Date(2, 1, 1, 0, 0, 0, 0, time.UTC))), int64(LastInstant)).Draw(t, "at"))
		zone := rapid.SampledFrom([]Zone{"", "Europe/Oslo", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"}).Draw(t, "zone")
		for _, c := range []Cut{ByDay, ByWeek, ByMonth, ByQuarter, ByYear} {
			start := c.Of(zone.Shown(at))
			assert.LessOrEqual(t, zone.First(start), at)
			assert.Greater(t, zone.First(c.Next(start)), at)
			assert.Equal(t, start, c.Of(start), "what is cut stays")
		}
		assert.Equal(t, ByHourOfWeek.Of(zone.Shown(at)), 24*(ByWeekday.Of(zone.Shown(at))-1)+ByHourOfDay.Of(zone.Shown(at)))
	})
}
