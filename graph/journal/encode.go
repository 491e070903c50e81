package journal

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A record begins with a byte that no text's length is and the version of its form. One of before has neither, but a receipt's id.
const (
	formMark     = 0
	form         = 1
	formRepeated = 2 // of a receipt that is counted up
)

// encode writes a receipt: texts with their length before them, numbers as varints. A category is written out once;
// after that its place among those written stands for it.
func encode(r *Receipt) []byte {
	if r.Again {
		b := appendText([]byte{formMark, formRepeated}, r.ID)
		for _, n := range []int64{int64(r.At), int64(r.Last), r.Times, int64(r.Parts)} {
			b = binary.AppendVarint(b, n)
		}
		return b
	}
	size := 64 + len(r.Actor) + len(r.Purpose) + len(r.Policy) + len(r.Operation) + len(r.Hash) + len(r.Reference)
	for _, text := range slices.Concat(r.Roles, r.Population) {
		size += len(text) + 2
	}
	for i := range r.Subjects {
		size += len(r.Subjects[i].ID) + len(r.Subjects[i].External) + len(r.Subjects[i].Categories) + 4
	}
	b := append(make([]byte, 0, size+128), formMark, form)
	b = appendText(b, r.ID)
	b = binary.AppendVarint(b, int64(r.At))
	b = appendText(b, r.Actor)
	b = appendTexts(b, r.Roles)
	for _, s := range []string{r.Purpose, r.Policy, r.Operation, r.Hash, r.Reference} {
		b = appendText(b, s)
	}
	b = appendTexts(b, r.Population)
	b = binary.AppendVarint(binary.AppendVarint(b, int64(r.Last)), r.Times)
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

func appendTexts(b []byte, texts []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(texts)))
	for _, s := range texts {
		b = appendText(b, s)
	}
	return b
}

// decode reads what encode wrote.
func decode(record []byte) (Receipt, error) {
	c := &cursor{text: string(record)}
	now := len(record) > 0 && record[0] == formMark
	if now {
		if len(record) < 2 || record[1] != form && record[1] != formRepeated {
			return Receipt{}, errUnreadable
		}
		c.text = c.text[2:]
		if record[1] == formRepeated {
			return c.repeated()
		}
	}
	r := Receipt{ID: c.string(), At: graph.Time(c.varint()), Actor: c.string(), Roles: c.strings()}
	for _, s := range []*string{&r.Purpose, &r.Policy, &r.Operation, &r.Hash, &r.Reference} {
		*s = c.string()
	}
	var known dictionary
	if now {
		r.Population = c.strings()
		r.Last, r.Times = graph.Time(c.varint()), c.varint()
		r.Others = known.read(c)
	} else if text := c.string(); text != "" {
		r.Population = []string{text}
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

func (c *cursor) repeated() (Receipt, error) {
	r := Receipt{Again: true, ID: c.string(), At: graph.Time(c.varint()), Last: graph.Time(c.varint()), Times: c.varint(), Parts: int(c.varint())}
	if c.bad || c.text != "" || r.Times < 1 || r.Parts < 1 || r.Parts > maxRecord {
		return Receipt{}, errUnreadable
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

func (c *cursor) strings() []string {
	n := c.count()
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = c.string()
	}
	return out
}

func (c *cursor) string() string {
	n := c.count()
	s := c.text[:n]
	c.text = c.text[n:]
	return s
}
