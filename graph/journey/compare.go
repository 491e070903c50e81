package journey

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph/stat"
)

// A Line is what shares of two segments are compared of.
type Line uint8

// The lines.
const (
	OfActivities Line = iota // cases in which an activity occurs
	OfEdges                  // cases in which one activity directly follows another
	OfVariants               // cases that are of a variant
	OfFunnel                 // entries that have no time left and took a step
)

// A Share is how many of some have something.
type Share struct{ Cases, Of int }

// Share is that from 0 to 1; of none it is 0.
func (s Share) Share() float64 {
	if s.Of == 0 {
		return 0
	}
	return float64(s.Cases) / float64(s.Of)
}

// A Difference is that of two shares.
type Difference struct {
	Activities  []string
	Step        int // of a funnel, counted from 0
	A, B        Share
	Difference  float64 // A's share less that of B
	Low, High   float64 // within which the true one lies with 95 % confidence
	Effect      float64 // Cohen's h
	P, Adjusted float64 // by Fisher's exact test, and as Holm corrects it for all lines that are told
}

// A Comparison is that of two segments. Whoever is in both is in neither of them, so that they do not depend on each other.
type Comparison struct {
	A, B, Both Tally
	Lines      []Difference // those of most cases first; of a funnel step by step
	Other      int          // lines that are not told
}

// Compare compares two segments of the population. Nil: too few persons stand behind one of them, in both, or beside them.
func (t *Telling) Compare(a, b func(c int) bool, of Line, f Funnel, first int) (*Comparison, error) {
	v := t.view
	if of == OfFunnel && f.Entry == Each {
		return nil, fmt.Errorf("entry: of EACH a case may have several entries, which depend on each other: ask for FIRST or BEST")
	}
	var persons [4]tally // neither, a, b, both
	for i := range persons {
		persons[i] = v.tally()
	}
	v.population(func(s *sequence) {
		i := 0
		if a(s.c) {
			i = 1
		}
		if b(s.c) {
			i += 2
		}
		persons[i].add(s.c, s.who...)
	})
	out := &Comparison{A: persons[1].told(), B: persons[2].told(), Both: persons[3].told()}
	neither := persons[0].told()
	fewest := t.fewest
	if t.Persons == 0 {
		fewest = 0
	}
	for i, part := range []Tally{out.A, out.B, out.Both, neither} {
		if part.Persons < fewest && (i < 2 || part.Persons > 0) {
			return nil, nil
		}
	}
	var told [2]shares
	for i, seg := range []*View{v.only(a, b), v.only(b, a)} {
		var err error
		if told[i], err = seg.shares(of, f, fewest); err != nil {
			return nil, err
		}
	}
	if of == OfFunnel && (told[0].few || told[1].few) {
		return nil, nil
	}
	out.lines(told, of, first, fewest)
	return out, nil
}

// only is the view of those cases that are in one segment and not in another.
func (v *View) only(in, out func(c int) bool) *View {
	return v.chosen(func(c int) bool { return v.in.has(c) && in(c) && !out(c) })
}

// shares are those of a segment that are told.
type shares struct {
	of    int // cases
	names map[string][]string
	cases map[string]int
	order []string // all that there are, those that are not told, too
	few   bool
}

func (s *shares) add(n int, told bool, names ...string) {
	at := strings.Join(names, "\x00")
	s.order = append(s.order, at)
	if told {
		s.names[at], s.cases[at] = names, n
	}
}

func (v *View) shares(of Line, f Funnel, fewest int) (shares, error) {
	out := shares{names: map[string][]string{}, cases: map[string]int{}}
	all := v.Population()
	out.of = all.Cases
	switch of {
	case OfVariants:
		x := v.variants()
		_, shown := x.shown(math.MaxInt, fewest)
		for i := range x.rows {
			out.add(int(x.rows[i].cases), shown[i], v.names(x.of(&x.rows[i]))...)
		}
	case OfFunnel:
		return v.reached(f, fewest, out)
	default:
		m := v.Map(false)
		folded := m.Fold(all.Persons, len(m.Edges), fewest)
		told := map[[2]string]bool{}
		if of == OfEdges {
			for _, e := range folded.Edges {
				told[[2]string{e.From, e.To}] = true
			}
			for _, e := range m.Edges {
				out.add(e.Cases, told[[2]string{e.From, e.To}], e.From, e.To)
			}
			break
		}
		for _, a := range folded.Activities {
			told[[2]string{a.Name}] = enough(a.Persons, all.Persons, fewest)
		}
		for _, a := range m.Activities {
			out.add(a.Cases, told[[2]string{a.Name}], a.Name)
		}
	}
	return out, nil
}

// reached are how many of those who entered a funnel, and have no time left, took each step behind the first. Enough took one that is told, and of
// those who took the one that was told before enough did not.
func (v *View) reached(f Funnel, fewest int, out shares) (shares, error) {
	took := make([]tally, len(f.Steps))
	for k := range took {
		took[k] = v.tally()
	}
	err := v.entries(f, func(s *sequence, w way) {
		if !s.in || !v.matures(&f, s, w.at) {
			return
		}
		for k := range w.at {
			took[k].add(s.c, s.who[w.at[k]])
		}
	})
	if err != nil {
		return out, err
	}
	before := took[0].told()
	rest := v.Population().Persons - before.Persons
	out.of, out.few = before.Cases, before.Persons < fewest || rest > 0 && rest < fewest
	for k, names := range f.Steps[1:] {
		n := took[k+1].told()
		told := fewest == 0 || n.Persons >= fewest && before.Persons-n.Persons >= fewest
		out.add(n.Cases, told, append([]string{fmt.Sprint(k + 1)}, names...)...)
		if told {
			before = n
		}
	}
	return out, nil
}

// lines compares what is told of both segments, or of one where any number is told.
func (c *Comparison) lines(told [2]shares, of Line, first, fewest int) {
	a, b := told[0], told[1]
	var p []float64
	seen := map[string]bool{}
	var all []string
	for _, at := range slices.Concat(a.order, b.order) {
		if !seen[at] {
			all = append(all, at)
		}
		seen[at] = true
	}
	sum := func(at string) int { return a.cases[at] + b.cases[at] }
	if of != OfFunnel {
		slices.SortFunc(all, func(x, y string) int { return cmp.Or(cmp.Compare(sum(y), sum(x)), cmp.Compare(x, y)) })
	}
	for _, at := range all {
		names, both := a.names[at], a.names[at] != nil && b.names[at] != nil
		if names == nil {
			names = b.names[at]
		}
		if len(c.Lines) == first || !both && (fewest > 0 || names == nil) {
			c.Other++
			continue
		}
		step := 0
		if of == OfFunnel {
			step, names = slices.Index(a.order, at)+1, names[1:] // both have all steps
		}
		d := Difference{Activities: names, Step: step, A: Share{a.cases[at], a.of}, B: Share{b.cases[at], b.of}}
		d.Difference, d.Effect = d.A.Share()-d.B.Share(), stat.CohenH(d.A.Share(), d.B.Share())
		d.Low, d.High = stat.Newcombe(d.A.Cases, d.A.Of, d.B.Cases, d.B.Of)
		d.P = stat.Fisher(d.A.Cases, d.A.Of, d.B.Cases, d.B.Of)
		c.Lines, p = append(c.Lines, d), append(p, d.P)
	}
	for i, adjusted := range stat.Holm(p) {
		c.Lines[i].Adjusted = adjusted
	}
}
