package resolvers

import (
	"encoding/base64"
	"encoding/binary"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

// listsWithCursors are lists whose rows have keys of all types between them.
func listsWithCursors(t testing.TB) []*graph.List {
	t.Helper()
	cat := graphtest.Catalog(t)
	customer, account, employment := cat.MustKind("Customer"), cat.MustKind("Account"), cat.MustKind("Account").Edge("people")
	by := func(p *graph.Property) graph.Order { return graph.Order{Prop: &graph.Ref{Prop: p}} }
	lists := []*graph.List{
		{Nodes: []*graph.Selection{{Kind: customer}}},
		{Nodes: []*graph.Selection{{Kind: customer}}, Order: []graph.Order{by(customer.Property("name")), by(customer.Property("journeyStage")), by(customer.Property("birthYear"))}},
		{Nodes: []*graph.Selection{{Kind: account}}, Order: []graph.Order{{Count: &graph.Over{Edge: employment}, Desc: true}}},
		{Nodes: []*graph.Selection{{Kind: customer}}, Edge: employment, Order: []graph.Order{{Prop: &graph.Ref{Prop: employment.Rel.Property("from")}, OnEdge: true}}},
		{Nodes: []*graph.Selection{{Kind: customer}}, Order: []graph.Order{by(customer.Property(graph.Party))}},
	}
	seen := map[graph.Type]bool{}
	for _, l := range lists {
		for _, k := range keyTypes(l) {
			seen[k] = true
		}
	}
	require.Subset(t, seen, map[graph.Type]bool{graph.String: true, graph.Enum: true, graph.Int: true, graph.Instant: true, graph.Bool: true})
	return lists
}

// FuzzACursorIsReadAsItWasWritten writes keys of rows of each list, and reads them there and elsewhere.
func FuzzACursorIsReadAsItWasWritten(f *testing.F) {
	lists := listsWithCursors(f)
	for i := range lists {
		f.Add(uint8(i), uint64(i)<<60+1, "Ann", "cus_1", int64(-1)<<(i*12), uint8(i))
	}
	f.Add(uint8(1), uint64(0), "", "", int64(0), uint8(0xff))
	f.Fuzz(func(t *testing.T, which uint8, mark uint64, text, id string, number int64, missing uint8) {
		if !utf8.ValidString(text) || !utf8.ValidString(id) {
			t.Skip("no store keeps it")
		}
		l := lists[int(which)%len(lists)]
		var keys []any
		for i, typ := range keyTypes(l) {
			switch {
			case i < len(l.Order) && missing>>i&1 == 1:
				keys = append(keys, nil)
			case i >= len(l.Order):
				keys = append(keys, id)
			case typ == graph.String || typ == graph.Enum:
				keys = append(keys, text)
			case typ == graph.Bool:
				keys = append(keys, number%2 == 0)
			default:
				keys = append(keys, number)
			}
		}
		s := writeCursor(mark, keys)
		got, err := readCursor(s, mark, l)
		require.NoError(t, err)
		assert.Equal(t, keys, got)
		_, err = readCursor(s, mark+1, l)
		require.ErrorIs(t, err, errCursor, "of another list")
		_, err = readCursor(writeCursor(mark, append(keys, id)), mark, l)
		require.ErrorIs(t, err, errCursor, "with a key too many")
		_, err = readCursor(writeCursor(mark, keys[:len(keys)-1]), mark, l)
		require.ErrorIs(t, err, errCursor, "with a key too few")
	})
}

// FuzzWhatIsNoCursorIsRefused reads any text, and any bytes behind the mark of a list. What is accepted is what a row of the
// list could have: the one text of its keys, of the list's types.
func FuzzWhatIsNoCursorIsRefused(f *testing.F) {
	lists := listsWithCursors(f)
	const mark = 0x0102030405060708
	head := binary.BigEndian.AppendUint64([]byte{cursorVersion}, mark)
	encoded := func(keys []byte) string { return base64.RawURLEncoding.EncodeToString(append(head[:9:9], keys...)) }
	f.Add(uint8(0), []byte{keyText, 5, 'c', 'u', 's', '_', '1'}, "")
	f.Add(uint8(1), []byte{keyText, 1, 'A', keyText, 1, 'U', keyNull, keyText, 1, 'c'}, "")
	f.Add(uint8(2), []byte{keyInt, 0x80, 0x00, keyText, 0}, "")
	f.Add(uint8(3), []byte{keyInt, 2, keyText, 1, 'c', keyText, 1, 'k'}, "")
	f.Add(uint8(4), []byte{keyTrue, keyText, 1, 'c'}, "")
	f.Add(uint8(4), []byte{keyFalse, keyText, 1, 0xff}, "")
	f.Add(uint8(0), []byte{keyText, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, encoded([]byte{keyText, 1, 'c'})+"\n")
	f.Add(uint8(0), []byte(nil), "x")
	f.Fuzz(func(t *testing.T, which uint8, keys []byte, text string) {
		l := lists[int(which)%len(lists)]
		for _, s := range []string{text, encoded(keys), encoded(keys) + text} {
			got, err := readCursor(s, mark, l)
			if err != nil {
				require.ErrorIs(t, err, errCursor)
				require.Nil(t, got)
				continue
			}
			require.Equal(t, s, writeCursor(mark, got), "one text stands for a row's keys")
			types := keyTypes(l)
			require.Len(t, got, len(types))
			for i, key := range got {
				switch key := key.(type) {
				case nil:
					require.Less(t, i, len(l.Order), "each row has an id")
				case string:
					require.Contains(t, []graph.Type{graph.String, graph.Enum}, types[i])
					require.True(t, utf8.ValidString(key), "no store takes %q", key)
				case bool:
					require.Equal(t, graph.Bool, types[i])
				case int64:
					require.NotContains(t, []graph.Type{graph.String, graph.Enum, graph.Bool}, types[i])
				default:
					require.Failf(t, "a key of no type", "%T", key)
				}
			}
		}
	})
}
