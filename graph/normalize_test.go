package graph

import (
	"slices"
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
	case f.Fails != nil:
		if eval(f.Fails, n) == yes {
			return no
		}
		return yes
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
	n := 10
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
	case 9:
		return &Filter{Fails: below()}
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
		want, got := eval(f, n), eval(f.Normal(), n)
		if hasFails(f) { // its negation is the filter itself, which may be unknown where the negation is false
			want, got = max(want, unknown), max(got, unknown)
		}
		if want != got {
			t.Fatalf("%v, but %v when it is normal", want, got)
		}
	})
}

func hasFails(f *Filter) bool {
	switch {
	case f == nil:
		return false
	case f.Some != nil:
		return hasFails(f.Some.Filter)
	case f.Every != nil:
		return hasFails(f.Every.Filter)
	}
	return f.Fails != nil || hasFails(f.Not) || hasFails(f.Of) || slices.ContainsFunc(slices.Concat(f.And, f.Or), hasFails)
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

func TestAFailingFilterIsTrueOfWhatTheFilterIsNotTrueOf(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, n := someFilter(t, 3).Normal(), someThing(t, 3)
		pushed := f.Failing()
		if want, got := eval(f, n) != yes, eval(pushed, n) == yes; want != got {
			t.Fatalf("not true: %v, but %v when the negation has gone inwards", want, got)
		}
		// Until there is nothing left to step over but tests.
		if want, got := eval(f, n) == yes, eval(innermost(pushed), n) == yes; want == got {
			t.Fatalf("%v of the filter and of its negation", want)
		}
	})
}

func TestWhatIsLeftAmongTheKindsThatANodeMayHaveIsTrueOfTheSameNodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, n := someFilter(t, 3).Normal(), someThing(t, 3)
		kinds := rapid.SampledFrom([][]*Kind{{n.kind}, {ones, twos}, {n.kind, {Name: "Other"}}}).Draw(t, "kinds")
		left := f.Among(kinds)
		if want, got := eval(f, n) == yes, eval(left, n) == yes; want != got {
			t.Fatalf("true: %v, but %v of what is left", want, got)
		}
		if len(kinds) == 1 && namesKind(left) {
			t.Fatal("a kind is asked for where there is one only")
		}
		if left != nil {
			assert.Equal(t, left, left.Normal(), "what is left is normal")
		}
	})
}

// namesKind reports whether a filter asks of the node itself of what kind it is.
func namesKind(f *Filter) bool {
	return f != nil && (f.Kind != nil || namesKind(f.Not) || namesKind(f.Fails) || slices.ContainsFunc(slices.Concat(f.And, f.Or), namesKind))
}

// innermost moves every negation inwards as far as it goes.
func innermost(f *Filter) *Filter {
	each := func(fs []*Filter) []*Filter {
		out := make([]*Filter, len(fs))
		for i, g := range fs {
			out[i] = innermost(g)
		}
		return out
	}
	switch {
	case f == nil:
		return nil
	case f.And != nil:
		return &Filter{And: each(f.And)}
	case f.Or != nil:
		return &Filter{Or: each(f.Or)}
	case f.Some != nil:
		return &Filter{Some: &Quantified{Edge: f.Some.Edge, Filter: innermost(f.Some.Filter)}}
	case f.Every != nil:
		return &Filter{Every: &Quantified{Edge: f.Every.Edge, Filter: innermost(f.Every.Filter)}}
	case f.Kind != nil:
		return &Filter{Kind: f.Kind, Of: innermost(f.Of)}
	case f.Fails == nil:
		return f
	}
	pushed := f.Fails.Failing()
	if pushed.Fails != nil { // around a test
		return pushed
	}
	return innermost(pushed)
}

// Three values of a test p = 1: true of one, false of two, unknown of none.
func TestWhatFailsHasTwoValues(t *testing.T) {
	is := &Filter{Test: &Test{Ref: Ref{Prop: propP}, Value: 1}}
	other := &Filter{Test: &Test{Ref: Ref{Prop: propP}, Value: 2}}
	not := func(f *Filter) *Filter { return &Filter{Not: f} }
	fails := func(f *Filter) *Filter { return &Filter{Fails: f} }
	some := func(f *Filter) *Filter { return &Filter{Some: &Quantified{Edge: edgeTo, Filter: f}} }
	every := func(f *Filter) *Filter { return &Filter{Every: &Quantified{Edge: edgeTo, Filter: f}} }
	one, two, none := &thing{kind: ones, p: 1}, &thing{kind: ones, p: 2}, &thing{kind: twos}
	to := func(things ...*thing) *thing { return &thing{kind: ones, to: things} }
	for _, c := range []struct {
		name            string
		filter, failing *Filter
		of              *thing
		want            bool
	}{
		{"a test that is true", is, fails(is), one, false},
		{"a test that is false", is, fails(is), two, true},
		{"a test that is unknown", is, fails(is), none, true},
		{"a negated test that is unknown", not(is), fails(not(is)), none, true},
		{"a conjunction of a true and an unknown part", &Filter{And: []*Filter{{Kind: twos}, is}}, &Filter{Or: []*Filter{fails(&Filter{Kind: twos}), fails(is)}}, none, true},
		{"a disjunction of a true and an unknown part", &Filter{Or: []*Filter{{Kind: twos}, is}}, &Filter{And: []*Filter{fails(&Filter{Kind: twos}), fails(is)}}, none, false},
		{"a disjunction of a false and an unknown part", &Filter{Or: []*Filter{{Kind: ones}, is}}, &Filter{And: []*Filter{fails(&Filter{Kind: ones}), fails(is)}}, none, true},
		{"some, where one is true", some(is), every(fails(is)), to(one, none), false},
		{"some, where one is unknown", some(is), every(fails(is)), to(two, none), true},
		{"some of nothing", some(is), every(fails(is)), to(), true},
		{"some whatever it is, where there is one", some(nil), every(never), to(none), false},
		{"every, where one is unknown", every(is), some(fails(is)), to(one, none), true},
		{"every, where all are true", every(is), some(fails(is)), to(one, one), false},
		{"every of nothing", every(is), some(fails(is)), to(), false},
		{"none at all, where there is one", every(never), some(nil), to(none), true},
		{"a kind, of another", &Filter{Kind: twos, Of: is}, &Filter{Or: []*Filter{not(&Filter{Kind: twos}), {Kind: twos, Of: fails(is)}}}, one, true},
		{"a kind with a condition that is unknown", &Filter{Kind: twos, Of: is}, &Filter{Or: []*Filter{not(&Filter{Kind: twos}), {Kind: twos, Of: fails(is)}}}, none, true},
		{"a kind alone", &Filter{Kind: ones}, not(&Filter{Kind: ones}), one, false},
		{"another kind", not(&Filter{Kind: ones}), &Filter{Kind: ones}, none, false},
		{"what fails of an unknown", fails(other), other, none, false},
		{"everything", nil, never, none, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.failing, c.filter.Failing())
			assert.Equal(t, c.want, eval(c.filter.Failing(), c.of) == yes)
			assert.Equal(t, c.want, eval(c.filter, c.of) != yes, "it is not true")
		})
	}
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
	case f.Fails != nil:
		if f.Fails.never() {
			t.Fatalf("a constant that fails")
		}
		plain(t, f.Fails)
	case f.Test == nil:
		t.Fatalf("an empty filter")
	}
}
