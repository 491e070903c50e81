package graph

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// truth of three values, ordered so that and is the minimum and or the maximum.
type kleene int

const (
	no kleene = iota - 1
	unknown
	yes
)

// thing is a node of a small world: the value of its one property (nil: missing), and what its one edge leads to.
type thing struct {
	kind *Kind
	p    any
	to   []*thing
}

var (
	ones, twos = &Kind{Name: "One"}, &Kind{Name: "Two"}
	propP      = &Property{Name: "p", Type: Int}
	edgeTo     = &Edge{Name: "to"}
)

// eval says what the comments of Filter and Test say, word by word.
func eval(f *Filter, n *thing) kleene {
	switch {
	case f == nil:
		return yes
	case f.And != nil:
		v := yes
		for _, g := range f.And {
			v = min(v, eval(g, n))
		}
		return v
	case f.Or != nil:
		v := no
		for _, g := range f.Or {
			v = max(v, eval(g, n))
		}
		return v
	case f.Not != nil:
		return -eval(f.Not, n)
	case f.Test != nil:
		return evalTest(f.Test, n)
	case f.Some != nil:
		v := no
		for _, m := range n.to {
			v = max(v, eval(f.Some.Filter, m))
		}
		return v
	case f.Every != nil:
		return evalEvery(f.Every, n)
	case f.Kind != nil && f.Kind != n.kind:
		return no
	case f.Kind != nil:
		return eval(f.Of, n)
	}
	return yes
}

func evalEvery(q *Quantified, n *thing) kleene {
	v := yes
	for _, m := range n.to {
		switch eval(q.Filter, m) {
		case no:
			return no
		case unknown:
			v = unknown
		}
	}
	return v
}

func evalTest(t *Test, n *thing) kleene {
	if eval(t.Ref.When, n) != yes {
		return unknown
	}
	is := func(b bool) kleene {
		if b {
			return yes
		}
		return no
	}
	switch {
	case t.Op == IsNull:
		return is(n.p == nil)
	case n.p == nil:
		return unknown
	}
	return is(n.p == t.Value)
}

var filters = rapid.Custom(func(t *rapid.T) *Filter { return someFilter(t, 3) })

func someFilter(t *rapid.T, depth int) *Filter {
	n := 9
	if depth == 0 {
		n = 3
	}
	below := func() *Filter { return someFilter(t, depth-1) }
	several := func() []*Filter {
		fs := []*Filter{}
		for range rapid.IntRange(0, 3).Draw(t, "parts") {
			fs = append(fs, below())
		}
		return fs
	}
	switch rapid.IntRange(0, n).Draw(t, "shape") {
	case 0:
		return nil
	case 1:
		return &Filter{}
	case 2, 3:
		test := &Test{Ref: Ref{Prop: propP}, Op: rapid.SampledFrom([]Op{Eq, IsNull}).Draw(t, "op"), Value: rapid.SampledFrom([]any{1, 2}).Draw(t, "value")}
		if rapid.IntRange(0, 4).Draw(t, "guarded") == 0 {
			test.Ref.When = rapid.SampledFrom([]*Filter{never, {Test: &Test{Ref: Ref{Prop: propP}, Value: 1}}}).Draw(t, "when")
		}
		return &Filter{Test: test}
	case 4:
		return &Filter{And: several()}
	case 5:
		return &Filter{Or: several()}
	case 6:
		return &Filter{Not: &Filter{And: []*Filter{below(), below()}}}
	case 7:
		return &Filter{Some: &Quantified{Edge: edgeTo, Filter: below()}}
	case 8:
		return &Filter{Every: &Quantified{Edge: edgeTo, Filter: below()}}
	}
	return &Filter{Kind: rapid.SampledFrom([]*Kind{ones, twos}).Draw(t, "kind"), Of: below()}
}

func someThing(t *rapid.T, depth int) *thing {
	n := &thing{
		kind: rapid.SampledFrom([]*Kind{ones, twos}).Draw(t, "kind"),
		p:    rapid.SampledFrom([]any{nil, 1, 2, 3}).Draw(t, "p"),
	}
	if depth > 0 {
		for range rapid.IntRange(0, 3).Draw(t, "degree") {
			n.to = append(n.to, someThing(t, depth-1))
		}
	}
	return n
}

func TestANormalFilterIsTrueFalseAndUnknownOfTheSameNodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := rapid.Custom(func(t *rapid.T) *Filter {
			if rapid.Bool().Draw(t, "not") {
				return &Filter{Not: someFilter(t, 3)}
			}
			return someFilter(t, 3)
		}).Draw(t, "filter")
		n := someThing(t, 3)
		if want, got := eval(f, n), eval(f.Normal(), n); want != got {
			t.Fatalf("%v, but %v when it is normal", want, got)
		}
	})
}

func TestANormalFilterHasThePlainShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := filters.Draw(t, "filter").Normal()
		if f.never() {
			return
		}
		plain(t, f)
		again := f.Normal()
		assert.Equal(t, f, again, "what is normal stays as it is")
	})
}

// plain fails for what Normal says there is not.
func plain(t *rapid.T, f *Filter) {
	switch {
	case f == nil:
	case f.Not != nil:
		if f.Not.Test == nil && (f.Not.Kind == nil || f.Not.Of != nil) {
			t.Fatalf("a negation of what is neither a test nor a kind")
		}
	case f.And != nil, f.Or != nil:
		parts := append(append([]*Filter{}, f.And...), f.Or...)
		if len(parts) < 2 {
			t.Fatalf("a junction of %d", len(parts))
		}
		for _, g := range parts {
			if g == nil || g.never() || f.And != nil && g.And != nil || f.Or != nil && g.Or != nil {
				t.Fatalf("a junction that is not flat, or has a constant")
			}
			plain(t, g)
		}
	case f.Some != nil:
		if f.Some.Filter.never() {
			t.Fatalf("some that cannot be")
		}
		plain(t, f.Some.Filter)
	case f.Every != nil:
		if f.Every.Filter == nil {
			t.Fatalf("every that cannot fail")
		}
		if !f.Every.Filter.never() {
			plain(t, f.Every.Filter)
		}
	case f.Kind != nil:
		plain(t, f.Of)
	case f.Test == nil:
		t.Fatalf("an empty filter")
	}
}
