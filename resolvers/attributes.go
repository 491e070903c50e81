package resolvers

import (
	"fmt"

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
	"name":    func(w *writer, a graph.Attribute) bool { w.b = appendText(w.b, a.Name); return true },
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
			w.b = appendText(w.b, a.Value)
		default:
			w.b = append(w.b, a.Value...)
		}
		return true
	}
}
