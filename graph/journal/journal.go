// Package journal keeps receipts of what was disclosed: on disk before an answer leaves, then moved to where they are
// asked for. It imports graph and graph/fold.
package journal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/kithgraph/kith/graph"
)

// A Receipt says which data about whom was disclosed to whom, and what for.
type Receipt struct {
	ID         string           `json:"id"` // unique; Append sets it where it is empty: dis_ and 26 lower-case letters and digits
	At         graph.Time       `json:"-"`
	Actor      string           `json:"actor"`
	Roles      []string         `json:"roles"`
	Purpose    string           `json:"purpose"`
	Policy     string           `json:"policy"`    // its version
	Operation  string           `json:"operation"` // name of the document
	Hash       string           `json:"hash"`      // of the document
	Reference  string           `json:"reference"`
	Population []string         `json:"population"` // how those were chosen who were asked about without being named, with marks for values
	Others     []graph.Category `json:"others"`     // what these were asked
	Subjects   []Subject        `json:"subjects"`

	// Of several equal answers, when the last was given and how many there are; zero where there is one.
	Last  graph.Time `json:"-"`
	Times int64      `json:"times,omitempty"`
	// Again: this counts up a receipt that was written before, and has but ID, At, Last, Times and the number of its Parts.
	Again bool `json:"again,omitempty"`
	Parts int  `json:"-"`

	// Alike is what equal answers have in common beside all of this, as variables; it is not kept.
	Alike string `json:"-"`
}

// A Subject is a person who was named or shown, and the kinds of data that were asked of her.
type Subject struct {
	ID         string           `json:"id"`
	External   string           `json:"external,omitempty"` // where the id is not known: who was Named so, if there is such a person
	Categories []graph.Category `json:"categories"`
}

// Named is a person who is named by the row of a source.
func Named(k *graph.Kind, e graph.External) string { return k.Prefix + ":" + e.Key() }

// Options are what a journal may be told; the zero value is fine.
type Options struct {
	// NewID makes what follows dis_ in a receipt's ID; without it, 26 random letters and digits of base32.
	NewID func() string
	// Window is how long after the first of several equal answers the others are counted up on its receipt, instead of leaving one
	// each. Zero: they never are.
	Window time.Duration
	// MaxSegment is how many bytes a file of receipts may have, 16 MiB where it is zero. A single receipt that is
	// larger gets a file of its own.
	MaxSegment int64
	// Tell is told what goes wrong while receipts are moved: why they wait, and of each that is set aside, by a *SetAside.
	Tell func(error)
	// Write and Sync stand in for the file's own WriteAt and Sync in tests of what happens when the disk fails.
	Write func(f *os.File, p []byte, at int64) (int, error)
	Sync  func(f *os.File) error
}

const (
	defaultSegment = 16 << 20
	maxRecord      = 1 << 30 // a block's length is kept in 32 bits
)

// A Journal is a directory of receipts. Its methods may be called concurrently.
type Journal struct {
	dir     string
	options Options
	lock    *os.File
	aside   *aside
	repeats repeats

	// Of the writer alone.
	file   *os.File // of the segment that is written, or nil
	number int64    // the highest that was ever given to a segment
	block  []byte

	mu       sync.Mutex
	arrived  *sync.Cond
	waiting  []*entry
	segments []segment // oldest first
	active   int64     // number of the segment that is written, or 0
	tail     place     // behind the last receipt on disk
	position place     // of the first receipt that is not moved
	appended int64     // receipts on disk that were not moved when the journal was opened, or came since
	moved    int64     // of these
	written  int64     // records since the journal was opened
	latest   time.Time // of a call of Append
	failed   *failure  // nil: the last attempt to write did not
	changed  chan struct{}
	settling int
	hurry    chan struct{} // is closed while somebody settles
	moving   bool
	closed   bool

	closing context.Context
	stop    context.CancelFunc
	workers sync.WaitGroup
	ended   error
	once    sync.Once
}

// An entry is a receipt that waits to be written or, without a record, the end of a segment.
type entry struct {
	record []byte
	done   chan error
}

// ErrLocked says that another process has the journal open.
var ErrLocked = errors.New("it is in use by another process")

// Open opens the journal in a directory, which it makes where there is none. What is not moved yet is pending then. A
// last block that was not wholly written is cut off; it was never acknowledged.
//
// It is an error when another process has the journal open, when a block is corrupt that others follow, when a file is missing
// whose receipts were not moved, or when one with receipts that were set aside cannot be read; the message names the file and,
// where there is one, the offset or the line.
func Open(dir string, o Options) (*Journal, error) {
	if o.NewID == nil {
		o.NewID = func() string { return strings.ToLower(rand.Text()) }
	}
	if o.MaxSegment <= 0 {
		o.MaxSegment = defaultSegment
	}
	if o.Write == nil {
		o.Write = func(f *os.File, p []byte, at int64) (int, error) { return f.WriteAt(p, at) }
	}
	if o.Sync == nil {
		o.Sync = (*os.File).Sync
	}
	if o.Tell == nil {
		o.Tell = func(error) {}
	}
	if err := makeDir(dir); err != nil {
		return nil, err
	}
	lock, err := Lock(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, fmt.Errorf("the journal %s cannot be opened: %w", dir, err)
	}
	j := &Journal{dir: dir, options: o, lock: lock, repeats: repeats{window: o.Window}, changed: make(chan struct{}), hurry: make(chan struct{})}
	if err := j.load(); err != nil {
		return nil, errors.Join(err, lock.Close())
	}
	j.arrived = sync.NewCond(&j.mu)
	j.closing, j.stop = context.WithCancel(context.Background())
	j.workers.Go(j.write)
	return j, nil
}

// makeDir makes the directory so that it survives a crash, too.
func makeDir(dir string) error {
	if _, err := os.Stat(dir); err == nil {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	return syncDir(filepath.Dir(dir))
}

// Append returns when the receipt is on disk; receipts that come while others are written are then written together. One that
// says the same as another of the last while is counted up on that, whose ID it gets, and that is on disk.
//
// It fails with graph.Unavailable when the receipt cannot be written or the journal is closed, and with graph.Timeout
// when ctx ends first; the receipt may be written all the same then.
func (j *Journal) Append(ctx context.Context, r *Receipt) error {
	if err := ctx.Err(); err != nil {
		return late(err)
	}
	if r.ID == "" {
		r.ID = "dis_" + j.options.NewID()
	}
	if j.options.Window > 0 {
		return j.repeat(ctx, r)
	}
	return j.append(ctx, r)
}

func (j *Journal) append(ctx context.Context, r *Receipt) error {
	e, err := j.enqueue(r)
	if err != nil {
		return err
	}
	return landed(ctx, e)
}

// enqueue has a receipt wait for being written, behind all that wait already.
func (j *Journal) enqueue(r *Receipt) (*entry, error) {
	e := &entry{record: encode(r), done: make(chan error, 1)}
	if len(e.record) > maxRecord {
		return nil, unwritten(fmt.Errorf("a receipt of %d bytes is too large", len(e.record)))
	}
	return e, j.wait(e)
}

// Forget returns when what was appended before is moved and no file has it any more; receipts that come meanwhile keep theirs until
// they are moved, too. Out of those that are set aside it takes the names, and says of how many. It takes a Move that runs, and
// fails as Settle and Append do.
func (j *Journal) Forget(ctx context.Context, names []string) (int, error) {
	if err := j.Settle(ctx); err != nil {
		return 0, err
	}
	end := &entry{done: make(chan error, 1)}
	if err := j.wait(end); err != nil {
		return 0, err
	}
	if err := landed(ctx, end); err != nil {
		return 0, err
	}
	return j.aside.forget(names)
}

func (j *Journal) wait(e *entry) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return unwritten(errClosed)
	}
	j.waiting = append(j.waiting, e)
	j.latest = time.Now()
	j.arrived.Signal()
	return nil
}

// landed returns when an entry is on disk, or is not.
func landed(ctx context.Context, e *entry) error {
	select {
	case err := <-e.done:
		return err
	case <-ctx.Done():
		return late(ctx.Err())
	}
}

// Stats are what there is in a journal, and what has come since it was opened.
type Stats struct {
	Written  int64 // receipts
	Repeated int64 // answers that were counted up on the receipts of equal ones
	Bytes    int64 // of the files whose receipts are not all moved
}

// Stats says what there is now.
func (j *Journal) Stats() Stats {
	repeated := j.repeats.counts()
	j.mu.Lock()
	defer j.mu.Unlock()
	s := Stats{Written: j.written - repeated, Repeated: repeated}
	for _, segment := range j.segments {
		s.Bytes += segment.end
	}
	return s
}

// Pending is how many receipts are on disk and not moved yet.
func (j *Journal) Pending() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return int(j.appended - j.moved)
}

// Aside is how many receipts are set aside, in a file of the directory.
func (j *Journal) Aside() int { return int(j.aside.n.Load()) }

// AsideFile is the path of that file.
func (j *Journal) AsideFile() string { return j.aside.path }

// Close writes the receipts that wait, takes no more, ends Move, and lets others open the journal. It waits for the
// function that Move was given, whose context it ends. What is not moved is pending when the journal is opened again.
// Closing twice is the same as once. It fails when a file cannot be closed.
func (j *Journal) Close() error {
	j.once.Do(func() {
		j.mu.Lock()
		j.closed = true
		j.arrived.Broadcast()
		j.notify()
		j.mu.Unlock()
		j.stop()
		j.workers.Wait()
		if j.file != nil {
			j.ended = j.retire()
		}
		j.drop()
		j.ended = errors.Join(j.ended, j.lock.Close())
	})
	return j.ended
}

// notify wakes those who wait for a change. It is called with the lock held.
func (j *Journal) notify() {
	close(j.changed)
	j.changed = make(chan struct{})
}

var errClosed = errors.New("the journal is closed")

func unwritten(err error) error {
	return &graph.Error{Code: graph.Unavailable, Message: "the record of this disclosure cannot be written", Err: err}
}

func late(err error) error {
	return &graph.Error{Code: graph.Timeout, Message: "the record of this disclosure was not written in time", Err: err}
}
