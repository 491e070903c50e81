package projection

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
)

const (
	// extension ends the names of snapshots, and unfinished comes behind it where one is being written: no other file of the folder is touched.
	extension, unfinished = ".journeys", ".new"
	// snapshotFormat is raised where a program from before would read wrongly what is written from then on.
	snapshotFormat = 3
)

// A folder has the snapshots of a Set: files of a line, which is a heading, the log, and a SHA-256 of all that. They tell of persons, and are for
// the owner of the process alone.
type folder struct {
	path string

	writing sync.Mutex // of who writes, or forgets: before mu

	mu      sync.Mutex
	files   map[string]int64 // by their names: up to which place of the feed it is taken in what they have
	looked  int64            // up to which place the feed was looked through for removals
	removed int64            // the place of the newest of these
	forgot  int              // how often all files were removed

	traces []*trace // of all notions: what is read of nodes
}

// A heading says what a snapshot is of. It is used for nothing else.
type heading struct {
	Format  int
	Program string // by which it was made, its schema included
	Policy  string
	Purpose graph.Purpose
	Of      string // the kind of its cases
	Place   int64  // of the feed, up to which it is taken in
	Entry   string // what the feed has there, hashed: no other store has it
	Until   map[string]graph.Time
	Bytes   int64 // that the log takes in memory
}

// openFolder takes out of a folder what cannot be used. It need not be there.
func openFolder(path string) (*folder, error) {
	f := &folder{path: path, files: map[string]int64{}}
	names, err := snapshots(path)
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if h, err := f.heading(name); err == nil {
			f.files[name] = h.Place
		} else if err := os.Remove(filepath.Join(path, name)); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// snapshots are the names of those of a folder, which need not be there, and of what was to become one.
func snapshots(path string) (names []string, err error) {
	all, err := os.ReadDir(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, e := range all {
		if begin, _, _ := strings.Cut(e.Name(), extension+unfinished); e.Type().IsRegular() && (begin != e.Name() || strings.HasSuffix(e.Name(), extension)) {
			names = append(names, e.Name())
		}
	}
	return names, err
}

// Forget removes the snapshots in a folder, and says how many there were, beside what was to become one. There need not be a folder.
func Forget(path string) (n int, err error) {
	names, err := snapshots(path)
	for _, name := range names {
		if gone := os.Remove(filepath.Join(path, name)); gone == nil && strings.HasSuffix(name, extension) {
			n++
		} else if gone != nil && !errors.Is(gone, fs.ErrNotExist) {
			err = errors.Join(err, gone)
		}
	}
	return n, err
}

// forget is Forget, when what is being written is there; a snapshot that is yet to be written, but was made before, is not kept.
func (f *folder) forget() (n int, err error) {
	f.writing.Lock()
	defer f.writing.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.forgot++
	if n, err = Forget(f.path); err == nil {
		clear(f.files)
	}
	return n, err
}

// heading reads that of a file, whatever comes behind it.
func (f *folder) heading(name string) (*heading, error) {
	file, err := os.Open(filepath.Join(f.path, name))
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if strings.Contains(name, unfinished) {
		return nil, errors.New("it was not written to its end")
	}
	h, _, err := readHeading(bufio.NewReader(file))
	return h, err
}

func readHeading(r *bufio.Reader) (h *heading, size int, err error) {
	line, err := r.ReadBytes('\n')
	if err != nil {
		return nil, 0, errors.New("it ends before its end")
	}
	h = &heading{}
	return h, len(line), json.Unmarshal(line, h)
}

// A written is a snapshot that is being read. Close it.
type written struct {
	*heading
	log    *bufio.Reader // once it was summed up
	begins int64         // where the log does, in bytes
	size   int64         // of the log, in bytes
	file   *os.File
}

func (w *written) Close() error { return w.file.Close() }

// open reads the heading of a file, and nothing behind it. The error is fs.ErrNotExist where there is none.
func (f *folder) open(name string) (*written, error) {
	file, err := os.Open(filepath.Join(f.path, name))
	if err != nil {
		return nil, err
	}
	w := &written{file: file}
	if err := w.begin(); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return w, nil
}

func (w *written) begin() error {
	info, err := w.file.Stat()
	if err != nil {
		return err
	}
	h, n, err := readHeading(bufio.NewReader(w.file))
	if err != nil {
		return err
	}
	w.heading, w.begins, w.size = h, int64(n), info.Size()-sha256.Size-int64(n)
	if w.size < 0 {
		return errors.New("it ends before its end")
	}
	return nil
}

// sum reads all of the file and sees that its sum is right, so that the log may be read.
func (w *written) sum() error {
	if _, err := w.file.Seek(0, io.SeekStart); err != nil {
		return err
	}
	sum := sha256.New()
	if _, err := io.CopyN(sum, w.file, w.begins+w.size); err != nil {
		return err
	}
	if said, err := io.ReadAll(w.file); err != nil || !bytes.Equal(said, sum.Sum(nil)) {
		return errors.Join(errors.New("its sum is wrong"), err)
	}
	_, err := w.file.Seek(w.begins, io.SeekStart)
	w.log = bufio.NewReader(w.file)
	return err
}

// fileOf is the name of a snapshot.
func fileOf(purpose graph.Purpose, of string) string {
	return string(purpose) + "-" + of + extension
}

// has reports whether there is a snapshot as of a place.
func (f *folder) has(name string, place int64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	at, kept := f.files[name]
	return kept && at == place
}

// epoch is what write is given, as of before the snapshot was made.
func (f *folder) epoch() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.forgot
}

// write puts a snapshot in the place of the one before, unless what it has was to be forgotten meanwhile.
func (f *folder) write(h *heading, s *journey.Snapshot, epoch int) (err error) {
	name := fileOf(h.Purpose, h.Of)
	line, err := json.Marshal(h)
	if err != nil {
		return err
	}
	f.writing.Lock()
	defer f.writing.Unlock()
	if f.epoch() != epoch {
		return nil
	}
	if err := os.MkdirAll(f.path, 0o700); err != nil {
		return err
	}
	file, err := os.CreateTemp(f.path, name+unfinished) // for its owner alone
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(file.Name())
		}
	}()
	sum := sha256.New()
	to := io.MultiWriter(file, sum)
	_, err = to.Write(append(line, '\n'))
	if err == nil {
		err = s.Write(to)
	}
	if err == nil {
		_, err = file.Write(sum.Sum(nil))
	}
	if err = errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if h.Place < f.removed {
		return os.Remove(file.Name())
	}
	if err := os.Rename(file.Name(), filepath.Join(f.path, name)); err != nil {
		return err
	}
	f.files[name] = h.Place
	return syncDir(f.path)
}

// syncDir makes renamed files survive a crash.
func syncDir(path string) error {
	d, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// drop removes a file that is of no use.
func (f *folder) drop(name string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.remove(name)
}

// dropAt removes a file, unless one of another place has taken its place.
func (f *folder) dropAt(name string, place int64) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if at, kept := f.files[name]; !kept || at != place {
		return nil
	}
	return f.remove(name)
}

// remove is drop, with mu held. A file that cannot be removed stays known.
func (f *folder) remove(name string) error {
	if err := os.Remove(filepath.Join(f.path, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	delete(f.files, name)
	return nil
}

// hashOf tells an entry from those of other stores.
func hashOf(e *graph.Entry) string {
	h := sha256.New()
	fmt.Fprintln(h, e.Place, int64(e.At))
	for _, n := range e.Nodes {
		fmt.Fprintln(h, n.ID, n.How, n.Properties)
	}
	for _, l := range e.Edges {
		fmt.Fprintln(h, l.Rel.Type, l.From, l.To, l.How)
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}
