package ingest

import (
	"fmt"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// instant and day are what the functions datetime and date give.
type (
	instant graph.Time
	day     graph.Date
)

// Letters of zones that mean one offset: those of RFC 5322, and those of Europe and Japan that no other zone has. Others, as IST and
// BST, are several zones', and mean something only where the zone is named, too.
var zoneLetters = map[string]time.Duration{
	"UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0,
	"EST": -5 * time.Hour, "EDT": -4 * time.Hour, "CST": -6 * time.Hour, "CDT": -5 * time.Hour,
	"MST": -7 * time.Hour, "MDT": -6 * time.Hour, "PST": -8 * time.Hour, "PDT": -7 * time.Hour,
	"WEST": time.Hour, "CET": time.Hour, "CEST": 2 * time.Hour, "EET": 2 * time.Hour, "EEST": 3 * time.Hour, "MSK": 3 * time.Hour, "JST": 9 * time.Hour,
}

// rfc5545 is the way to read times that the clocks leave out or have twice: by the offset before they are changed.
const rfc5545 = "rfc5545"

func datetime(args []any) (any, error) {
	texts, err := scalars(args...)
	if err != nil {
		return nil, err
	}
	text, layout := texts[0], texts[1]
	zone := time.UTC
	if len(texts) > 2 {
		if zone, err = time.LoadLocation(texts[2]); err != nil || texts[2] == "" || texts[2] == "Local" {
			return nil, fmt.Errorf("%q is not a time zone such as Europe/Berlin", texts[2])
		}
	}
	if len(texts) > 3 && texts[3] != rfc5545 {
		return nil, fmt.Errorf("%q is no way to read times that the clocks leave out or have twice: there is %q", texts[3], rfc5545)
	}
	offset, letters := strings.Contains(layout, "-07") || strings.Contains(layout, "Z07"), strings.Contains(layout, "MST")
	in := time.UTC // as the clocks show it
	if offset || letters {
		in = zone
	}
	t, err := time.ParseInLocation(layout, text, in)
	if err != nil {
		return nil, fmt.Errorf("%q is not an instant as %q", text, layout)
	}
	switch {
	case offset: // the text says it itself
	case letters:
		t, err = lettered(t, zone)
	default:
		t, err = onClock(t, zone, len(texts) > 3)
	}
	if err != nil {
		return nil, fmt.Errorf("%q %w", text, err)
	}
	return instant(graph.At(t)), nil
}

// lettered is a time whose zone is told by letters. Go gives letters that the zone has not an offset of 0.
func lettered(t time.Time, zone *time.Location) (time.Time, error) {
	name, offset := t.Zone()
	if t.Location() == zone && zone != time.UTC || offset != 0 { // one of the zone's own, or as GMT+3
		return t, nil
	}
	of, known := zoneLetters[name]
	if !known {
		return t, fmt.Errorf("is in a zone %s, which is not known or not only one", name)
	}
	return t.Add(-of), nil
}

// onClock refuses a time that the clocks of its zone do not show, or show twice, or reads it by RFC 5545.
func onClock(shown time.Time, zone *time.Location, read bool) (time.Time, error) {
	at := func(near time.Time) (time.Time, bool) {
		_, offset := near.In(zone).Zone()
		u := shown.Add(-time.Duration(offset) * time.Second)
		_, really := u.In(zone).Zone()
		return u, really == offset
	}
	before, first := at(shown.Add(-24 * time.Hour))
	after, second := at(shown.Add(24 * time.Hour))
	switch {
	case second && !first:
		return after, nil
	case first && !second, before.Equal(after), read:
		return before, nil
	case first:
		return shown, fmt.Errorf("is shown twice by the clocks of %s: give the offset, or %q as the fourth argument", zone, rfc5545)
	}
	return shown, fmt.Errorf("is not shown by the clocks of %s, which leave it out: give the offset, or %q as the fourth argument", zone, rfc5545)
}

func date(args []any) (any, error) {
	texts, err := scalars(args...)
	if err != nil {
		return nil, err
	}
	t, err := time.Parse(texts[1], texts[0])
	if err != nil {
		return nil, fmt.Errorf("%q is not a day as %q", texts[0], texts[1])
	}
	return day(graph.At(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC))), nil // the day that is written
}
