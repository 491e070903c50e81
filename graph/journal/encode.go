package journal

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// encode writes a receipt: texts with their length before them, numbers as varints. A category is written out once;
// after that its place among those written stands for it.
func encode(r *Receipt) []byte {
	size := 64 + len(r.Actor) + len(r.Purpose) + len(r.Policy) + len(r.Operation) + len(r.Hash) + len(r.Reference) + len(r.Population)
	for i := range r.Subjects {
		size += len(r.Subjects[i].ID) + len(r.Subjects[i].Categories) + 3
	}
	b := make([]byte, 0, size+128)
	b = appendText(b, r.ID)
	b = binary.AppendVarint(b, int64(r.At))
	b = appendText(b, r.Actor)
	b = binary.AppendUvarint(b, uint64(len(r.Roles)))
	for _, role := range r.Roles {
		b = appendText(b, role)
	}
	for _, s := range []string{r.Purpose, r.Policy, r.Operation, r.Hash, r.Reference, r.Population} {
		b = appendText(b, s)
	}
	b = binary.AppendUvarint(b, uint64(len(r.Subjects)))
	known := make([]graph.Category, 0, 16)
	for i := range r.Subjects {
		s := &r.Subjects[i]
		b = appendText(b, s.ID)
		b = binary.AppendUvarint(b, uint64(len(s.Categories)))
		for _, c := range s.Categories {
			at := slices.Index(known, c)
			if at >= 0 {
				b = binary.AppendUvarint(b, uint64(at))
				continue
			}
			b = binary.AppendUvarint(b, uint64(len(known)))
			b = appendText(b, string(c))
			known = append(known, c)
		}
	}
	return b
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// decode reads what encode wrote.
func decode(record []byte) (Receipt, error) {
	c := &cursor{text: string(record)}
	r := Receipt{ID: c.string(), At: graph.Time(c.varint()), Actor: c.string()}
	if n := c.count(); n > 0 {
		r.Roles = make([]string, n)
		for i := range r.Roles {
			r.Roles[i] = c.string()
		}
	}
	for _, s := range []*string{&r.Purpose, &r.Policy, &r.Operation, &r.Hash, &r.Reference, &r.Population} {
		*s = c.string()
	}
	if n := c.count(); n > 0 {
		r.Subjects = make([]Subject, n)
	}
	var known []graph.Category
	for i := range r.Subjects {
		s := &r.Subjects[i]
		s.ID = c.string()
		if n := c.count(); n > 0 {
			s.Categories = make([]graph.Category, n)
		}
		for k := range s.Categories {
			at := c.uvarint()
			if at == uint64(len(known)) {
				known = append(known, graph.Category(c.string()))
			}
			if at >= uint64(len(known)) {
				return r, errUnreadable
			}
			s.Categories[k] = known[at]
		}
	}
	if c.bad || c.text != "" {
		return r, errUnreadable
	}
	return r, nil
}

var errUnreadable = errors.New("a receipt cannot be read")

// A cursor reads on in a text; after the first thing that cannot be read everything is zero.
type cursor struct {
	text string
	bad  bool
}

func (c *cursor) uvarint() uint64 {
	var n uint64
	for i := 0; i < len(c.text) && i < binary.MaxVarintLen64; i++ {
		b := c.text[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			c.text = c.text[i+1:]
			return n
		}
	}
	c.text, c.bad = "", true
	return 0
}

func (c *cursor) varint() int64 {
	n := c.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// count is a number of things that take a byte at least.
func (c *cursor) count() int {
	n := c.uvarint()
	if n > uint64(len(c.text)) {
		c.text, c.bad = "", true
		return 0
	}
	return int(n)
}

func (c *cursor) string() string {
	n := c.count()
	s := c.text[:n]
	c.text = c.text[n:]
	return s
}
