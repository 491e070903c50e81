package ingest

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// A pass over a file is one for all but late edges, or one for these.
type pass struct {
	*run
	name    string
	late    bool
	early   *maker
	edges   *maker // late ones
	count   *FileSummary
	unknown []need // of what no row had so far
}

// file loads one file, or makes its late edges.
func (r *run) file(f File, path string, late bool) error {
	in, file, err := open(path, f, r.mapping.Missing, &r.read)
	if err != nil {
		return err
	}
	defer file.Close()
	r.headers[f.Name] = in.columns()
	if r.counts[f.Name] == nil {
		r.counts[f.Name] = &FileSummary{Name: f.Name}
	}
	p := &pass{run: r, name: f.Name, late: late, count: r.counts[f.Name]}
	for at, of := range map[bool]**maker{false: &p.early, true: &p.edges} {
		if *of, err = r.mapping.maker(f, in.columns(), r.lookups, at); err != nil {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
	}
	if in.columns() == nil && !late {
		p.unknown = append(p.early.needed, p.edges.needed...)
	}
	var batch []made
	seen := p.unites(f)
	for {
		row, err := in.next()
		end := errors.Is(err, io.EOF)
		if err != nil && !end {
			return fmt.Errorf("%s: %w", f.Name, err)
		}
		if !end {
			m, ok, err := p.row(row)
			if err != nil {
				return err
			}
			if ok && p.apart(&m, seen) {
				if err := p.write(batch); err != nil {
					return err
				}
				batch = batch[:0]
			}
			if ok {
				batch = append(batch, m)
			}
		}
		if end || len(batch) == r.options.BatchSize {
			if err := p.write(batch); err != nil {
				return err
			}
			batch = batch[:0]
			clear(seen)
			if r.options.Progress != nil {
				r.options.Progress(min(r.read, r.total), r.total, r.rows)
			}
		}
		if end {
			r.unseen(f.Name, p.unknown, in)
			return nil
		}
	}
}

// row makes a row, and reports whether there is something to be written.
func (p *pass) row(row row) (made, bool, error) {
	if !p.late {
		p.count.Rows++
		p.rows++
		p.unknown = row.without(p.unknown)
	}
	m, err := p.early.row(row)
	if row.err != nil {
		err = row.err
	}
	first := err != nil || len(m.nodes)+len(m.edges) > 0 // it is counted at the first pass
	if p.late {
		if first && err != nil {
			return made{}, false, nil // rejected then
		}
		m, err = p.edges.row(row)
	}
	m.counted = first != p.late
	if err == nil && len(m.nodes)+len(m.edges) == 0 {
		if p.late && !first || !p.late && len(p.edges.edges) == 0 {
			p.count.Skipped++
		}
		return made{}, false, nil
	}
	if err == nil {
		err = p.named.admit(p.name, &m)
	}
	if err != nil {
		m.row = row
		return made{}, false, p.reject(p.name, m, err.Error())
	}
	return m, true, nil
}

// write writes rows in one batch, leaving out those that the store finds fault with.
func (p *pass) write(rows []made) error {
	for len(rows) > 0 {
		b := &graph.Batch{Source: p.mapping.Source, Authority: p.options.Authority, Loads: true}
		var nodeOf, edgeOf []int // the row of each element
		for i, m := range rows {
			b.Nodes, b.Edges = append(b.Nodes, m.nodes...), append(b.Edges, m.edges...)
			for range m.nodes {
				nodeOf = append(nodeOf, i)
			}
			for range m.edges {
				edgeOf = append(edgeOf, i)
			}
		}
		report, err := p.store.Write(p.ctx, b)
		var faults *graph.BatchError
		if !errors.As(err, &faults) {
			if err == nil {
				p.done(rows, b, report, nodeOf, edgeOf)
			}
			return err
		}
		reasons := make([][]string, len(rows))
		for _, fault := range faults.Problems {
			of := nodeOf
			if fault.Edge {
				of = edgeOf
			}
			i, reason := of[fault.Index], fault.In(b)
			element := fault.Index - slices.Index(of, i)
			if fault.Edge {
				element += len(rows[i].nodes)
			}
			if !rows[i].loses(element, fault.Property, p.mapping.Blank == blankClears) && !slices.Contains(reasons[i], reason) {
				reasons[i] = append(reasons[i], reason)
			}
		}
		kept := make([]made, 0, len(rows))
		for i := range rows {
			if len(reasons[i]) == 0 {
				kept = append(kept, rows[i])
				continue
			}
			p.named.forget(&rows[i])
			if err := p.reject(p.name, rows[i], strings.Join(reasons[i], "; ")); err != nil {
				return err
			}
		}
		rows = kept
	}
	return nil
}

// done counts what became of rows.
func (p *pass) done(rows []made, b *graph.Batch, report *graph.Report, nodeOf, edgeOf []int) {
	p.summary.Report.Add(report)
	changed := make([]bool, len(rows))
	element := make([]int, len(rows)) // of each row, the one that comes next: its nodes come before its edges
	take := func(row int, name string, of graph.Outcome) {
		m := &rows[row]
		p.named.became(name, of, m.again[element[row]])
		element[row]++
		changed[row] = changed[row] || of == graph.Created || of == graph.Changed
	}
	for i, of := range report.Nodes {
		take(nodeOf[i], b.Nodes[i].Kind.Name, of)
	}
	for i, of := range report.Edges {
		take(edgeOf[i], b.Edges[i].Rel.Type, of)
	}
	p.hold(rows, b, report, p.name, nodeOf)
	for i, m := range rows {
		p.count.lose(m)
		switch {
		case !m.counted:
		case changed[i]:
			p.count.Loaded++
		default:
			p.count.Unchanged++
		}
	}
}

// A called is a name of a node, as rows give it.
type called struct {
	kind *graph.Kind
	key  string
}

// unites is where the names are kept that a batch of a file gives; nil where none of its rows unites any.
func (p *pass) unites(f File) map[called]bool {
	if !slices.ContainsFunc(f.Nodes, func(n Node) bool { return n.Unite }) {
		return nil
	}
	return map[called]bool{}
}

// apart reports whether a row is to begin a batch, and takes its names in: it unites nodes of which the rows before it tell. Written along with
// them it would have what was said last hold, where in a batch of its own the first one's values do; and batches may end anywhere.
func (p *pass) apart(m *made, seen map[called]bool) bool {
	if seen == nil {
		return false
	}
	var names []called
	again := false
	for _, n := range m.nodes {
		of := []called{{n.Kind, graph.External{Source: p.mapping.Source, ID: n.ID}.Key()}}
		for _, e := range n.Also {
			if e.Source == "" {
				e.Source = p.mapping.Source
			}
			of = append(of, called{n.Kind, e.Key()})
		}
		again = again || n.Unites && len(of) > 1 && slices.ContainsFunc(of, func(c called) bool { return seen[c] })
		names = append(names, of...)
	}
	if again {
		clear(seen)
	}
	for _, c := range names {
		seen[c] = true
	}
	return again
}
