package journal

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A record begins with a byte that no text's length is and the version of its form. One of before has neither, but a receipt's id.
const (
	formMark = 0
	form     = 1
)

// encode writes a receipt: texts with their length before them, numbers as varints. A category is written out once;
// after that its place among those written stands for it.
func encode(r *Receipt) []byte {
	size := 64 + len(r.Actor) + len(r.Purpose) + len(r.Policy) + len(r.Operation) + len(r.Hash) + len(r.Reference) + len(r.Population)
	for i := range r.Subjects {
		size += len(r.Subjects[i].ID) + len(r.Subjects[i].External) + len(r.Subjects[i].Categories) + 4
	}
	b := append(make([]byte, 0, size+128), formMark, form)
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
	known := make(dictionary, 0, 16)
	b = known.append(b, r.Others)
	b = binary.AppendUvarint(b, uint64(len(r.Subjects)))
	for i := range r.Subjects {
		s := &r.Subjects[i]
		b = appendText(b, s.ID)
		b = appendText(b, s.External)
		b = known.append(b, s.Categories)
	}
	return b
}

// A dictionary has the categories that were written out.
type dictionary []graph.Category

func (d *dictionary) append(b []byte, cs []graph.Category) []byte {
	b = binary.AppendUvarint(b, uint64(len(cs)))
	for _, c := range cs {
		at := slices.Index(*d, c)
		if at >= 0 {
			b = binary.AppendUvarint(b, uint64(at))
			continue
		}
		b = binary.AppendUvarint(b, uint64(len(*d)))
		b = appendText(b, string(c))
		*d = append(*d, c)
	}
	return b
}

func (d *dictionary) read(c *cursor) []graph.Category {
	n := c.count()
	if n == 0 {
		return nil
	}
	cs := make([]graph.Category, n)
	for k := range cs {
		at := c.uvarint()
		if at == uint64(len(*d)) {
			*d = append(*d, graph.Category(c.string()))
		}
		if at >= uint64(len(*d)) {
			c.text, c.bad = "", true
			return nil
		}
		cs[k] = (*d)[at]
	}
	return cs
}

func appendText(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// decode reads what encode wrote.
func decode(record []byte) (Receipt, error) {
	c := &cursor{text: string(record)}
	now := len(record) > 0 && record[0] == formMark
	if now {
		if len(record) < 2 || record[1] != form {
			return Receipt{}, errUnreadable
		}
		c.text = c.text[2:]
	}
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
	var known dictionary
	if now {
		r.Others = known.read(c)
	}
	if n := c.count(); n > 0 {
		r.Subjects = make([]Subject, n)
	}
	for i := range r.Subjects {
		s := &r.Subjects[i]
		s.ID = c.string()
		if now {
			s.External = c.string()
		}
		s.Categories = known.read(c)
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
