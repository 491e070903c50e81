package journey

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What an activity of a log is called has three parts, with this between them, which no text has: what took place, what it was more closely,
// and by which channel; and, where events are told apart by it, a fourth: what came of it. A part that is not of the activity is empty, and one that is not known is Unknown.
const (
	between = "\x00"
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
	Result
	parts
)

// partNames are what callers call them.
var partNames = [parts]string{"kinds", "details", "channels", "outcomes"}

// A Mapping says what the activities of a log are called, and which events are looked at.
type Mapping struct {
	// By are the parts by which events are told apart, in this order in the names: at least one.
	By []Part
	// Only, for each part, are those whose events are looked at; nil: all.
	Only [parts][]string
	// Rename gives activities another name. Several of one name are one. One that is named in From is called by that; of several that are matched the
	// first counts.
	Rename []Rename
	// Exclude are activities, as they are called at last, whose events are not looked at.
	Exclude []string
}

// A Rename gives activities another name: those that are named, or all those that are matched.
type Rename struct {
	From []string
	// Matching is a regular expression (RE2). To has what its groups match in the place of $1 or ${name}, and a $ in the place of $$.
	Matching string
	To       string
}

// MostPatterns is how many regular expressions a mapping may have, and mostPattern how many characters each.
const (
	MostPatterns = 20
	mostPattern  = 200
)

// Define is the definition by which a log is looked at. Of activities that were found in events, and not known before, those alone are there
// that an event has now, and more closely than that it took place those alone that at least fewest persons have, if anybody has.
func (l *Log) Define(m Mapping, fewest int) (Definition, error) {
	patterns, err := m.patterns()
	if err != nil {
		return Definition{}, err
	}
	all := l.named(fewest)
	for part, only := range m.Only {
		for _, value := range only {
			if !slices.ContainsFunc(all, func(of *[parts]string) bool { return of != nil && of[part] == value }) {
				return Definition{}, fmt.Errorf("events.%s: no event has %q%s", partNames[part], value, instead(value, valuesOf(all, Part(part))))
			}
		}
	}
	to, err := renames(all, &m, patterns)
	if err != nil {
		return Definition{}, err
	}
	d := Definition{Named: make([]uint16, len(all))}
	names := map[string]bool{}
	for i, of := range all {
		d.Named[i] = Hidden
		if of == nil {
			continue
		}
		if called, looked := m.looks(of, to); looked {
			names[called] = true
		}
	}
	d.Names = slices.Sorted(maps.Keys(names)) // whatever was found first
	for i, of := range all {
		if of == nil {
			continue
		}
		if called, looked := m.looks(of, to); looked {
			n, _ := slices.BinarySearch(d.Names, called)
			d.Named[i] = uint16(n)
		}
	}
	return d, nil
}

// looks says what an activity of these parts is called at last, and whether its events are looked at.
func (m *Mapping) looks(of *[parts]string, to map[string]string) (called string, looked bool) {
	called = m.called(of)
	if other, renamed := to[called]; renamed {
		called = other
	}
	looked = !slices.Contains(m.Exclude, called)
	for part, only := range m.Only {
		looked = looked && (only == nil || slices.Contains(only, of[part]))
	}
	return called, looked
}

// named are the parts of all activities; nil: no event has it.
func (l *Log) named(fewest int) []*[parts]string {
	all := make([]*[parts]string, len(l.activities))
	for i, name := range l.activities[:l.known] {
		of := splitName(name)
		all[i] = &of
	}
	if l.known == len(all) {
		return all
	}
	if l.live != nil && (fewest == 0 || l.isAboutNobody()) { // it is no matter how many have it
		for code, name := range l.activities {
			if code >= l.known && l.live[code] > 0 {
				of := splitName(name)
				all[code] = &of
			}
		}
		return all
	}
	found, wholes := l.found()
	rare := func(t Tally) bool { return t.Persons > 0 && t.Persons < fewest }
	for i := range found {
		t := found[i].told()
		if t.Cases == 0 {
			continue
		}
		of := splitName(l.activities[l.known+i])
		switch {
		case wholes == nil && rare(t), wholes != nil && wholes[i] != nil && rare(wholes[i].told()):
			of[Detail] = Unknown
		}
		if of[Result] != "" && rare(t) {
			of[Result] = Unknown
		}
		all[l.known+i] = &of
	}
	return all
}

// found counts who has each activity that was found in events, and wholes as below.
func (l *Log) found() (found []tally, wholes []*tally) {
	v := l.whole()
	found = make([]tally, len(l.activities)-l.known)
	for i := range found {
		found[i] = v.tally()
	}
	wholes = l.wholes(v)
	if wholes == nil && bool(l.personal) && v.linked { // in how many cases each is says it
		runs, _ := v.runs()
		for code, n := range l.casesWith(runs) {
			if code >= l.known {
				found[code-l.known].cases = int(n)
			}
		}
		return found, nil
	}
	for c, at := range l.cases {
		for i := at.from; i < at.from+at.n; i++ {
			if n := int(l.codes[i]) - l.known; n >= 0 {
				found[n].add(c, l.whoOf(i))
				if wholes != nil && wholes[n] != nil {
					wholes[n].add(c, l.whoOf(i))
				}
			}
		}
	}
	return found, wholes
}

// wholes count, for activities that were found, who has them whatever came of it, where that is told; nil of one whose detail is known whatever events are.
func (l *Log) wholes(v *View) []*tally {
	found := l.activities[l.known:]
	if !slices.ContainsFunc(found, func(name string) bool { return splitName(name)[Result] != "" }) {
		return nil
	}
	known, out := map[string]bool{}, make([]*tally, len(found))
	for _, name := range l.activities[:l.known] {
		known[name] = true
	}
	of := map[string]*tally{}
	for i, name := range found {
		p := splitName(name)
		whole := Name(p[Kind], p[Detail], p[Channel])
		if known[whole] {
			continue
		}
		if of[whole] == nil {
			t := v.tally()
			of[whole] = &t
		}
		out[i] = of[whole]
	}
	return out
}

// renames checks names, and gives the new one of each that has one.
func renames(activities []*[parts]string, m *Mapping, patterns []*regexp.Regexp) (map[string]string, error) {
	var all []string
	for _, of := range activities {
		if of != nil {
			all = append(all, m.called(of))
		}
	}
	to, err := named(all, m.Rename)
	if err == nil {
		err = matched(all, m.Rename, patterns, to)
	}
	if err != nil {
		return nil, err
	}
	for i := range all {
		if other, renamed := to[all[i]]; renamed {
			all[i] = other
		}
	}
	for i, name := range m.Exclude {
		if !slices.Contains(all, name) {
			return nil, fmt.Errorf("exclude[%d]: %w", i, unknown(name, all))
		}
	}
	return to, nil
}

// nameable checks the name of an activity.
func nameable(name string) error {
	if slices.Contains([]string{"", Start, End, Open, More}, name) {
		return fmt.Errorf("%q is no name for an activity", name)
	}
	return nil
}

// Check finds what is wrong with a mapping whatever the log has.
func (m *Mapping) Check() error {
	_, err := m.patterns()
	return err
}

// patterns are the regular expressions of what is renamed, nil where it is named. Errors are those of Check.
func (m *Mapping) patterns() ([]*regexp.Regexp, error) {
	all, given := make([]*regexp.Regexp, len(m.Rename)), 0
	for i, r := range m.Rename {
		if (len(r.From) > 0) == (r.Matching != "") {
			return nil, fmt.Errorf("rename[%d]: either from or matching is to be given", i)
		}
		if r.Matching == "" {
			if err := nameable(r.To); err != nil {
				return nil, fmt.Errorf("rename[%d].to: %w", i, err)
			}
			continue
		}
		if given++; given > MostPatterns {
			return nil, fmt.Errorf("rename[%d].matching: at most %d regular expressions are given", i, MostPatterns)
		}
		pattern, err := compile(r.Matching)
		if err != nil {
			return nil, fmt.Errorf("rename[%d].matching: %w", i, err)
		}
		if err := groupsIn(r.To, pattern); err != nil {
			return nil, fmt.Errorf("rename[%d].to: %w", i, err)
		}
		all[i] = pattern
	}
	return all, nil
}

// reference is what stands for a group in the new name of what is matched, as regexp.Expand reads it; that of $$ is empty.
var reference = regexp.MustCompile(`\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))`)

// groupsIn checks that a new name has no groups but those of the pattern: of others regexp.Expand makes nothing.
func groupsIn(to string, pattern *regexp.Regexp) error {
	for _, m := range reference.FindAllStringSubmatch(to, -1) {
		group := m[1] + m[2]
		if n, err := strconv.Atoi(group); group == "" || err == nil && n <= pattern.NumSubexp() && group == strconv.Itoa(n) || slices.Contains(pattern.SubexpNames(), group) {
			continue
		}
		hint := ""
		if digits := leading.FindString(m[2]); digits != "" && digits != group {
			hint = fmt.Sprintf("; group %s, and then %q, is ${%s}%s", digits, group[len(digits):], digits, group[len(digits):])
		}
		return fmt.Errorf("%q has the group %s, which %q has not%s", to, group, pattern, hint)
	}
	return nil
}

var leading = regexp.MustCompile(`^[0-9]+`)

// named are the new names of activities that are named.
func named(all []string, list []Rename) (map[string]string, error) {
	to := map[string]string{}
	for i, r := range list {
		for j, from := range r.From {
			switch _, twice := to[from]; {
			case !slices.Contains(all, from):
				return nil, fmt.Errorf("rename[%d].from[%d]: %w", i, j, unknown(from, all))
			case twice:
				return nil, fmt.Errorf("rename[%d].from[%d]: %q has a new name already", i, j, from)
			}
			to[from] = r.To
		}
	}
	return to, nil
}

// matched adds the new names of activities that are matched, and have none yet.
func matched(all []string, list []Rename, patterns []*regexp.Regexp, to map[string]string) error {
	for i, r := range list {
		pattern := patterns[i]
		if pattern == nil {
			continue
		}
		any := false
		for _, name := range all {
			at := pattern.FindStringSubmatchIndex(name)
			if at == nil {
				continue
			}
			any = true
			if _, renamed := to[name]; renamed {
				continue
			}
			called := string(pattern.ExpandString(nil, r.To, name, at))
			if err := nameable(called); err != nil {
				return fmt.Errorf("rename[%d].to: of %q, %w", i, name, err)
			}
			to[name] = called
		}
		if !any {
			return fmt.Errorf("rename[%d].matching: no activity has %q", i, r.Matching)
		}
	}
	return nil
}

// compile reads a regular expression. The error tells where it is none, counted in characters from 1.
func compile(pattern string) (*regexp.Regexp, error) {
	if n := utf8.RuneCountInString(pattern); n > mostPattern {
		return nil, fmt.Errorf("it has at most %d characters, not %d", mostPattern, n)
	}
	out, err := regexp.Compile(pattern)
	if err == nil {
		return out, nil
	}
	var wrong *syntax.Error
	if !errors.As(err, &wrong) {
		return nil, fmt.Errorf("%q is no regular expression (RE2): %w", pattern, err)
	}
	before := pattern // what is missing is so at its end
	if wrong.Expr != pattern {
		before, _, _ = strings.Cut(pattern, wrong.Expr)
	}
	return nil, fmt.Errorf("%q is no regular expression (RE2): %s, at character %d", pattern, wrong.Code, utf8.RuneCountInString(before)+1)
}

// called is what an activity of these parts is called; parts that it has not are left out.
func (m *Mapping) called(of *[parts]string) string {
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
	copy(of[:], strings.Split(activity, between))
	return of
}

// valuesOf are those that a part has.
func valuesOf(all []*[parts]string, part Part) (values []string) {
	for _, of := range all {
		if of != nil && of[part] != "" && of[part] != Unknown {
			values = append(values, of[part])
		}
	}
	return values
}
