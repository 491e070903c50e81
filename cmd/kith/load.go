package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/cheggaaa/pb/v3"
	"golang.org/x/term"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/ingest"
)

func printReport(w io.Writer, r *graph.Report) {
	fmt.Fprintf(w, "%d nodes created, %d changed; %d relationships created, %d changed, %d removed\n",
		r.NodesCreated, r.NodesChanged, r.EdgesCreated, r.EdgesChanged, r.EdgesRemoved)
	if r.Kept > 0 {
		fmt.Fprintf(w, "%d values were changed here since they were last loaded, and stay\n", r.Kept)
	}
	if r.Suppressed > 0 {
		fmt.Fprintf(w, "%d of them were left out, wholly or in part: they are of somebody who was erased\n", r.Suppressed)
	}
}

type ingestCmd struct {
	storeFlag
	policyFlag
	Mapping      string   `placeholder:"FILE" help:"What the files become: a YAML file, or the name of a mapping that is shipped (northwind, maven_crm). Without: the path is an event log, .xes, .xes.gz or .jsonocel, whose traces or objects become cases and whose events interactions."`
	Rejects      string   `default:"rejects.csv" placeholder:"FILE" help:"Where rejected rows go: those of a second file beside it, as rejects-orders.csv. A file that is there stays, and another is made."`
	AllowRejects int      `placeholder:"N" help:"Succeed with up to N rejected rows."`
	Paths        []string `arg:"" name:"path" help:"Files, or folders that hold them."`
}

// Validate refuses what no run can mean.
func (c ingestCmd) Validate() error {
	if c.AllowRejects < 0 {
		return fmt.Errorf("--allow-rejects: a number of rows from 0 on is needed, not %d", c.AllowRejects)
	}
	return nil
}

// Run loads files. It fails, after having loaded the rest, when more rows were rejected than is allowed.
func (c ingestCmd) Run(p *program) error {
	g, err := declared()
	if err != nil {
		return err
	}
	load := func() (*ingest.Mapping, error) { return ingest.Load(c.Mapping, g.catalog) }
	if c.Mapping == "" {
		load = func() (*ingest.Mapping, error) { return ingest.LogMapping(c.Paths, g.catalog) }
	}
	m, err := load()
	if err != nil {
		return fmt.Errorf("--mapping: %w", err)
	}
	if err := ingest.Find(m, c.Paths); err != nil {
		return err
	}
	rules, err := c.read()
	if err != nil {
		return err
	}
	if dir := filepath.Dir(c.Rejects); !isDirectory(dir) {
		return fmt.Errorf("--rejects: there is no directory %s", dir)
	}
	if err := c.ready(p, g, false); err != nil {
		return err
	}
	defer g.Close()
	release, err := c.hold(p, g, rules.Version)
	if err != nil {
		return err
	}
	defer release()
	rejects := &asides{path: c.Rejects, note: c.note}
	bar := newProgress(p.err, "ingest", "bytes")
	sum, err := ingest.Run(p.ctx, g.Store, m, c.Paths, ingest.Options{Rejects: rejects.open, Mark: g.mark, Authority: rules.AuthorityOf(m.Source), Progress: func(bytes, total int64, _ int) { bar.at(bytes, total) }})
	bar.end()
	err = errors.Join(err, rejects.Close())
	if sum == nil {
		return err
	}
	for _, f := range sum.Files {
		fmt.Fprintf(p.out, "%-30s %8d rows %8d loaded %8d unchanged %8d rejected %8d skipped\n", f.Name, f.Rows, f.Loaded, f.Unchanged, f.Rejected, f.Skipped)
		for _, l := range f.Lost {
			fmt.Fprintf(p.out, "  %d values of %s could not be right and are missing, the first in line %s\n", l.Count, l.Property, strings.Trim(fmt.Sprint(l.Lines), "[]"))
		}
	}
	for _, k := range sum.Kinds {
		fmt.Fprintf(p.out, "%-30s %8d new %9d changed %8d unchanged %8d folded\n", k.Name, k.New, k.Changed, k.Unchanged, k.Folded)
		if len(k.Again) > 0 {
			fmt.Fprintf(p.out, "  %s\n", strings.Join(k.Again, ", "))
		}
		if k.Otherwise > 0 {
			fmt.Fprintf(p.out, "  %d of them say something else than a row before them, and what the last one says holds: %s\n", k.Otherwise, strings.Join(k.First, ", "))
		}
	}
	printReport(p.out, &sum.Report)
	if err == nil && sum.Rejected > c.AllowRejects {
		err = fmt.Errorf("%d rows were rejected, see %s; --allow-rejects %d lets this pass", sum.Rejected, strings.Join(rejects.made, ", "), sum.Rejected)
	}
	return err
}

func isDirectory(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// asides are the files of rejected rows: one for each file that has some, made when there is the first. None takes the place of another.
type asides struct {
	path  string // of the first
	note  func(path string) error
	made  []string
	files []*os.File
}

func (a *asides) open(of string) (io.Writer, error) {
	ext := filepath.Ext(a.path)
	base := strings.TrimSuffix(a.path, ext)
	if len(a.made) > 0 {
		base += "-" + strings.TrimSuffix(of, filepath.Ext(of))
	}
	for n := 1; ; n++ {
		path := base + ext
		if n > 1 {
			path = fmt.Sprintf("%s.%d%s", base, n, ext)
		}
		file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		a.made, a.files = append(a.made, path), append(a.files, file)
		return file, a.note(path)
	}
}

func (a *asides) Close() (err error) {
	for _, f := range a.files {
		err = errors.Join(err, f.Close())
	}
	return err
}

// progress is a bar on a terminal, and elsewhere a line every two seconds.
type progress struct {
	w          io.Writer
	what, unit string
	bar        *pb.ProgressBar
	last       time.Time
}

func newProgress(w io.Writer, what, unit string) *progress {
	p := &progress{w: w, what: what, unit: unit, last: time.Now()}
	if f, ok := w.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		p.bar = pb.New(0).SetWriter(w)
		p.bar.Set(pb.Bytes, unit == "bytes")
		p.bar.Set("prefix", what+" ")
		p.bar.Start()
	}
	return p
}

func (p *progress) at(done, total int64) {
	if p.bar != nil {
		p.bar.SetTotal(total).SetCurrent(done)
		return
	}
	if time.Since(p.last) >= 2*time.Second {
		p.last = time.Now()
		fmt.Fprintf(p.w, "%s: %d of %d %s\n", p.what, done, total, p.unit)
	}
}

func (p *progress) end() {
	if p.bar != nil {
		p.bar.Finish()
	}
}
