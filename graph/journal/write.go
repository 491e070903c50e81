package journal

import (
	"encoding/binary"
	"errors"
	"os"
	"runtime"
)

// write puts on disk what arrives: all that came while a block was written is the next block.
func (j *Journal) write() {
	for {
		batch := j.take()
		if batch == nil {
			return
		}
		var err error
		if batch[0].record == nil {
			err = j.leave()
		} else {
			err = j.commit(batch)
			j.note(err, batch)
			if err != nil {
				err = unwritten(err)
			}
		}
		for _, e := range batch {
			e.done <- err
		}
	}
}

// take waits for receipts and takes as many as fit a segment, or nil when the journal is closed and none are left.
func (j *Journal) take() []*entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	for len(j.waiting) == 0 {
		if j.closed {
			return nil
		}
		j.arrived.Wait()
	}
	// While others have work to do, theirs comes first: the processors stay busy, and more receipts share a block.
	j.mu.Unlock()
	runtime.Gosched()
	j.mu.Lock()
	room := min(j.options.MaxSegment, maxRecord) - firstSize - frameSize - 1 - binary.MaxVarintLen64
	n := 0
	for _, e := range j.waiting {
		if e.record == nil { // the segment ends here; see Forget
			n = max(n, 1)
			break
		}
		room -= int64(len(e.record)) + binary.MaxVarintLen32
		if room < 0 && n > 0 {
			break
		}
		n++
	}
	batch := j.waiting[:n:n]
	j.waiting = j.waiting[n:]
	if len(j.waiting) == 0 {
		j.waiting = nil
	}
	return batch
}

// commit writes one block. After a failure the file it went to is not written again: the next segment says where the
// whole blocks of this one end.
func (j *Journal) commit(batch []*entry) error {
	b := append(j.block[:0], make([]byte, frameSize)...)
	b = append(b, holdsReceipts)
	b = binary.AppendUvarint(b, uint64(len(batch)))
	for _, e := range batch {
		b = binary.AppendUvarint(b, uint64(len(e.record)))
		b = append(b, e.record...)
	}
	if cap(b) <= 4<<20 {
		j.block = b
	}
	end := j.end()
	if j.file != nil && end > firstSize && end+int64(len(b)) > j.options.MaxSegment {
		_ = j.retire() // all in it is on disk already
	}
	if j.file == nil {
		if err := j.begin(); err != nil {
			return err
		}
		end = j.end()
	}
	seal(b, j.active, end)
	if err := j.options.put(j.file, b, end); err != nil {
		return errors.Join(err, j.abandon())
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.segments[len(j.segments)-1].end = end + int64(len(b))
	j.tail = place{segment: j.active, offset: end + int64(len(b))}
	j.appended += int64(len(batch))
	j.written += int64(len(batch))
	j.notify()
	return nil
}

// end is where the next block goes.
func (j *Journal) end() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.active == 0 {
		return 0
	}
	return j.segments[len(j.segments)-1].end
}

// begin makes the next segment. Its first block is on disk before any receipt follows.
func (j *Journal) begin() error {
	j.number++
	path := j.path(j.number)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	err = j.options.put(f, origin(j.number, j.tail), 0)
	if err == nil {
		err = syncDir(j.dir)
	}
	if err != nil {
		return errors.Join(err, f.Close(), os.Remove(path))
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	j.file, j.active = f, j.number
	j.segments = append(j.segments, segment{number: j.number, end: firstSize})
	return nil
}

// retire ends the segment that is written.
func (j *Journal) retire() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	err := j.file.Close()
	j.file, j.active = nil, 0
	return err
}

// leave ends the segment that is written, and removes what is moved.
func (j *Journal) leave() error {
	if j.file != nil {
		if err := j.retire(); err != nil {
			return err
		}
	}
	j.drop()
	return nil
}

// abandon ends the segment that is written after a failure, without what may have been written of the last block.
func (j *Journal) abandon() error {
	end, path := j.end(), j.file.Name()
	err := j.file.Truncate(end)
	err = errors.Join(err, j.retire())
	if end == firstSize {
		j.mu.Lock()
		j.segments = j.segments[:len(j.segments)-1]
		j.mu.Unlock()
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// drop removes the segments that are wholly moved. One that cannot be removed is when the journal is opened again.
func (j *Journal) drop() {
	j.mu.Lock()
	var gone []int64
	for len(j.segments) > 0 {
		s := j.segments[0]
		if s.number == j.active || j.position.before(place{segment: s.number, offset: s.end}) {
			break
		}
		gone = append(gone, s.number)
		j.segments = j.segments[1:]
	}
	j.mu.Unlock()
	for _, n := range gone {
		_ = os.Remove(j.path(n))
	}
}
