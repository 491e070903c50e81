package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Options of a run.
type Options struct {
	BatchSize int // rows; 0: 1000
	// Rejects opens what gets the rejected rows of a file as CSV, when there is the first; nil: they go nowhere.
	Rejects func(file string) (io.Writer, error)
	// Authority is what stands behind the Consents that the rows make, as graph.Batch has it.
	Authority string
	// Mark is the store's, by which rows of those who were erased are known, and kept out of Rejects; nil: none are.
	Mark func(text string) string
	// Progress is told, as often as a batch is written, how many bytes of all files are read, and rows in all.
	Progress func(bytes, total int64, rows int)
}

// Summary counts what a run did.
type Summary struct {
	Files    []FileSummary
	Report   graph.Report
	Rejected int
	Kinds    []KindSummary // by name
}

// FileSummary counts the rows of one file: each has changed something, or nothing, was rejected, or skipped
// since no when held.
type FileSummary struct {
	Name                                       string
	Rows, Loaded, Unchanged, Rejected, Skipped int
	Lost                                       []LostSummary // by property
	late                                       int           // rows of which a late edge alone was rejected, which were counted before
}

// LostSummary counts values of a property that could not be right, and are missing since the mapping says so.
type LostSummary struct {
	Property string // as Customer.birthYear
	Count    int
	Lines    []int // the first three
}

// lose counts what a row has lost.
func (f *FileSummary) lose(m made) {
	for _, property := range m.lost {
		i, known := slices.BinarySearchFunc(f.Lost, property, func(l LostSummary, name string) int { return cmp.Compare(l.Property, name) })
		if !known {
			f.Lost = slices.Insert(f.Lost, i, LostSummary{Property: property})
		}
		l := &f.Lost[i]
		if l.Count++; len(l.Lines) < 3 {
			l.Lines = append(l.Lines, m.row.line)
		}
	}
}

// Run loads the files that the mapping names, from paths that are files or folders. A row is loaded wholly or not at all;
// one that is not goes to Options.Rejects with its file, line and reason. Loading the same files again changes nothing. The
// error is of the mapping, of a file that cannot be read, or of the store.
func Run(ctx context.Context, store graph.Store, m *Mapping, paths []string, o Options) (*Summary, error) {
	if o.BatchSize == 0 {
		o.BatchSize = 1000
	}
	r := &run{ctx: ctx, store: store, mapping: m, options: o, summary: &Summary{}, counts: map[string]*FileSummary{}, named: &named{at: map[mark]mention{}, kinds: map[string]*KindSummary{}}, held: map[mark]*held{}, rejects: map[string]*rejectsFile{}, headers: map[string][]string{}}
	if err := r.find(paths); err != nil {
		return nil, err
	}
	if err := r.tables(); err != nil {
		return nil, err
	}
	for _, late := range []bool{false, true} {
		for _, f := range m.Files {
			if late && !f.late() {
				continue
			}
			for _, path := range r.files[f.Name] {
				if err := r.file(f, path, late); err != nil {
					return r.summary, err
				}
			}
		}
	}
	if err := r.writeHeld(); err != nil {
		return r.summary, err
	}
	for _, f := range m.Files {
		if c := r.counts[f.Name]; c != nil {
			r.summary.Files = append(r.summary.Files, *c)
			r.summary.Rejected += c.Rejected + c.late
			if c.Loaded+c.Unchanged+c.Rejected+c.Skipped != c.Rows {
				r.absent = append(r.absent, fmt.Errorf("%s: of %d rows %d were loaded, %d had nothing new, %d were rejected and %d skipped: this does not add up", c.Name, c.Rows, c.Loaded, c.Unchanged, c.Rejected, c.Skipped))
			}
		}
	}
	r.summary.Kinds = r.named.all()
	r.absent = append(r.absent, r.named.balance(&r.summary.Report))
	for _, file := range slices.Sorted(maps.Keys(r.rejects)) {
		r.rejects[file].Flush()
		r.absent = append(r.absent, r.rejects[file].Error())
	}
	return r.summary, errors.Join(r.absent...)
}

type run struct {
	ctx         context.Context
	store       graph.Store
	mapping     *Mapping
	options     Options
	summary     *Summary
	counts      map[string]*FileSummary
	files       map[string][]string // paths by name
	beside      []string            // names of the files that are there
	absent      []error             // of keys that no row has
	named       *named
	held        map[mark]*held
	lookups     map[string]map[string]string
	rejects     map[string]*rejectsFile // by file
	headers     map[string][]string     // of files of CSV
	read, total int64
	rows        int
}

// Find says what keeps the mapping's files from being found in paths, as Run does, and opens none.
func Find(m *Mapping, paths []string) error { return (&run{mapping: m}).find(paths) }

// find gives each file of the mapping its paths. A path that no file of the mapping has is a mistake, and so is a file that is not
// there, if it need be.
func (r *run) find(paths []string) error {
	r.files = map[string][]string{}
	wanted := map[string]bool{}
	for _, f := range r.mapping.Files {
		wanted[f.Name] = true
	}
	for _, t := range r.mapping.Tables {
		if t.File != "" {
			wanted[t.File] = true
		}
	}
	folders := false // who names files alone loads these alone
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return err
		}
		if !info.IsDir() {
			name, err := rejectedFrom(path)
			if err != nil {
				return err
			}
			if name = cmp.Or(name, filepath.Base(path)); !wanted[name] {
				return fmt.Errorf("the mapping has no file %s%s", name, among("its files are", name, slices.Sorted(maps.Keys(wanted))))
			}
			r.beside = append(r.beside, filepath.Base(path))
			if err := r.add(name, path); err != nil {
				return err
			}
			continue
		}
		folders = true
		entries, err := os.ReadDir(path)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if !e.IsDir() {
				r.beside = append(r.beside, e.Name())
			}
		}
		for _, name := range slices.Sorted(maps.Keys(wanted)) {
			at := filepath.Join(path, name)
			if _, err := os.Stat(at); errors.Is(err, os.ErrNotExist) {
				continue
			}
			if err := r.add(name, at); err != nil {
				return err
			}
		}
	}
	for _, f := range r.mapping.Files {
		if len(r.files[f.Name]) == 0 && !f.Optional && folders {
			return fmt.Errorf("the mapping's file %s is not there; optional: true on it lets this pass%s", f.Name, r.amongFiles(f.Name))
		}
		for _, path := range r.files[f.Name] {
			info, err := os.Stat(path)
			if err != nil {
				return err
			}
			r.total += info.Size()
			if f.late() {
				r.total += info.Size() // it is read twice
			}
		}
	}
	if r.total == 0 && !slices.ContainsFunc(r.mapping.Files, func(f File) bool { return len(r.files[f.Name]) > 0 }) {
		return fmt.Errorf("none of the mapping's files is there%s", r.amongFiles(r.mapping.Files[0].Name))
	}
	return nil
}

// amongFiles lists the files that are there, behind the name of one that is not.
func (r *run) amongFiles(name string) string {
	slices.Sort(r.beside)
	r.beside = slices.Compact(r.beside)
	return among("there are", name, r.beside)
}

// add notes a file, once.
func (r *run) add(name, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	for _, other := range r.files[name] {
		if have, err := os.Stat(other); err != nil || os.SameFile(info, have) {
			return err
		}
	}
	r.files[name] = append(r.files[name], path)
	return nil
}

func (f File) late() bool {
	return slices.ContainsFunc(f.Edges, func(e Edge) bool { return e.Late })
}

// tables reads the mapping's tables.
func (r *run) tables() error {
	r.lookups = map[string]map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(r.mapping.Tables)) {
		t := r.mapping.Tables[name]
		r.lookups[name] = t.Values
		if t.File == "" {
			continue
		}
		if len(r.files[t.File]) == 0 {
			return fmt.Errorf("tables.%s: the file %s is not there%s", name, t.File, r.amongFiles(t.File))
		}
		r.lookups[name] = map[string]string{}
		for _, path := range r.files[t.File] {
			if err := r.table(t, path, r.lookups[name]); err != nil {
				return fmt.Errorf("tables.%s: %w", name, err)
			}
		}
	}
	return nil
}

// table reads a table's file.
func (r *run) table(t Table, path string, into map[string]string) error {
	var n int64
	in, file, err := open(path, File{Name: t.File}, r.mapping.Missing, &n)
	if err != nil {
		return err
	}
	defer file.Close()
	for _, c := range []string{t.Key, t.Value} {
		if columns := in.columns(); columns != nil && !slices.Contains(columns, c) {
			return fmt.Errorf("%s: %w", t.File, missingColumn(c, columns))
		}
	}
	for {
		row, err := in.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if row.err != nil {
			return fmt.Errorf("%s:%d: %w", t.File, row.line, row.err)
		}
		if row.values[t.Key] == nil || row.values[t.Value] == nil {
			continue
		}
		texts, err := scalars(row.values[t.Key], row.values[t.Value])
		if err != nil {
			return fmt.Errorf("%s:%d: %w", t.File, row.line, err)
		}
		key, value := texts[0], texts[1]
		if before, twice := into[key]; twice && before != value {
			return fmt.Errorf("%s:%d: %q is %q, and before it was %q", t.File, row.line, key, value, before)
		}
		into[key] = value
	}
}

// unseen notes keys that no row of a file of JSON Lines has.
func (r *run) unseen(file string, needs []need, in reader) {
	told := map[string]bool{}
	for _, n := range needs {
		if name := n.path.String(); !told[name] && r.counts[file].Rows > r.counts[file].Rejected {
			told[name] = true
			r.absent = append(r.absent, fmt.Errorf("%s: %s: no line has a key %q, which ?? nil behind it would allow%s", file, n.where, name, among("keys are", name, in.keys())))
		}
	}
}

// held is what rows say of a node that the store has passed over, since another row said something else behind it when the source was last
// loaded. It is written in the end, unless one does so again.
type held struct {
	file string
	row  row // the last of them
	node graph.Upsert
}

// hold keeps what the store has passed over of some rows, and drops of what is held that of which they say something.
func (r *run) hold(rows []made, b *graph.Batch, report *graph.Report, file string, nodeOf []int) {
	if len(report.Passed) == 0 && len(r.held) == 0 {
		return
	}
	passed := map[int][]string{}
	for _, p := range report.Passed {
		passed[p.Index] = p.Properties
	}
	for i, u := range b.Nodes {
		if u.At != nil {
			continue
		}
		at := markOfNode(u)
		h := r.held[at]
		if h == nil {
			h = &held{node: graph.Upsert{Kind: u.Kind, ID: u.ID, Set: graph.Values{}, Holds: true}}
		}
		for name := range u.Set {
			delete(h.node.Set, name)
		}
		for _, name := range passed[i] {
			h.file, h.row, h.node.Set[name] = file, rows[nodeOf[i]].row, u.Set[name]
		}
		if delete(r.held, at); len(h.node.Set) > 0 {
			r.held[at] = h
		}
	}
}

// writeHeld writes what was passed over, and of which nothing else was said after all.
func (r *run) writeHeld() error {
	byFile := map[string][]made{}
	for _, h := range r.held {
		byFile[h.file] = append(byFile[h.file], made{row: h.row, nodes: []graph.Upsert{h.node}, may: []map[string]bool{nil}, again: []bool{true}})
	}
	clear(r.held)
	for _, file := range slices.Sorted(maps.Keys(byFile)) {
		rows := byFile[file]
		slices.SortStableFunc(rows, func(a, b made) int { return a.row.line - b.row.line })
		p := &pass{run: r, name: file, count: r.counts[file]}
		for batch := range slices.Chunk(rows, r.options.BatchSize) {
			if err := p.write(batch); err != nil {
				return err
			}
		}
	}
	return nil
}
