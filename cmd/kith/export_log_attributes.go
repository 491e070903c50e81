package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
)

type logAttribute struct {
	Name         string
	Text, Object *string
	Number       *json.Number
	Boolean      *bool
	Time, At     *time.Time
}

// Properties that are attributes in a log, in this order. Where its log tells the same by the same name, that stands there once; where it tells
// something else, Kith's own is called by the name behind ownPrefix.
const ownPrefix = "kith:"

// An ownProperty is one of them.
type ownProperty struct {
	name string
	typ  graph.AttributeType
	of   func(*logElement) *string // nil: it has none
}

var (
	caseAttributes = []ownProperty{
		{"number", graph.AttributeText, func(e *logElement) *string { return e.Number }},
		{"caseKind", graph.AttributeText, func(e *logElement) *string { return e.CaseKind }},
		{"severity", graph.AttributeText, func(e *logElement) *string { return e.Severity }},
		{"status", graph.AttributeText, func(e *logElement) *string { return e.Status }},
		{"subject", graph.AttributeText, func(e *logElement) *string { return e.Subject }},
		{"openedAt", graph.AttributeTime, func(e *logElement) *string { return e.OpenedAt }},
		{"resolvedAt", graph.AttributeTime, func(e *logElement) *string { return e.ResolvedAt }},
	}
	eventAttributes = []ownProperty{
		{"kind", graph.AttributeText, func(e *logElement) *string { return e.Kind }},
		{"channel", graph.AttributeText, func(e *logElement) *string { return e.Channel }},
		{"origin", graph.AttributeText, func(e *logElement) *string { return e.Origin }},
		{"result", graph.AttributeText, func(e *logElement) *string { return e.Result }},
		{"sentiment", graph.AttributeNumber, func(e *logElement) *string { return (*string)(e.Sentiment) }},
		{"subject", graph.AttributeText, func(e *logElement) *string { return e.Subject }},
		{"text", graph.AttributeText, func(e *logElement) *string { return e.Text }},
	}
)

// attributes are those of an element: its own properties, what its log tells, and where it leads to beside that.
func (l *loggedStore) attributes(e *logElement, own []ownProperty) []graph.Attribute {
	out := tells(e, own)
	leads := map[string]bool{}
	for i := 0; i < len(out); i++ {
		if out[i].Type != graph.AttributeObject {
			continue
		}
		to := l.meant(e, out[i].Value)
		if to == "" {
			l.loose++
			out = slices.Delete(out, i, i+1)
			i--
			continue
		}
		out[i].Value, leads[to] = to, true
	}
	for _, to := range e.ends() {
		name := l.names[to.node.ID]
		switch {
		case name == "":
			l.loose++
		case !leads[name]:
			out = append(out, graph.Attribute{Name: to.qualifier, Type: graph.AttributeObject, Value: name})
		}
	}
	return out
}

// tells are an element's own properties, and what its log tells, with the log's ids of objects to which it leads.
func tells(e *logElement, own []ownProperty) (out []graph.Attribute) {
	logged := make([]graph.Attribute, len(e.Attributes))
	told := map[string]graph.Attribute{} // what the log says last
	for i := range e.Attributes {
		a := attributeIn(&e.Attributes[i])
		logged[i] = a
		before, twice := told[a.Name]
		if a.Type != graph.AttributeObject && (!twice || before.At == nil || a.At != nil && *a.At >= *before.At) {
			told[a.Name] = a
		}
	}
	for _, p := range own {
		value := p.of(e)
		if value == nil {
			continue
		}
		a := graph.Attribute{Name: p.name, Type: p.typ, Value: *value}
		if p.typ == graph.AttributeNumber {
			a.Value = graph.WithDecimals(a.Value)
		}
		log, tells := told[a.Name]
		for tells && !same(a, log) {
			a.Name = ownPrefix + a.Name
			log, tells = told[a.Name]
		}
		if !tells {
			out = append(out, a)
		}
	}
	return append(out, logged...)
}

// meant is the object that an element's log calls so: of several the one of the first of the element's rows of sources. Empty: there is none.
func (l *loggedStore) meant(e *logElement, id string) string {
	for _, of := range e.Externals {
		if to := l.found[graph.External{Source: of.Source, ID: id}]; to != "" {
			return to
		}
	}
	return ""
}

// same reports whether two attributes have one value, however a number is written.
func same(a, b graph.Attribute) bool {
	if a.Type == graph.AttributeNumber && b.Type == a.Type {
		return graph.WithDecimals(a.Value) == graph.WithDecimals(b.Value)
	}
	return a.Type == b.Type && a.Value == b.Value
}

func attributeIn(a *logAttribute) graph.Attribute {
	out := graph.Attribute{Name: a.Name}
	if a.At != nil {
		out.At = new(graph.At(*a.At))
	}
	switch {
	case a.Text != nil:
		out.Type, out.Value = graph.AttributeText, *a.Text
	case a.Number != nil:
		out.Type, out.Value = graph.AttributeNumber, a.Number.String()
	case a.Boolean != nil:
		out.Type, out.Value = graph.AttributeBoolean, fmt.Sprint(*a.Boolean)
	case a.Time != nil:
		out.Type, out.Value = graph.AttributeTime, graph.At(*a.Time).String()
	case a.Object != nil:
		out.Type, out.Value = graph.AttributeObject, *a.Object
	}
	return out
}
