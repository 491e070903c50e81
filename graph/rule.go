package graph

import (
	"fmt"
	"math/big"
	"slices"
)

// A Rule is what a value of a property that is set has to be, beside being of its type.
type Rule struct {
	Range   *Range
	Past    bool // an instant, a day or a year that is not in the future when it is set
	Format  TextFormat
	Follows []*Property // a text that is these texts, one after the other, where it is not given
}

// A Range is the least and the greatest value that a number or an amount may have, at the scale of its type; nil: there is none.
type Range struct{ Min, Max *int64 }

// Bound reads a bound of a Range for values of a type.
func Bound(t Type, text string) (int64, error) {
	r, err := parseDecimal(text, map[Type]int{Float: scoreScale, Amount: moneyScale}[t])
	if err != nil {
		return 0, err
	}
	if !r.IsInt() {
		return 0, fmt.Errorf("%q has more decimals than its values", text)
	}
	return whole(new(big.Rat).Set(r), text)
}

// Number writes a number, the number of an amount, or a time.
func Number(t Type, v int64) string {
	switch t {
	case Float:
		return Score(v).String()
	case Amount:
		return formatDecimal(v, moneyScale)
	case Instant:
		return Time(v).String()
	case Day:
		return Date(v).String()
	}
	return fmt.Sprint(v)
}

// TextFormat is what a text has to be.
type TextFormat string

// The formats.
const (
	FormatEmail    TextFormat = "EMAIL"
	FormatPhone    TextFormat = "PHONE"
	FormatDomain   TextFormat = "DOMAIN"
	FormatURL      TextFormat = "URL"
	FormatTimeZone TextFormat = "TIME_ZONE"
	FormatLanguage TextFormat = "LANGUAGE"
	FormatCurrency TextFormat = "CURRENCY"
	FormatCountry  TextFormat = "COUNTRY"
	// FormatAttribute is of lists: each text is an Attribute. No @format says it, but the type of a field.
	FormatAttribute TextFormat = "ATTRIBUTE"
)

// A Span is two properties of one thing of which the first comes before the second, or, unless Apart, at the same time.
type Span struct {
	From, To *Property
	Apart    bool
}

// A Lifecycle is what the state of a node has to do with other properties of it.
type Lifecycle struct {
	Status *Property
	Ends   []End
	Bound  []*Property // whatever an end needs or forbids
}

// An End is a set of states that end something. What an end needs is there then, and is missing while nothing has ended. If it is an
// enumeration that has the state among its values, it says the same.
type End struct {
	States         []string
	Needs, Forbids []*Property
}

// End is the one that a state is of, or nil.
func (l *Lifecycle) End(state string) *End {
	for i := range l.Ends {
		if slices.Contains(l.Ends[i].States, state) {
			return &l.Ends[i]
		}
	}
	return nil
}

// Needed reports whether some end needs a property.
func (l *Lifecycle) Needed(p *Property) bool {
	return slices.ContainsFunc(l.Ends, func(e End) bool { return slices.Contains(e.Needs, p) })
}
