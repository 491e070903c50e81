package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
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

// reader gives the rows of one file.
type reader interface {
	// columns are known before the first row, or nil.
	columns() []string
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

// open opens a file for reading by its format. done tells how many bytes are read.
func open(path string, f File, null []string, done *int64) (reader, io.Closer, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	in := bufio.NewReaderSize(counted{file, done}, 1<<16)
	if bom, err := in.Peek(3); err == nil && bytes.Equal(bom, []byte("\xef\xbb\xbf")) {
		in.Discard(3)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".jsonl", ".ndjson":
		return &jsonReader{in: in, null: null}, file, nil
	}
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	if f.Separator != "" {
		r.Comma = []rune(f.Separator)[0]
	}
	header, err := r.Read()
	if err != nil {
		file.Close()
		return nil, nil, fmt.Errorf("%s has no header: %w", path, err)
	}
	return &csvReader{in: r, header: header, null: null, repair: repairs[f.Repair]}, file, nil
}

type csvReader struct {
	in     *csv.Reader
	header []string
	null   []string
	repair func([]string, int) []string
}

func (r *csvReader) columns() []string { return r.header }

func (r *csvReader) next() (row, error) {
	cells, err := r.in.Read()
	var parse *csv.ParseError
	switch {
	case errors.As(err, &parse):
		return row{line: parse.StartLine, cells: cells, err: fmt.Errorf("the quotes are wrong: %w", parse.Err)}, nil
	case err != nil:
		return row{}, err
	}
	line, _ := r.in.FieldPos(0)
	out := row{line: line, cells: cells}
	if len(cells) > len(r.header) && r.repair != nil {
		if mended := r.repair(cells, len(r.header)); mended != nil {
			cells = mended
		}
	}
	if len(cells) != len(r.header) {
		out.err = fmt.Errorf("%d cells where the header has %d", len(cells), len(r.header))
		return out, nil
	}
	out.values = make(map[string]any, len(cells))
	for i, c := range cells {
		if !utf8.ValidString(c) {
			out.err = fmt.Errorf("%s is not valid UTF-8", r.header[i])
			return out, nil
		}
		out.values[r.header[i]] = missing(c, r.null)
	}
	return out, nil
}

// missing is nil for a text that stands for no value.
func missing(s string, null []string) any {
	if s == "" || slices.Contains(null, s) {
		return nil
	}
	return s
}

type jsonReader struct {
	in   *bufio.Reader
	line int
	null []string
}

func (r *jsonReader) columns() []string { return nil }

func (r *jsonReader) next() (row, error) {
	for {
		text, err := r.in.ReadString('\n')
		if err != nil && text == "" {
			return row{}, err
		}
		r.line++
		if strings.TrimSpace(text) == "" {
			continue
		}
		out := row{line: r.line, cells: []string{strings.TrimSpace(text)}}
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber() // numbers stay as they are written
		if err := d.Decode(&out.values); err != nil || d.More() {
			out.err = errors.New("the line is not one JSON object")
			return out, nil
		}
		if !utf8.ValidString(text) {
			out.err = errors.New("the line is not valid UTF-8")
		}
		for k, v := range out.values {
			out.values[k] = plain(v, r.null)
		}
		return out, nil
	}
}

// plain makes numbers texts, which lose nothing, and leaves out what is missing.
func plain(v any, null []string) any {
	switch v := v.(type) {
	case json.Number:
		return v.String()
	case string:
		return missing(v, null)
	case map[string]any:
		for k, e := range v {
			v[k] = plain(e, null)
		}
	case []any:
		for i, e := range v {
			v[i] = plain(e, null)
		}
	}
	return v
}
