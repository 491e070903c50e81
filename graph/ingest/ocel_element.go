package ingest

import (
	"errors"
	"fmt"

	"github.com/kithgraph/kith/graph"
)

// An ocelElement is an object or an event of a log.
type ocelElement struct {
	id, typ, time string
	attributes    []ocelAttribute
	relationships []ocelRelationship
}

// An ocelAttribute has a value as it is written; one of an object, since when it holds.
type ocelAttribute struct {
	name, value string
	at          *graph.Time
}

type ocelRelationship struct{ object, qualifier string }

// ocelElementOf reads an element. The error names what is wrong with it.
func ocelElementOf(text []byte) (e ocelElement, err error) {
	if len(text) > maxRecord {
		return e, fmt.Errorf("it has more than %d bytes", maxRecord)
	}
	of, err := object(string(text), nil)
	if err != nil {
		return e, err
	}
	for _, key := range []struct {
		name string
		into *string
	}{{"id", &e.id}, {"type", &e.typ}, {"time", &e.time}} {
		if *key.into, err = textOf(of, key.name); err != nil {
			return e, err
		}
	}
	attributes, err := objectsOf(of, "attributes")
	if err != nil {
		return e, err
	}
	for i, a := range attributes {
		made, err := ocelAttributeOf(a)
		if err != nil {
			return e, fmt.Errorf("attributes[%d].%w", i, err)
		}
		e.attributes = append(e.attributes, made)
	}
	relationships, err := objectsOf(of, "relationships")
	if err != nil {
		return e, err
	}
	for i, r := range relationships {
		var to ocelRelationship
		if to.object, err = textOf(r, "objectId"); err == nil && to.object == "" {
			err = errors.New("objectId is missing")
		}
		if err == nil {
			to.qualifier, err = textOf(r, "qualifier")
		}
		if err != nil {
			return e, fmt.Errorf("relationships[%d].%w", i, err)
		}
		e.relationships = append(e.relationships, to)
	}
	return e, nil
}

func ocelAttributeOf(a map[string]any) (made ocelAttribute, err error) {
	if made.name, err = textOf(a, "name"); err != nil {
		return made, err
	}
	if made.value, err = textOf(a, "value"); err != nil {
		return made, err
	}
	at, err := textOf(a, "time")
	if err != nil || at == "" {
		return made, err
	}
	t, err := graph.ParseTime(at)
	if err != nil {
		return made, fmt.Errorf("time: %w", err)
	}
	made.at = &t
	return made, nil
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
