package journey

import (
	"fmt"
	"slices"
	"strings"
)

// What an activity of a log is called has three parts, with this between them: what took place, what it was more closely, and by which
// channel. A part that is not of the activity is empty, and one that is not known is Unknown.
const (
	between = ":"
	Unknown = "?"
)

// Name joins the parts of an activity.
func Name(kind, detail, channel string) string { return kind + between + detail + between + channel }

// A Part is one of an activity's name.
type Part uint8

// The parts, in their order.
const (
	Kind Part = iota
	Detail
	Channel
	parts
)

// partNames are what callers call them.
var partNames = [parts]string{"kinds", "details", "channels"}

// A Mapping says what the activities of a log are called, and which events are looked at.
type Mapping struct {
	// By are the parts by which events are told apart, in this order in the names: at least one.
	By []Part
	// Only, for each part, are those whose events are looked at; nil: all.
	Only [parts][]string
	// Rename gives activities another name, each once. Several of one name are one.
	Rename []Rename
	// Exclude are activities, as they are called at last, whose events are not looked at.
	Exclude []string
}

// A Rename gives activities another name.
type Rename struct {
	From []string
	To   string
}

// Define is the definition by which a log is looked at.
func (l *Log) Define(m Mapping) (Definition, error) {
	for part, only := range m.Only {
		for _, value := range only {
			if !slices.ContainsFunc(l.activities, func(name string) bool { return splitName(name)[part] == value }) {
				return Definition{}, fmt.Errorf("events.%s: no event has %q%s", partNames[part], value, l.has(Part(part)))
			}
		}
	}
	to, err := l.renames(&m)
	if err != nil {
		return Definition{}, err
	}
	d := Definition{Named: make([]uint16, len(l.activities))}
	at := map[string]int{}
	for i, name := range l.activities {
		of := splitName(name)
		called := m.called(of)
		if other, renamed := to[called]; renamed {
			called = other
		}
		d.Named[i] = Hidden
		looked := !slices.Contains(m.Exclude, called)
		for part, only := range m.Only {
			looked = looked && (only == nil || slices.Contains(only, of[part]))
		}
		if !looked {
			continue
		}
		if _, known := at[called]; !known {
			at[called] = len(d.Names)
			d.Names = append(d.Names, called)
		}
		d.Named[i] = uint16(at[called])
	}
	return d, nil
}

// renames checks names, and gives the new one of each that has one.
func (l *Log) renames(m *Mapping) (map[string]string, error) {
	var all []string
	for _, name := range l.activities {
		all = append(all, m.called(splitName(name)))
	}
	to := map[string]string{}
	for i, r := range m.Rename {
		if slices.Contains([]string{"", Start, End, Open, More}, r.To) {
			return nil, fmt.Errorf("rename[%d].to: %q is no name for an activity", i, r.To)
		}
		for j, from := range r.From {
			switch _, twice := to[from]; {
			case !slices.Contains(all, from):
				return nil, fmt.Errorf("rename[%d].from[%d]: there is no activity %q", i, j, from)
			case twice:
				return nil, fmt.Errorf("rename[%d].from[%d]: %q has a new name already", i, j, from)
			}
			to[from] = r.To
		}
	}
	for i := range all {
		if other, renamed := to[all[i]]; renamed {
			all[i] = other
		}
	}
	for i, name := range m.Exclude {
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("exclude[%d]: there is no activity %q", i, name)
		}
	}
	return to, nil
}

// called is what an activity of these parts is called; parts that it has not are left out.
func (m *Mapping) called(of [parts]string) string {
	var name []string
	for _, p := range m.By {
		if of[p] != "" {
			name = append(name, of[p])
		}
	}
	if len(name) == 0 {
		return of[Kind] // it has none by which it could be told apart
	}
	return strings.Join(name, " ")
}

func splitName(activity string) (of [parts]string) {
	copy(of[:], strings.SplitN(activity, between, int(parts)))
	return of
}

// has tells which values a part has, where these are few.
func (l *Log) has(part Part) string {
	var all []string
	for _, name := range l.activities {
		if v := splitName(name)[part]; v != "" && !slices.Contains(all, v) {
			all = append(all, v)
		}
	}
	slices.Sort(all)
	return "; it is one of " + strings.Join(all, ", ")
}
