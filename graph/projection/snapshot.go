package projection

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
)

const (
	// saving is the time from one look at whether snapshots are to be written anew to the next, and looking that from one look at whether
	// somebody was erased to the next.
	saving, looking = 10 * time.Minute, 10 * time.Second
	// lastTime is what the last snapshots may take when a Set is closed.
	lastTime = 5 * time.Second
)

// What a log was read from.
const fromStore, fromSnapshot = "store", "snapshot"

// An unfit says why a snapshot is of no use.
type unfit struct{ error }

// begin has a projection take the log of a snapshot, and what has changed since, or read it from the store.
func (p *projection) begin(ctx context.Context, now func() graph.Time) (from string, err error) {
	if f := p.set.folder; f != nil {
		var no unfit
		switch err := p.restore(ctx, f, now()); {
		case err == nil:
			return fromSnapshot, nil
		case errors.As(err, &no):
			p.set.warn("a snapshot of journeys is of no use, and they are read anew", f.drop(p.file()), "file", p.file(), "why", no.Error())
			p.empty()
		case !errors.Is(err, fs.ErrNotExist):
			return "", err // of the store
		}
	}
	return fromStore, p.load(ctx, now)
}

func (p *projection) file() string { return fileOf(p.counter.Purpose, p.of.Name) }

// empty has a projection begin from nothing.
func (p *projection) empty() {
	var err error
	if p.builder, err = journey.NewBuilder(p.alphabet, p.of.Person); err != nil {
		panic(err) // it was tried when the notion was worked out
	}
	p.builder.WithTraits(len(p.traits))
	p.place, p.until, p.log = 0, map[string]graph.Time{}, nil
}

// restore reads a snapshot, and takes in what has changed since. The error is fs.ErrNotExist where there is none.
func (p *projection) restore(ctx context.Context, f *folder, now graph.Time) error {
	w, err := f.open(p.file())
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err != nil {
		return unfit{err}
	}
	defer w.Close()
	if err := p.fitting(ctx, w.heading); err != nil {
		return err
	}
	if err := p.fit(w.Bytes); err != nil { // before anything is read, which each ask would do anew
		return err
	}
	if err := w.sum(); err != nil {
		return unfit{err}
	}
	if err := p.builder.Restore(w.log, w.size); err != nil {
		return unfit{err}
	}
	p.place, p.log = w.Place, p.builder.Log()
	maps.Copy(p.until, w.Until)
	p.read.Store(int64(p.log.Cases()))
	if err := p.fits(); err != nil {
		return err
	}
	if err = p.refresh(ctx, now); errors.Is(err, errStale) {
		return unfit{errors.New("too much has changed since, or the store keeps no longer what has")}
	}
	return err
}

// fitting reports an error where a snapshot is not one of this log.
func (p *projection) fitting(ctx context.Context, h *heading) error {
	want := p.heading(h.Place)
	switch {
	case h.Format != want.Format:
		return unfit{fmt.Errorf("it is of format %d, and this program reads format %d", h.Format, want.Format)}
	case h.Program != want.Program:
		return unfit{errors.New("another program made it, or one with another schema")}
	case h.Policy != want.Policy:
		return unfit{fmt.Errorf("it is by the policy %s, and %s is in force", h.Policy, want.Policy)}
	case h.Purpose != want.Purpose || h.Of != want.Of:
		return unfit{fmt.Errorf("it is of %s for the purpose %s", h.Of, h.Purpose)}
	}
	entry, err := p.entry(ctx, h.Place)
	switch {
	case err != nil:
		return err
	case entry == "":
		return unfit{errors.New("the store does not keep any more what has changed since")}
	case entry != h.Entry:
		return unfit{errors.New("it is of another store, or of before an erasure")}
	}
	return nil
}

// heading is that of a snapshot as of a place.
func (p *projection) heading(place int64) *heading {
	return &heading{Format: snapshotFormat, Program: p.set.program, Policy: p.counter.Policy.Version, Purpose: p.counter.Purpose, Of: p.of.Name, Place: place}
}

// entry is a hash of what the feed has at a place; empty: it does not have it.
func (p *projection) entry(ctx context.Context, place int64) (string, error) {
	feed, err := p.counter.Changes(ctx, place-1, 1)
	switch {
	case expired(err):
		return "", nil
	case err != nil:
		return "", err
	case len(feed.Entries) == 0 || feed.Entries[0].Place != place:
		return "", nil
	}
	return hashOf(&feed.Entries[0]), nil
}

// save writes a snapshot as of the store's head, unless there is one, or nothing tells yet which store it is of.
func (p *projection) save(ctx context.Context, f *folder, now graph.Time) error {
	epoch := f.epoch()
	if _, err := p.fresh(ctx, now); err != nil {
		return err
	}
	p.mu.Lock()
	h, s, changes := p.heading(p.place), p.builder.Snapshot(), p.changes
	saved := p.saved == changes && f.has(p.file(), p.place)
	h.Until, h.Bytes = maps.Clone(p.until), s.Bytes()
	p.mu.Unlock()
	if h.Place == 0 || saved {
		return nil
	}
	var err error
	if h.Entry, err = p.entry(ctx, h.Place); err != nil || h.Entry == "" {
		return err
	}
	if err := f.write(h, s, epoch); err != nil {
		return err
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.saved = changes
	return nil
}

// keep looks after snapshots until the Set is closed.
func (s *Set) keep() {
	look, save := time.NewTicker(looking), time.NewTicker(saving)
	defer look.Stop()
	defer save.Stop()
	failed := false
	for {
		err := s.folder.look(s.ctx, s.feed)
		if err != nil && !failed && s.ctx.Err() == nil {
			s.warn("it is not known whether somebody was erased who is in a snapshot of journeys; trying again", err)
		}
		failed = err != nil
		select {
		case <-s.ctx.Done():
			return
		case <-look.C:
		case <-save.C:
			s.age()
			s.saveAll(s.ctx)
		}
	}
}

// age removes snapshots that were not written anew for too long: before saveAll, which writes those anew that are in memory.
func (s *Set) age() {
	err := s.folder.age(s.ctx, s.feed, graph.At(s.now().Add(-longest)))
	if err != nil && s.ctx.Err() == nil {
		s.warn("snapshots of journeys that are too old are not all removed; trying again", err)
	}
}

// saveAll writes the snapshots of all logs that were read and have changed.
func (s *Set) saveAll(ctx context.Context) {
	s.mu.Lock()
	var all []*projection
	for _, p := range s.kept {
		select {
		case <-p.done:
			all = append(all, p)
		default:
		}
	}
	s.mu.Unlock()
	for _, p := range all {
		if p.err == nil {
			s.save(ctx, p)
		}
	}
}

// save writes the snapshot of a log.
func (s *Set) save(ctx context.Context, p *projection) {
	err := p.save(ctx, s.folder, graph.At(s.now()))
	if err != nil && !errors.Is(err, errStale) && !errors.Is(ctx.Err(), context.Canceled) {
		s.warn("no snapshot of journeys is written", err, "file", p.file())
	}
}

// warn logs what does not keep anybody from an answer.
func (s *Set) warn(what string, err error, more ...any) {
	if s.log == nil {
		return
	}
	if err != nil {
		more = append(more, "error", err)
	}
	s.log.Warn(what, more...)
}

// Forget removes all snapshots, and says how many there were: they are written anew from what the store has later.
func (s *Set) Forget() (n int, err error) {
	if s.folder == nil {
		return 0, nil
	}
	return s.folder.forget()
}
