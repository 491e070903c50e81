package ingest

import (
	"fmt"
	"strings"
	"time"

	"github.com/cockroachdb/apd/v3"
	"github.com/expr-lang/expr"

	"github.com/kithgraph/kith/graph"
)

// instant and day are what the functions datetime and date give.
type (
	instant graph.Time
	day     graph.Date
)

// exact is wide enough for amounts multiplied by quantities and rates.
var exact = apd.BaseContext.WithPrecision(60)

// functions are what expressions have beyond expr's own.
//
//	money(amount, currency)          an amount of money
//	mul(a, b, …) add(a, b, …)        exact arithmetic on numbers and on texts that are numbers
//	sub(a, b)
//	rounded(a, places)               rounds half away from zero
//	datetime(text, layout[, zone])   an instant; the layout is Go's reference time, the zone an IANA name, UTC if left out
//	date(text, layout)               a day
//	translate(table, key)            the table's value, or the key itself where it has none
//	lookup(table, key)               the table's value, or nil
//
// A function of nil is nil.
func functions(tables map[string]map[string]string) []expr.Option {
	f := func(name string, least int, do func(args []any) (any, error)) expr.Option {
		return expr.Function(name, func(args ...any) (any, error) {
			if len(args) < least {
				return nil, fmt.Errorf("%s needs %d arguments", name, least)
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
		return f(name, 2, func(args []any) (any, error) {
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
		f("rounded", 2, rounded), f("money", 2, money), f("datetime", 2, datetime), f("date", 2, date),
		f("translate", 2, func(args []any) (any, error) {
			if v, ok := tables[fmt.Sprint(args[0])][fmt.Sprint(args[1])]; ok {
				return v, nil
			}
			return args[1], nil
		}),
		f("lookup", 2, func(args []any) (any, error) {
			if v, ok := tables[fmt.Sprint(args[0])][fmt.Sprint(args[1])]; ok {
				return v, nil
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
	d, _, err := apd.NewFromString(strings.TrimSpace(fmt.Sprint(v)))
	if err != nil || d.Form != apd.Finite || d.Exponent > 100 || d.Exponent < -100 {
		return nil, fmt.Errorf("%q is not a number", fmt.Sprint(v))
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
	return graph.MoneyOf(n.Text('f'), fmt.Sprint(args[1]))
}

func datetime(args []any) (any, error) {
	zone := time.UTC
	if len(args) > 2 {
		var err error
		if zone, err = time.LoadLocation(fmt.Sprint(args[2])); err != nil {
			return nil, fmt.Errorf("%q is not a time zone", fmt.Sprint(args[2]))
		}
	}
	t, err := time.ParseInLocation(fmt.Sprint(args[1]), fmt.Sprint(args[0]), zone)
	if err != nil {
		return nil, fmt.Errorf("%q is not an instant as %q", fmt.Sprint(args[0]), fmt.Sprint(args[1]))
	}
	return instant(graph.At(t)), nil
}

func date(args []any) (any, error) {
	t, err := time.Parse(fmt.Sprint(args[1]), fmt.Sprint(args[0]))
	if err != nil {
		return nil, fmt.Errorf("%q is not a day as %q", fmt.Sprint(args[0]), fmt.Sprint(args[1]))
	}
	return day(graph.At(t.UTC().Truncate(24 * time.Hour))), nil
}
