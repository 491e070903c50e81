package resolvers

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"unicode/utf8"

	"github.com/kithgraph/kith/graph"
)

// A cursor is the version, the fingerprint of the list it belongs to, and the keys of a row.
const cursorVersion = 2

// Types of keys in a cursor.
const (
	keyNull byte = iota
	keyInt
	keyText
	keyFalse
	keyTrue
)

var errCursor = errors.New("this is not a cursor of this field in this order")

// What the order of rows, and that of groups, follows from.
var (
	orderArguments = []string{"orderBy", "edgeOrderBy", "history"}
	groupArguments = []string{"by", "edgeBy", "unit", "zone", "buckets", "currency", "duration", "orderBy"}
)

// fingerprint tells lists apart that differ in field, in these arguments, in time or purpose, whose cursors mean nothing to each other.
func fingerprint(l *graph.List, args map[string]any, names []string, then *graph.Moment, purpose graph.Purpose) uint64 {
	h := fnv.New64a()
	h.Write([]byte(purpose))
	if then != nil {
		for _, t := range []*graph.Time{then.At, then.Known} {
			if t != nil {
				fmt.Fprint(h, int64(*t))
			}
			h.Write([]byte{0})
		}
	}
	if l.Edge != nil {
		h.Write([]byte(l.Edge.String()))
	} else {
		h.Write([]byte(l.Nodes[0].Kind.Name))
	}
	for _, name := range names {
		if args[name] == nil {
			continue
		}
		b, err := json.Marshal(args[name])
		if err != nil { // arguments come from JSON or from literals
			panic(err)
		}
		h.Write([]byte(name))
		h.Write(b)
	}
	return h.Sum64()
}

func writeCursor(mark uint64, keys []any) string {
	b := make([]byte, 0, 64)
	b = append(b, cursorVersion)
	b = binary.BigEndian.AppendUint64(b, mark)
	for _, k := range keys {
		switch k := k.(type) {
		case nil:
			b = append(b, keyNull)
		case int64:
			b = binary.AppendVarint(append(b, keyInt), k)
		case string:
			b = append(binary.AppendUvarint(append(b, keyText), uint64(len(k))), k...)
		case bool:
			if k {
				b = append(b, keyTrue)
			} else {
				b = append(b, keyFalse)
			}
		default:
			panic(fmt.Sprintf("resolvers: a cursor cannot hold a %T", k))
		}
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// readCursor takes a cursor apart and holds it against the list: version, fingerprint, number and types of keys.
func readCursor(s string, mark uint64, l *graph.List) ([]any, error) {
	keys, err := readKeys(s, mark)
	if err != nil {
		return nil, err
	}
	types := keyTypes(l)
	if len(keys) != len(types) {
		return nil, errCursor
	}
	for i, t := range types {
		if !fits(keys[i], t, i >= len(l.Order)) {
			return nil, errCursor
		}
	}
	return keys, nil
}

// readKeys are the keys of a cursor of a fingerprint. Only what writeCursor writes is one: keys could be written otherwise, and base64 be
// broken into lines.
func readKeys(s string, mark uint64) (keys []any, err error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 9 || b[0] != cursorVersion || binary.BigEndian.Uint64(b[1:]) != mark {
		return nil, errCursor
	}
	for b = b[9:]; len(b) > 0; {
		k, rest, ok := readKey(b)
		if !ok {
			return nil, errCursor
		}
		keys, b = append(keys, k), rest
	}
	if writeCursor(mark, keys) != s {
		return nil, errCursor
	}
	return keys, nil
}

func readKey(b []byte) (key any, rest []byte, ok bool) {
	t, b := b[0], b[1:]
	switch t {
	case keyNull:
		return nil, b, true
	case keyFalse, keyTrue:
		return t == keyTrue, b, true
	case keyInt:
		n, size := binary.Varint(b)
		if size <= 0 {
			return nil, nil, false
		}
		return n, b[size:], true
	case keyText:
		n, size := binary.Uvarint(b)
		if size <= 0 || n > uint64(len(b)-size) {
			return nil, nil, false
		}
		return string(b[size : size+int(n)]), b[size+int(n):], true
	}
	return nil, nil, false
}

// keyTypes are the types of a row's keys: those of the order, the id, and under an edge the relationship's key.
func keyTypes(l *graph.List) []graph.Type {
	var types []graph.Type
	for _, o := range l.Order {
		if o.Prop != nil {
			types = append(types, o.Prop.Prop.Type)
		} else {
			types = append(types, graph.Int)
		}
	}
	types = append(types, graph.String)
	if l.Edge != nil && !l.Edge.Walks() {
		types = append(types, graph.String)
	}
	return types
}

func fits(key any, t graph.Type, required bool) bool {
	switch key := key.(type) {
	case nil:
		return !required
	case string:
		return (t == graph.String || t == graph.Enum) && utf8.ValidString(key)
	case bool:
		return t == graph.Bool
	}
	return t != graph.String && t != graph.Enum && t != graph.Bool
}
