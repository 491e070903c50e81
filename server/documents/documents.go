// Package documents has GraphQL documents that are known before they are asked: those of a folder, which are trusted, and those
// that were asked most. It says, too, which variables to ask them with where nobody is to be asked about. It imports gqlparser.
package documents

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// A Document is one that is known, and valid.
type Document struct {
	Text string
	doc  *ast.QueryDocument
	at   string // where it stands: file and line
}

// A Set is what a folder holds. The zero value, and nil, hold nothing.
type Set struct {
	byID     map[string]*Document
	byTokens map[string]bool // by what tokensOf makes of them
	most     int             // tokens that one of them has
	all      []*Document
}

// Len is how many documents there are.
func (s *Set) Len() int { return len(s.All()) }

// All are the documents in the order of their files, each once.
func (s *Set) All() []*Document {
	if s == nil {
		return nil
	}
	return s.all
}

// Text is the text of the document that an id names: its SHA-256 in hexadecimal digits, with the prefix sha256: or without, or what
// a manifest calls it.
func (s *Set) Text(id string) (text string, ok bool) {
	if s == nil {
		return "", false
	}
	d, ok := s.byID[id]
	if !ok {
		return "", false
	}
	return d.Text, true
}

// Has reports whether a text is that of a document, token for token: clients print a document anew before they send it.
func (s *Set) Has(text string) bool {
	if _, ok := s.Text(hashed(text)); ok || s.Len() == 0 {
		return ok
	}
	tokens, _, ok := tokensOf(text, s.most)
	return ok && s.byTokens[tokens]
}

func hashed(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

// mostFaults is how many faults are told at once.
const mostFaults = 10

// Read reads a folder, and what is below it: files .graphql and .gql with a document each, and .json, which are manifests. Others are
// left out, and so is what begins with a dot. Each document is to be valid by the schema, and to have no more than some tokens. The
// error names file, line and reason of what is not.
func Read(dir string, schema *ast.Schema, tokens int) (*Set, error) {
	r := newReader(schema, tokens)
	err := Files(dir, r.file, ".graphql", ".gql", ".json")
	if err == nil && len(r.all) == 0 && len(r.faults) == 0 {
		err = fmt.Errorf("%s holds no document: no file .graphql, .gql, or manifest .json", dir)
		if len(r.empty) > 0 {
			err = fmt.Errorf("%s holds no document: %s is a manifest of none", dir, r.empty[0])
		}
	}
	return r.done(err)
}

// Files goes through a folder, and what is below it, to files whose names end in some ways. What begins with a dot is left out.
func Files(dir string, visit func(path string) error, endings ...string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case path != dir && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
		case !d.IsDir() && slices.Contains(endings, filepath.Ext(path)):
			return visit(path)
		}
		return nil
	})
}

// Manifest reads a manifest that is in no folder. Errors begin with what it is called.
func Manifest(name string, text []byte, schema *ast.Schema, tokens int) (*Set, error) {
	r := newReader(schema, tokens)
	r.manifest(name, text)
	return r.done(nil)
}

// And has the documents of both, those of s first. An id that both know is that of s.
func (s *Set) And(other *Set) *Set {
	if s.Len() == 0 || other.Len() == 0 {
		return cmp.Or(s, other)
	}
	both := &Set{byID: maps.Clone(other.byID), byTokens: maps.Clone(other.byTokens), most: max(s.most, other.most), all: slices.Clone(s.all)}
	maps.Copy(both.byID, s.byID)
	maps.Copy(both.byTokens, s.byTokens)
	for _, d := range other.all {
		if _, known := s.Text(hashed(d.Text)); !known {
			both.all = append(both.all, d)
		}
	}
	return both
}

func newReader(schema *ast.Schema, tokens int) *reader {
	return &reader{Set: &Set{byID: map[string]*Document{}, byTokens: map[string]bool{}}, schema: schema, tokens: tokens}
}

type reader struct {
	*Set
	schema *ast.Schema
	tokens int
	faults []error
	empty  []string // manifests without documents
}

func (r *reader) file(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	if filepath.Ext(path) == ".json" {
		r.manifest(path, text)
		return nil
	}
	r.entries(path, []entry{{text: string(text)}})
	return nil
}

func (r *reader) manifest(path string, text []byte) {
	entries, err := manifest(text)
	if err != nil {
		r.faults = append(r.faults, fmt.Errorf("%s:%w", path, err))
		return
	}
	if len(entries) == 0 {
		r.empty = append(r.empty, path)
	}
	r.entries(path, entries)
}

func (r *reader) entries(path string, entries []entry) {
	for _, e := range entries {
		if err := r.add(path, e); err != nil {
			r.faults = append(r.faults, err)
		}
	}
}

// done is what was read, or what is wrong with it.
func (r *reader) done(err error) (*Set, error) {
	if more := len(r.faults) - mostFaults; more > 0 {
		r.faults = append(r.faults[:mostFaults], fmt.Errorf("and %d more", more))
	}
	if err := errors.Join(append(r.faults, err)...); err != nil {
		return nil, err
	}
	return r.Set, nil
}

// add adds a document by its ids. An id is of one text, wherever it stands.
func (r *reader) add(path string, e entry) error {
	doc, err := parsed(r.schema, e.text, r.tokens)
	if err != nil {
		return e.fault(path, err)
	}
	d := &Document{Text: e.text, doc: doc, at: fmt.Sprintf("%s:%d", path, max(e.line, 1))}
	hash := hashed(e.text)
	if known := r.byID[hash]; known != nil {
		d = known
	} else {
		r.all = append(r.all, d)
		tokens, n, _ := tokensOf(e.text, len(e.text)) // it has been parsed
		r.byTokens[tokens] = true
		r.most = max(r.most, n)
	}
	for _, id := range []string{hash, "sha256:" + hash, e.id} {
		if known := r.byID[id]; known != nil && known.Text != e.text {
			return fmt.Errorf("%s:%d: the id %.80q is that of another document, of %s", path, e.line, id, known.at)
		}
		if id != "" {
			r.byID[id] = d
		}
	}
	return nil
}

// fault says where a document of a file is wrong: by the line of the file, and in a manifest, where lines are escaped, by that of the
// document, too.
func (e entry) fault(path string, err error) error {
	var list gqlerror.List
	var one *gqlerror.Error
	line, reason := 0, err.Error()
	if errors.As(err, &list) && len(list) > 0 {
		one = list[0]
	}
	if one != nil || errors.As(err, &one) {
		reason = one.Message
		if len(one.Locations) > 0 {
			line = one.Locations[0].Line
		}
	}
	if e.line == 0 {
		return fmt.Errorf("%s:%d: %s", path, max(line, 1), reason)
	}
	return fmt.Errorf("%s:%d: line %d of document %.80q: %s", path, e.line, max(line, 1), e.id, reason)
}

// parsed reads a document that is to be valid. No tokens: there is no limit.
func parsed(schema *ast.Schema, text string, tokens int) (*ast.QueryDocument, error) {
	doc, err := parser.ParseQueryWithTokenLimit(&ast.Source{Input: text}, tokens)
	if err != nil {
		return nil, err
	}
	if errs := validator.ValidateWithRules(schema, doc, rules.NewDefaultRules()); len(errs) > 0 {
		return nil, errs
	}
	if len(doc.Operations) == 0 {
		return nil, gqlerror.Errorf("it has no operation")
	}
	return doc, nil
}
