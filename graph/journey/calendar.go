package journey

import "time"

// A Calendar cuts time into periods in UTC, which are counted one after the other.
type Calendar uint8

// The calendars.
const (
	Weeks  Calendar = iota // from Monday on
	Months                 // from the first on
)

const (
	wholeDay    = 24 * 3600e6
	firstMonday = 4 // days behind 1970-01-01
)

// Index is the number of the period of an instant.
func (c Calendar) Index(at int64) int {
	if c == Months {
		y, m, _ := time.UnixMicro(at).UTC().Date()
		return y*12 + int(m) - 1
	}
	days := at / wholeDay
	if at%wholeDay < 0 {
		days--
	}
	weeks := (days - firstMonday) / 7
	if (days-firstMonday)%7 < 0 {
		weeks--
	}
	return int(weeks)
}

// Start is the first instant of a period.
func (c Calendar) Start(i int) int64 {
	if c == Months {
		return time.Date(0, time.Month(1+i), 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	}
	return (int64(i)*7 + firstMonday) * wholeDay
}

// Name is the day on which a period begins.
func (c Calendar) Name(i int) string { return time.UnixMicro(c.Start(i)).UTC().Format(time.DateOnly) }
