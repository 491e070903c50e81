package ingest

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/write"
)

// Rejected rows are kept as they stood in their file, under its header, behind what follows. Such a file is loaded as the one that the
// rows come from; of JSON Lines the last column has the line.
var rejectsHeader = []string{"kith.file", "kith.line", "kith.reason"}

const rejectedLine = "kith.row"

// A rejects file is being written.
type rejectsFile struct {
	*csv.Writer
	erased []string // the row in place of one of somebody who was erased
}

// reject sets a row aside. Of a late row it is an edge alone: its nodes have been loaded.
func (r *run) reject(file string, m made, reason string) error {
	if m.counted {
		r.counts[file].Rejected++
	} else {
		r.counts[file].late++
	}
	if r.options.Rejects == nil {
		return nil
	}
	to, err := r.rejectsOf(file)
	if err != nil {
		return err
	}
	cells := m.row.cells
	erased, err := r.ofErased(file, m)
	if err != nil {
		return err
	}
	if erased { // the reason may quote her
		reason, cells = "the row cannot be right, and is of somebody who was erased", to.erased
	}
	return to.Write(append([]string{file, strconv.Itoa(m.row.line), reason}, cells...))
}

// rejectsOf is where the rejected rows of a file go. Its header is written first.
func (r *run) rejectsOf(file string) (*rejectsFile, error) {
	header := r.headers[file]
	if header == nil {
		header = []string{rejectedLine}
	}
	under := strings.Join(append([]string{file}, header...), "\x00") // files of one name may have several
	if to := r.rejects[under]; to != nil {
		return to, nil
	}
	w, err := r.options.Rejects(file)
	if err != nil {
		return nil, err
	}
	to := &rejectsFile{csv.NewWriter(w), make([]string, len(header))}
	to.erased[0] = graph.Erased
	r.rejects[under] = to
	return to, to.Write(append(slices.Clone(rejectsHeader), header...))
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
		for _, e := range n.Also {
			may(n.Kind, e.Source, e.ID)
		}
	}
	for _, f := range r.mapping.Files {
		if f.Name != file {
			continue
		}
		for _, cell := range m.row.cells {
			for _, n := range f.Nodes {
				may(r.mapping.catalog.Kind(n.Kind), "", cell)
				for _, also := range n.Also {
					may(r.mapping.catalog.Kind(n.Kind), also.Source, cell)
				}
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

// rejectedFrom is the file that rejected rows come from, or empty where a file is none of them.
func rejectedFrom(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	in := bufio.NewReader(file)
	if !ofRejects(in) {
		return "", nil
	}
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	if _, err := r.Read(); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	row, err := r.Read()
	if err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	return row[0], nil
}

// ofRejects reports whether a file begins as those of rejected rows do.
func ofRejects(in *bufio.Reader) bool {
	begins := strings.Join(rejectsHeader, ",") + ","
	have, err := in.Peek(len(begins))
	return err == nil && string(have) == begins
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
