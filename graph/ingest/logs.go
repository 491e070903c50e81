package ingest

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A logFormat is a format of event logs, of which a program knows without a mapping what a log becomes.
type logFormat struct {
	endings []string // of the names of files, the longest first
	mapping string   // of the source and the file
	open    func(path string, in *bufio.Reader) (reader, error)
}

var logFormats = []logFormat{
	{[]string{".xes.gz", ".xes"}, xesMapping, newXESReader},
	{[]string{".jsonocel"}, ocelMapping, newOCELReader},
}

// logName is the name of an event log without what tells its format; nil: it is a file of another format.
func logName(path string) (name string, of *logFormat) {
	name = filepath.Base(path)
	for i, f := range logFormats {
		for _, ending := range f.endings {
			if at := len(name) - len(ending); at >= 0 && strings.EqualFold(name[at:], ending) {
				return name[:at], &logFormats[i]
			}
		}
	}
	return "", nil
}

// LogMapping is the mapping of an event log, or of rows of one that were rejected: the name of the log is its source, and it needs none that is
// written down.
func LogMapping(paths []string, cat *graph.Catalog) (*Mapping, error) {
	if len(paths) != 1 {
		return nil, fmt.Errorf("%d paths are given: without a mapping one event log is loaded at a time", len(paths))
	}
	file := filepath.Base(paths[0])
	name, of := logName(file)
	if of == nil {
		from, err := rejectedFrom(paths[0])
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
		if from != "" {
			file = from
			name, of = logName(from)
		}
	}
	if of == nil || name == "" {
		return nil, fmt.Errorf("a mapping is needed for %s, which is no event log (.xes, .xes.gz or .jsonocel)", paths[0])
	}
	m, err := Parse(fmt.Appendf(nil, of.mapping, name, file), cat)
	if err != nil {
		return nil, fmt.Errorf("the name of an event log is that of its source: %w", err)
	}
	return m, nil
}

// rowOf is a row of values by their columns, whose cells are these as they may be written.
func rowOf(line int, columns []string, values map[string]any, err error) row {
	out := row{line: line, values: values, err: err, cells: make([]string, len(columns))}
	for i, column := range columns {
		switch v := values[column].(type) {
		case string:
			out.cells[i] = v
		case []string:
			out.cells[i] = "[" + strings.Join(v, ",") + "]"
		default:
			values[column] = nil // it is known, and has no value
		}
	}
	return out
}
