// Package ingest loads CSV and JSON Lines files, and event logs (XES, OCEL), into a graph as a mapping says. It imports graph, graph/yaml for mappings,
// expr-lang/expr for the expressions in them, cockroachdb/apd for exact numbers, and agnivade/levenshtein for names that are near.
package ingest

import (
	"cmp"
	"embed"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/expr-lang/expr"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/yaml"
)

// A Mapping says what the rows of files become.
type Mapping struct {
	// Source is the name under which external ids are kept.
	Source string `yaml:"source"`
	// Missing are the texts that stand for a missing value, besides the empty one.
	Missing []string `yaml:"missing"`
	// Blank says what a value that is missing does to one that is there: nothing, or, as "clear", that it goes.
	Blank string `yaml:"blank"`
	// Tables translate values: each is written out, or read from two columns of a file.
	Tables map[string]Table `yaml:"tables"`
	// Files are read in this order.
	Files []File `yaml:"files"`

	catalog *graph.Catalog
}

// A Table translates values.
type Table struct {
	Values map[string]string `yaml:"values"`
	File   string            `yaml:"file"`
	Key    string            `yaml:"key"`
	Value  string            `yaml:"value"`
}

// A File says what each row of a file becomes. Its format is told by its name: .jsonl and .ndjson are JSON Lines, .xes,
// .xes.gz and .jsonocel an event log, all others CSV with a header.
type File struct {
	Name string `yaml:"file"`
	// Separator of CSV, a comma if empty.
	Separator string `yaml:"separator"`
	// Repair names a rule for rows with too many cells; see repairs.
	Repair string `yaml:"repair"`
	// Optional files may be missing.
	Optional bool   `yaml:"optional"`
	Nodes    []Node `yaml:"nodes"`
	Edges    []Edge `yaml:"edges"`
}

// A Node is made of a row. ID, When, At and the values of Set are expressions. Also are the rows of other sources that the node comes from, too:
// it is found by each of them from then on. Unite has those be one that are there by two of these names. At is since when the values hold: they are of tracked
// properties then, and what is told later stays as it is.
type Node struct {
	Kind  string             `yaml:"kind"`
	ID    string             `yaml:"id"`
	Also  []Also             `yaml:"also"`
	Unite bool               `yaml:"unite"`
	At    string             `yaml:"at"`
	When  string             `yaml:"when"`
	Set   map[string]Setting `yaml:"set"`
}

// An Also is a row of a source, of the mapping's own if Source is empty. ID is an expression; where it is nil, there is none.
type Also struct {
	Source string `yaml:"source"`
	ID     string `yaml:"id"`
}

// A Setting is what a property is set to: the expression Is, or {is: EXPRESSION, or: null}, of which a value that cannot be right is lost, and
// counted, where else the row would be rejected.
type Setting struct {
	Is     string
	OrNull bool
	wrong  bool // it is neither of the two
}

// UnmarshalYAML implements the interface of goccy/go-yaml.
func (s *Setting) UnmarshalYAML(unmarshal func(any) error) error {
	if unmarshal(&s.Is) == nil {
		return nil
	}
	var parts map[string]any
	s.wrong = unmarshal(&parts) != nil
	or, given := parts["or"]
	s.Is, s.OrNull = fmt.Sprint(parts["is"]), true
	s.wrong = s.wrong || parts["is"] == nil || !given || or != nil || len(parts) != 2
	return nil // check tells where it is
}

// An Edge is made of a row.
type Edge struct {
	Type string             `yaml:"type"`
	From End                `yaml:"from"`
	To   End                `yaml:"to"`
	ID   string             `yaml:"id"`
	When string             `yaml:"when"`
	Set  map[string]Setting `yaml:"set"`
	// Late edges are made when all files have been read, since they lead to rows that may come later.
	Late bool `yaml:"late"`
}

// An End is a node, of this source or of another.
type End struct {
	Kind   string `yaml:"kind"`
	ID     string `yaml:"id"`
	Source string `yaml:"source"`
}

// blankClears is what Blank may say.
const blankClears = "clear"

//go:embed mappings/*.yaml
var shipped embed.FS

// Load reads a mapping, from a file or, by its name alone, one that is shipped: northwind, maven_crm. The error names what is
// wrong with it and where.
func Load(name string, cat *graph.Catalog) (*Mapping, error) {
	text, err := os.ReadFile(name)
	if os.IsNotExist(err) && !strings.ContainsAny(name, `/\.`) {
		if text, err = shipped.ReadFile("mappings/" + name + ".yaml"); err != nil {
			return nil, fmt.Errorf("there is no file %s, and no mapping of that name is shipped", name)
		}
	}
	if err != nil {
		return nil, err
	}
	m, err := Parse(text, cat)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// Parse reads a mapping's text.
func Parse(text []byte, cat *graph.Catalog) (*Mapping, error) {
	m := &Mapping{catalog: cat}
	if err := yaml.Read(text, m); err != nil {
		return nil, err
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, nil
}

// check holds the mapping against the catalog, and its expressions against their syntax.
func (m *Mapping) check() error {
	if err := checkSource(m.Source); err != nil {
		return fmt.Errorf("source: %w", err)
	}
	if m.Blank != "" && m.Blank != blankClears {
		return fmt.Errorf("blank: %q is not %s, and there is nothing else to say", m.Blank, blankClears)
	}
	for _, name := range slices.Sorted(maps.Keys(m.Tables)) {
		t := m.Tables[name]
		if (t.Values != nil) == (t.File != "") || t.File != "" && (t.Key == "" || t.Value == "") {
			return fmt.Errorf("tables.%s: either values, or file, key and value", name)
		}
		if t.File != "" {
			if err := checkFileName(t.File); err != nil {
				return fmt.Errorf("tables.%s.file: %w", name, err)
			}
		}
	}
	if len(m.Files) == 0 {
		return fmt.Errorf("files: at least one is needed")
	}
	for i, f := range m.Files {
		if err := m.checkFile(f); err != nil {
			return fmt.Errorf("files[%d] (%s): %w", i, f.Name, err)
		}
	}
	return nil
}

// checkFileName keeps to the folder that is loaded.
func checkFileName(name string) error {
	if name != filepath.Base(name) || !filepath.IsLocal(name) || name == "." {
		return fmt.Errorf("a name without folders is needed, not %q", name)
	}
	return nil
}

func (m *Mapping) checkFile(f File) error {
	if err := checkFileName(f.Name); err != nil {
		return fmt.Errorf("file: %w", err)
	}
	separator := []rune(f.Separator)
	switch {
	case f.Repair != "" && repairs[f.Repair] == nil:
		return fmt.Errorf("repair: there is no rule %q", f.Repair)
	case len(separator) > 1 || len(separator) == 1 && strings.ContainsRune("\"\r\n\x00\ufffd", separator[0]):
		return fmt.Errorf("separator: one character is needed that is neither a quote nor the end of a line, not %q", f.Separator)
	}
	for i, n := range f.Nodes {
		if err := m.checkNode(n); err != nil {
			return fmt.Errorf("nodes[%d].%w", i, err)
		}
	}
	for i, e := range f.Edges {
		if err := m.checkEdge(e); err != nil {
			return fmt.Errorf("edges[%d].%w", i, err)
		}
	}
	return nil
}

func (m *Mapping) checkNode(n Node) error {
	k := m.catalog.Kind(n.Kind)
	if k == nil {
		return fmt.Errorf("kind: %w", m.unknownKind(n.Kind))
	}
	for _, name := range slices.Sorted(maps.Keys(n.Set)) {
		if p := k.Field(name); p != nil && p.Name != name {
			return fmt.Errorf("set.%s: this is stored as %s", name, p.Name)
		}
		if p := k.Property(name); n.At != "" && p != nil && p.Tracking != graph.Dated {
			return fmt.Errorf("set.%s: what it was is not kept, so that at cannot say since when it holds; of %s these are: %s", name, k, strings.Join(dated(k), ", "))
		}
	}
	needed := map[string]string{"id": n.ID}
	for i, also := range n.Also {
		needed[fmt.Sprintf("also[%d].id", i)] = also.ID
		if err := checkSource(cmp.Or(also.Source, m.Source)); err != nil {
			return fmt.Errorf("also[%d].source: %w", i, err)
		}
	}
	if n.At != "" {
		needed["at"] = n.At
	}
	return m.checkExpressions(needed, n.When, n.Set, k.Properties, k.Name)
}

// checkSource says what is wrong with the name of a source whose keys nodes get.
func checkSource(name string) error {
	if graph.OwnSource(name) {
		return fmt.Errorf("%s is Kith's own", name)
	}
	return graph.CheckSource(name)
}

// dated are the names of the properties of a kind whose past may be told.
func dated(k *graph.Kind) (names []string) {
	for _, p := range k.Properties {
		if p.Tracking == graph.Dated {
			names = append(names, p.Name)
		}
	}
	return names
}

func (m *Mapping) checkEdge(e Edge) error {
	r := m.catalog.Rel(e.Type)
	if r == nil {
		types := make([]string, 0, len(m.catalog.Rels))
		for _, r := range m.catalog.Rels {
			if !r.Kept {
				types = append(types, r.Type)
			}
		}
		return fmt.Errorf("type: there is no relationship %q%s", e.Type, amongKnown("relationships are", e.Type, types))
	}
	if r.Kept {
		return fmt.Errorf("type: %s is kept by the store, by what passes between the two: no source gives it", e.Type)
	}
	for _, end := range []struct{ name, source string }{{"from", e.From.Source}, {"to", e.To.Source}} {
		if end.source == "" {
			continue
		}
		if err := graph.CheckSource(end.source); err != nil {
			return fmt.Errorf("%s.source: %w", end.name, err)
		}
	}
	from, to := m.catalog.Kind(e.From.Kind), m.catalog.Kind(e.To.Kind)
	switch {
	case from == nil:
		return fmt.Errorf("from.kind: %w", m.unknownKind(e.From.Kind))
	case to == nil:
		return fmt.Errorf("to.kind: %w", m.unknownKind(e.To.Kind))
	}
	if !slices.Contains(r.Pairs, [2]*graph.Kind{from, to}) {
		return fmt.Errorf("type: no %s leads from %q to %q", e.Type, e.From.Kind, e.To.Kind)
	}
	needed := map[string]string{"from.id": e.From.ID, "to.id": e.To.ID}
	if e.ID != "" {
		needed["id"] = e.ID
	}
	return m.checkExpressions(needed, e.When, e.Set, r.Properties, e.Type)
}

func (m *Mapping) checkExpressions(needed map[string]string, when string, set map[string]Setting, properties []*graph.Property, owner string) error {
	for _, name := range slices.Sorted(maps.Keys(needed)) {
		if needed[name] == "" {
			return fmt.Errorf("%s: an expression is needed", name)
		}
		if err := m.checkExpression(needed[name]); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	if when != "" {
		if err := m.checkExpression(when); err != nil {
			return fmt.Errorf("when: %w", err)
		}
	}
	var given []string
	for _, p := range properties {
		if p.Given() {
			given = append(given, p.Name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(set)) {
		if !slices.Contains(given, name) {
			return fmt.Errorf("set.%s: %s has no such property that can be set%s", name, owner, amongKnown("properties are", name, given))
		}
		if set[name].wrong {
			return fmt.Errorf("set.%s: an expression is needed, or {is: EXPRESSION, or: null}", name)
		}
		if err := m.checkExpression(set[name].Is); err != nil {
			return fmt.Errorf("set.%s: %w", name, err)
		}
	}
	return nil
}

// unknownKind says that the schema has no such kind, and which it has.
func (m *Mapping) unknownKind(name string) error {
	kinds := make([]string, 0, len(m.catalog.Kinds))
	for _, k := range m.catalog.Kinds {
		kinds = append(kinds, k.Name)
	}
	return fmt.Errorf("there is no kind %q%s", name, amongKnown("kinds are", name, kinds))
}

// checkExpression compiles an expression without knowing the columns.
func (m *Mapping) checkExpression(text string) error {
	if _, err := expr.Compile(text, append(functions(nil), expr.AllowUndefinedVariables())...); err != nil {
		return err
	}
	a, err := asks(text)
	if err != nil {
		return err
	}
	return m.checkNames(a)
}
