package documents

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"
)

const (
	// mostUses is how many are counted at a time, and mostKept how many of them outlast the server.
	mostUses, mostKept = 1000, 200
	// longestUse is how many bytes a document may have to be counted, and longestFile how many those that are kept may have in all.
	longestUse, longestFile = 16 << 10, 1 << 20
)

// Used counts what is asked, so that the next server can have it planned ahead. It holds nothing that anybody has said: documents with
// texts or numbers in them are left out, names that their authors have given are numbered, and of variables their form is kept alone.
type Used struct {
	book Book

	mu    sync.Mutex
	uses  map[string]*use
	plain map[*ast.OperationDefinition]*anonymised
}

// A use is a question, and how often it was asked.
type use struct {
	Document  string         `json:"document"`
	Purpose   string         `json:"purpose"`
	Variables map[string]any `json:"variables,omitempty"`
	Count     int            `json:"count"`
}

// key is the same for equal questions.
func (k *use) key() string { return k.Purpose + written(k.Variables) + k.Document }

// anonymised is what is counted of an operation; no text: nothing.
type anonymised struct {
	text      string
	variables map[string]string
	cursors   map[string]bool
}

// NewUsed counts from nothing.
func NewUsed(b Book) *Used {
	return &Used{book: b, uses: map[string]*use{}, plain: map[*ast.OperationDefinition]*anonymised{}}
}

// Note counts an operation that was asked for a purpose. A page that follows on another is not counted: its cursor cannot be made up.
func (u *Used) Note(doc *ast.QueryDocument, op *ast.OperationDefinition, variables map[string]any, purpose string) {
	if op.Operation != ast.Query || purpose == "" {
		return
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	a := u.plain[op]
	if a == nil {
		a = u.anonymise(doc, op)
		if len(u.plain) >= mostUses {
			clear(u.plain)
		}
		u.plain[op] = a
	}
	if a.text == "" {
		return
	}
	form := map[string]any{}
	for name, v := range u.book.like(op, variables) {
		if v != nil && a.cursors[name] {
			return
		}
		form[a.variables[name]] = v
	}
	asked := &use{Document: a.text, Purpose: purpose, Variables: form}
	key := asked.key()
	if known := u.uses[key]; known != nil {
		asked = known
	} else {
		if len(u.uses) >= mostUses {
			u.fade()
		}
		u.uses[key] = asked
	}
	asked.Count++
}

func (u *Used) anonymise(doc *ast.QueryDocument, op *ast.OperationDefinition) *anonymised {
	if hasValues(doc, op) || len(alone(doc, op)) > longestUse {
		return &anonymised{}
	}
	text, variables, err := anonymous(doc, op, u.book.Schema)
	if err != nil { // what was answered is valid, and so is what is made of it
		return &anonymised{}
	}
	return &anonymised{text, variables, cursors(doc, op)}
}

// fade halves what was counted, and forgets what was asked least: what is asked no more makes room.
func (u *Used) fade() {
	most := u.most()
	clear(u.uses)
	for _, known := range most[:min(len(most), mostUses/2)] {
		known.Count /= 2
		u.uses[known.key()] = known
	}
}

// most are all uses, the most frequent ones first.
func (u *Used) most() []*use {
	return slices.SortedFunc(maps.Values(u.uses), func(a, b *use) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Document, b.Document), cmp.Compare(a.Purpose, b.Purpose), cmp.Compare(written(a.Variables), written(b.Variables)))
	})
}

// Most are the questions that were asked most, these first.
func (u *Used) Most() (all []Question) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, known := range u.most() {
		all = append(all, Question{known.Document, known.Variables, known.Purpose})
	}
	return all
}

// kept is the file that uses outlast the server in.
type kept struct {
	Version int    `json:"version"`
	Uses    []*use `json:"uses"`
}

// Save writes the most frequent ones into a file, in place of what is in it.
func (u *Used) Save(path string) error {
	u.mu.Lock()
	out, size := kept{Version: 1, Uses: []*use{}}, 0
	for _, known := range u.most() {
		if size += len(written(known)); len(out.Uses) == mostKept || size > longestFile {
			break
		}
		out.Uses = append(out.Uses, known)
	}
	text := written(out)
	u.mu.Unlock()
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = file.WriteString(text + "\n")
	if err = errors.Join(err, file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		os.Remove(file.Name())
	}
	return err
}

// Load reads what an earlier server has saved. What the schema does not permit any more is left out; where there is no file nothing
// happens. After an error it has read nothing.
func (u *Used) Load(path string) error {
	text, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var in kept
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	switch err := d.Decode(&in); {
	case err != nil:
		return fmt.Errorf("%s: %w", path, err)
	case in.Version != 1:
		return fmt.Errorf("%s: it is of version %d, and this program reads version 1", path, in.Version)
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, known := range in.Uses[:min(len(in.Uses), mostKept)] {
		if known == nil || known.Count < 1 { // it was asked long ago
			continue
		}
		doc, err := parsed(u.book.Schema, known.Document, 0)
		if err != nil || len(doc.Operations) != 1 || doc.Operations[0].Operation != ast.Query || hasValues(doc, doc.Operations[0]) {
			continue
		}
		known.Variables = u.book.like(doc.Operations[0], known.Variables) // whoever wrote them
		known.Count /= 2
		u.uses[known.key()] = known
	}
	return nil
}
