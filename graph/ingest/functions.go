package ingest

import (
	"fmt"
	"math"
	"strings"

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
