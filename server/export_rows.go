package server

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
)

// A rowWriter writes rows of an export, and has them be sent.
type rowWriter struct {
	kind  string // of the content
	write func([]json.RawMessage) error
}

func (x *export) writer(w http.ResponseWriter) rowWriter {
	flush := func() error { return http.NewResponseController(w).Flush() }
	if x.format == "jsonl" {
		return rowWriter{typeLines, func(rows []json.RawMessage) error {
			var b bytes.Buffer
			for _, row := range rows {
				b.Write(row)
				b.WriteByte('\n')
			}
			if _, err := w.Write(b.Bytes()); err != nil {
				return err
			}
			return flush()
		}}
	}
	out := csv.NewWriter(w)
	columns := x.columns
	header := x.after == "" // what goes on stands behind what was written before
	return rowWriter{typeCSV + "; charset=utf-8", func(rows []json.RawMessage) error {
		if header {
			names := graph.Map(columns, func(c []string) string { return cell(strings.Join(c, ".")) })
			if err := out.Write(names); err != nil {
				return err
			}
			header = false
		}
		for _, row := range rows {
			cells, err := cellsOf(row, columns)
			if err != nil {
				return err
			}
			if err := out.Write(cells); err != nil {
				return err
			}
		}
		if out.Flush(); out.Error() != nil {
			return out.Error()
		}
		return flush()
	}}
}

// selecting is what a selection goes by.
type selecting struct {
	schema    *ast.Schema
	variables map[string]any
}

// columns are the paths of the values in a row, as they are selected: what is an object has one for each of its own, what is a list, or
// a page of nodes, has one with all of it as JSON. What is skipped, or not included, has none.
func (s selecting) columns(set ast.SelectionSet, above []string) (columns [][]string) {
	add := func(paths ...[]string) {
		for _, path := range paths {
			if !slices.ContainsFunc(columns, func(o []string) bool { return slices.Equal(o, path) }) {
				columns = append(columns, path)
			}
		}
	}
	for _, sel := range set {
		switch sel := sel.(type) {
		case *ast.Field:
			path := append(slices.Clone(above), sel.Alias)
			t := s.schema.Types[sel.Definition.Type.Name()]
			switch {
			case !wanted(sel.Directives, s.variables):
			case t.IsLeafType() || sel.Definition.Type.Elem != nil || strings.HasSuffix(t.Name, "Connection"):
				add(path)
			default:
				add(s.columns(sel.SelectionSet, path)...)
			}
		case *ast.InlineFragment:
			if wanted(sel.Directives, s.variables) {
				add(s.columns(sel.SelectionSet, above)...)
			}
		case *ast.FragmentSpread:
			if wanted(sel.Directives, s.variables) {
				add(s.columns(sel.Definition.SelectionSet, above)...)
			}
		}
	}
	return columns
}

// cellsOf are the cells of a row.
func cellsOf(row json.RawMessage, columns [][]string) ([]string, error) {
	cells := make([]string, len(columns))
	for i, path := range columns {
		v := row
		for _, name := range path {
			var object map[string]json.RawMessage
			if v == nil || bytes.Equal(v, []byte("null")) {
				v = nil
				break
			}
			if err := json.Unmarshal(v, &object); err != nil {
				return nil, fmt.Errorf("a row of an export: %w", err)
			}
			v = object[name]
		}
		var err error
		if cells[i], err = cellOf(v); err != nil {
			return nil, err
		}
	}
	return cells, nil
}

// cellOf is a value as a cell: a text as it is, nothing of what is missing, all else as JSON.
func cellOf(v json.RawMessage) (string, error) {
	switch {
	case v == nil, bytes.Equal(v, []byte("null")):
		return "", nil
	case v[0] != '"':
		return string(v), nil
	}
	var text string
	err := json.Unmarshal(v, &text)
	return cell(text), err
}

var decimal = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// cell keeps a text from being taken for a formula by who opens the file: that has a quote before it then, which spreadsheets take for text.
func cell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) && !decimal.MatchString(text) {
		return "'" + text
	}
	return text
}
