package resolvers

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// shape is a field of an answer that is to be written: null, a text, or one with fields or elements of its own. A name that ends in ! may
// not be null, and one that ends in !] has no elements that may.
type shape struct {
	name     string
	null     bool
	fields   []shape
	elements []shape
}

func (s shape) field() field[any] {
	name, nonNull := strings.CutSuffix(s.name, "!")
	name, strict := strings.CutSuffix(name, "!]")
	return field[any]{key: append(appendText(nil, name), ':'), name: name, nonNull: nonNull, write: func(w *writer, _ any) bool {
		if s.elements != nil {
			return w.list(len(s.elements), strict, func(i int) bool { return s.elements[i].field().write(w, nil) })
		}
		if s.fields != nil {
			return fieldsOf(s.fields).write(w, nil)
		}
		w.b = append(w.b, `"text"`...)
		return !s.null
	}}
}

func fieldsOf(shapes []shape) (out object[any]) {
	for _, s := range shapes {
		out = append(out, s.field())
	}
	return out
}

func TestNullGoesUpToWhatMayBeNull(t *testing.T) {
	text, null, required := shape{name: "a"}, shape{name: "b", null: true}, shape{name: "c!", null: true}
	in := func(name string, fields ...shape) shape { return shape{name: name, fields: fields} }
	list := func(name string, elements ...shape) shape { return shape{name: name, elements: elements} }
	for _, c := range []struct {
		name string
		of   []shape
		want string // empty: the whole is null
	}{
		{"a value that may be null is", []shape{text, null}, `{"a":"text","b":null}`},
		{"one that may not makes its object null", []shape{text, in("o", text, required)}, `{"a":"text","o":null}`},
		{"and the object around it, where that one may not be null", []shape{in("x", text, in("o!", required)), text}, `{"x":null,"a":"text"}`},
		{"up to the root", []shape{text, in("x!", in("o!", required))}, ``},
		{"an element may be null", []shape{list("l", text, null)}, `{"l":["text",null]}`},
		{"or makes the list null", []shape{list("l!]", text, null), text}, `{"l":null,"a":"text"}`},
		{"and what is around that", []shape{in("x", text, list("l!]!", in("", required))), text}, `{"x":null,"a":"text"}`},
		{"what stands before it stays", []shape{list("l", in("", text), in("", text, required), in("", text))}, `{"l":[{"a":"text"},null,{"a":"text"}]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &writer{Resolver: &Resolver{}, o: &operation{extent: &extent{}}, ctx: t.Context(), b: []byte("before ")}
			ok := fieldsOf(c.of).write(w, nil)
			assert.Equal(t, c.want != "", ok)
			assert.Equal(t, "before "+c.want, string(w.b))
			assert.Empty(t, w.path, "it is back where it began")
		})
	}
}

func TestTextsAreWrittenAsJSON(t *testing.T) {
	for in, want := range map[string]string{
		"plain": `"plain"`, "Götz 漢": `"Götz 漢"`, `a"b\c`: `"a\"b\\c"`, "\t\r\n": `"\t\r\n"`, "\x00\x1f": `"\u0000\u001F"`, "<&>\u2028": "\"<&>\u2028\"", "": `""`,
	} {
		assert.Equal(t, want, string(appendText(nil, in)))
	}
}

func TestAnAnswerIsGivenUpWhenItIsTooLargeOrItsTimeIsOver(t *testing.T) {
	rows := func(n int) shape {
		l := shape{name: "l"}
		for range n {
			l.elements = append(l.elements, shape{fields: []shape{{name: "a"}, {name: "b", null: true}}})
		}
		return l
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		name string
		rows int
		most int64
		ctx  context.Context
		code graph.Code
	}{
		{"one that is as large as may be is written", 1000, 1 << 20, t.Context(), ""},
		{"one without a limit, too", 1000, 0, t.Context(), ""},
		{"one that is larger is not", 1000, 1000, t.Context(), graph.CostExceeded},
		{"nor one for which nobody waits any more", 1000, 1 << 20, over, graph.Timeout},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &writer{Resolver: &Resolver{Options: Options{MostBytes: c.most}}, o: &operation{extent: &extent{}}, ctx: c.ctx}
			ok := fieldsOf([]shape{rows(c.rows)}).write(w, nil)
			assert.Equal(t, c.code == "", ok)
			if c.code == "" {
				assert.NoError(t, w.stopped)
			} else {
				assert.Equal(t, c.code, graph.CodeOf(w.stopped))
				assert.Empty(t, w.b, "nothing of it is sent")
				assert.Less(t, w.o.fields.Load(), int64(2*c.rows), "nor is the rest worked out")
			}
		})
	}
}
