package journey

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// An encoder writes, and remembers the first error.
type encoder struct {
	to  io.Writer
	buf []byte
	err error
}

// chunk is how many bytes are read or written together.
const chunk = 1 << 16

func (w *encoder) room() {
	if len(w.buf) >= chunk {
		w.flush()
	}
}

func (w *encoder) flush() {
	if w.err == nil {
		_, w.err = w.to.Write(w.buf)
	}
	w.buf = w.buf[:0]
}

func (w *encoder) count(n int) {
	w.buf = binary.AppendUvarint(w.buf, uint64(n))
	w.room()
}

func (w *encoder) text(s string) {
	w.count(len(s))
	w.buf = append(w.buf, s...)
	w.room()
}

func (w *encoder) bit(b bool) {
	if b {
		w.buf = append(w.buf, 1)
	} else {
		w.buf = append(w.buf, 0)
	}
}

// A decoder reads, and remembers the first error: what it gives then is nothing.
type decoder struct {
	from *bufio.Reader
	left int64 // bytes
	err  error
}

func (r *decoder) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

// errShort says that something ends in the midst.
var errShort = errors.New("it ends before its end")

// fill reads so many bytes.
func (r *decoder) fill(b []byte) bool {
	if r.err == nil && int64(len(b)) > r.left {
		r.err = errShort
	}
	if r.err != nil {
		return false
	}
	_, r.err = io.ReadFull(r.from, b)
	r.left -= int64(len(b))
	return r.err == nil
}

// ReadByte implements io.ByteReader.
func (r *decoder) ReadByte() (byte, error) {
	var b [1]byte
	r.fill(b[:])
	return b[0], r.err
}

// count is a number from 0 on: of things of which each takes so many bytes at least, so that no more is made room for than was written.
func (r *decoder) count(each int64) int {
	n, err := binary.ReadUvarint(r)
	if err != nil && r.err == nil {
		r.err = err
	}
	if r.err == nil && (n > math.MaxUint32 || int64(n)*each > r.left) {
		r.fail("%d of something are told, and %d bytes are left for them", n, r.left)
	}
	if r.err != nil {
		return 0
	}
	return int(n)
}

func (r *decoder) text() string {
	b := make([]byte, r.count(1))
	if !r.fill(b) {
		return ""
	}
	return string(b)
}

func (r *decoder) bit() bool {
	b, _ := r.ReadByte()
	return b == 1
}

// column reads something of so many events, of each so many bytes.
func (r *decoder) column(n, width int, read func(i int, of []byte)) {
	b := make([]byte, chunk)
	for at := 0; at < n; {
		some := min(n-at, chunk/width)
		if !r.fill(b[:some*width]) {
			return
		}
		for i := range some {
			read(at+i, b[i*width:(i+1)*width])
		}
		at += some
	}
}
