package journal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// content is what a segment was found to hold.
type content struct {
	segment
	origin   place
	receipts int
	unmoved  int
	torn     bool
}

// load finds out what the directory holds, and removes what is not needed.
func (j *Journal) load() error {
	chain, stale, err := j.survey()
	if err != nil {
		return err
	}
	for i, c := range chain {
		if i == len(chain)-1 {
			if err := j.mend(c); err != nil {
				return err
			}
		}
		if c.unmoved == 0 {
			stale = append(stale, c.number)
			continue
		}
		j.segments = append(j.segments, c.segment)
		j.appended += int64(c.unmoved)
	}
	for _, n := range stale {
		if err := os.Remove(j.path(n)); err != nil {
			return err
		}
	}
	if j.aside, err = openAside(j.dir, &j.options); err != nil {
		return err
	}
	return syncDir(j.dir)
}

// survey follows the segments from the last that holds receipts back to the first with one that is not moved, and gives these,
// the oldest first, and all others. It changes nothing on disk.
func (j *Journal) survey() (chain []content, stale []int64, err error) {
	if j.position, err = j.readPosition(); err != nil {
		return nil, nil, err
	}
	numbers, err := j.numbers()
	if err != nil {
		return nil, nil, err
	}
	j.number, j.tail = j.position.segment, place{segment: j.position.segment, offset: j.position.offset}
	if len(numbers) > 0 {
		j.number = max(j.number, numbers[len(numbers)-1])
	}
	var want place // where the receipts before the chain end
	for _, n := range slices.Backward(numbers) {
		if n < j.position.segment || len(chain) > 0 && n > want.segment {
			stale = append(stale, n) // moved, or given up
			continue
		}
		if len(chain) > 0 && n < want.segment {
			break
		}
		c, err := j.inspect(n, want.offset, len(chain) == 0)
		if err != nil {
			return nil, nil, err
		}
		if c.receipts == 0 { // only the last may be so
			stale = append(stale, n)
			continue
		}
		chain, want = append(chain, c), c.origin
	}
	if len(chain) == 0 {
		return nil, stale, nil
	}
	if j.position.before(want) {
		return nil, nil, fmt.Errorf("%s is missing, whose receipts were not moved", j.path(want.segment))
	}
	if end := (place{segment: chain[0].number, offset: chain[0].end}); j.tail.before(end) {
		j.tail = end
	}
	slices.Reverse(chain)
	return chain, stale, nil
}

// inspect reads a segment. Of the last one the end is not known: it ends before the first block that is not whole, if
// no whole one follows.
func (j *Journal) inspect(number, end int64, last bool) (content, error) {
	c := content{segment: segment{number: number}}
	data, err := os.ReadFile(j.path(number))
	if err != nil {
		return c, err
	}
	if !last {
		if int64(len(data)) < end {
			return c, &corrupt{j.path(number), int64(len(data)), fmt.Errorf("it ends before byte %d", end)}
		}
		data = data[:end]
	}
	begins := number != j.position.segment || j.position.offset == 0
	for c.end < int64(len(data)) {
		payload, err := blockAt(data, number, c.end)
		if err != nil {
			if !last || anyAfter(data, number, c.end) {
				return c, &corrupt{j.path(number), c.end, err}
			}
			c.torn = true
			break
		}
		if c.end == 0 {
			c.origin, err = originOf(payload)
		} else {
			var n int
			n, _, err = receiptsIn(payload)
			c.receipts += n
			begins = begins || j.position.offset == c.end && j.position.skip <= n
			c.unmoved += j.unmoved(place{segment: number, offset: c.end}, n)
		}
		if err != nil {
			return c, &corrupt{j.path(number), c.end, err}
		}
		c.end += frameSize + int64(len(payload))
	}
	if !begins && j.position.offset < c.end {
		return c, fmt.Errorf("%s names byte %d of %s, where no block begins", j.positionPath(), j.position.offset, j.path(number))
	}
	return c, nil
}

// unmoved is how many of the n receipts in a block are not moved.
func (j *Journal) unmoved(block place, n int) int {
	switch p := j.position; {
	case p.segment == block.segment && p.offset == block.offset:
		return n - p.skip
	case p.before(block):
		return n
	}
	return 0
}

// mend cuts off what is torn, and makes sure that what is left is on disk: the one who wrote it may have had no time to.
func (j *Journal) mend(c content) error {
	f, err := os.OpenFile(j.path(c.number), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if c.torn {
		err = f.Truncate(c.end)
	}
	if err == nil {
		err = j.options.Sync(f)
	}
	return errors.Join(err, f.Close())
}

func (j *Journal) positionPath() string { return filepath.Join(j.dir, "position") }

func (j *Journal) readPosition() (place, error) {
	b, err := os.ReadFile(j.positionPath())
	if os.IsNotExist(err) {
		return place{}, nil
	}
	if err != nil {
		return place{}, err
	}
	var p place
	_, err = fmt.Sscanf(string(b), "segment %d offset %d skip %d", &p.segment, &p.offset, &p.skip)
	if err != nil || string(b) != p.line() || p.segment <= 0 || p.offset < firstSize || p.skip < 0 {
		return place{}, fmt.Errorf("%s is corrupt: it says %.100q", j.positionPath(), b)
	}
	return p, nil
}

// writePosition replaces the position, wholly or not at all.
func (j *Journal) writePosition(p place) error {
	return replaceFile(j.positionPath(), []byte(p.line()), &j.options)
}

// replaceFile replaces a file, wholly or not at all.
func replaceFile(path string, text []byte, o *Options) error {
	next := path + ".new"
	if err := os.Remove(next); err != nil && !os.IsNotExist(err) { // what failed once is not trusted
		return err
	}
	f, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(o.put(f, text, 0), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(next, path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}

// put writes to a file, and has it be on disk.
func (o *Options) put(f *os.File, text []byte, at int64) error {
	if _, err := o.Write(f, text, at); err != nil {
		return err
	}
	return o.Sync(f)
}

// line is how a position is kept, with a sum behind it.
func (p place) line() string {
	s := fmt.Sprintf("segment %d offset %d skip %d", p.segment, p.offset, p.skip)
	return fmt.Sprintf("%s sum %08x\n", s, checksum(0, 0, []byte(s)))
}

const (
	// attempts is how often a journal that another process changes is read, until what was read belongs together.
	attempts = 10
	glance   = 50 * time.Millisecond // between two looks at it
)

// Await waits until what the journal in a directory holds now is moved, by the process that has it open. Where ctx ends first it
// says how many receipts are not.
func Await(ctx context.Context, dir string) (waiting int, err error) {
	j, _, err := look(dir)
	if err != nil {
		return 0, err
	}
	for tail := j.tail; j.position.before(tail); {
		if !pause(ctx, nil, glance) {
			_, waiting, err = look(dir)
			return waiting, err
		}
		if j.position, err = j.readPosition(); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// look reads what a journal holds that another process has open, and how many receipts of it are not moved.
func look(dir string) (j *Journal, unmoved int, err error) {
	for range attempts {
		j = &Journal{dir: dir}
		var chain []content
		if chain, _, err = j.survey(); err == nil {
			for _, c := range chain {
				unmoved += c.unmoved
			}
			return j, unmoved, nil
		}
		time.Sleep(glance) // files come and go
	}
	return nil, 0, err
}
