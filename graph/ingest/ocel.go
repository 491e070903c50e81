package ingest

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"
	"strconv"

	"github.com/kithgraph/kith/graph"
)

// An event log about several objects at once, as OCEL 2.0 has it in JSON (ocel-standard.org): objects and events, each of a type that says what
// attributes it has, and relationships from both to objects. A row is an object, an event, or that an event is about an object.

// ocelColumns are what rows have: an object its id, its type and attributes; an event its id, its place in the log, its time, its name and
// attributes; and a relationship the ids of both its ends.
var ocelColumns = []string{"object", "type", "event", "position", "time", "activity", "attributes", "about"}

// ocelMapping has an object be a Case, and an event an Interaction that is about it. An event is known by its place, so that one without an id is
// no object.
const ocelMapping = `source: %[1]q
files:
  - file: %[2]q
    nodes:
      - {kind: Case, id: object, when: position == nil && about == nil, set: {number: object, objectType: type, attributes: attributes}}
      - {kind: Interaction, id: event, when: position != nil, set: {at: time, sequence: position, activity: activity, attributes: attributes}}
    edges:
      - {type: ABOUT, late: true, when: about != nil, from: {kind: Interaction, id: event}, to: {kind: Case, id: about}}
`

// ocelTypes are the types of values by the names that OCEL has for them.
var ocelTypes = map[string]graph.AttributeType{"string": graph.AttributeText, "time": graph.AttributeTime, "integer": graph.AttributeNumber,
	"float": graph.AttributeNumber, "boolean": graph.AttributeBoolean}

// An ocelDeclaration is a type of events, or of objects, and the types of its attributes.
type ocelDeclaration struct {
	Name       string
	Attributes []struct{ Name, Type string }
}

type ocelReader struct {
	in       *json.Decoder
	lines    *lineCount
	types    map[string]map[string]map[string]string // under objectTypes and eventTypes, by the type and the attribute: what that is
	within   string                                  // the list that is being read
	began    bool
	ended    bool
	position int
	pending  []row
}

// newOCELReader looks for the types first, wherever they stand in the log.
func newOCELReader(path string, in *bufio.Reader) (reader, error) {
	types, err := ocelDeclared(path)
	if err != nil {
		return nil, err
	}
	values, lines := bounded(in)
	return &ocelReader{in: values, lines: lines, types: types}, nil
}

func (r *ocelReader) columns() []string { return ocelColumns }

func (r *ocelReader) keys() []string { return ocelColumns }

// next is the next row. What a log has beside objects and events is read over.
func (r *ocelReader) next() (row, error) {
	for {
		if len(r.pending) > 0 {
			out := r.pending[0]
			r.pending = r.pending[1:]
			return out, nil
		}
		if err := r.step(); err != nil {
			return row{}, r.wrong(err)
		}
	}
}

// step reads one element of a list, or goes on to the next list.
func (r *ocelReader) step() error {
	switch {
	case r.within != "" && r.in.More():
		r.lines.from(r.in.InputOffset())
		var text json.RawMessage
		if err := r.in.Decode(&text); err != nil {
			return err
		}
		line := r.lines.at(r.in.InputOffset() - int64(len(text)))
		r.element(line, text)
		return nil
	case r.within != "":
		r.within = ""
		_, err := r.in.Token()
		return err
	case !r.began:
		r.began = true
		return opens(r.in, '{', "a log")
	case !r.in.More():
		if _, err := r.in.Token(); err != nil {
			return err
		}
		if _, err := r.in.Token(); !errors.Is(err, io.EOF) {
			return errors.Join(errors.New("there is something behind the log"), err)
		}
		r.ended = true
		return io.EOF
	}
	key, err := r.in.Token()
	if err != nil {
		return err
	}
	if name, _ := key.(string); name == "objects" || name == "events" {
		r.within = name
		return opens(r.in, '[', name)
	}
	return skipValue(r.in, r.lines)
}

// element makes rows of an object or an event. What is wrong with it stays in its row as it stands in the log, so that it can be mended there, and what
// an event is about is told of one that is rejected, too.
func (r *ocelReader) element(line int, text []byte) {
	of, err := ocelElementOf(text)
	values := map[string]any{"type": missing(of.typ, nil)}
	var told ocelTold
	switch {
	case err == nil:
		told = r.told(of)
		err = told.err
		if told.texts != nil {
			values["attributes"] = told.texts
		}
	case len(text) <= maxRecord:
		values["attributes"] = oneLine(text) // no list, which no row has instead of what it could not be read as
	}
	if r.within == "objects" {
		values["object"] = missing(of.id, nil)
		r.pending = append(r.pending, rowOf(line, ocelColumns, values, err))
		return
	}
	r.position++
	values["event"], values["position"], values["time"] = missing(of.id, nil), strconv.Itoa(r.position), missing(of.time, nil)
	values["activity"], values["type"] = values["type"], nil
	r.pending = append(r.pending, rowOf(line, ocelColumns, values, err))
	for _, to := range told.about {
		r.pending = append(r.pending, rowOf(line, ocelColumns, map[string]any{"event": missing(of.id, nil), "about": to}, nil))
	}
}

// wrong tells where a log is no JSON, or no log.
func (r *ocelReader) wrong(err error) error {
	if r.ended {
		return err
	}
	return fmt.Errorf("line %d: %w", r.lines.at(r.in.InputOffset()), early(err))
}

// ocelDeclared reads the types that a log declares: by objectTypes and eventTypes, the type and the attribute.
func ocelDeclared(path string) (types map[string]map[string]map[string]string, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	log, _ := unmarked(file)
	in, lines := bounded(log)
	types = map[string]map[string]map[string]string{}
	if err := opens(in, '{', "a log"); err != nil {
		return nil, err
	}
	for len(types) < 2 && in.More() {
		key, err := in.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		if name != "objectTypes" && name != "eventTypes" {
			if err := skipValue(in, lines); err != nil {
				return nil, err
			}
			continue
		}
		lines.from(in.InputOffset())
		var all []ocelDeclaration
		if err := in.Decode(&all); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if types[name], err = ocelTypesOf(all); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return types, nil
}

func ocelTypesOf(all []ocelDeclaration) (map[string]map[string]string, error) {
	types := map[string]map[string]string{}
	for _, d := range all {
		if _, twice := types[d.Name]; twice || d.Name == "" {
			return nil, fmt.Errorf("name must be there, and once: %q", d.Name)
		}
		types[d.Name] = map[string]string{}
		for _, a := range d.Attributes {
			if _, known := ocelTypes[a.Type]; !known {
				return nil, fmt.Errorf("%s.%s: type must be string, time, integer, float or boolean: %q", d.Name, a.Name, a.Type)
			}
			types[d.Name][a.Name] = a.Type
		}
	}
	return types, nil
}

// opens reads the beginning of an object or a list.
func opens(in *json.Decoder, with json.Delim, what string) error {
	t, err := in.Token()
	if err == nil && t != with {
		err = fmt.Errorf("%s must begin with %s: %v", what, with, t)
	}
	return early(err)
}

// early has the end of a file be a mistake.
func early(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// skipValue reads over a value.
func skipValue(in *json.Decoder, lines *lineCount) error {
	for depth := 0; ; {
		lines.from(in.InputOffset())
		t, err := in.Token()
		if err != nil {
			return early(err)
		}
		switch t {
		case json.Delim('{'), json.Delim('['):
			depth++
		case json.Delim('}'), json.Delim(']'):
			depth--
		}
		if depth == 0 {
			return nil
		}
	}
}

// A lineCount knows the lines of what was read through it.
type lineCount struct {
	in     io.Reader
	read   int64
	passed int     // lines that ended before those in ends
	ends   []int64 // where further lines end
	most   int64   // where a value that goes on is too long
}

// longestValue is how many bytes a value may have that is read at once: an element, all declarations of a list, or a text that is read over. A longer
// one would have to be held in memory to find its end, so that the log is not read further; an element of more than maxRecord costs itself alone.
const longestValue = 8 << 20

// bounded reads values of which none has more than longestValue bytes. Numbers stay as they are written, since one that is read over may be any.
func bounded(in io.Reader) (*json.Decoder, *lineCount) {
	lines := &lineCount{in: in, most: longestValue}
	values := json.NewDecoder(lines)
	values.UseNumber()
	return values, lines
}

// from says where a value begins. What is before it is not asked for any more.
func (l *lineCount) from(offset int64) {
	l.at(offset)
	l.most = offset + longestValue
}

func (l *lineCount) Read(b []byte) (int, error) {
	if l.read > l.most {
		return 0, fmt.Errorf("a value has more than %d bytes", longestValue)
	}
	n, err := l.in.Read(b[:min(int64(len(b)), l.most+1-l.read)])
	for i, c := range b[:n] {
		if c == '\n' {
			l.ends = append(l.ends, l.read+int64(i))
		}
	}
	l.read += int64(n)
	return n, err
}

// at is the line of a place, behind which no earlier one is asked for.
func (l *lineCount) at(offset int64) int {
	n := sort.Search(len(l.ends), func(i int) bool { return l.ends[i] >= offset })
	l.passed, l.ends = l.passed+n, l.ends[n:]
	return l.passed + 1
}
