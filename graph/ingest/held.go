package ingest

import (
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
)

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
