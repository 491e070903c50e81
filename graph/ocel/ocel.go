// Package ocel writes event logs about several objects at once as OCEL 2.0 has them in JSON (Berti et al. 2024, ocel-standard.org). It imports graph.
package ocel

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// An Object has an id that no other object of its log has, and a type. Attributes of AttributeObject are relationships.
type Object struct {
	ID, Type   string
	Attributes []graph.Attribute
}

// An Event has an id that no other event of its log has, a time, and a type. Sequence has what is of one time in order.
type Event struct {
	ID, Type   string
	At         graph.Time
	Sequence   int64
	Attributes []graph.Attribute
}

// Initial is since when the value of an object's attribute holds where nobody says it, as OCEL has it.
const Initial = graph.Time(0)

// A Writer writes a log in one form: types and what they declare by their names, objects by id, events by time, then by the source's sequence, then
// by id. It holds none of them, so that they come in that order, objects first. Close it.
type Writer struct {
	out             *writer
	objects, events Types

	object *string // the id of the last one
	event  *Event  // the last one
	inList bool    // of events
}

// NewWriter begins a log of objects and events of types that have learnt all of them.
func NewWriter(w io.Writer, objects, events Types) *Writer {
	out := &writer{Writer: bufio.NewWriter(w)}
	out.list("{", "objectTypes", objects.declared())
	out.list(",", "eventTypes", events.declared())
	out.begin(",", "objects")
	return &Writer{out: out, objects: objects, events: events}
}

// Object writes the next object. The error is of the writer, or of one that does not come behind the one before.
func (w *Writer) Object(o Object) error {
	switch {
	case w.inList:
		return fmt.Errorf("the object %q comes behind an event", o.ID)
	case w.object != nil && *w.object == o.ID:
		return fmt.Errorf("the object %q is there twice", o.ID)
	case w.object != nil && *w.object > o.ID:
		return fmt.Errorf("the object %q comes behind %q", o.ID, *w.object)
	}
	w.out.element(w.object != nil, objectForm{ID: o.ID, Type: o.Type, Attributes: w.objects[o.Type].values(o.Attributes, true), Relationships: relationships(o.Attributes)})
	w.object = &o.ID
	return w.out.err
}

// Event writes the next event. The error is of the writer, or of one that does not come behind the one before.
func (w *Writer) Event(e Event) error {
	w.toEvents()
	if before := w.event; before != nil {
		switch order := cmp.Or(cmp.Compare(before.At, e.At), cmp.Compare(before.Sequence, e.Sequence), cmp.Compare(before.ID, e.ID)); {
		case order == 0:
			return fmt.Errorf("the event %q is there twice", e.ID)
		case order > 0:
			return fmt.Errorf("the event %q comes behind %q", e.ID, before.ID)
		}
	}
	w.out.element(w.event != nil, eventForm{ID: e.ID, Type: e.Type, Time: e.At.String(), Attributes: w.events[e.Type].values(e.Attributes, false), Relationships: relationships(e.Attributes)})
	w.event = &e
	return w.out.err
}

// toEvents ends the list of objects.
func (w *Writer) toEvents() {
	if !w.inList {
		w.out.end()
		w.out.begin(",", "events")
		w.inList = true
	}
}

// Close ends the log, and writes what is left of it.
func (w *Writer) Close() error {
	w.toEvents()
	w.out.end()
	w.out.put("}\n")
	return cmp.Or(w.out.err, w.out.Flush())
}

// Types are what is declared of types, by their names: what occurs, and nothing else. The type of an attribute is the least that all its values have; where
// they differ, all are texts.
type Types map[string]declaration

// A declaration has the types of attributes by their names, as OCEL calls them.
type declaration map[string]string

// Learn takes in a type, and attributes of one that is of it.
func (t Types) Learn(name string, attributes []graph.Attribute) {
	d := t[name]
	if d == nil {
		d = declaration{}
		t[name] = d
	}
	for _, a := range attributes {
		if !hasValue(a) {
			continue
		}
		of := typeOf(a)
		switch before := d[a.Name]; {
		case before == "" || before == of:
			d[a.Name] = of
		case before+of == "integerfloat" || before+of == "floatinteger":
			d[a.Name] = "float"
		default:
			d[a.Name] = "string"
		}
	}
}

// hasValue reports whether an attribute is told with a value: a relationship is told apart, and an empty text is none.
func hasValue(a graph.Attribute) bool { return a.Type != graph.AttributeObject && a.Value != "" }

// typeOf is the least type that a value has.
func typeOf(a graph.Attribute) string {
	switch {
	case a.Type == graph.AttributeText:
		return "string"
	case a.Type == graph.AttributeNumber && graph.WithDecimals(a.Value) == a.Value:
		return "float"
	case a.Type == graph.AttributeNumber:
		return "integer"
	}
	return string(a.Type)
}

type typeForm struct {
	Name       string          `json:"name"`
	Attributes []attributeType `json:"attributes"`
}

type attributeType struct {
	Name string `json:"name"`
	Type string `json:"type"`
}

func (t Types) declared() (out []any) {
	for _, name := range slices.Sorted(maps.Keys(t)) {
		form := typeForm{Name: name, Attributes: []attributeType{}}
		for _, attribute := range slices.Sorted(maps.Keys(t[name])) {
			form.Attributes = append(form.Attributes, attributeType{attribute, t[name][attribute]})
		}
		out = append(out, form)
	}
	return out
}

type objectForm struct {
	ID            string             `json:"id"`
	Type          string             `json:"type"`
	Attributes    []valueForm        `json:"attributes"`
	Relationships []relationshipForm `json:"relationships"`
}

type eventForm struct {
	ID            string             `json:"id"`
	Type          string             `json:"type"`
	Time          string             `json:"time"`
	Attributes    []valueForm        `json:"attributes"`
	Relationships []relationshipForm `json:"relationships"`
}

type valueForm struct {
	Name  string `json:"name"`
	Time  string `json:"time,omitempty"`
	Value any    `json:"value"`
}

type relationshipForm struct {
	Object    string `json:"objectId"`
	Qualifier string `json:"qualifier"`
}

// values are those of attributes by the types that are declared; timed: each says since when it holds.
func (d declaration) values(attributes []graph.Attribute, timed bool) []valueForm {
	out := []valueForm{}
	for _, a := range attributes {
		if !hasValue(a) {
			continue
		}
		form := valueForm{Name: a.Name, Value: a.Value}
		switch d[a.Name] {
		case "integer":
			form.Value = json.Number(a.Value)
		case "float":
			form.Value = json.Number(graph.WithDecimals(a.Value))
		case "boolean":
			form.Value = a.Value == "true"
		}
		if timed {
			at := Initial
			if a.At != nil {
				at = *a.At
			}
			form.Time = at.String()
		}
		out = append(out, form)
	}
	return out
}

func relationships(attributes []graph.Attribute) []relationshipForm {
	out := []relationshipForm{}
	for _, a := range attributes {
		if a.Type == graph.AttributeObject {
			out = append(out, relationshipForm{a.Value, a.Name})
		}
	}
	return out
}

// A writer writes one element a line, and keeps the first error.
type writer struct {
	*bufio.Writer
	err error
}

func (w *writer) put(text string) {
	if w.err == nil {
		_, w.err = w.WriteString(text)
	}
}

func (w *writer) begin(before, name string) { w.put(before + "\n\"" + name + "\":[") }

func (w *writer) end() { w.put("\n]") }

func (w *writer) list(before, name string, elements []any) {
	w.begin(before, name)
	for i, e := range elements {
		w.element(i > 0, e)
	}
	w.end()
}

func (w *writer) element(further bool, v any) {
	if further {
		w.put(",")
	}
	var b strings.Builder
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	if err := out.Encode(v); err != nil && w.err == nil {
		w.err = err
	}
	w.put("\n" + strings.TrimSuffix(b.String(), "\n"))
}
