package resolvers

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// A writer writes the value of one root field, as JSON and in the order of the selection.
type writer struct {
	*Resolver
	o     *operation
	op    *graphql.OperationContext
	ctx   context.Context
	b     []byte
	path  []step
	small *policy.Small // behind which too few persons stand
	// feedPlace is that of the feed as of which was read; nil: it was not asked.
	feedPlace *int64
	// decided are the deals that committees are compared with, where one is.
	decided *comparison

	notes   map[string]*withheld // by pattern, reason and category
	pattern []byte               // of the last note

	counted, checked int   // how many bytes of it are counted in the operation's, and how many elements were begun
	stopped          error // why no more is written: the whole is null then
}

// A step of a path: the name that a field has in the answer, or an index.
type step struct {
	name  string
	index int // where there is no name
}

// A field of what is made of a T. write writes its value; false: it is null, and nothing was written that counts.
type field[T any] struct {
	key     []byte // its name in the answer, with a colon behind it
	name    string
	nonNull bool
	write   func(*writer, T) bool
}

// An object writes some fields of a T.
type object[T any] []field[T]

func (o object[T]) write(w *writer, of T) bool {
	if w.stops(len(o)) {
		return false
	}
	start := len(w.b)
	w.b = append(w.b, '{')
	for i := range o {
		f := &o[i]
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.b = append(w.b, f.key...)
		at := len(w.b)
		w.path = append(w.path, step{name: f.name})
		ok := f.write(w, of)
		w.path = w.path[:len(w.path)-1]
		if ok {
			continue
		}
		if f.nonNull || w.stopped != nil {
			w.b = w.b[:start]
			return false
		}
		w.b = append(w.b[:at], null...)
	}
	w.b = append(w.b, '}')
	return true
}

const null = "null"

// list writes n elements. nonNull: one that is null makes the list null.
func (w *writer) list(n int, nonNull bool, write func(int) bool) bool {
	start := len(w.b)
	w.b = append(w.b, '[')
	w.path = append(w.path, step{})
	last := len(w.path) - 1
	defer func() { w.path = w.path[:last] }()
	for i := range n {
		if i > 0 {
			w.b = append(w.b, ',')
		}
		w.path[last].index = i
		at := len(w.b)
		if write(i) {
			continue
		}
		if nonNull || w.stopped != nil {
			w.b = w.b[:start]
			return false
		}
		w.b = append(w.b[:at], null...)
	}
	w.b = append(w.b, ']')
	return true
}

// stops counts fields that are to be written, and reports whether the answer is to be given up: it is too large, or its time is over. Both
// are looked at now and then.
func (w *writer) stops(fields int) bool {
	w.o.fields.Add(int64(fields))
	if w.checked++; w.stopped != nil || w.checked%64 != 0 && len(w.b)-w.counted < 1<<16 {
		return w.stopped != nil
	}
	size := w.o.bytes.Add(int64(len(w.b) - w.counted))
	w.counted = len(w.b)
	switch most := w.MostBytes; {
	case most > 0 && size > most:
		w.stopped = &graph.Error{Code: graph.CostExceeded, Message: fmt.Sprintf("the answer has more than %d bytes, which is the limit: ask for fewer rows or fields, or for a page after the other", most)}
	case w.ctx.Err() != nil:
		w.stopped = &graph.Error{Code: graph.Timeout, Err: w.ctx.Err()}
	}
	return w.stopped != nil
}

// fieldOf begins a field of an object.
func fieldOf[T any](f graphql.CollectedField, write func(*writer, T) bool) field[T] {
	return field[T]{key: append(appendText(nil, f.Alias), ':'), name: f.Alias, nonNull: f.Definition.Type.NonNull, write: write}
}

// constant is a field that has one value always.
func constant[T any](f graphql.CollectedField, value string) field[T] {
	text := appendText(nil, value)
	return fieldOf(f, func(w *writer, _ T) bool {
		w.b = append(w.b, text...)
		return true
	})
}

// astPath is the path of what is being written, with further steps behind it.
func (w *writer) astPath(more ...ast.PathElement) ast.Path {
	out := make(ast.Path, 0, len(w.path)+len(more))
	for _, s := range w.path {
		if s.name == "" {
			out = append(out, ast.PathIndex(s.index))
		} else {
			out = append(out, ast.PathName(s.name))
		}
	}
	return append(out, more...)
}

// fail adds an error of the field that is being written.
func (w *writer) fail(f *ast.Field, err error) bool {
	e, ok := err.(*gqlerror.Error)
	if !ok {
		e = gqlerror.WrapPath(w.astPath(), err)
	}
	if e.Path == nil {
		e.Path = w.astPath()
	}
	if e.Locations == nil && f.Position != nil && f.Position.Line > 0 {
		e.Locations = []gqlerror.Location{{Line: f.Position.Line, Column: f.Position.Column}}
	}
	w.op.Error(w.ctx, e)
	return false
}

// buffers are those that answers are written in.
var buffers = sync.Pool{New: func() any { b := make([]byte, 0, 16<<10); return &b }}

// largest is the size of a buffer that is kept for another answer.
const largest = 1 << 20

type bufferKey struct{}

// A Buffer holds the answers that are written under a context, until they have been sent.
type Buffer struct{ taken []*[]byte }

// WithBuffer has answers under ctx be written in buffers that Release gives back. Without it they are left to the collector.
func WithBuffer(ctx context.Context) (context.Context, *Buffer) {
	b := &Buffer{}
	return context.WithValue(ctx, bufferKey{}, b), b
}

// Release gives the buffers back: nobody may read an answer after.
func (b *Buffer) Release() {
	for _, taken := range b.taken {
		giveBack(taken)
	}
	b.taken = nil
}

func giveBack(b *[]byte) {
	if cap(*b) <= largest {
		buffers.Put(b)
	}
}

// keep has a buffer be given back when the answer has been sent; where nobody says so, it holds a copy that is the answer's own.
func keep(ctx context.Context, b *[]byte) []byte {
	if to, ok := ctx.Value(bufferKey{}).(*Buffer); ok {
		to.taken = append(to.taken, b)
		return *b
	}
	defer giveBack(b)
	return slices.Clone(*b)
}

// appendText writes a text as JSON: what need not be escaped is not.
func appendText(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c != '\\' && c != '"' {
			continue
		}
		b = append(b, s[start:i]...)
		switch c {
		case '\t':
			b = append(b, `\t`...)
		case '\r':
			b = append(b, `\r`...)
		case '\n':
			b = append(b, `\n`...)
		case '\\', '"':
			b = append(b, '\\', c)
		default:
			b = append(b, `\u00`...)
			b = append(b, hex[c>>4], hex[c&0xf])
		}
		start = i + 1
	}
	return append(append(b, s[start:]...), '"')
}

func appendTime(b []byte, t graph.Time) []byte {
	return append(t.Std().AppendFormat(append(b, '"'), time.RFC3339Nano), '"')
}

func appendDate(b []byte, d graph.Date) []byte {
	return append(graph.Time(d).Std().AppendFormat(append(b, '"'), time.DateOnly), '"')
}

func appendAmount(b []byte, n int64) []byte {
	return append(append(append(b, '"'), graph.FormatAmount(n)...), '"')
}

func appendFloat(b []byte, f float64) []byte { return fmt.Appendf(b, "%g", f) }

func (w *writer) text(s string) bool {
	w.b = appendText(w.b, s)
	return true
}

func (w *writer) number(n int64) bool {
	w.b = strconv.AppendInt(w.b, n, 10)
	return true
}

func (w *writer) boolean(is bool) bool {
	w.b = strconv.AppendBool(w.b, is)
	return true
}

// count writes how many there are in a group; nil: none.
func (w *writer) count(g *graph.Group) bool {
	if g == nil {
		return w.number(0)
	}
	return w.number(g.Count)
}

// leaf writes a property's value; an amount is none, but has fields.
func (w *writer) leaf(t graph.Type, v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return w.text(v)
	case bool:
		return w.boolean(v)
	case []string:
		return w.list(len(v), true, func(i int) bool { return w.text(v[i]) })
	case int64:
		switch t {
		case graph.Instant:
			w.b = appendTime(w.b, graph.Time(v))
		case graph.Day:
			w.b = appendDate(w.b, graph.Date(v))
		case graph.Float:
			w.b = append(w.b, graph.Score(v).String()...)
		default:
			return w.number(v)
		}
	default:
		panic(fmt.Sprintf("resolvers: a property cannot have a %T", v))
	}
	return true
}
