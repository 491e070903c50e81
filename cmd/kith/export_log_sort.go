package main

import (
	"bufio"
	"cmp"
	"container/heap"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
	"strings"
)

// A record is something that is put in order: by its time, its place among what is of that time, and its name.
type record struct {
	at, sequence int64
	name         string
	body         []byte
}

func inOrder(a, b record) int {
	return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.sequence, b.sequence), strings.Compare(a.name, b.name))
}

// mostHeld is about how many bytes of records a sorter holds before it writes them down.
const mostHeld = 16 << 20

// A sorter puts records in order of which there may be more than memory has room for: parts of them, each in order, are in a file, and are read side by side.
// Close it.
type sorter struct {
	file  *os.File
	named bool // the file has its name yet: elsewhere than on Unix one that is open keeps it
	held  []record
	size  int
	parts []int64 // where each ends
}

func newSorter() (*sorter, error) {
	file, err := os.CreateTemp("", "kith-export-") // for its owner alone
	if err != nil {
		return nil, err
	}
	return &sorter{file: file, named: os.Remove(file.Name()) != nil}, nil // so that nothing is left, however the program ends
}

func (s *sorter) close() error {
	err := s.file.Close()
	if s.named {
		err = errors.Join(err, os.Remove(s.file.Name()))
	}
	return err
}

// add takes in a record, of whose body it keeps a copy.
func (s *sorter) add(r record) error {
	r.body = slices.Clone(r.body)
	s.held, s.size = append(s.held, r), s.size+len(r.name)+len(r.body)
	if s.size < mostHeld {
		return nil
	}
	return s.settle()
}

// settle writes down what is held.
func (s *sorter) settle() error {
	if len(s.held) == 0 {
		return nil
	}
	slices.SortFunc(s.held, inOrder)
	end, err := s.file.Seek(0, io.SeekEnd)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(s.file)
	for _, r := range s.held {
		b := binary.AppendVarint(binary.AppendVarint(nil, r.at), r.sequence)
		b = append(binary.AppendUvarint(b, uint64(len(r.name))), r.name...)
		b = append(binary.AppendUvarint(b, uint64(len(r.body))), r.body...)
		n, err := out.Write(b)
		if err != nil {
			return err
		}
		end += int64(n)
	}
	s.parts, s.size = append(s.parts, end), 0
	clear(s.held)
	s.held = s.held[:0]
	return out.Flush()
}

// each gives all records in order. Their bodies are valid until the next one is given.
func (s *sorter) each(give func(record) error) error {
	if err := s.settle(); err != nil {
		return err
	}
	var open fronts
	begin := int64(0)
	for _, end := range s.parts {
		f := &front{in: bufio.NewReader(io.NewSectionReader(s.file, begin, end-begin))}
		if err := f.next(); err != nil {
			return err
		}
		open, begin = append(open, f), end
	}
	heap.Init(&open)
	for len(open) > 0 {
		f := open[0]
		if err := give(f.record); err != nil {
			return err
		}
		switch err := f.next(); {
		case errors.Is(err, io.EOF):
			heap.Pop(&open)
		case err != nil:
			return err
		default:
			heap.Fix(&open, 0)
		}
	}
	return nil
}

// A front is the next record of a part.
type front struct {
	record
	in *bufio.Reader
}

// next reads the next record. At the end the error is io.EOF.
func (f *front) next() (err error) {
	if f.at, err = binary.ReadVarint(f.in); err != nil {
		return err
	}
	var name []byte
	if f.sequence, err = binary.ReadVarint(f.in); err == nil {
		name, err = f.text(nil)
	}
	if err == nil {
		f.name = string(name)
		f.body, err = f.text(f.body)
	}
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// text reads bytes into room, as far as it has any.
func (f *front) text(room []byte) ([]byte, error) {
	n, err := binary.ReadUvarint(f.in)
	if err != nil {
		return nil, err
	}
	room = slices.Grow(room[:0], int(n))[:n]
	_, err = io.ReadFull(f.in, room)
	return room, err
}

// fronts are the parts' next records, the first of all first.
type fronts []*front

func (f fronts) Len() int           { return len(f) }
func (f fronts) Less(i, j int) bool { return inOrder(f[i].record, f[j].record) < 0 }
func (f fronts) Swap(i, j int)      { f[i], f[j] = f[j], f[i] }
func (f *fronts) Push(x any)        { *f = append(*f, x.(*front)) }
func (f *fronts) Pop() any {
	last := (*f)[len(*f)-1]
	*f = (*f)[:len(*f)-1]
	return last
}
