package journal

import (
	"context"
	"errors"
	"os"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
)

// How much one call moves: so many receipts, and so many subjects unless one receipt alone has more.
const (
	maxReceipts = 500
	maxSubjects = 5000
)

// How fast receipts are moved.
const (
	firstRetry = 100 * time.Millisecond
	lastRetry  = 10 * time.Second
	restShare  = 9 // parts of rest to one of work, while receipts keep coming
	longest    = 5 * time.Second
	quiet      = 500 * time.Millisecond // without a receipt, and there is no need to rest
)

// Move hands the pending receipts to a function, in order, until ctx ends or the journal is closed, and returns nil then.
// A call gets at most 500 receipts, or 5,000 subjects unless one receipt has more. When it returns nil these receipts
// are moved; when it fails they come again, after 100 ms and at most 10 s. The function must be idempotent by Receipt.ID,
// since receipts may come again after a crash, too.
//
// No receipt holds up those behind it. Where the function fails by a graph.BatchError or with graph.BadInput, they come again by
// halves at once, and the one that it refuses alone is set aside. So is one that it refuses alone, twice, for a reason that is not
// known, while it keeps others. With graph.Unavailable and graph.Timeout none is: they wait. What is set aside stays on disk, and
// is tried once more when receipts are moved again, after the journal was opened.
//
// While receipts are appended, Move works at most a tenth of the time; when none came for 500 ms, or somebody waits in
// Settle, it does not rest.
//
// It fails when a file is corrupt, with its name and the offset, when another Move runs, and with graph.Unavailable
// when the journal is closed already.
func (j *Journal) Move(ctx context.Context, to func(context.Context, []Receipt) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if err := j.startMoving(); err != nil {
		return err
	}
	defer j.endMoving()
	defer context.AfterFunc(j.closing, cancel)()
	retry := firstRetry
	again := j.Aside() > 0
	for {
		if !again && j.waitUntil(ctx, func() bool { return j.moved < j.appended }) != nil || ctx.Err() != nil {
			return nil
		}
		began := time.Now()
		var err error
		if again {
			err = j.moveAside(ctx, to)
			again = err != nil
		} else {
			err = j.moveSome(ctx, to)
		}
		if c := (*corrupt)(nil); errors.As(err, &c) {
			return err
		}
		if err != nil {
			if ctx.Err() == nil {
				j.options.Tell(err)
			}
			pause(ctx, nil, retry)
			retry = min(2*retry, lastRetry)
			continue
		}
		retry = firstRetry
		j.rest(ctx, time.Since(began)*restShare)
	}
}

func (j *Journal) startMoving() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return &graph.Error{Code: graph.Unavailable, Message: "the records of disclosures cannot be moved", Err: errClosed}
	}
	if j.moving {
		return errors.New("receipts are being moved already")
	}
	j.moving = true
	j.workers.Add(1)
	return nil
}

func (j *Journal) endMoving() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.moving = false
	j.workers.Done()
}

// moveSome moves the receipts of one call.
func (j *Journal) moveSome(ctx context.Context, to func(context.Context, []Receipt) error) error {
	batch, next, err := j.read()
	if err != nil {
		return err
	}
	h := &handover{to: to}
	refused, err := h.all(ctx, batch.receipts)
	if err != nil {
		return err
	}
	if err := j.aside.add(refused); err != nil {
		return err
	}
	if err := j.writePosition(next); err != nil {
		return err
	}
	j.mu.Lock()
	j.position = next
	j.moved += int64(batch.read)
	j.notify()
	j.mu.Unlock()
	j.drop()
	for _, r := range refused {
		j.options.Tell(r)
	}
	return nil
}

// moveAside moves the receipts that were set aside and can be kept by now.
func (j *Journal) moveAside(ctx context.Context, to func(context.Context, []Receipt) error) error {
	_, err := j.aside.each(func(s *SetAside) (stays, changed bool, err error) {
		err = to(ctx, []Receipt{s.Receipt})
		if err != nil && !away(ctx, err) {
			return true, false, nil
		}
		return err != nil, false, err
	})
	return err
}

// read reads the receipts of one call back from disk, and says where the next ones are.
func (j *Journal) read() (*batch, place, error) {
	j.mu.Lock()
	segments, at := slices.Clone(j.segments), j.position
	j.mu.Unlock()
	b := &batch{}
	for _, s := range segments {
		if s.number > at.segment {
			at = place{segment: s.number, offset: firstSize}
		}
		var err error
		if at, err = j.readSegment(s, at, b); err != nil {
			return nil, at, err
		}
		if b.full {
			break
		}
	}
	return b, at, nil
}

func (j *Journal) readSegment(s segment, at place, b *batch) (place, error) {
	f, err := os.Open(j.path(s.number))
	if err != nil {
		return at, err
	}
	defer f.Close()
	for at.offset < s.end {
		payload, err := readBlock(f, s, at.offset)
		if err != nil {
			return at, err
		}
		read, all, err := b.add(payload, at.skip)
		if err != nil {
			return at, &corrupt{f.Name(), at.offset, err}
		}
		if !all {
			at.skip = read
			return at, nil
		}
		at = place{segment: s.number, offset: at.offset + frameSize + int64(len(payload))}
	}
	return at, nil
}

// A batch is what one call gets.
type batch struct {
	receipts []Receipt
	read     int // records: those that count a receipt up are one with it, or with each other
	subjects int
	full     bool
	at       map[string]int // place of a receipt, by its ID
}

// add takes the receipts of a block after the first skip while there is room. It says how many of the block are read,
// those that were skipped among them, and whether these are all.
func (b *batch) add(payload []byte, skip int) (read int, all bool, err error) {
	n, rest, err := receiptsIn(payload)
	if err != nil {
		return 0, false, err
	}
	for i := range n {
		var record []byte
		if record, rest, err = cutRecord(rest); err != nil {
			return 0, false, err
		}
		if i < skip {
			continue
		}
		r, err := decode(record)
		if err != nil {
			return 0, false, err
		}
		if len(b.receipts) == maxReceipts || len(b.receipts) > 0 && b.subjects+len(r.Subjects) > maxSubjects {
			b.full = true
			return i, false, nil
		}
		b.take(r)
	}
	return n, true, nil
}

func (b *batch) take(r Receipt) {
	b.read++
	if i, known := b.at[r.ID]; known && r.Again {
		first := &b.receipts[i]
		first.Last, first.Times = r.Last, r.Times
		return
	}
	if b.at == nil {
		b.at = map[string]int{}
	}
	b.at[r.ID] = len(b.receipts)
	b.receipts = append(b.receipts, r)
	b.subjects += len(r.Subjects)
}

// rest waits for d while receipts keep coming and nobody waits for them to be moved.
func (j *Journal) rest(ctx context.Context, d time.Duration) {
	end := time.Now().Add(min(d, longest))
	for {
		j.mu.Lock()
		hurry, left := j.hurry, min(time.Until(end), quiet-time.Since(j.latest))
		j.mu.Unlock()
		if left <= 0 || !pause(ctx, hurry, left) {
			return
		}
	}
}

// pause waits for d, and reports whether neither ctx nor hurry cut it short.
func pause(ctx context.Context, hurry <-chan struct{}, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-hurry:
	case <-ctx.Done():
	}
	return false
}

// Settle waits until everything that was appended before is moved, which takes a Move that runs. It fails with
// graph.Timeout when ctx ends first, and with graph.Unavailable when the journal is closed first.
func (j *Journal) Settle(ctx context.Context) error {
	j.mu.Lock()
	if j.settling++; j.settling == 1 {
		close(j.hurry)
	}
	target := j.appended
	j.mu.Unlock()
	defer func() {
		j.mu.Lock()
		defer j.mu.Unlock()
		if j.settling--; j.settling == 0 {
			j.hurry = make(chan struct{})
		}
	}()
	err := j.waitUntil(ctx, func() bool { return j.moved >= target })
	switch {
	case errors.Is(err, errClosed):
		return &graph.Error{Code: graph.Unavailable, Message: "the records of disclosures cannot be moved", Err: err}
	case err != nil:
		return &graph.Error{Code: graph.Timeout, Message: "the records of disclosures were not moved in time", Err: err}
	}
	return nil
}

// waitUntil waits for what the lock guards, and fails when ctx ends or the journal is closed first.
func (j *Journal) waitUntil(ctx context.Context, ok func() bool) error {
	for {
		j.mu.Lock()
		done, closed, changed := ok(), j.closed, j.changed
		j.mu.Unlock()
		switch {
		case done:
			return nil
		case closed:
			return errClosed
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
