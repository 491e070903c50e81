package demo

import (
	"time"
	_ "time/tzdata" // so that a machine without time zones makes the same world
)

// Days are counted from 1970, instants are microseconds since then.
const (
	minute   = int64(60_000_000)
	hour     = 60 * minute
	wholeDay = 24 * hour
	forever  = int64(1) << 62
)

func dayOf(year int, month time.Month, day int) int {
	return int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func calendar(day int) time.Time { return time.Unix(int64(day)*86400, 0).UTC() }

func midnight(day int) int64 { return int64(day) * wholeDay }

func weekday(day int) time.Weekday { return time.Weekday((day%7 + 11) % 7) } // 1970 began on a Thursday

func weekend(day int) bool { return weekday(day) == time.Saturday || weekday(day) == time.Sunday }

// workday is the day, or the Monday after it.
func workday(day int) int {
	for weekend(day) {
		day++
	}
	return day
}

// at is an instant on a day of the zone.
func (w *world) at(day, minutes int, zone string) int64 {
	loc := w.zones[zone]
	if loc == nil {
		var err error
		if loc, err = time.LoadLocation(zone); err != nil {
			panic("demo: " + err.Error()) // the tables name a zone that is not in time/tzdata
		}
		w.zones[zone] = loc
	}
	c := calendar(day)
	return time.Date(c.Year(), c.Month(), c.Day(), 0, minutes, 0, 0, loc).UnixMicro()
}

// office is an instant in the office hours of the zone, which are busiest before noon; the lunch hour is quiet.
func (w *world) office(r *stream, day int, zone string) int64 {
	m := r.between(8*60, 12*60)
	if r.chance(420) {
		m = r.between(13*60, 17*60+40)
	}
	return w.at(workday(day), m, zone) + int64(r.below(60))*1_000_000
}

// leisure is an instant when people are at home: in the evening, and all day at weekends.
func (w *world) leisure(r *stream, day int, zone string) int64 {
	m := r.between(17*60+30, 23*60)
	if weekend(day) || r.chance(200) {
		m = r.between(9*60, 22*60)
	}
	return w.at(day, m, zone) + int64(r.below(60))*1_000_000
}

// Seasons say how much goes on in a month, in thousandths of the usual.
var (
	businessSeason = [12]int{920, 1000, 1180, 1020, 1030, 1130, 820, 640, 1160, 1180, 1170, 780}
	privateSeason  = [12]int{820, 780, 850, 950, 1000, 950, 900, 880, 950, 1050, 1420, 1550}
)

// expected is how many thousandths of an event a day brings of what averages a rate a week.
func expected(perWeek int, day int, business bool) int {
	month := calendar(day).Month() - 1
	if !business {
		share := []int{1350, 950, 880, 900, 930, 900, 1090}[weekday(day)]
		return perWeek * privateSeason[month] / 1000 * share / 7000
	}
	share := []int{60, 1350, 1480, 1400, 1390, 1160, 160}[weekday(day)]
	return perWeek * businessSeason[month] / 1000 * share / 7000
}
