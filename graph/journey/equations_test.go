package journey

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

// TestNoSumsOfAMapTellWhatTooFewStandBehind solves the equations that a map, the rework and the totals of one answer are, for each number that too few stand
// behind: of an edge, of what comes again, and of those who have an activity and go another way.
func TestNoSumsOfAMapTellWhatTooFewStandBehind(t *testing.T) {
	const fewest = 3
	checked := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		v := anyLogOf(t, 120)
		told, ok := v.Tell(fewest)
		if !ok {
			return
		}
		x := newUnknowns(v)
		x.structure(v.def.Repeats)
		x.know(told)
		few := func(n int) bool { return n > 0 && n < fewest }
		secret := func(kind string, value []float64) {
			checked[kind]++
			assert.Greater(t, rank(append(slices.Clone(x.known), value)), rank(x.known), "%s is known", kind)
		}
		m := told.Map(math.MaxInt, false)
		for e, edge := range x.edges {
			if len(m.Edges) == 0 {
				break // nothing but sums is told of them
			}
			if n := len(x.along[e].all); n < fewest || told.Persons-n < fewest {
				secret("how often an edge of few is gone along", x.often(e))
				secret("in how many cases an edge of few is", x.in(e))
			}
			if few(len(x.along[e].again)) {
				secret("how often few go along an edge again", minus(x.often(e), x.in(e)))
			}
			for _, end := range []string{edge.From, edge.To} {
				if a, is := x.of[end]; is && few(len(a.all)-len(x.along[e].all)) {
					secret("in how many cases few go another way", minus(x.cases(end), x.in(e)))
				}
			}
		}
		all := make([]float64, x.size())
		for name, a := range x.of {
			again := minus(x.events(name), x.cases(name))
			if all = plus(all, again); len(m.Activities) == 0 {
				continue
			}
			if few(told.Persons - len(a.all)) {
				secret("how many of few do not do something", minus(x.all(), x.cases(name)))
			}
			if few(len(a.again)) {
				secret("how often few do something again", again)
			}
			if few(len(a.apart)) {
				secret("how often few do something again, with others between", minus(again, x.loop(name)))
			}
		}
		if few(len(x.again)) {
			secret("how often few do anything again", all)
		}
	})
	if testing.Short() {
		return // of few worlds there may be none
	}
	assert.NotZero(t, checked["how often an edge of few is gone along"])
	assert.NotZero(t, checked["how often few go along an edge again"])
}

// unknowns are what is to be worked out of a map: how often each edge is gone along, in how many cases, and in how many each activity is.
type unknowns struct {
	edges []Edge
	along []behind // by edge
	names []string
	of    map[string]*behind // by activity
	again map[uint32]bool    // who does anything again
	known [][]float64        // sums of unknowns that are told
}

// behind are the persons with whom something occurs, comes again, and comes again with others between.
type behind struct{ all, again, apart map[uint32]bool }

func newBehind() behind { return behind{map[uint32]bool{}, map[uint32]bool{}, map[uint32]bool{}} }

func newUnknowns(v *View) *unknowns {
	x := &unknowns{edges: v.Map(false).Edges, of: map[string]*behind{}, again: map[uint32]bool{}}
	at := map[[2]uint16]int{}
	for i, e := range x.edges {
		at[[2]uint16{e.from, e.to}] = i
		x.along = append(x.along, newBehind())
	}
	v.population(func(s *sequence) {
		seen, went, who := map[uint16]bool{}, map[int]bool{}, uint32(s.c) // a case is one person's
		v.edges(s, func(from, to uint16, _, j int) {
			e := at[[2]uint16{from, to}]
			x.along[e].all[who] = true
			if went[e] {
				x.along[e].again[who] = true
			}
			if went[e] = true; j < 0 {
				return
			}
			name := v.name(to)
			if x.of[name] == nil {
				one := newBehind()
				x.of[name], x.names = &one, append(x.names, name)
			}
			x.of[name].all[who] = true
			if seen[to] {
				x.of[name].again[who], x.again[who] = true, true
				if from != to {
					x.of[name].apart[who] = true
				}
			}
			seen[to] = true
		})
	})
	return x
}

// structure knows what holds of every map: a case has each of its ends once and, cut, all else as well.
func (x *unknowns) structure(repeats Repeats) {
	for e, edge := range x.edges {
		if repeats == Cut || edge.From == Start || edge.To == End || edge.To == Open {
			x.known = append(x.known, minus(x.often(e), x.in(e)))
		}
	}
	for _, name := range x.names {
		if repeats == Cut {
			x.known = append(x.known, minus(x.events(name), x.cases(name)))
		}
	}
}

// know takes in what is told.
func (x *unknowns) know(told *Telling) {
	x.known = append(x.known, x.all(), x.ends()) // how many cases there are
	m := told.Map(math.MaxInt, false)
	if told.Often() || m.Often {
		x.known = append(x.known, x.sum(func(Edge) bool { return true }))
	}
	for _, a := range m.Activities {
		x.known = append(x.known, x.cases(a.Name), minus(x.events(a.Name), x.came(a.Name)))
		if m.Often {
			x.known = append(x.known, x.events(a.Name))
		}
	}
	for e, edge := range x.edges {
		if !m.Has(edge.From, edge.To) {
			continue
		}
		x.known = append(x.known, x.in(e))
		if m.Often {
			x.known = append(x.known, x.often(e))
		}
	}
	for _, r := range told.Rework(math.MaxInt).Rows {
		x.known = append(x.known, x.cases(r.Name))
		if r.Repeats != nil {
			x.known = append(x.known, minus(x.events(r.Name), x.cases(r.Name)))
		}
		if r.Direct != nil {
			x.known = append(x.known, x.loop(r.Name))
		}
	}
}

// all are all cases, by how they begin; and ends are they by how they end.
func (x *unknowns) all() []float64 { return x.through(func(e Edge) bool { return e.From == Start }) }
func (x *unknowns) ends() []float64 {
	return x.through(func(e Edge) bool { return e.To == End || e.To == Open })
}

func (x *unknowns) through(in func(Edge) bool) []float64 {
	out := make([]float64, x.size())
	copy(out[len(x.edges):], x.sum(in)[:len(x.edges)])
	return out
}

func (x *unknowns) size() int { return 2*len(x.edges) + len(x.names) }

func (x *unknowns) unit(i int) []float64 {
	out := make([]float64, x.size())
	out[i] = 1
	return out
}

func (x *unknowns) often(edge int) []float64 { return x.unit(edge) }
func (x *unknowns) in(edge int) []float64    { return x.unit(len(x.edges) + edge) }
func (x *unknowns) cases(activity string) []float64 {
	return x.unit(2*len(x.edges) + slices.Index(x.names, activity))
}

// sum adds up how often edges are gone along.
func (x *unknowns) sum(in func(Edge) bool) []float64 {
	out := make([]float64, x.size())
	for e, edge := range x.edges {
		if in(edge) {
			out[e] = 1
		}
	}
	return out
}

func (x *unknowns) events(activity string) []float64 {
	return x.sum(func(e Edge) bool { return e.From == activity })
}

func (x *unknowns) came(activity string) []float64 {
	return x.sum(func(e Edge) bool { return e.To == activity })
}

func (x *unknowns) loop(activity string) []float64 {
	return x.sum(func(e Edge) bool { return e.From == activity && e.To == activity })
}

func plus(a, b []float64) []float64 {
	out := slices.Clone(a)
	for i := range b {
		out[i] += b[i]
	}
	return out
}

func minus(a, b []float64) []float64 {
	out := slices.Clone(a)
	for i := range b {
		out[i] -= b[i]
	}
	return out
}

// rank is how many equations say something that the others do not.
func rank(rows [][]float64) (n int) {
	work := make([][]float64, len(rows))
	for i, row := range rows {
		work[i] = slices.Clone(row)
	}
	for column := 0; len(work) > 0 && column < len(work[0]) && n < len(work); column++ {
		pivot := n
		for i := n; i < len(work); i++ {
			if math.Abs(work[i][column]) > math.Abs(work[pivot][column]) {
				pivot = i
			}
		}
		if math.Abs(work[pivot][column]) < 1e-9 {
			continue
		}
		work[n], work[pivot] = work[pivot], work[n]
		for i := range work {
			if i != n {
				by := work[i][column] / work[n][column]
				for j := range work[i] {
					work[i][j] -= by * work[n][j]
				}
			}
		}
		n++
	}
	return n
}
