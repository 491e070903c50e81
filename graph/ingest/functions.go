package ingest

import (
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/cockroachdb/apd/v3"
	"github.com/expr-lang/expr"

	"github.com/kithgraph/kith/graph"
)

// exact is wide enough for amounts multiplied by quantities and rates.
var exact = apd.BaseContext.WithPrecision(60)

// many arguments are as many as one likes.
const many = math.MaxInt

// functions are what expressions have beyond expr's own.
//
//	money(amount, currency)          an amount of money
//	mul(a, b, …) add(a, b, …)        exact arithmetic on numbers and on texts that are numbers
//	sub(a, b)
//	rounded(a, places)               rounds half away from zero
//	datetime(text, layout[, zone[, "rfc5545"]])
//	                                 an instant; the layout is Go's reference time, the zone an IANA name, UTC if left out. A time
//	                                 that the clocks of the zone leave out or have twice is read by RFC 5545, or is an error
//	date(text, layout)               the day that is written
//	translate(table, key)            the table's value, or the key itself where it has none
//	lookup(table, key)               the table's value, or nil
//
// A function of nil is nil.
func functions(tables map[string]map[string]string) []expr.Option {
	value := func(args []any) (v string, key string, ok bool, err error) {
		texts, err := scalars(args...)
		if err != nil {
			return "", "", false, err
		}
		table, there := tables[texts[0]]
		if !there {
			return "", "", false, fmt.Errorf("there is no table %q", texts[0])
		}
		v, ok = table[texts[1]]
		return v, texts[1], ok, nil
	}
	f := func(name string, least, most int, do func(args []any) (any, error)) expr.Option {
		return expr.Function(name, func(args ...any) (any, error) {
			if len(args) < least || len(args) > most {
				return nil, fmt.Errorf("%s does not take %d arguments", name, len(args))
			}
			for _, a := range args {
				if a == nil {
					return nil, nil
				}
			}
			v, err := do(args)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			return v, nil
		})
	}
	fold := func(name string, op func(*apd.Context, *apd.Decimal, *apd.Decimal, *apd.Decimal) (apd.Condition, error)) expr.Option {
		return f(name, 2, many, func(args []any) (any, error) {
			sum, err := number(args[0])
			if err != nil {
				return nil, err
			}
			for _, a := range args[1:] {
				n, err := number(a)
				if err != nil {
					return nil, err
				}
				next := new(apd.Decimal)
				if cond, err := op(exact, next, sum, n); err != nil || cond.Inexact() {
					return nil, fmt.Errorf("the result has too many digits")
				}
				sum = next
			}
			return sum, nil
		})
	}
	return []expr.Option{
		fold("mul", (*apd.Context).Mul), fold("add", (*apd.Context).Add), fold("sub", (*apd.Context).Sub),
		f("rounded", 2, 2, rounded), f("money", 2, 2, money), f("datetime", 2, 4, datetime), f("date", 2, 2, date),
		f("translate", 2, 2, func(args []any) (any, error) {
			v, key, ok, err := value(args)
			if err != nil || ok {
				return v, err
			}
			return key, nil
		}),
		f("lookup", 2, 2, func(args []any) (any, error) {
			v, _, ok, err := value(args)
			if err != nil || ok {
				return v, err
			}
			return nil, nil
		}),
	}
}

// number reads a number exactly. A float comes from a literal in an expression, and means what it is written as.
func number(v any) (*apd.Decimal, error) {
	if d, ok := v.(*apd.Decimal); ok {
		return d, nil
	}
	s, err := scalar(v)
	if err != nil {
		return nil, err
	}
	d, _, err := apd.NewFromString(strings.TrimSpace(s))
	if err != nil || d.Form != apd.Finite || d.Exponent > 100 || d.Exponent < -100 {
		return nil, fmt.Errorf("%q is not a number", s)
	}
	return d, nil
}

func rounded(args []any) (any, error) {
	n, err := number(args[0])
	if err != nil {
		return nil, err
	}
	places, ok := args[1].(int)
	if !ok || places < 0 || places > 20 {
		return nil, fmt.Errorf("%v is not a number of decimals", args[1])
	}
	half := *exact
	half.Rounding = apd.RoundHalfUp
	out := new(apd.Decimal)
	_, err = half.Quantize(out, n, -int32(places))
	return out, err
}

func money(args []any) (any, error) {
	n, err := number(args[0])
	if err != nil {
		return nil, err
	}
	currency, err := scalar(args[1])
	if err != nil {
		return nil, err
	}
	return graph.MoneyOf(n.Text('f'), currency)
}

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
