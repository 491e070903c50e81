package ingest

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/kithgraph/kith/graph"
)

// An ocelElement is an object or an event of a log.
type ocelElement struct {
	id, typ, time             string
	attributes, relationships []map[string]any
	text                      []byte
}

// ocelElementOf reads an element. The error names what is wrong with it as a whole.
func ocelElementOf(text []byte) (e ocelElement, err error) {
	if len(text) > maxRecord {
		return e, fmt.Errorf("it has more than %d bytes", maxRecord)
	}
	e.text = text
	of, err := object(string(text), nil)
	if err != nil {
		return e, err
	}
	texts, err := textsOf(of, "id", "type", "time")
	if e.id, e.typ, e.time = texts[0], texts[1], texts[2]; err != nil {
		return e, err
	}
	if e.attributes, err = objectsOf(of, "attributes"); err != nil {
		return e, err
	}
	e.relationships, err = objectsOf(of, "relationships")
	return e, err
}

// raw is an element of a list as it stands in the log.
func (e *ocelElement) raw(key string, i int) string {
	var of map[string]json.RawMessage
	var list []json.RawMessage
	if err := errors.Join(json.Unmarshal(e.text, &of), json.Unmarshal(of[key], &list)); err != nil {
		panic(fmt.Sprintf("ingest: what was read as JSON is none: %v", err))
	}
	return oneLine(list[i])
}

// oneLine is JSON without spaces between its values.
func oneLine(text []byte) string {
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		panic(fmt.Sprintf("ingest: what was read as JSON is none: %v", err))
	}
	return b.String()
}

// ocelTold is what an element tells: its attributes as they are kept, or as they stand in the log where they cannot be right, and to which
// objects it leads, each once. The error is of the first thing that cannot be right.
type ocelTold struct {
	texts, about []string
	err          error
}

func (r *ocelReader) told(of ocelElement) (out ocelTold) {
	list := map[string]string{"objects": "objectTypes", "events": "eventTypes"}[r.within]
	declared, known := r.types[list][of.typ]
	switch {
	case of.id == "":
		out.err = errors.New("id is missing")
	case !known:
		out.err = fmt.Errorf("type must be one of %s: %q", list, of.typ)
	case r.within == "events" && of.time == "":
		out.err = errors.New("time is missing")
	}
	for i, a := range of.attributes {
		text, err := ocelAttribute(a, declared)
		if err != nil {
			text, err = of.raw("attributes", i), fmt.Errorf("attributes[%d]: %w, in the type %q of %s", i, err, of.typ, list)
		}
		if out.err = cmp.Or(out.err, err); text != "" {
			out.texts = append(out.texts, text)
		}
	}
	for i, to := range of.relationships {
		made, err := ocelRelationship(to)
		if err != nil {
			out.err = cmp.Or(out.err, fmt.Errorf("relationships[%d].%w", i, err))
			out.texts = append(out.texts, of.raw("relationships", i))
			continue
		}
		out.texts = append(out.texts, made.String())
		graph.AddOnce(&out.about, made.Value)
	}
	return out
}

// ocelAttribute is an attribute as it is kept, by the types that are declared; empty: it has no value.
func ocelAttribute(a map[string]any, declared map[string]string) (string, error) {
	texts, err := textsOf(a, "name", "value", "time")
	name, value, since := texts[0], texts[1], texts[2]
	if err != nil || value == "" {
		return "", err
	}
	var at *graph.Time
	if since != "" {
		t, err := graph.ParseTime(since)
		if err != nil {
			return "", fmt.Errorf("time: %w", err)
		}
		at = &t
	}
	of, known := declared[name]
	_, truth := a["value"].(bool)
	switch {
	case !known:
		return "", fmt.Errorf("%q is not declared", name)
	case of == "integer" && !whole.MatchString(value):
		return "", fmt.Errorf("the attribute %q must be an integer: %q", name, value)
	case of == "string" && truth:
		return "", fmt.Errorf("the attribute %q must be a string: %s", name, value)
	case of == "float":
		value = graph.WithDecimals(value)
	}
	made, err := graph.NewAttribute(name, ocelTypes[of], value, at)
	if err != nil {
		return "", err
	}
	return made.String(), nil
}

// ocelRelationship is where an element leads to.
func ocelRelationship(r map[string]any) (graph.Attribute, error) {
	to, err := textOf(r, "objectId")
	if err == nil && to == "" {
		err = errors.New("objectId is missing")
	}
	if err != nil {
		return graph.Attribute{}, err
	}
	qualifier, err := textOf(r, "qualifier")
	if err != nil {
		return graph.Attribute{}, err
	}
	return graph.NewAttribute(qualifier, graph.AttributeObject, to, nil)
}

// textOf is a value of an object as a text; empty: it is missing.
func textOf(of map[string]any, key string) (string, error) {
	if of[key] == nil {
		return "", nil
	}
	text, err := scalar(of[key])
	if err != nil {
		return "", fmt.Errorf("%s: %w", key, err)
	}
	return text, nil
}

// textsOf are several of them, up to one that is no text.
func textsOf(of map[string]any, keys ...string) (texts []string, err error) {
	texts = make([]string, len(keys))
	for i, key := range keys {
		if texts[i], err = textOf(of, key); err != nil {
			return texts, err
		}
	}
	return texts, nil
}

// objectsOf are the objects of a list.
func objectsOf(of map[string]any, key string) (out []map[string]any, err error) {
	if of[key] == nil {
		return nil, nil
	}
	list, is := of[key].([]any)
	if !is {
		return nil, fmt.Errorf("%s must be a list: %v", key, of[key])
	}
	for i, element := range list {
		o, is := element.(map[string]any)
		if !is {
			return nil, fmt.Errorf("%s[%d] must be an object: %v", key, i, element)
		}
		out = append(out, o)
	}
	return out, nil
}
