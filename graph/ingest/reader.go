package ingest

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
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

// open opens a file for reading by its format. done tells how many bytes are read.
func open(path string, f File, null []string, done *int64) (reader, io.Closer, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	in := bufio.NewReaderSize(counted{file, done}, 1<<16)
	bom, err := in.Peek(3)
	switch {
	case err == nil && bytes.Equal(bom, []byte("\xef\xbb\xbf")):
		in.Discard(3)
	case bytes.HasPrefix(bom, []byte("\xff\xfe")), bytes.HasPrefix(bom, []byte("\xfe\xff")):
		file.Close()
		return nil, nil, fmt.Errorf("%s is UTF-16, and UTF-8 is needed", path)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".jsonl", ".ndjson":
		return &jsonReader{in: in, null: null, seen: map[string]bool{}}, file, nil
	}
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	if f.Separator != "" {
		r.Comma = []rune(f.Separator)[0]
	}
	header, err := header(r)
	if err != nil {
		file.Close()
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return &csvReader{in: r, header: header, null: null, repair: repairs[f.Repair]}, file, nil
}

// header reads the names of the columns. Spaces around one are no part of it; columns without a name are none.
func header(r *csv.Reader) ([]string, error) {
	names, err := r.Read()
	if err != nil {
		return nil, fmt.Errorf("there is no header: %w", err)
	}
	seen := map[string]int{}
	for i, name := range names {
		if !utf8.ValidString(name) {
			return nil, fmt.Errorf("the header is not valid UTF-8 in column %d, %q: is the file in another encoding?", i+1, name)
		}
		name = strings.TrimSpace(name)
		names[i] = name
		if at := seen[name]; at > 0 && name != "" {
			return nil, fmt.Errorf("the header names %q twice, in columns %d and %d", name, at, i+1)
		}
		seen[name] = i + 1
	}
	return names, nil
}

type csvReader struct {
	in     *csv.Reader
	header []string
	null   []string
	repair func([]string, int) []string
}

func (r *csvReader) columns() []string { return r.header }

func (r *csvReader) keys() []string { return r.header }

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
	seen map[string]bool
}

// mostKeys are as many as are told of when one is not there.
const mostKeys = 1000

func (r *jsonReader) columns() []string { return nil }

func (r *jsonReader) keys() []string { return slices.Sorted(maps.Keys(r.seen)) }

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
		out.values, out.err = object(text, r.null)
		for k := range out.values {
			if len(r.seen) < mostKeys {
				r.seen[k] = true
			}
		}
		return out, nil
	}
}
