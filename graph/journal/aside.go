package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// SetAside is a receipt that cannot be kept where receipts are moved to, whatever is tried; as an error it tells of that.
type SetAside struct {
	Receipt Receipt
	At      graph.Time // when it was
	Reason  string
	File    string
}

func (s *SetAside) Error() string {
	return fmt.Sprintf("the receipt %s cannot be kept in the store, and is set aside in %s: %s", s.Receipt.ID, s.File, s.Reason)
}

// asideName is that of the file with receipts that are set aside, a line of JSON each. People read it.
const asideName = "aside.jsonl"

// An asideLine is a line of the file.
type asideLine struct {
	SetAside string   `json:"setAside"`
	Reason   string   `json:"reason"`
	At       string   `json:"at"`
	Receipt  *Receipt `json:"receipt"` // for who reads it: JSON has U+FFFD where a text is not UTF-8
	Record   []byte   `json:"record"`  // the receipt, byte for byte
}

func (s *SetAside) line() ([]byte, error) {
	b, err := json.Marshal(asideLine{s.At.String(), s.Reason, s.Receipt.At.String(), &s.Receipt, encode(&s.Receipt)})
	return append(b, '\n'), err
}

// Aside reads the receipts that were set aside in a journal's directory, the oldest first. It may be open.
func Aside(dir string) ([]*SetAside, error) {
	all, _, err := readAside(filepath.Join(dir, asideName))
	return all, err
}

// readAside reads the file, and says where its last whole line ends. What follows was not wholly written; its receipt is in a
// segment still.
func readAside(path string) (all []*SetAside, end int64, err error) {
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil, 0, nil
	}
	if err != nil {
		return nil, 0, err
	}
	whole := text[:bytes.LastIndexByte(text, '\n')+1]
	for n, b := range bytes.SplitAfter(whole, []byte("\n")) {
		if len(b) == 0 { // behind the last line
			break
		}
		s, err := setAside(b)
		if err != nil {
			return nil, 0, fmt.Errorf("%s: line %d is not a receipt that was set aside: %w", path, n+1, err)
		}
		s.File = path
		all = append(all, s)
	}
	return all, int64(len(whole)), nil
}

func setAside(b []byte) (*SetAside, error) {
	var l asideLine
	if err := json.Unmarshal(b, &l); err != nil {
		return nil, err
	}
	r, err := decode(l.Record)
	if err != nil {
		return nil, fmt.Errorf("record: %w", err)
	}
	at, err := graph.ParseTime(l.SetAside)
	if err != nil {
		return nil, fmt.Errorf("setAside: %w", err)
	}
	return &SetAside{Receipt: r, At: at, Reason: l.Reason}, nil
}

// aside is the file with receipts that are set aside.
type aside struct {
	path    string
	options *Options

	n   atomic.Int64 // receipts in it
	mu  sync.Mutex
	ids map[string]bool
	end int64 // of the last whole line
}

func openAside(dir string, o *Options) (*aside, error) {
	a := &aside{path: filepath.Join(dir, asideName), options: o}
	if err := os.Remove(a.path + ".new"); err != nil && !os.IsNotExist(err) { // it may have names that were to go
		return nil, err
	}
	all, end, err := readAside(a.path)
	ids := map[string]bool{}
	for _, s := range all {
		ids[s.Receipt.ID] = true
	}
	a.holds(ids, end)
	return a, err
}

func (a *aside) holds(ids map[string]bool, end int64) {
	a.ids, a.end = ids, end
	a.n.Store(int64(len(ids)))
}

// add returns when the receipts are on disk. Those that are there already came again, after a crash.
func (a *aside) add(more []*SetAside) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	var text []byte
	var ids []string
	for _, s := range more {
		s.At, s.File = graph.At(time.Now()), a.path
		if a.ids[s.Receipt.ID] { // or it counts up one that is there
			continue
		}
		line, err := s.line()
		if err != nil {
			return err
		}
		text, ids = append(text, line...), append(ids, s.Receipt.ID)
	}
	if len(ids) == 0 {
		return nil
	}
	f, err := os.OpenFile(a.path, os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	err = f.Truncate(a.end) // what failed once is not whole
	if err == nil {
		err = a.options.put(f, text, a.end)
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = syncDir(filepath.Dir(a.path))
	}
	if err != nil {
		return err
	}
	for _, id := range ids {
		a.ids[id] = true
	}
	a.holds(a.ids, a.end+int64(len(text)))
	return nil
}

// each gives each receipt to a function, which may change it and says whether it stays and whether that is a change, and then
// replaces the file, wholly or not at all. It says how many have changed or gone. Where the function fails, what changed before
// has.
func (a *aside) each(change func(*SetAside) (stays, changed bool, err error)) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	all, _, err := readAside(a.path)
	if err != nil {
		return 0, err
	}
	var failed error
	var text []byte
	ids, n := map[string]bool{}, 0
	for _, s := range all {
		stays, changed := true, false
		if failed == nil {
			stays, changed, failed = change(s)
		}
		if changed || !stays {
			n++
		}
		if !stays {
			continue
		}
		line, err := s.line()
		if err != nil {
			return 0, errors.Join(failed, err)
		}
		text, ids[s.Receipt.ID] = append(text, line...), true
	}
	if n == 0 {
		return 0, failed
	}
	if err := a.replace(text); err != nil {
		return 0, errors.Join(failed, err)
	}
	a.holds(ids, int64(len(text)))
	return n, failed
}

func (a *aside) replace(text []byte) error {
	if len(text) > 0 {
		return replaceFile(a.path, text, a.options)
	}
	if err := os.Remove(a.path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(a.path))
}

// forget takes names out of the texts of receipts, as an erasure does in a store.
func (a *aside) forget(names []string) (int, error) {
	known := fold.NewNames(names)
	return a.each(func(s *SetAside) (stays, changed bool, err error) {
		r := &s.Receipt
		texts := []*string{&s.Reason, &r.Actor, &r.Operation, &r.Reference}
		for i := range r.Population {
			texts = append(texts, &r.Population[i])
		}
		for i := range r.Subjects {
			texts = append(texts, &r.Subjects[i].External)
		}
		for _, text := range texts {
			without := known.Replace(*text, graph.Erased)
			changed = changed || without != *text
			*text = without
		}
		return true, changed, nil
	})
}
