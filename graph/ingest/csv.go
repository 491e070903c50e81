package ingest

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

type csvReader struct {
	in     *records
	header []string // nil: rows are lines of JSON
	null   []string
	repair func([]string, int) []string
	aside  int // cells of each row that say why it was rejected, before its own
	seen   map[string]bool
}

// newCSVReader reads the header.
func newCSVReader(in *bufio.Reader, comma rune, null []string, repair func([]string, int) []string) (*csvReader, error) {
	r := &csvReader{in: &records{lines: lines{in: in}, comma: comma}, null: null, repair: repair}
	r.in.reset()
	rec, err := r.in.next()
	if err == nil {
		err = rec.err
	}
	if err != nil {
		return nil, fmt.Errorf("there is no header: %w", err)
	}
	r.header = rec.cells
	if n := len(rejectsHeader); len(r.header) > n && slices.Equal(r.header[:n], rejectsHeader) {
		r.header, r.aside = r.header[n:], n
		if slices.Equal(r.header, []string{rejectedLine}) {
			r.header, r.seen = nil, map[string]bool{}
		}
	}
	return r, r.checkHeader()
}

// checkHeader refuses names that are no text, or are there twice. Spaces around one are no part of it; columns without a name are none.
func (r *csvReader) checkHeader() error {
	seen := map[string]int{}
	for i, name := range r.header {
		if !utf8.ValidString(name) {
			return fmt.Errorf("the header is not valid UTF-8 in column %d, %q: is the file in another encoding?", i+1, name)
		}
		name = strings.TrimSpace(name)
		r.header[i] = name
		if at := seen[name]; at > 0 && name != "" {
			return fmt.Errorf("the header names %q twice, in columns %d and %d", name, at, i+1)
		}
		seen[name] = i + 1
	}
	return nil
}

func (r *csvReader) columns() []string { return r.header }

func (r *csvReader) keys() []string {
	if r.seen != nil {
		return slices.Sorted(maps.Keys(r.seen))
	}
	return r.header
}

func (r *csvReader) next() (row, error) {
	rec, err := r.in.next()
	if err != nil {
		return row{}, err
	}
	out := row{line: rec.line, cells: rec.cells, err: rec.err}
	if out.err != nil {
		out.cells = []string{rec.text}
		return out, nil
	}
	if r.aside > 0 {
		if len(out.cells) <= r.aside {
			out.err = fmt.Errorf("%d cells, and there is no row behind them", len(out.cells))
			return out, nil
		}
		if line, err := strconv.Atoi(out.cells[1]); err == nil {
			out.line = line // where it was
		}
		out.cells = out.cells[r.aside:]
	}
	if r.seen != nil {
		if out.values, out.err = object(strings.Join(out.cells, ","), r.null); out.err == nil {
			see(r.seen, out.values)
		}
		return out, nil
	}
	cells := out.cells
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

// A record is a row of a CSV file as it stands there. Its text is cut where it is too long.
type record struct {
	line  int
	cells []string
	text  string
	err   error
}

// Limits of one record: a quote that is never closed would take the rest of the file.
const (
	maxRecord      = 1 << 20 // bytes
	maxRecordLines = 1000
)

// records splits a file into records before they are parsed, so that one that cannot be read costs itself alone.
type records struct {
	lines  lines
	comma  rune
	parser *csv.Reader
	now    strings.Reader // the record that the parser reads
}

func (r *records) reset() {
	r.parser = csv.NewReader(&r.now)
	r.parser.Comma, r.parser.FieldsPerRecord = r.comma, -1
}

// next gives the next record that is not an empty line, and io.EOF behind the last one.
func (r *records) next() (record, error) {
	text, cut, err := r.lines.next(maxRecord)
	for err == nil && !cut && strings.Trim(text, "\r\n") == "" {
		text, cut, err = r.lines.next(maxRecord)
	}
	if err != nil {
		return record{}, err
	}
	out := record{line: r.lines.n}
	open := r.open(false, text)
	taken := 1
	var b strings.Builder
	for open && !cut && taken < maxRecordLines {
		if b.Len() == 0 {
			b.WriteString(text)
		}
		line, tooLong, err := r.lines.next(maxRecord - b.Len())
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return record{}, err
		}
		taken++
		cut = tooLong
		open = r.open(true, line)
		b.WriteString(line)
	}
	if b.Len() > 0 {
		text = b.String()
	}
	out.text = strings.TrimRight(text, "\r\n")
	switch {
	case cut && taken == 1 && !open:
		out.err = r.lines.tooLong(text)
	case cut:
		out.err = fmt.Errorf("a quote is not closed: it took %d lines, up to line %d; %s", taken, r.lines.n, r.lines.part(text))
	case open:
		out.err = fmt.Errorf("a quote is not closed: it took %d lines, up to line %d", taken, r.lines.n)
	}
	if out.err != nil {
		return out, nil
	}
	r.now.Reset(text)
	cells, err := r.parser.Read()
	var wrong *csv.ParseError
	switch {
	case errors.As(err, &wrong):
		r.reset()
		out.err = fmt.Errorf("the quotes are wrong: %w", wrong.Err)
	case err != nil:
		return record{}, err
	}
	out.cells = cells
	return out, nil
}

// open reports whether a quote is open at the end of a line, which may begin within one. A line of which the quotes are wrong ends its
// record, as it does for the parser.
func (r *records) open(quoted bool, line string) bool {
	start := !quoted // of a cell
	for i := 0; i < len(line); {
		c, size := utf8.DecodeRuneInString(line[i:])
		i += size
		switch {
		case quoted && c == '"':
			if strings.HasPrefix(line[i:], `"`) {
				i++
				continue
			}
			quoted = false
			rest := strings.TrimRight(line[i:], "\r\n")
			if after, _ := utf8.DecodeRuneInString(rest); rest != "" && after != r.comma {
				return false // wrong
			}
		case quoted:
		case c == r.comma:
			start = true
			continue
		case c == '"' && start:
			quoted = true
		case c == '"':
			return false // wrong
		}
		start = false
	}
	return quoted
}

// lines reads lines in bounded memory.
type lines struct {
	in     *bufio.Reader
	n      int // of the last one, from 1
	passed int // bytes of the last one that were passed over, its end among them
}

// next gives a line with its end. What is behind limit bytes is passed over, and cut is true.
func (l *lines) next(limit int) (text string, cut bool, err error) {
	var b []byte
	l.passed = 0
	for {
		part, err := l.in.ReadSlice('\n')
		if room := max(limit-len(b), 0); len(part) > room {
			l.passed += len(part) - room
			part, cut = part[:room], true
		}
		b = append(b, part...)
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case errors.Is(err, io.EOF) && len(b) == 0 && !cut:
			return "", false, io.EOF
		case err != nil && !errors.Is(err, io.EOF):
			return "", false, err
		}
		l.n++
		return string(b), cut, nil
	}
}

// tooLong says that a line was cut, of which text is kept.
func (l *lines) tooLong(text string) error {
	return fmt.Errorf("the line has more than %d bytes: %s", maxRecord, l.part(text))
}

// part says how much of what the last line ended is kept.
func (l *lines) part(text string) string {
	return fmt.Sprintf("of %d bytes the first %d are here", len(text)+l.passed, len(text))
}
