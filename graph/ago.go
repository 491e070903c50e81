package graph

import "time"

// An Ago is an instant so long before the fetch's Now, or before another one that is given: years, months and days by the calendar in UTC.
type Ago struct {
	Years, Months, Days int
	Time                time.Duration
	Day                 bool // the midnight before that
	Before              Time // the other one, where it is Fixed
	Fixed               bool
}

// From is the int64 of the instant.
func (a Ago) From(now Time) int64 {
	if a.Fixed {
		now = a.Before
	}
	t := now.Std().AddDate(-a.Years, -a.Months, -a.Days).Add(-a.Time)
	if a.Day {
		t = t.Truncate(24 * time.Hour)
	}
	return int64(min(max(At(t), FirstInstant), LastInstant))
}
