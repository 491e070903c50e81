// Package rules says which values break the rules of the schema: @range, @past, @format, @order and @lifecycle. Whoever writes
// asks it; it writes nothing, and reads only where all that is in a store is checked. It imports graph and, for formats, nyaruka/phonenumbers, golang.org/x/net/idna and
// golang.org/x/text.
package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A Fault is what is wrong with one property, in words that are fit for people: what must be, and what was given.
type Fault struct {
	Property *graph.Property
	Reason   string
	Missing  bool // it is needed, and is not there
}

// Value says what is wrong with a value of a property's type by itself; empty: nothing.
func Value(p *graph.Property, v any, now graph.Time) string {
	switch v := v.(type) {
	case int64:
		if r := outside(p, v, graph.Number(p.Type, v)); r != "" {
			return r
		}
		if p.Past && future(p, v, now) {
			return "must not be in the future: " + written(p, v)
		}
	case graph.Money: // another currency would make totals of its own
		if !isCurrency(v.Currency) {
			return fmt.Sprintf("must be in %s: %q", formats[graph.FormatCurrency].what, v.Currency)
		}
		return outside(p, v.Amount, v.String())
	case string:
		if f, known := formats[p.Format]; known && !f.is(v) {
			return fmt.Sprintf("must be %s: %q", f.what, v)
		}
	case []string:
		if p.Format != graph.FormatAttribute {
			return ""
		}
		for _, text := range v {
			if _, err := graph.ParseAttribute(text); err != nil {
				return fmt.Sprintf(`must have attributes alone, such as {"name":"weight","number":2.5}: %q: %v`, text, err)
			}
		}
	}
	return ""
}

func outside(p *graph.Property, v int64, given string) string {
	if p.Range == nil {
		return ""
	}
	least, greatest := p.Range.Min, p.Range.Max
	low, high := least != nil && v < *least, greatest != nil && v > *greatest
	switch {
	case !low && !high:
		return ""
	case greatest == nil:
		return fmt.Sprintf("must not be less than %s: %s", graph.Number(p.Type, *least), given)
	case least == nil:
		return fmt.Sprintf("must not be more than %s: %s", graph.Number(p.Type, *greatest), given)
	}
	return fmt.Sprintf("must be between %s and %s: %s", graph.Number(p.Type, *least), graph.Number(p.Type, *greatest), given)
}

// future reports whether an instant, a day or a year is still to come.
func future(p *graph.Property, v int64, now graph.Time) bool {
	if p.Type == graph.Int {
		return v > int64(now.Std().Year())
	}
	return v > int64(now)
}

// written is a value as people write it.
func written(p *graph.Property, v any) string {
	switch v := v.(type) {
	case int64:
		return graph.Number(p.Type, v)
	case string:
		if p.Type == graph.String {
			return fmt.Sprintf("%q", v)
		}
	}
	return fmt.Sprint(v)
}

// each is what is wrong with values that are set of something, by themselves and in the order of the properties.
func each(props []*graph.Property, set graph.Values, now graph.Time) (faults []Fault) {
	for _, p := range props {
		if v := set[p.Name]; v != nil {
			if reason := Value(p, v, now); reason != "" {
				faults = append(faults, Fault{Property: p, Reason: reason})
			}
		}
	}
	return faults
}

// Beside are the properties of a kind that others are held against.
func Beside(k *graph.Kind) (out []*graph.Property) {
	for _, s := range k.Spans {
		out = append(out, s.From, s.To)
	}
	if k.Lifecycle != nil {
		out = append(append(out, k.Lifecycle.Status), k.Lifecycle.Bound...)
	}
	return out
}

// Together is what is wrong with values that are set beside each other and beside what is there: nil where that is not known, and where
// only what is set is looked at. Nothing is wrong with what is there already.
func Together(spans []graph.Span, life *graph.Lifecycle, set, have graph.Values) (faults []Fault) {
	for _, s := range spans {
		faults = append(faults, apart(s, set, have)...)
	}
	if life != nil {
		faults = append(faults, ended(life, set, have)...)
	}
	return faults
}

func valueOf(p *graph.Property, set, have graph.Values) any {
	if v, given := set[p.Name]; given {
		return v
	}
	return have[p.Name]
}

func apart(s graph.Span, set, have graph.Values) []Fault {
	from, begins := valueOf(s.From, set, have).(int64)
	to, ends := valueOf(s.To, set, have).(int64)
	if !begins || !ends || from < to || from == to && !s.Apart {
		return nil
	}
	p, other, than := s.To, s.From, map[bool]string{true: "must be after", false: "must not be before"}
	if set[s.To.Name] == nil {
		p, other, than = s.From, s.To, map[bool]string{true: "must be before", false: "must not be after"}
	}
	if set[p.Name] == nil {
		return nil // it lies there
	}
	return []Fault{{Property: p, Reason: fmt.Sprintf("%s %s, which is %s: %s", than[s.Apart], other.Field(), written(other, valueOf(other, set, have)), written(p, set[p.Name]))}}
}

func ended(life *graph.Lifecycle, set, have graph.Values) (faults []Fault) {
	_, moves := set[life.Status.Name]
	status, known := valueOf(life.Status, set, have).(string)
	if !known {
		return nil
	}
	end := life.End(status)
	what := fmt.Sprintf("the %s %s", life.Status.Field(), status)
	for _, p := range life.Bound {
		v := valueOf(p, set, have)
		_, given := set[p.Name]
		switch {
		case !moves && !given:
		case !allowed(life, end, p):
			if v != nil {
				faults = append(faults, Fault{Property: p, Reason: fmt.Sprintf("must be missing with %s: %s", what, written(p, v))})
			}
		case end == nil || !slices.Contains(end.Needs, p):
		case v == nil:
			if given || have != nil {
				faults = append(faults, Fault{Property: p, Reason: "is needed with " + what, Missing: true})
			}
		case tells(p, status) && v != status:
			faults = append(faults, Fault{Property: p, Reason: fmt.Sprintf("must be %s with %s: %s", status, what, written(p, v))})
		}
	}
	return faults
}

// allowed reports whether a property may be there at an end, or while there is none.
func allowed(life *graph.Lifecycle, end *graph.End, p *graph.Property) bool {
	if end == nil {
		return !life.Needed(p)
	}
	return !slices.Contains(end.Forbids, p)
}

// tells reports whether a property says the state again.
func tells(p *graph.Property, status string) bool {
	return p.Type == graph.Enum && slices.Contains(p.Values, status)
}

// Follow is what follows from a change of state and is not given: what is not allowed any more is nil, and what an end needs is the state
// or, where now is given, now.
func Follow(life *graph.Lifecycle, set, have graph.Values, now *graph.Time) graph.Values {
	follows := graph.Values{}
	if life == nil {
		return follows
	}
	status, _ := set[life.Status.Name].(string)
	if status == "" {
		return follows
	}
	end := life.End(status)
	for _, p := range life.Bound {
		if _, given := set[p.Name]; given {
			continue
		}
		switch {
		case !allowed(life, end, p):
			if have[p.Name] != nil {
				follows[p.Name] = nil
			}
		case end == nil || !slices.Contains(end.Needs, p):
		case tells(p, status):
			follows[p.Name] = status
		case p.Type == graph.Instant && now != nil && have[p.Name] == nil:
			follows[p.Name] = int64(*now)
		}
	}
	return follows
}

// FollowTexts are the texts that follow from others which are set, and are not given themselves: those that are missing, or that had
// followed before.
func FollowTexts(props []*graph.Property, set, have graph.Values) graph.Values {
	follows := graph.Values{}
	for _, p := range props {
		_, given := set[p.Name]
		moves := slices.ContainsFunc(p.Follows, func(o *graph.Property) bool { _, moves := set[o.Name]; return moves })
		if given || !moves || have[p.Name] != nil && have[p.Name] != joined(p, nil, have) {
			continue
		}
		if text := joined(p, set, have); text != have[p.Name] {
			follows[p.Name] = text
		}
	}
	return follows
}

// joined are the texts that a text follows from, nil where there are none.
func joined(p *graph.Property, set, have graph.Values) any {
	var parts []string
	for _, o := range p.Follows {
		if text, _ := valueOf(o, set, have).(string); !graph.Blank(text) {
			parts = append(parts, strings.TrimSpace(text))
		}
	}
	if len(parts) == 0 {
		return nil
	}
	return strings.Join(parts, " ")
}

// consentable is what is wrong with what a Consent is about: it takes one.
func consentable(k *graph.Kind, set graph.Values) []Fault {
	purpose, given := set[graph.ConsentPurpose].(string)
	if k.Name != graph.ConsentKind || !given || slices.Contains(graph.Consentable, graph.Purpose(purpose)) {
		return nil
	}
	return []Fault{{Property: k.Property(graph.ConsentPurpose), Reason: "must be one that takes a consent, and that somebody can object to: " + purpose}}
}

// Faults are all that is wrong with a batch, as far as that is to be seen without what is there. What is loaded may lack what a state needs:
// a file need not know when something ended.
func Faults(b *graph.Batch, now graph.Time) (problems []graph.Problem) {
	for i, n := range b.Nodes {
		for _, f := range OfNode(n.Kind, n.Set, nil, now) {
			if f.Missing && b.Loads {
				continue
			}
			problems = append(problems, graph.Problem{Index: i, Property: f.Property.Name, Reason: f.Reason})
		}
	}
	for i, l := range b.Edges {
		for _, f := range OfRelationship(l.Rel, l.Set, now) {
			problems = append(problems, graph.Problem{Edge: true, Index: i, Property: f.Property.Name, Reason: f.Reason})
		}
	}
	return problems
}

// OfNode is what is wrong with values that are set of a node, once for each property. What is there is nil where that is not known.
func OfNode(k *graph.Kind, set, have graph.Values, now graph.Time) []Fault {
	return once(consentable(k, set), each(k.Properties, set, now), Together(k.Spans, k.Lifecycle, set, have))
}

// OfRelationship is what is wrong with values that are set of a relationship, once for each property.
func OfRelationship(r *graph.Rel, set graph.Values, now graph.Time) []Fault {
	return once(each(r.Properties, set, now), Together(r.Spans, nil, set, nil))
}

// once are the first faults of each property.
func once(all ...[]Fault) (out []Fault) {
	for _, f := range slices.Concat(all...) {
		if !slices.ContainsFunc(out, func(o Fault) bool { return o.Property == f.Property }) {
			out = append(out, f)
		}
	}
	return out
}
