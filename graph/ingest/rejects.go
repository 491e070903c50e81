package ingest

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/write"
)

var rejectsHeader = []string{"file", "line", "reason", "row"}

func (r *run) reject(file string, m made, reason string) error {
	r.counts[file].Rejected++
	if r.rejects == nil {
		return nil
	}
	if !r.headed {
		r.headed = true
		if err := r.rejects.Write(rejectsHeader); err != nil {
			return err
		}
	}
	text := joined(m.row.cells)
	erased, err := r.ofErased(file, m)
	if err != nil {
		return err
	}
	if erased { // the reason may quote her
		reason, text = "the row cannot be right, and is of somebody who was erased", graph.Erased
	}
	return r.rejects.Write([]string{file, strconv.Itoa(m.row.line), reason, text})
}

// ofErased reports whether a row is known to be of somebody who was erased: by what it would have made or, where it made nothing,
// by any of its cells.
func (r *run) ofErased(file string, m made) (bool, error) {
	if r.options.Mark == nil {
		return false, nil
	}
	var marks []string
	may := func(kind *graph.Kind, source, id string) {
		marks = append(marks, write.NodeMark(r.options.Mark, kind, graph.External{Source: cmp.Or(source, r.mapping.Source), ID: id}.Key()))
	}
	for _, n := range m.nodes {
		may(n.Kind, "", n.ID)
	}
	for _, f := range r.mapping.Files {
		if f.Name != file {
			continue
		}
		for _, cell := range m.row.cells {
			for _, n := range f.Nodes {
				may(r.mapping.catalog.Kind(n.Kind), "", cell)
			}
			for _, e := range f.Edges {
				may(r.mapping.catalog.Kind(e.From.Kind), e.From.Source, cell)
				may(r.mapping.catalog.Kind(e.To.Kind), e.To.Source, cell)
			}
		}
	}
	for _, identifier := range write.Identifiers(m.row.cells, m.row.cells) {
		marks = append(marks, r.options.Mark(write.IdentifierMark(identifier)))
	}
	slices.Sort(marks)
	known := &graph.List{Key: "known", IDs: slices.Compact(marks), Rows: true, Nodes: []*graph.Selection{{Kind: graph.Suppressed}}}
	res, err := r.store.Read(r.ctx, &graph.Fetch{Lists: []*graph.List{known}})
	return err == nil && len(res.Lists[0].Rows) > 0, err
}

// Forget takes the rows that have one of these names in them out of a file of rejected rows, and says how many there were. A file
// that is not there any more is os.ErrNotExist.
func Forget(path string, names []string) (gone int, err error) {
	in, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".new")
	if err != nil {
		return 0, err
	}
	defer os.Remove(out.Name()) // fails after it has taken the other's place
	known, rows, kept := fold.NewNames(names), csv.NewReader(in), csv.NewWriter(out)
	rows.FieldsPerRecord = -1
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return 0, errors.Join(err, out.Close())
		}
		if slices.ContainsFunc(row, known.In) {
			gone++
			continue
		}
		if err := kept.Write(row); err != nil {
			return 0, errors.Join(err, out.Close())
		}
	}
	kept.Flush()
	if err := errors.Join(kept.Error(), out.Sync(), out.Close()); err != nil || gone == 0 {
		return 0, err
	}
	return gone, os.Rename(out.Name(), path)
}
