package journal

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A segment is a file of blocks. A block is a mark, the length of its payload and a CRC-32C, four bytes each with the
// lowest first, and the payload. The sum covers the segment's number and the block's offset, too, so that a block is
// whole in its own place only.
//
// The first block says where the receipts before it end: in which segment, and at which offset. What lies behind that
// end in the other segment was never acknowledged, and segments that no later one leads to were given up. Every other
// block holds the number of its receipts, and these with their lengths.
type segment struct {
	number int64
	end    int64 // of the last whole block
}

// A place is that of a receipt: the one after skip others in the block at the offset.
type place struct {
	segment, offset int64
	skip            int
}

func (p place) before(q place) bool {
	if p.segment != q.segment {
		return p.segment < q.segment
	}
	return p.offset < q.offset || p.offset == q.offset && p.skip < q.skip
}

const (
	mark      = "\xabRc\x01"
	frameSize = 12
	firstSize = frameSize + 1 + 16 // of a segment's first block
	suffix    = ".receipts"
)

// What a block holds, in the first byte of its payload.
const (
	holdsOrigin   = 1
	holdsReceipts = 2
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func checksum(number, offset int64, payload []byte) uint32 {
	var b [16]byte
	binary.LittleEndian.PutUint64(b[:], uint64(number))
	binary.LittleEndian.PutUint64(b[8:], uint64(offset))
	return crc32.Update(crc32.Checksum(b[:], castagnoli), castagnoli, payload)
}

// seal fills in the frame of a block, whose payload stands behind room for it.
func seal(block []byte, number, offset int64) {
	payload := block[frameSize:]
	copy(block, mark)
	binary.LittleEndian.PutUint32(block[4:], uint32(len(payload)))
	binary.LittleEndian.PutUint32(block[8:], checksum(number, offset, payload))
}

// lengthOf is how long the payload is, of a block that starts with the frame and may take room bytes.
func lengthOf(frame []byte, room int64) (int64, error) {
	switch {
	case len(frame) < frameSize:
		return 0, fmt.Errorf("it ends within a block")
	case string(frame[:4]) != mark:
		return 0, fmt.Errorf("no block begins there")
	}
	n := int64(binary.LittleEndian.Uint32(frame[4:]))
	if n == 0 || frameSize+n > room {
		return 0, fmt.Errorf("it ends within a block")
	}
	return n, nil
}

// blockAt is the payload of the whole block at an offset of a segment's bytes.
func blockAt(data []byte, number, offset int64) ([]byte, error) {
	b := data[offset:]
	n, err := lengthOf(b, int64(len(b)))
	if err != nil {
		return nil, err
	}
	payload := b[frameSize : frameSize+n]
	if binary.LittleEndian.Uint32(b[8:]) != checksum(number, offset, payload) {
		return nil, fmt.Errorf("a block's sum is wrong")
	}
	return payload, nil
}

// anyAfter reports whether a whole block begins somewhere behind an offset.
func anyAfter(data []byte, number, offset int64) bool {
	for at := offset + 1; at < int64(len(data)); at++ {
		i := bytes.Index(data[at:], []byte(mark))
		if i < 0 {
			return false
		}
		at += int64(i)
		if _, err := blockAt(data, number, at); err == nil {
			return true
		}
	}
	return false
}

// readBlock is blockAt for a file that is known to be whole up to an end.
func readBlock(f *os.File, s segment, offset int64) ([]byte, error) {
	var frame [frameSize]byte
	if _, err := f.ReadAt(frame[:], offset); err != nil {
		return nil, fmt.Errorf("%s cannot be read at byte %d: %w", f.Name(), offset, err)
	}
	n, err := lengthOf(frame[:], s.end-offset)
	if err != nil {
		return nil, &corrupt{f.Name(), offset, err}
	}
	payload := make([]byte, n)
	if _, err := f.ReadAt(payload, offset+frameSize); err != nil {
		return nil, fmt.Errorf("%s cannot be read at byte %d: %w", f.Name(), offset, err)
	}
	if binary.LittleEndian.Uint32(frame[8:]) != checksum(s.number, offset, payload) {
		return nil, &corrupt{f.Name(), offset, fmt.Errorf("a block's sum is wrong")}
	}
	return payload, nil
}

// corrupt is the error of a file whose bytes are not what was written.
type corrupt struct {
	file   string
	offset int64
	err    error
}

func (c *corrupt) Error() string {
	return fmt.Sprintf("%s is corrupt at byte %d: %v", c.file, c.offset, c.err)
}

func (c *corrupt) Unwrap() error { return c.err }

// origin makes a segment's first block, which says where the receipts before it end.
func origin(number int64, end place) []byte {
	b := make([]byte, firstSize)
	b[frameSize] = holdsOrigin
	binary.LittleEndian.PutUint64(b[frameSize+1:], uint64(end.segment))
	binary.LittleEndian.PutUint64(b[frameSize+9:], uint64(end.offset))
	seal(b, number, 0)
	return b
}

func originOf(payload []byte) (place, error) {
	if len(payload) != firstSize-frameSize || payload[0] != holdsOrigin {
		return place{}, fmt.Errorf("this is not how a file of receipts begins")
	}
	at := func(b []byte) int64 { return int64(binary.LittleEndian.Uint64(b)) }
	return place{segment: at(payload[1:]), offset: at(payload[9:])}, nil
}

// receiptsIn is the number of receipts in a block, and their bytes.
func receiptsIn(payload []byte) (int, []byte, error) {
	if payload[0] != holdsReceipts {
		return 0, nil, fmt.Errorf("a block is of a kind that is not known, %d", payload[0])
	}
	n, w := binary.Uvarint(payload[1:])
	if w <= 0 || n > uint64(len(payload)) {
		return 0, nil, errUnreadable
	}
	return int(n), payload[1+w:], nil
}

// cutRecord takes the first receipt off the bytes of several.
func cutRecord(b []byte) (record, rest []byte, err error) {
	n, w := binary.Uvarint(b)
	if w <= 0 || n > uint64(len(b)-w) {
		return nil, nil, errUnreadable
	}
	b = b[w:]
	return b[:n], b[n:], nil
}

func (j *Journal) path(number int64) string {
	return filepath.Join(j.dir, fmt.Sprintf("%016d%s", number, suffix))
}

// numbers are those of the segments there are, in order.
func (j *Journal) numbers() ([]int64, error) {
	files, err := os.ReadDir(j.dir)
	if err != nil {
		return nil, err
	}
	var all []int64
	for _, f := range files { // sorted by name, and the names are equally long
		name, ok := strings.CutSuffix(f.Name(), suffix)
		if !ok {
			continue
		}
		n, err := strconv.ParseInt(name, 10, 64)
		if err != nil || n <= 0 || len(name) != 16 {
			return nil, fmt.Errorf("%s is not a name of a file of receipts", filepath.Join(j.dir, f.Name()))
		}
		all = append(all, n)
	}
	return all, nil
}

// syncDir makes new and renamed files survive a crash.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
