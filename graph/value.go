package graph

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Time is an instant in microseconds since 1970 in UTC, which is how both stores keep it.
type Time int64

// At converts t, cutting what is below a microsecond.
func At(t time.Time) Time { return Time(t.UnixMicro()) }

// LastInstant is the last microsecond of the year 9999, in UTC: none that is kept is later.
const LastInstant Time = 253402300799999999

// Std converts back.
func (t Time) Std() time.Time { return time.UnixMicro(int64(t)).UTC() }

func (t Time) String() string { return t.Std().Format(time.RFC3339Nano) }

// ParseTime reads RFC 3339.
func ParseTime(s string) (Time, error) {
	t, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not an instant such as 2026-01-31T09:30:00Z", s)
	}
	return within(t, s)
}

// Date is a day, kept as the Time of its midnight in UTC.
type Date int64

func (d Date) String() string { return Time(d).Std().Format(time.DateOnly) }

// ParseDate reads a day such as 2026-01-31.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a day such as 2026-01-31", s)
	}
	m, err := within(t, s)
	return Date(m), err
}

// within keeps to the years that RFC 3339 can write, so that what was read can be written again.
func within(t time.Time, s string) (Time, error) {
	if y := t.UTC().Year(); y < 1 || y > 9999 {
		return 0, fmt.Errorf("%q is outside the years 1 to 9999", s)
	}
	return At(t), nil
}

// Scales of the two kinds of decimal numbers.
const (
	moneyScale = 4
	scoreScale = 6
)

// Score is a number with six decimals: a share, a rate, a confidence.
type Score int64

func (s Score) String() string { return formatDecimal(int64(s), scoreScale) }

// Float is the nearest float64.
func (s Score) Float() float64 { return float64(s) / 1e6 }

// Money is an amount at scale 4 in a currency (ISO 4217).
type Money struct {
	Amount   int64
	Currency string
}

func (m Money) String() string { return m.Decimal() + " " + m.Currency }

// Decimal is the amount, with as many decimals as it has but not fewer than two.
func (m Money) Decimal() string { return FormatAmount(m.Amount) }

// FormatAmount writes an amount at scale 4.
func FormatAmount(n int64) string {
	s := formatDecimal(n, moneyScale)
	whole, frac, _ := strings.Cut(s, ".")
	for len(frac) < 2 {
		frac += "0"
	}
	return whole + "." + frac
}

// ParseAmount reads a decimal number with at most four decimals: money is not rounded.
func ParseAmount(s string) (int64, error) {
	r, err := parseDecimal(s, moneyScale)
	if err != nil {
		return 0, err
	}
	if !r.IsInt() {
		return 0, fmt.Errorf("%q has more than %d decimals", s, moneyScale)
	}
	return whole(r, s)
}

// ParseScore reads a decimal number and rounds it, half away from zero, to six decimals: programs compute it with fifteen.
func ParseScore(s string) (Score, error) {
	r, err := parseDecimal(s, scoreScale)
	if err != nil {
		return 0, err
	}
	half := big.NewRat(1, 2)
	if r.Sign() < 0 {
		half.Neg(half)
	}
	r.Add(r, half)
	n, err := whole(new(big.Rat).SetInt(new(big.Int).Quo(r.Num(), r.Denom())), s)
	return Score(n), err
}

func whole(r *big.Rat, s string) (int64, error) {
	if !r.Num().IsInt64() {
		return 0, fmt.Errorf("%q is too large", s)
	}
	return r.Num().Int64(), nil
}

// MoneyOf checks and builds an amount of money.
func MoneyOf(amount, currency string) (Money, error) {
	n, err := ParseAmount(amount)
	if err != nil {
		return Money{}, err
	}
	m := Money{n, currency}
	return m, m.check()
}

func (m Money) check() error {
	if len(m.Currency) != 3 || strings.Trim(m.Currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return fmt.Errorf("%q is not a currency such as EUR", m.Currency)
	}
	return nil
}

// parseDecimal reads a number times the scale. It goes through big.Rat so that exponents (which JSON and spreadsheets write) are read exactly.
func parseDecimal(s string, scale int) (*big.Rat, error) {
	if len(s) > 40 || strings.ContainsAny(s, "/xXpP_") {
		return nil, fmt.Errorf("%.40q is not a decimal number", s)
	}
	if i := strings.IndexAny(s, "eE"); i >= 0 {
		if e, err := strconv.Atoi(s[i+1:]); err != nil || e < -40 || e > 40 {
			return nil, fmt.Errorf("%q is not a decimal number", s)
		}
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return nil, fmt.Errorf("%q is not a decimal number", s)
	}
	return r.Mul(r, big.NewRat(pow10(scale), 1)), nil
}

func formatDecimal(n int64, scale int) string {
	sign, u := "", uint64(n)
	if n < 0 {
		sign, u = "-", -u
	}
	p := uint64(pow10(scale))
	s := sign + strconv.FormatUint(u/p, 10)
	if frac := u % p; frac != 0 {
		s += "." + strings.TrimRight(fmt.Sprintf("%0*d", scale, frac), "0")
	}
	return s
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// Texts are names of any type as texts.
func Texts[T ~string](names []T) (texts []string) {
	for _, n := range names {
		texts = append(texts, string(n))
	}
	return texts
}

// Where are those of a list that fit, in their order; never nil.
func Where[T any](of []T, fits func(T) bool) []T {
	those := []T{}
	for _, v := range of {
		if fits(v) {
			those = append(those, v)
		}
	}
	return those
}

// AddOnce adds to a list what is not in it.
func AddOnce[T comparable](to *[]T, more ...T) {
	for _, v := range more {
		if !slices.Contains(*to, v) {
			*to = append(*to, v)
		}
	}
}

// First is the first of a list that fits; nil: none does.
func First[T any](of []*T, fits func(*T) bool) *T {
	for _, v := range of {
		if fits(v) {
			return v
		}
	}
	return nil
}

// Map is what is made of each element of a list, in its order.
func Map[T, U any](of []T, made func(T) U) []U {
	out := make([]U, len(of))
	for i, v := range of {
		out[i] = made(v)
	}
	return out
}

// Pairs are amounts, each as its number and its currency.
func Pairs(amounts []any) []any {
	return Map(amounts, func(v any) any { return []any{v.(Money).Amount, v.(Money).Currency} })
}

// Each is a list of values as a Test compares with it.
func Each[T any](of []T) []any { return Map(of, func(v T) any { return v }) }

// Blank reports whether a text has no visible character, neither a letter, a digit, a mark, a punctuation nor a symbol: it says nothing.
func Blank(s string) bool { return !strings.ContainsFunc(s, visible) }

func visible(r rune) bool {
	const emptyBraille = '\u2800' // a symbol by its category
	return unicode.In(r, unicode.L, unicode.N, unicode.M, unicode.P, unicode.S) && r != emptyBraille &&
		!unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) // letters and marks that only fill or join
}
