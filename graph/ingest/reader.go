package ingest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A row of a file: its line, its values by column, and its cells as they stand in the file. Err says why it cannot be read.
type row struct {
	line   int
	values map[string]any
	cells  []string
	err    error
}

// without leaves out of what is asked what the row has.
func (r row) without(needs []need) []need {
	return slices.DeleteFunc(needs, func(n need) bool {
		var at any = r.values
		for _, key := range n.path {
			of, _ := at.(map[string]any)
			below, has := of[key]
			if !has {
				return false
			}
			at = below
		}
		return true
	})
}

// reader gives the rows of one file.
type reader interface {
	// columns are known before the first row, or nil.
	columns() []string
	// keys are the names that rows have had so far.
	keys() []string
	// next gives io.EOF after the last row.
	next() (row, error)
}

// repairs are the rules by which rows with too many cells are mended. A rule gives nil where it does not apply.
var repairs = map[string]func(cells []string, want int) []string{
	// join-spaced takes a cell that begins with a space for the rest of the one before it: an unquoted comma in a text has a
	// space behind it, one between cells has none.
	"join-spaced": func(cells []string, want int) []string {
		var out []string
		for _, c := range cells {
			if strings.HasPrefix(c, " ") && len(out) > 0 {
				out[len(out)-1] += "," + c
			} else {
				out = append(out, c)
			}
		}
		if len(out) != want {
			return nil
		}
		return out
	},
}

// counted counts the bytes that are read.
type counted struct {
	io.Reader
	n *int64
}

func (c counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	*c.n += int64(n)
	return n, err
}

// unmarked reads UTF-8 behind its byte order mark, if it has one. bom is what a file begins with otherwise, which may be that of another encoding.
func unmarked(of io.Reader) (in *bufio.Reader, bom []byte) {
	in = bufio.NewReaderSize(of, 1<<16)
	bom, err := in.Peek(3)
	if err == nil && bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		in.Discard(3)
	}
	return in, bom
}

// open opens a file for reading by its format. done tells how many bytes are read.
func open(path string, f File, null []string, done *int64) (reader, io.Closer, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	in, bom := unmarked(counted{file, done})
	var r reader
	if bytes.HasPrefix(bom, []byte("\xff\xfe")) || bytes.HasPrefix(bom, []byte("\xfe\xff")) {
		err = fmt.Errorf("%s is UTF-16, and UTF-8 is needed", path)
	} else if r, err = f.reader(path, in, null); err != nil {
		err = fmt.Errorf("%s: %w", path, err)
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return r, file, nil
}

// reader reads what a path has by its format.
func (f File) reader(path string, in *bufio.Reader, null []string) (reader, error) {
	if _, of := logName(path); of != nil {
		return of.open(path, in)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".jsonl", ".ndjson":
		return &jsonReader{in: lines{in: in}, null: null, seen: map[string]bool{}}, nil
	}
	comma := ','
	if f.Separator != "" && !ofRejects(in) {
		comma = []rune(f.Separator)[0]
	}
	return newCSVReader(in, comma, null, repairs[f.Repair])
}

// missing is nil for a text that stands for no value.
func missing(s string, null []string) any {
	if s == "" || slices.Contains(null, s) {
		return nil
	}
	return s
}

type jsonReader struct {
	in   lines
	null []string
	seen map[string]bool
}

// mostKeys are as many as are told of when one is not there.
const mostKeys = 1000

func see(seen map[string]bool, values map[string]any) {
	for k := range values {
		if len(seen) < mostKeys {
			seen[k] = true
		}
	}
}

func (r *jsonReader) columns() []string { return nil }

func (r *jsonReader) keys() []string { return slices.Sorted(maps.Keys(r.seen)) }

func (r *jsonReader) next() (row, error) {
	for {
		text, cut, err := r.in.next(maxRecord)
		if err != nil {
			return row{}, err
		}
		if cut {
			return row{line: r.in.n, cells: []string{text}, err: r.in.tooLong(text)}, nil
		}
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		out := row{line: r.in.n, cells: []string{text}}
		out.values, out.err = object(text, r.null)
		see(r.seen, out.values)
		return out, nil
	}
}

// deepest is how deep values of a line may lie within each other.
const deepest = 100

// object reads a line that is one JSON object. Numbers are texts, the same where they are equal; texts that stand for nothing are nil.
func object(text string, null []string) (map[string]any, error) {
	if !utf8.ValidString(text) {
		return nil, errors.New("the line is not valid UTF-8")
	}
	r := objectReader{json.NewDecoder(strings.NewReader(text)), null, strings.Contains(text, "\ufffd") || strings.Contains(strings.ToLower(text), `\ufffd`)}
	r.in.UseNumber()
	v, err := r.value(0)
	var syntax *json.SyntaxError
	switch {
	case errors.As(err, &syntax), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errors.New("the line is not one JSON object")
	case err != nil:
		return nil, err
	}
	m, is := v.(map[string]any)
	if _, err := r.in.Token(); !is || !errors.Is(err, io.EOF) {
		return nil, errors.New("the line is not one JSON object")
	}
	return m, nil
}

type objectReader struct {
	in       *json.Decoder
	null     []string
	replaced bool // the text itself has U+FFFD
}

func (r objectReader) value(depth int) (any, error) {
	if depth > deepest {
		return nil, fmt.Errorf("values lie more than %d deep within each other", deepest)
	}
	t, err := r.in.Token()
	if err != nil {
		return nil, err
	}
	switch t := t.(type) {
	case json.Delim:
		if t == '{' {
			return r.members(depth)
		}
		return r.elements(depth)
	case json.Number:
		return plain(t.String())
	case string:
		if err := r.whole(t); err != nil {
			return nil, err
		}
		return missing(t, r.null), nil
	}
	return t, nil
}

// plainPlaces is how many zeros a number may have before or behind its digits to be written without an exponent.
const plainPlaces = 100

// plain writes a number of JSON in the one way that all equal to it have: 5.0 and 5e0 are 5. No digit is lost. The digits are counted, and
// not computed with: there may be a million.
func plain(number string) (string, error) {
	mantissa, power, scaled := strings.Cut(strings.ToLower(number), "e")
	var exponent int64
	if scaled {
		var err error
		if exponent, err = strconv.ParseInt(power, 10, 32); err != nil {
			return "", fmt.Errorf("the exponent of the number %s is out of range", number)
		}
	}
	mantissa, negative := strings.CutPrefix(mantissa, "-")
	whole, fraction, _ := strings.Cut(mantissa, ".")
	all := strings.TrimLeft(whole+fraction, "0")
	digits := strings.TrimRight(all, "0")
	if digits == "" {
		return "0", nil
	}
	behind := int(exponent) - len(fraction) + len(all) - len(digits) // zeros, or if negative so many digits are behind the point
	before := -behind - len(digits)                                  // zeros between the point and the digits
	text := ""
	switch {
	case behind > plainPlaces || before > plainPlaces:
		text = digits + "e" + strconv.Itoa(behind)
	case behind >= 0:
		text = digits + strings.Repeat("0", behind)
	case before >= 0:
		text = "0." + strings.Repeat("0", before) + digits
	default:
		text = digits[:-before] + "." + digits[-before:]
	}
	if negative {
		text = "-" + text
	}
	return text, nil
}

func (r objectReader) members(depth int) (any, error) {
	out := map[string]any{}
	for r.in.More() {
		t, err := r.in.Token()
		if err != nil {
			return nil, err
		}
		key, _ := t.(string)
		if _, twice := out[key]; twice {
			return nil, fmt.Errorf("the key %q is there twice", key)
		}
		if err := r.whole(key); err != nil {
			return nil, err
		}
		if out[key], err = r.value(depth + 1); err != nil {
			return nil, err
		}
	}
	_, err := r.in.Token()
	return out, err
}

func (r objectReader) elements(depth int) (any, error) {
	out := []any{}
	for r.in.More() {
		v, err := r.value(depth + 1)
		if err != nil {
			return nil, err
		}
		out = append(out, v)
	}
	_, err := r.in.Token()
	return out, err
}

// whole refuses half of a character, which encoding/json reads as U+FFFD.
func (r objectReader) whole(s string) error {
	if !r.replaced && strings.ContainsRune(s, utf8.RuneError) {
		return fmt.Errorf("%q has one half of a surrogate pair without the other", s)
	}
	return nil
}
