package ingest

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// An event log, as XES (IEEE 1849) has it: traces of events. A row is an event.

// xesColumns are what a row has: the name of the trace, that and the event's place in it, the place, its time and its name; and what else
// the log tells of the event, and of the trace.
var xesColumns = []string{"case", "event", "position", "time", "activity", "attributes", "caseAttributes"}

// xesMapping has a trace be a Case, and an event an Interaction in it.
const xesMapping = `source: %[1]q
files:
  - file: %[2]q
    nodes:
      - {kind: Case, id: case, set: {number: case, attributes: caseAttributes}}
      - {kind: Interaction, id: event, when: event != nil, set: {at: time, sequence: position, activity: activity, attributes: attributes}}
    edges:
      - {type: IN, when: event != nil, from: {kind: Interaction, id: event}, to: {kind: Case, id: case}}
`

type xesReader struct {
	in     *xml.Decoder
	trace  string         // the name of the trace that is being read
	of     xesAttributes  // what else was told of it so far
	told   bool           // what of that cannot be right has a row of its own, so that it costs none of the events
	open   bool           // it has had no event yet: where it ends without one, it has a row of its own
	later  *row           // the event that comes behind that row
	places map[string]int // how many events traces of a name had
}

// newXESReader reads a log, unpacked if it is packed.
func newXESReader(path string, in *bufio.Reader) (reader, error) {
	var text io.Reader = in
	if strings.EqualFold(filepath.Ext(path), ".gz") {
		unpacked, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		text = unpacked
	}
	return &xesReader{in: xml.NewDecoder(text), places: map[string]int{}}, nil
}

func (r *xesReader) columns() []string { return xesColumns }

func (r *xesReader) keys() []string { return xesColumns }

// next is the next event. What is below a log but traces, and below these but their names and events, is read over.
func (r *xesReader) next() (row, error) {
	if event := r.later; event != nil {
		r.later = nil
		return *event, nil
	}
	for {
		t, err := r.in.Token()
		if err != nil {
			return row{}, r.wrong(err)
		}
		if end, is := t.(xml.EndElement); is && end.Name.Local == "trace" && r.open {
			r.open = false
			return r.empty(), nil
		}
		start, is := t.(xml.StartElement)
		if !is {
			continue
		}
		switch start.Name.Local {
		case "log":
		case "trace":
			r.trace, r.of, r.told, r.open = "", xesAttributes{}, false, true
		case "event":
			r.open = false
			return r.event()
		default:
			switch key, value := attributeOf(start); {
			case start.Name.Local == "string" && key == "concept:name":
				r.trace = value
			default: // of the log itself, where no trace has begun: the next one that does forgets it
				r.of.add(start.Name.Local, key, value)
			}
			if err := r.in.Skip(); err != nil {
				return row{}, r.wrong(err)
			}
		}
	}
}

// event reads to the end of an event.
func (r *xesReader) event() (row, error) {
	line, _ := r.in.InputPos()
	var at, name string
	var further xesAttributes
	for {
		t, err := r.in.Token()
		if err != nil {
			return row{}, r.wrong(err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			switch key, value := attributeOf(t); {
			case t.Name.Local == "date" && key == "time:timestamp":
				at = value
			case t.Name.Local == "string" && key == "concept:name":
				name = value
			default:
				further.add(t.Name.Local, key, value)
			}
			if err := r.in.Skip(); err != nil {
				return row{}, r.wrong(err)
			}
		case xml.EndElement:
			event := r.row(line, at, name, further)
			if r.of.err == nil || r.told {
				return event, nil
			}
			r.told, r.later = true, &event
			return r.broken(line), nil
		}
	}
}

// empty is a trace that has had no event.
func (r *xesReader) empty() row {
	line, _ := r.in.InputPos()
	switch {
	case r.of.err != nil:
		return r.broken(line)
	case r.trace == "":
		return rowOf(line, xesColumns, map[string]any{"caseAttributes": r.of.list()}, errors.New("the trace has no concept:name"))
	}
	return rowOf(line, xesColumns, map[string]any{"case": r.trace, "caseAttributes": r.of.list()}, nil)
}

// broken is a trace of which something is told that cannot be right.
func (r *xesReader) broken(line int) row {
	return rowOf(line, xesColumns, map[string]any{"case": missing(r.trace, nil), "caseAttributes": slices.Concat(r.of.texts, r.of.wrong)}, r.of.err)
}

func (r *xesReader) row(line int, at, name string, further xesAttributes) row {
	err, attributes := further.err, further.list()
	if err != nil {
		attributes = slices.Concat(further.texts, further.wrong)
	}
	switch {
	case r.trace == "":
		err = errors.New("the trace has no concept:name before its events")
	case at == "":
		err = errors.New("the event has no time:timestamp")
	case name == "":
		err = errors.New("the event has no concept:name")
	}
	r.places[r.trace]++
	place := strconv.Itoa(r.places[r.trace])
	return rowOf(line, xesColumns, map[string]any{"case": missing(r.trace, nil), "event": r.trace + " " + place, "position": place, "time": missing(at, nil),
		"activity": missing(name, nil), "attributes": attributes, "caseAttributes": r.of.list()}, err)
}

// xesTypes are the types of values by the names of the elements that have them.
var xesTypes = map[string]graph.AttributeType{"string": graph.AttributeText, "id": graph.AttributeText, "date": graph.AttributeTime,
	"int": graph.AttributeNumber, "float": graph.AttributeNumber, "boolean": graph.AttributeBoolean}

// xesAttributes are what a log tells of a trace or an event beside its name and its time. Lists, and what stands below a value, are none.
type xesAttributes struct {
	texts []string
	wrong []string // those that cannot be right, as JSON that is no attribute
	err   error    // of the first of these
}

func (a *xesAttributes) add(element, key, value string) {
	of, known := xesTypes[element]
	if !known || value == "" {
		return
	}
	of, written := xesValue(element, of, value)
	made, err := graph.NewAttribute(key, of, written, nil)
	if element == "int" && !integral.MatchString(written) {
		err = fmt.Errorf("the attribute %q must be an integer: %q", key, value)
	}
	if err != nil {
		a.err, a.wrong = cmp.Or(a.err, err), append(a.wrong, wrongAttribute(key, value))
		return
	}
	a.texts = append(a.texts, made.String())
}

// list is nil where nothing is told.
func (a *xesAttributes) list() any {
	if a.texts == nil {
		return nil
	}
	return a.texts
}

// wrong tells where a log is no XML.
func (r *xesReader) wrong(err error) error {
	var syntax *xml.SyntaxError
	if errors.Is(err, io.EOF) && !errors.As(err, &syntax) {
		return io.EOF
	}
	line, _ := r.in.InputPos()
	return fmt.Errorf("line %d: %w", line, err)
}

func attributeOf(e xml.StartElement) (key, value string) {
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "key":
			key = a.Value
		case "value":
			value = a.Value
		}
	}
	return key, value
}

// Numbers as XML Schema writes them: their sign, the whole digits but for zeros before them, and what is behind these.
var (
	whole    = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	integral = regexp.MustCompile(`^-?[0-9]+(\.0*)?$`)
	integer  = regexp.MustCompile(`^([+-]?)0*([0-9]+)$`)
	decimal  = regexp.MustCompile(`^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+)?$`)
	endless  = regexp.MustCompile(`(?i)^([+-]?inf(inity)?|nan)$`)
)

// xesValue is a value of an element as JSON has it. What JSON has no number for, and a time of which nobody knows the zone, are texts.
// https://www.w3.org/TR/xmlschema-2/ has the forms.
func xesValue(element string, of graph.AttributeType, value string) (graph.AttributeType, string) {
	bare := strings.TrimSpace(value)
	switch element {
	case "boolean":
		switch bare {
		case "1":
			return of, "true"
		case "0":
			return of, "false"
		}
		return of, bare
	case "int":
		if m := integer.FindStringSubmatch(bare); m != nil {
			return of, strings.TrimPrefix(m[1], "+") + m[2]
		}
	case "float":
		if endless.MatchString(bare) {
			return graph.AttributeText, value
		}
		digits := bare[:strings.IndexAny(bare+"e", "eE")]
		if m := decimal.FindStringSubmatch(bare); m != nil && strings.ContainsAny(digits, "0123456789") {
			return of, jsonNumber(m)
		}
	case "date":
		for _, form := range []string{"2006-01-02T15:04:05", time.DateOnly} {
			if _, err := time.Parse(form, bare); err == nil {
				return graph.AttributeText, value
			}
		}
		return of, bare
	}
	return of, value
}

// jsonNumber writes the parts of a decimal number as JSON has them: one that is written without decimals and exponent gets a zero behind it.
func jsonNumber(m []string) string {
	number := strings.TrimPrefix(m[1], "+") + m[2]
	if m[2] == "" {
		number += "0"
	}
	if m[3] != "" || m[4] == "" {
		number += "." + m[3]
	}
	if strings.HasSuffix(number, ".") {
		number += "0"
	}
	return number + m[4]
}

// wrongAttribute is JSON of a value that cannot be right, which nothing is kept as.
func wrongAttribute(name, value string) string {
	text, err := json.Marshal(map[string]string{"name": name, "value": value})
	if err != nil {
		panic(fmt.Sprintf("ingest: texts are no JSON: %v", err))
	}
	return string(text)
}
