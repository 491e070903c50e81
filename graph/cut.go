package graph

import (
	"strings"
	"sync"
	"time"
)

// Cut is what of a time rows are grouped by, on the clocks of a zone. Its value is an int64.
type Cut uint8

// The cuts. Of the first ones the value is the first instant of the period, in microseconds as clocks there show it: as if they showed UTC.
const (
	NoCut Cut = iota // the time as it is
	ByDay
	ByWeek // from Monday on, as in ISO 8601
	ByMonth
	ByQuarter
	ByYear
	ByHourOfDay  // 0 to 23
	ByWeekday    // 1 to 7: Monday to Sunday, as in ISO 8601
	ByHourOfWeek // 0 to 167: from Monday's first on
)

var cutNames = []string{"", "day", "week", "month", "quarter", "year", "hour of day", "weekday", "hour of week"}

func (c Cut) String() string { return cutNames[c] }

// Span reports whether a cut is a period, which has a first instant; the others come again and again.
func (c Cut) Span() bool { return c >= ByDay && c <= ByYear }

// OfHours reports whether a cut tells hours, which a Date has none of.
func (c Cut) OfHours() bool { return c == ByHourOfDay || c == ByHourOfWeek }

// Temporal reports whether values are instants or days.
func (p *Property) Temporal() bool { return p.Type == Instant || p.Type == Day }

const (
	hourMicros = int64(time.Hour / time.Microsecond)
	dayMicros  = 24 * hourMicros
)

// Of cuts what clocks show, in microseconds as if they showed UTC.
func (c Cut) Of(shown int64) int64 {
	day := shown - modulo(shown, dayMicros)
	hour := modulo(shown, dayMicros) / hourMicros
	weekday := modulo(day/dayMicros+3, 7) // 1970 began on a Thursday
	y, m, _ := Time(shown).Std().Date()
	switch c {
	case ByDay:
		return day
	case ByWeek:
		return day - weekday*dayMicros
	case ByQuarter:
		m -= (m - 1) % 3
	case ByYear:
		m = time.January
	case ByHourOfDay:
		return hour
	case ByWeekday:
		return weekday + 1
	case ByHourOfWeek:
		return 24*weekday + hour
	case NoCut:
		return shown
	}
	return time.Date(y, m, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
}

func modulo(n, of int64) int64 { return (n%of + of) % of }

// Next is the first instant behind a period that begins at start, both as clocks show them.
func (c Cut) Next(start int64) int64 {
	t := Time(start).Std()
	switch c {
	case ByWeek:
		return t.AddDate(0, 0, 7).UnixMicro()
	case ByMonth:
		return t.AddDate(0, 1, 0).UnixMicro()
	case ByQuarter:
		return t.AddDate(0, 3, 0).UnixMicro()
	case ByYear:
		return t.AddDate(1, 0, 0).UnixMicro()
	}
	return start + dayMicros
}

// A Zone is a time zone by its IANA name, as Europe/Oslo; empty: UTC. Where clocks change is told by Kith's own rules and by Neo4j's, which
// agree from 1970 on.
type Zone string

var zones sync.Map // *time.Location by Zone: to look for one opens a file

// location finds the zone's rules; it panics of a name that ZoneOf has not given.
func (z Zone) location() *time.Location {
	if l, known := zones.Load(z); known {
		return l.(*time.Location)
	}
	l, err := time.LoadLocation(string(z))
	if err != nil {
		panic("graph: " + err.Error())
	}
	zones.Store(z, l)
	return l
}

// ZoneOf is the zone of a name. It is BadInput where none has the name.
func ZoneOf(name string) (Zone, error) {
	if name == "UTC" {
		return "", nil
	}
	// Machines know short names of their own, and Go the machine's zone as Local.
	area, _, named := strings.Cut(name, "/")
	if _, err := time.LoadLocation(name); !named || area == "posix" || area == "right" || err != nil {
		return "", Invalid("%q is not a time zone such as Europe/Oslo or UTC", name)
	}
	return Zone(name), nil
}

// Shown is what clocks show at an instant, in microseconds as if they showed UTC.
func (z Zone) Shown(at Time) int64 {
	if z == "" {
		return int64(at)
	}
	_, offset := at.Std().In(z.location()).Zone()
	return int64(at) + int64(offset)*1e6
}

// First is the first instant at which clocks show this or later: twice a year it is shown twice, or never.
func (z Zone) First(shown int64) Time {
	if z == "" {
		return Time(shown)
	}
	before := z.Shown(Time(shown-2*dayMicros)) - (shown - 2*dayMicros)
	behind := z.Shown(Time(shown+2*dayMicros)) - (shown + 2*dayMicros)
	for _, offset := range []int64{max(before, behind), min(before, behind)} {
		if at := Time(shown - offset); z.Shown(at) == shown {
			return at
		}
	}
	_, change := Time(shown - 2*dayMicros).Std().In(z.location()).ZoneBounds()
	return At(change)
}
