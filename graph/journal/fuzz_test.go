package journal

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// FuzzAReceiptIsReadAsItWasWritten encodes receipts and decodes them. Texts are cut into roles, persons and categories.
func FuzzAReceiptIsReadAsItWasWritten(f *testing.F) {
	f.Add("dis_a", int64(1767225600000001), "emp_7", "SUPPORT,SALES", "support", "3", "CustomerCard", "5e88", "case 81", "", "cus_1:IDENTITY,CONTACT;cus_2:CONTACT;cus_3:")
	f.Add("", int64(-1), "", "", "", "", "", "", "", "segment seg_1, at least 10", "")
	f.Add("ü\x00\xff", int64(-1<<63), "a", ",", "b", "c", "d", "e", "f", "g", ":,;:;")
	f.Fuzz(func(t *testing.T, id string, at int64, actor, roles, purpose, policy, operation, hash, reference, population, subjects string) {
		want := Receipt{ID: id, At: graph.Time(at), Actor: actor, Purpose: purpose, Policy: policy, Operation: operation, Hash: hash, Reference: reference}
		if roles != "" {
			want.Roles = strings.Split(roles, ",")
		}
		if population != "" {
			want.Population = strings.Split(population, ",")
			want.Others = []graph.Category{graph.CategoryContact, "", graph.Category(purpose)}
		}
		if subjects != "" {
			for s := range strings.SplitSeq(subjects, ";") {
				id, categories, some := strings.Cut(s, ":")
				subject := Subject{ID: id}
				if !some {
					subject = Subject{External: id}
				}
				if some {
					for c := range strings.SplitSeq(categories, ",") {
						subject.Categories = append(subject.Categories, graph.Category(c))
					}
				}
				want.Subjects = append(want.Subjects, subject)
			}
		}
		got, err := decode(encode(&want))
		require.NoError(t, err)
		require.Equal(t, want, got)
	})
}

// FuzzWhatIsNoReceiptIsRefused decodes any bytes. What is accepted is a receipt that is the same when it is written again, and
// takes no more room than its bytes account for.
func FuzzWhatIsNoReceiptIsRefused(f *testing.F) {
	whole := encode(receipt("dis_a", 3))
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add([]byte(nil))
	f.Add(bytes.Repeat([]byte{0xff}, 30))
	f.Add(append(bytes.Repeat([]byte{0}, 10), 3, 0, 1, 0, 1, 'A', 0, 1, 0, 0, 0))
	f.Fuzz(func(t *testing.T, record []byte) {
		r, err := decode(record)
		if err != nil {
			require.ErrorIs(t, err, errUnreadable)
			return
		}
		told := len(r.Roles) + len(r.Subjects)
		for _, s := range r.Subjects {
			told += len(s.Categories)
		}
		require.LessOrEqual(t, told, len(record))
		again, err := decode(encode(&r))
		require.NoError(t, err)
		require.Equal(t, r, again)
	})
}

// FuzzADamagedJournal changes bytes of a file of receipts, and cuts off others. The damage is noticed where a whole block
// follows it. At the end of the file it looks like a block that was not wholly written; what is in front of it stays as it
// was then.
func FuzzADamagedJournal(f *testing.F) {
	whole, at := written(f)
	f.Add(uint16(0), []byte(nil), uint16(0))
	f.Add(uint16(0), []byte{1}, uint16(0))
	f.Add(uint16(at[1]), []byte{0x80}, uint16(0))
	f.Add(uint16(at[1]+4), []byte{0, 0xff}, uint16(0))
	f.Add(uint16(at[2]), []byte{1, 2, 3}, uint16(0))
	f.Add(uint16(at[2]-1), []byte{0xff, 0xff}, uint16(0))
	f.Add(uint16(len(whole)-1), []byte{1}, uint16(0))
	f.Add(uint16(0), []byte(nil), uint16(1))
	f.Add(uint16(at[0]), []byte{4}, uint16(int64(len(whole))-at[2]))
	f.Add(uint16(0), []byte(nil), uint16(len(whole)-5))
	f.Fuzz(func(t *testing.T, from uint16, flips []byte, cut uint16) {
		data := bytes.Clone(whole)
		for i, x := range flips {
			if n := int(from) + i; n < len(data) {
				data[n] ^= x
			}
		}
		data = data[:max(0, len(data)-int(cut))]
		first := len(data) // byte that is not as it was
		for i := range data {
			if data[i] != whole[i] {
				first = i
				break
			}
		}
		sound := 0 // receipts before it
		for _, end := range append(at[1:], int64(len(whole))) {
			if int64(first) >= end {
				sound++
			}
		}
		last := bytes.HasSuffix(data, whole[at[2]:]) // the last block is whole, in its place
		dir, file := alone(t, data)
		j, err := Open(dir, Options{Sync: func(*os.File) error { return nil }})
		if last && first < len(data) {
			require.ErrorContains(t, err, file+" is corrupt at byte", "the damage is noticed")
			return
		}
		if err != nil { // a block in the middle is whole
			require.ErrorContains(t, err, file+" is corrupt at byte")
			require.Less(t, first, len(data), "there is no damage")
			return
		}
		require.Equal(t, sound, j.Pending(), "nothing but what the damage touches is lost")
		for i, r := range drain(t, j) {
			require.Equal(t, *receipt([]string{"dis_a", "dis_b", "dis_c"}[i], 2), r)
		}
		require.NoError(t, j.Close())
	})
}
