package graph

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// An AttributeTest is a condition on what an event log tells of a node: there is an Attribute of the name, and of the type if one is given, of which all else holds.
type AttributeTest struct {
	Name string
	Type AttributeType // empty: any, and nothing else is asked
	In   []string      // values as Attribute has them, of which it is one; nil: any. Of texts, objects and truth values alone
	// Min and Max bound a number, both inclusively; nil: no bound.
	Min, Max *float64
	// From and To bound a time, which is before To; nil: no bound.
	From, To *Time
}

// Prefix begins the text as which such an attribute is kept. What comes behind it is the value as JSON has it, if a type is asked for.
func (t *AttributeTest) Prefix() string {
	prefix := strings.TrimSuffix(Attribute{Name: t.Name, Type: AttributeText}.String(), `"text":""}`)
	if t.Type != "" {
		prefix += `"` + string(t.Type) + `":`
	}
	return prefix
}

// Values are those of In as they come behind the Prefix.
func (t *AttributeTest) Values() []any {
	out := []any{}
	for _, v := range t.In {
		a := Attribute{Name: t.Name, Type: t.Type, Value: v}
		out = append(out, strings.TrimSuffix(strings.TrimPrefix(a.String(), t.Prefix()), "}"))
	}
	return out
}

// AttributeSince is what comes behind a value, before since when it holds: no value has it in it, since quotes in one are written otherwise. The end is "}".
const AttributeSince = `,"at":`

// An AttributeBound is one end of where the value lies: of a number, or of a time as a text. Such texts are in the order of their times.
type AttributeBound struct {
	Op   string // as stores write it
	To   any
	Time bool
}

// Bounds are those of numbers and times.
func (t *AttributeTest) Bounds() (out []AttributeBound) {
	if t.Min != nil {
		out = append(out, AttributeBound{Op: ">=", To: *t.Min})
	}
	if t.Max != nil {
		out = append(out, AttributeBound{Op: "<=", To: *t.Max})
	}
	if t.From != nil {
		out = append(out, AttributeBound{">=", strings.TrimSuffix(t.From.String(), "Z"), true})
	}
	if t.To != nil {
		out = append(out, AttributeBound{"<", strings.TrimSuffix(t.To.String(), "Z"), true})
	}
	return out
}

// Holds reports whether an attribute meets the condition.
func (t *AttributeTest) Holds(a Attribute) bool {
	if a.Name != t.Name || t.Type != "" && a.Type != t.Type || t.In != nil && !slices.Contains(t.In, a.Value) {
		return false
	}
	if t.Min != nil || t.Max != nil {
		n, err := strconv.ParseFloat(a.Value, 64)
		if err != nil || t.Min != nil && n < *t.Min || t.Max != nil && n > *t.Max {
			return false
		}
	}
	if t.From != nil || t.To != nil {
		at, err := ParseTime(a.Value)
		return err == nil && (t.From == nil || at >= *t.From) && (t.To == nil || at < *t.To)
	}
	return true
}

// String is the condition as JSON, by which receipts tell of it.
func (t *AttributeTest) String() string {
	b, err := json.Marshal(t)
	if err != nil { // it is of texts and numbers
		panic(err)
	}
	return string(b)
}
