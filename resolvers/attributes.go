package resolvers

import (
	"fmt"
	"strconv"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
)

// attributes binds a list of what event logs tell.
func (b *binder) attributes(f graphql.CollectedField) func(*writer, any) bool {
	fields := bindTable(b, f, attributeFields)
	return func(w *writer, v any) bool {
		texts, ok := v.([]string)
		return ok && w.list(len(texts), true, func(i int) bool {
			a, err := graph.ParseAttribute(texts[i])
			if err != nil { // stores write no others
				panic(fmt.Sprintf("resolvers: %q is no attribute: %v", texts[i], err))
			}
			return fields.write(w, a)
		})
	}
}

// attributeFields are those of Attribute.
var attributeFields = table[graph.Attribute]{
	"name":    func(w *writer, a graph.Attribute) bool { return w.text(a.Name) },
	"text":    attributeAs(graph.AttributeText, true),
	"number":  attributeAs(graph.AttributeNumber, false),
	"boolean": attributeAs(graph.AttributeBoolean, false),
	"time":    attributeAs(graph.AttributeTime, true),
	"object":  attributeAs(graph.AttributeObject, true),
	"at": func(w *writer, a graph.Attribute) bool {
		if a.At != nil {
			w.b = appendTime(w.b, *a.At)
		}
		return a.At != nil
	},
}

// attributeAs writes the value of an attribute of a type.
func attributeAs(t graph.AttributeType, quoted bool) func(*writer, graph.Attribute) bool {
	return func(w *writer, a graph.Attribute) bool {
		switch {
		case a.Type != t:
			return false
		case quoted:
			return w.text(a.Value)
		}
		w.b = append(w.b, a.Value...)
		return true
	}
}

// attributeConditions are the keys of a condition on an attribute, and the type that each is of.
var attributeConditions = []struct {
	key string
	of  graph.AttributeType
}{
	{"text", graph.AttributeText}, {"object", graph.AttributeObject}, {"boolean", graph.AttributeBoolean}, {"min", graph.AttributeNumber}, {"max", graph.AttributeNumber},
	{"from", graph.AttributeTime}, {"to", graph.AttributeTime},
}

// attribute reads a condition on what an event log tells.
func (w walker) attribute(m map[string]any, path string) *graph.AttributeTest {
	t := &graph.AttributeTest{Name: text(m["name"])}
	before := ""
	for _, c := range attributeConditions {
		v, given := m[c.key]
		at := path + "." + c.key
		switch {
		case !given:
			continue
		case v == nil:
			w.fail("%s: null compares with nothing; leave it out, and any value will do", at)
			continue
		case before != "" && t.Type != c.of:
			w.fail("%s: an attribute has one value, and %s asks for one of another type", at, before)
			continue
		}
		before, t.Type = c.key, c.of
		switch c.key {
		case "text", "object":
			t.In = []string{}
			for _, el := range elements(v) {
				t.In = append(t.In, text(el))
			}
		case "boolean":
			t.In = []string{text(v)}
		case "min":
			t.Min = w.bound(v, at)
		case "max":
			t.Max = w.bound(v, at)
		case "from":
			t.From = new(instant(v, at, w.fail))
		case "to":
			t.To = new(instant(v, at, w.fail))
		}
	}
	switch {
	case t.Min != nil && t.Max != nil && *t.Min > *t.Max:
		w.fail("%s: no number is from %v to %v: min is more than max", path, *t.Min, *t.Max)
	case t.From != nil && t.To != nil && *t.From >= *t.To:
		w.fail("%s: the period is to begin before it ends, and %s is not before %s", path, *t.From, *t.To)
	}
	return t
}

func (w walker) bound(v any, path string) *float64 {
	f, err := strconv.ParseFloat(number(v), 64)
	if err != nil {
		w.fail("%s: %v is not a number that 64 bits have room for", path, v)
	}
	return &f
}
