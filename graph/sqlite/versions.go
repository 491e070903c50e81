package sqlite

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Versions are kept as JSON: by property, lists of From, Known, Until, the parts of the value, Actor and Source. A missing value has null
// for its first part.

func versionsJSON(k write.Kept) string {
	of := map[string][][]any{}
	k.Each(func(p *graph.Property, v *graph.Version) {
		parts := append(write.Parts(p, v.Value), nil, nil)
		of[v.Prop] = append(of[v.Prop], []any{v.From, v.Known, v.Until, parts[0], parts[1], v.Actor, v.Source})
	})
	return asJSON(of)
}

// Places in the list of a version.
const (
	placeFrom = iota
	placeKnown
	placeUntil
	placeFirst
	placeSecond
	placeActor
	placeSource
	placesOf
)

func versionsOf(p *graph.Property, text string) (any, error) {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	var of map[string][][]any
	if err := d.Decode(&of); err != nil {
		return nil, err
	}
	var all []graph.Version
	for name, versions := range of {
		for _, cells := range versions {
			if len(cells) != placesOf {
				return nil, fmt.Errorf("a version of %s.%s has %d parts", p.Owner, name, len(cells))
			}
			v := graph.Version{Prop: name}
			for i, at := range []*graph.Time{&v.From, &v.Known, &v.Until} {
				n, _ := cells[i].(json.Number)
				whole, err := n.Int64()
				if err != nil {
					return nil, err
				}
				*at = graph.Time(whole)
			}
			second, _ := cells[placeSecond].(string)
			v.Actor, _ = cells[placeActor].(string)
			v.Source, _ = cells[placeSource].(string)
			made, err := write.Version(p.Of, v, cells[placeFirst], second)
			if err != nil {
				return nil, err
			}
			if made != nil {
				all = append(all, *made)
			}
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return graph.InOrder(all), nil
}

// column is the expression of a column of a property as a mention has it: as it is, or as of a moment.
func (q *query) column(r *graph.Ref, name string, s scope, onEdge bool) string {
	is := s.column(r.Prop, name, onEdge)
	if r.At == nil || r.Prop.Versions == nil {
		return is
	}
	versions := s.column(r.Prop.Versions, graph.VersionsOf, onEdge)
	recorded := s.column(r.Prop.Versions, graph.RecordedAt, onEdge)
	at, known := q.moment(r.At.At), q.moment(r.At.Known)
	place := placeFirst + slices.Index(partsOf(r.Prop), name)
	path := "'$." + r.Prop.Name + "'"
	return fmt.Sprintf("CASE WHEN %[1]s -> %[2]s IS NOT NULL THEN (SELECT value ->> %[3]d FROM json_each(%[1]s, %[2]s) WHERE value ->> %[4]d <= %[5]s AND value ->> %[6]d <= %[7]s AND %[7]s < value ->> %[8]d LIMIT 1) WHEN coalesce(%[9]s <= %[7]s, 1) THEN %[10]s END",
		versions, path, place, placeFrom, at, placeKnown, known, placeUntil, recorded, is)
}

// partsOf are the columns of a property of which versions keep the values.
func partsOf(p *graph.Property) []string {
	if p.Type == graph.Enum {
		return []string{p.Name}
	}
	return p.Columns()
}

func (q *query) moment(t *graph.Time) string {
	if t == nil {
		return q.arg(graph.GivenNow)
	}
	return q.arg(int64(*t))
}

// mentioned is the condition that a text which a property had has one of some texts in it.
func (q *query) mentioned(t *graph.Test, s scope) string {
	p := t.Ref.Prop
	return fmt.Sprintf("EXISTS (SELECT 1 FROM json_each(%s, '$.%s') WHERE %s)", s.column(p, p.Name, t.OnEdge), p.Of[0].Name, q.mentions(fmt.Sprintf("(value ->> %d)", placeSecond), t.Value.([]any)))
}
