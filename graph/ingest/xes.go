package ingest

import (
	"bufio"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// An event log, as XES (IEEE 1849) has it: traces of events. A row is an event.

// xesColumns are what a row has: the name of the trace, that and the event's place in it, the place, its time and its name.
var xesColumns = []string{"case", "event", "position", "time", "activity"}

// xesMapping has a trace be a Case, and an event an Interaction in it.
const xesMapping = `source: %[1]q
files:
  - file: %[2]q
    nodes:
      - {kind: Case, id: case, set: {number: case}}
      - {kind: Interaction, id: event, set: {at: time, sequence: position, activity: activity}}
    edges:
      - {type: IN, from: {kind: Interaction, id: event}, to: {kind: Case, id: case}}
`

// xesName is the name of an event log without what tells its format; not ok: it is a file of another format.
func xesName(path string) (name string, ok bool) {
	name = filepath.Base(path)
	if lower := strings.ToLower(name); strings.HasSuffix(lower, ".xes.gz") {
		return name[:len(name)-len(".xes.gz")], true
	} else if strings.HasSuffix(lower, ".xes") {
		return name[:len(name)-len(".xes")], true
	}
	return "", false
}

// LogMapping is the mapping of an event log, whose name is its source: it needs none that is written down.
func LogMapping(paths []string, cat *graph.Catalog) (*Mapping, error) {
	if len(paths) != 1 {
		return nil, fmt.Errorf("%d paths are given: without a mapping one event log is loaded at a time", len(paths))
	}
	name, ok := xesName(paths[0])
	if !ok || name == "" {
		return nil, fmt.Errorf("a mapping is needed for %s, which is no event log (.xes or .xes.gz)", paths[0])
	}
	m, err := Parse(fmt.Appendf(nil, xesMapping, name, filepath.Base(paths[0])), cat)
	if err != nil {
		return nil, fmt.Errorf("the name of an event log is that of its source: %w", err)
	}
	return m, nil
}

type xesReader struct {
	in     *xml.Decoder
	trace  string         // the name of the trace that is being read
	places map[string]int // how many events traces of a name had
}

// newXESReader reads a log, unpacked if it is packed.
func newXESReader(path string, in *bufio.Reader) (*xesReader, error) {
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
	for {
		t, err := r.in.Token()
		if err != nil {
			return row{}, r.wrong(err)
		}
		start, is := t.(xml.StartElement)
		if !is {
			continue
		}
		switch start.Name.Local {
		case "log":
		case "trace":
			r.trace = ""
		case "event":
			return r.event()
		default:
			if key, value := attributeOf(start); start.Name.Local == "string" && key == "concept:name" {
				r.trace = value
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
			}
			if err := r.in.Skip(); err != nil {
				return row{}, r.wrong(err)
			}
		case xml.EndElement:
			return r.row(line, at, name), nil
		}
	}
}

func (r *xesReader) row(line int, at, name string) row {
	out := row{line: line}
	switch {
	case r.trace == "":
		out.err = errors.New("the trace has no concept:name before its events")
	case at == "":
		out.err = errors.New("the event has no time:timestamp")
	case name == "":
		out.err = errors.New("the event has no concept:name")
	}
	r.places[r.trace]++
	place := strconv.Itoa(r.places[r.trace])
	out.cells = []string{r.trace, r.trace + " " + place, place, at, name}
	out.values = map[string]any{}
	for i, column := range xesColumns {
		out.values[column] = missing(out.cells[i], nil)
	}
	return out
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
