package journal

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"github.com/kithgraph/kith/graph"
)

// mostOpen is how many receipts may be open at a time; beyond that new ones begin.
const mostOpen = 10_000

// repeats has the receipts of the last while, on which equal answers are counted up instead of leaving one each.
type repeats struct {
	window time.Duration
	mu     sync.Mutex
	open   map[[sha256.Size]byte]*repeated
	times  int64 // answers that were counted up
}

// A repeated is a receipt that is counted up.
type repeated struct {
	again Receipt       // what is on record of the last
	kept  chan struct{} // closed once it is known whether the first is on disk
	lost  bool          // it is not
}

// Equal answers are to those whom nothing tells apart but when they asked: all but id and time is the same, and what Alike says.
func (r *Receipt) equals() [sha256.Size]byte {
	same := *r
	same.ID, same.At = "", 0
	return sha256.Sum256(appendText(encode(&same), r.Alike))
}

// of finds the receipt on which one is to be counted up, or opens it: mine.
func (s *repeats) of(r *Receipt) (open *repeated, mine bool) {
	key := r.equals()
	s.mu.Lock()
	defer s.mu.Unlock()
	ended := func(o *repeated) bool {
		return o.lost || r.At < o.again.At || int64(r.At-o.again.At) >= s.window.Microseconds()
	}
	if o := s.open[key]; o != nil && !ended(o) {
		return o, false
	}
	if len(s.open) >= mostOpen {
		for k, o := range s.open {
			if ended(o) {
				delete(s.open, k)
			}
		}
	}
	if len(s.open) >= mostOpen || s.open == nil {
		s.open = map[[sha256.Size]byte]*repeated{}
	}
	open = &repeated{again: Receipt{Again: true, ID: r.ID, At: r.At, Last: r.At, Times: 1, Parts: len(alike(r))}, kept: make(chan struct{})}
	s.open[key] = open
	return open, true
}

// settled says whether the first is on disk.
func (s *repeats) settled(o *repeated, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o.lost = err != nil
	close(o.kept)
}

// counted counts one more, unless the first is lost, and has what is to be on record of that wait for being written: numbers are on record in
// the order in which they were counted, so that the last is right. What cannot be written then stays counted.
func (s *repeats) counted(o *repeated, at graph.Time, enqueue func(*Receipt) (*entry, error)) (e *entry, ok bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if o.lost {
		return nil, false, nil
	}
	o.again.Times++
	o.again.Last = max(o.again.Last, at)
	s.times++
	e, err = enqueue(&o.again)
	return e, true, err
}

// repeat has a receipt be counted up, or be the first of its kind.
func (j *Journal) repeat(ctx context.Context, r *Receipt) error {
	for {
		open, mine := j.repeats.of(r)
		if mine {
			err := j.append(ctx, r)
			j.repeats.settled(open, err)
			return err
		}
		select {
		case <-open.kept:
		case <-ctx.Done():
			return late(ctx.Err())
		}
		e, ok, err := j.repeats.counted(open, r.At, j.enqueue)
		switch {
		case err != nil:
			return err
		case ok:
			r.ID = open.again.ID
			return landed(ctx, e)
		}
	}
}

func (s *repeats) counts() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.times
}
