package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// An Attribute is what an event log tells of an event, or of an object of it: a name and one value. It is kept as a text, a JSON object
// with the keys name, one of AttributeTypes, and at.
type Attribute struct {
	Name  string
	Type  AttributeType
	Value string // of a number as JSON has it, of a truth value true or false, of a time as Time.String has it; of an object the log's id
	At    *Time  // since when it holds; nil: the log does not say
}

// AttributeType is the type of an attribute's value.
type AttributeType string

// The types. An attribute of AttributeObject leads to another object of its log, and its name says what that is to it.
const (
	AttributeText    AttributeType = "text"
	AttributeNumber  AttributeType = "number"
	AttributeBoolean AttributeType = "boolean"
	AttributeTime    AttributeType = "time"
	AttributeObject  AttributeType = "object"
)

// AttributeTypes are all of them.
var AttributeTypes = []AttributeType{AttributeText, AttributeNumber, AttributeBoolean, AttributeTime, AttributeObject}

// attributeForm is an Attribute as JSON.
type attributeForm struct {
	Name    *string      `json:"name"`
	Text    *string      `json:"text,omitempty"`
	Number  *json.Number `json:"number,omitempty"`
	Boolean *bool        `json:"boolean,omitempty"`
	Time    *string      `json:"time,omitempty"`
	Object  *string      `json:"object,omitempty"`
	At      *string      `json:"at,omitempty"`
}

// NewAttribute is the attribute of a value that is written as JSON has it, or as RFC 3339 has it: the error says what it is to be.
func NewAttribute(name string, t AttributeType, value string, at *Time) (Attribute, error) {
	a := Attribute{Name: name, Type: t, Value: value, At: at}
	switch t {
	case AttributeNumber:
		if n, err := strconv.ParseFloat(value, 64); err != nil || math.IsInf(n, 0) || !json.Valid([]byte(value)) {
			return a, fmt.Errorf("the attribute %q must be a number: %q", name, value)
		}
	case AttributeBoolean:
		if value != "true" && value != "false" {
			return a, fmt.Errorf("the attribute %q must be true or false: %q", name, value)
		}
	case AttributeTime:
		moment, err := ParseTime(value)
		if err != nil {
			return a, fmt.Errorf("the attribute %q must be a time: %w", name, err)
		}
		a.Value = moment.String()
	}
	return a, nil
}

// WithDecimals has a number that is written as a whole one be written as one of those with decimals.
func WithDecimals(number string) string {
	if number != "" && strings.Trim(number, "-0123456789") == "" {
		return number + ".0"
	}
	return number
}

// String is the text as which it is kept.
func (a Attribute) String() string {
	form := attributeForm{Name: &a.Name}
	switch a.Type {
	case AttributeText:
		form.Text = &a.Value
	case AttributeNumber:
		form.Number = (*json.Number)(&a.Value)
	case AttributeBoolean:
		form.Boolean = new(a.Value == "true")
	case AttributeTime:
		form.Time = &a.Value
	case AttributeObject:
		form.Object = &a.Value
	}
	if a.At != nil {
		form.At = new(a.At.String())
	}
	var b strings.Builder
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	if err := out.Encode(form); err != nil {
		panic(fmt.Sprintf("graph: the attribute %q was not made by NewAttribute: %v", a.Name, err))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// ParseAttribute reads the text as which an attribute is kept.
func ParseAttribute(text string) (Attribute, error) {
	in := json.NewDecoder(bytes.NewReader([]byte(text)))
	in.DisallowUnknownFields()
	var form attributeForm
	if err := in.Decode(&form); err != nil {
		return Attribute{}, err
	}
	if _, err := in.Token(); !errors.Is(err, io.EOF) {
		return Attribute{}, errors.New("there is something behind the object")
	}
	a, err := form.attribute()
	if err == nil && a.String() != text {
		err = fmt.Errorf("it is written otherwise: %s", a)
	}
	return a, err
}

func (f attributeForm) attribute() (a Attribute, err error) {
	if f.Name == nil {
		return a, errors.New("it has no name")
	}
	values := map[AttributeType]string{}
	if f.Text != nil {
		values[AttributeText] = *f.Text
	}
	if f.Number != nil {
		values[AttributeNumber] = f.Number.String()
	}
	if f.Boolean != nil {
		values[AttributeBoolean] = strconv.FormatBool(*f.Boolean)
	}
	if f.Time != nil {
		values[AttributeTime] = *f.Time
	}
	if f.Object != nil {
		values[AttributeObject] = *f.Object
	}
	if len(values) != 1 {
		return a, fmt.Errorf("it has %d values, and is to have one", len(values))
	}
	var at *Time
	if f.At != nil {
		t, err := ParseTime(*f.At)
		if err != nil {
			return a, err
		}
		at = &t
	}
	for t, v := range values {
		a, err = NewAttribute(*f.Name, t, v, at)
	}
	return a, err
}

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
	return Map(t.In, func(v string) any {
		a := Attribute{Name: t.Name, Type: t.Type, Value: v}
		return strings.TrimSuffix(strings.TrimPrefix(a.String(), t.Prefix()), "}")
	})
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
