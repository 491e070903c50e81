package journey

import (
	"cmp"
	"slices"
)

// A Map says which activity directly follows which.
type Map struct {
	Activities []Activity // those that occur: the most frequent first, then by name
	Edges      []Edge     // the most frequent first, then by the names of both ends

	seldom bool // too few stand behind how often all occur
	once   bool // nothing occurs twice in a case, whatever is in it
}

// An Activity and how often it occurs.
type Activity struct {
	Name   string
	Events int
	Tally

	again, apart int // persons with whom it comes again in a case, and otherwise than directly
}

// An Edge is that one activity directly follows another, among the events that are looked at; or is the first of a case (From is Start), or
// the last (To is End, or Open where the case is not closed).
type Edge struct {
	From, To string
	Events   int // how often
	Tally
	Share   float64 // of all that follows From
	*Spread         // between the two; nil: at an end of a case

	from, to uint16
	again    int // persons who go along it again in a case
}

// squareLimit is up to how many codes edges are found in a table of all pairs: 4 MB of it.
const squareLimit = 1024

// An index gives each pair of codes that occurs a number.
type index struct {
	width  int
	square []int32          // 1 + the number
	sparse map[uint32]int32 // the same, where there are too many codes
	pairs  [][2]uint16
}

func newIndex(codes int) *index {
	if codes <= squareLimit {
		return &index{width: codes, square: make([]int32, codes*codes)}
	}
	return &index{sparse: map[uint32]int32{}}
}

// known is 1 + the number of a pair; 0: it has none yet. It is small enough to be inlined.
func (x *index) known(from, to uint16) int32 {
	if x.square == nil {
		return x.sparse[uint32(from)<<16|uint32(to)]
	}
	return x.square[int(from)*x.width+int(to)]
}

// of is the number of a pair.
func (x *index) of(from, to uint16) int {
	if n := x.known(from, to); n > 0 {
		return int(n) - 1
	}
	return x.enter(from, to)
}

// enter gives a pair its number.
func (x *index) enter(from, to uint16) int {
	x.pairs = append(x.pairs, [2]uint16{from, to})
	n := len(x.pairs)
	if x.square != nil {
		x.square[int(from)*x.width+int(to)] = int32(n)
	} else {
		x.sparse[uint32(from)<<16|uint32(to)] = int32(n)
	}
	return n - 1
}

// Map is the directly-follows map. Without times, no Spread is worked out.
func (v *View) Map(withTimes bool) Map {
	f := v.following()
	persons := v.behind(f)
	out := make([]int, len(f.nodes)) // what follows each
	for e, pair := range f.pairs {
		out[pair[0]] += int(f.edges[e].events)
	}
	m := Map{Edges: slices.Grow([]Edge(nil), len(f.edges))}
	for code, n := range f.nodes {
		if n.events > 0 {
			m.Activities = append(m.Activities, Activity{Name: v.name(uint16(code)), Events: int(n.events), Tally: persons.of(0, code, n)})
		}
	}
	var spreads []*Spread
	if withTimes {
		spreads = v.spreads(f)
	}
	slices.SortFunc(m.Activities, func(a, b Activity) int { return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Name, b.Name)) })
	for _, e := range f.order(v) {
		pair, n := f.pairs[e], f.edges[e]
		edge := Edge{From: v.name(pair[0]), To: v.name(pair[1]), Events: int(n.events), Tally: persons.of(1, e, n),
			Share: float64(n.events) / float64(out[pair[0]]), from: pair[0], to: pair[1]}
		if withTimes {
			edge.Spread = spreads[e]
		}
		m.Edges = append(m.Edges, edge)
	}
	return m
}

// A hits says how often something occurs, and in how many cases.
type hits struct{ events, cases, last uint32 } // last: 1 + the case that was counted last

// add counts what occurs in the case before this one's number.
func (h *hits) add(next uint32) {
	h.events++
	var first uint32 // without a branch, which would often be guessed wrong
	if h.last != next {
		first = 1
	}
	h.cases, h.last = h.cases+first, next
}

// A following is which activity follows which, and how often.
type following struct {
	*index
	nodes, edges []hits
	runs         []run   // those that were counted by links
	linked       []int32 // by pairs of links: 1 + the edge; nil: it was not counted by them
}

// following counts activities, and edges.
func (v *View) following() *following {
	codes := int(v.open()) + 1
	f := &following{index: newIndex(codes), nodes: make([]hits, codes)}
	if v.linked && v.distinct {
		f.countLinks(v)
	} else {
		f.count(v)
	}
	return f
}

// order is that of edges: the most frequent first, then by the names of both ends.
func (f *following) order(v *View) []int {
	var codes []uint16 // those that occur, by their names
	for code := range f.nodes {
		if code := uint16(code); code >= v.start() || f.nodes[code].events > 0 {
			codes = append(codes, code)
		}
	}
	slices.SortFunc(codes, func(a, b uint16) int { return cmp.Compare(v.name(a), v.name(b)) })
	place := make([]uint64, len(f.nodes))
	for i, code := range codes {
		place[code] = uint64(i)
	}
	type keyed struct {
		key  uint64
		edge int
	}
	keys := make([]keyed, len(f.edges))
	for e, pair := range f.pairs { // an edge has at most 4,294,967,295 events, and there are at most 65,536 names
		keys[e] = keyed{uint64(^f.edges[e].events)<<32 | place[pair[0]]<<16 | place[pair[1]], e}
	}
	slices.SortFunc(keys, func(a, b keyed) int { return cmp.Compare(a.key, b.key) })
	return mapped(keys, func(k keyed) int { return k.edge })
}

// count visits each case. The loop over events calls nothing that is not inlined.
func (f *following) count(v *View) {
	v.population(func(s *sequence) {
		x, nodes, found, before, next := f.index, f.nodes, f.edges, v.start(), uint32(s.c+1)
		for _, code := range s.codes {
			nodes[code].add(next)
			e := int(x.known(before, code)) - 1
			if e < 0 {
				e, found = x.enter(before, code), append(found, hits{})
			}
			found[e].add(next)
			before = code
		}
		e := x.of(before, v.ends(s))
		if e == len(found) {
			found = append(found, hits{})
		}
		found[e].add(next)
		f.edges = found
	})
}

// countLinks counts links: how often each stands in the column says all of activities and edges, but for what is behind the last event of a case.
func (f *following) countLinks(v *View) {
	l := v.log
	var closed uint32
	f.runs, closed = v.runs()
	counts := l.countRuns(f.runs)
	last := make([]uint32, len(l.activities)) // how often nothing follows an activity: one event follows each other one
	f.linked = make([]int32, len(l.pairs))
	for pair, p := range l.pairs {
		all, node, edge := ofLinks(counts, pair)
		if all == 0 {
			continue
		}
		from, to := v.start(), v.def.Named[p[1]]
		if last[p[1]] += all; p[0] != noActivity {
			from = v.def.Named[p[0]]
			last[p[0]] -= all
		}
		f.linked[pair] = int32(f.enter(from, to) + 1)
		f.edges = append(f.edges, hits{events: all, cases: edge})
		f.nodes[to].events, f.nodes[to].cases = f.nodes[to].events+all, f.nodes[to].cases+node
	}
	for code, ends := range v.ended(f.runs, closed, last) {
		for i, n := range ends {
			if n > 0 {
				f.enter(v.def.Named[code], v.end()+1-uint16(i))
				f.edges = append(f.edges, hits{events: n, cases: n})
			}
		}
	}
}

// ofLinks is how many events are of a pair, and of how many cases each is the first with its activity, and with the pair.
func ofLinks(counts []uint32, pair int) (events, ofActivity, ofPair uint32) {
	for flags := range 1 << pairShift {
		n := counts[pair<<pairShift|flags]
		events += n
		ofActivity += n * uint32(flags&firstOfActivity)
		ofPair += n * uint32(flags&firstOfPair/firstOfPair)
	}
	return events, ofActivity, ofPair
}

// casesWith is, by activities, in how many cases of some runs each is.
func (l *Log) casesWith(runs []run) []uint32 {
	counts, out := l.countRuns(runs), make([]uint32, len(l.activities))
	for pair, p := range l.pairs {
		_, cases, _ := ofLinks(counts, pair)
		out[p[1]] += cases
	}
	return out
}

// countRuns is how often each link stands in the column, in some runs.
func (l *Log) countRuns(runs []run) []uint32 {
	counts := [2][]uint32{make([]uint32, len(l.pairs)<<pairShift), make([]uint32, len(l.pairs)<<pairShift)}
	for _, r := range runs {
		countEach(counts[0], counts[1], l.links[r.from:r.to])
	}
	for i, n := range counts[1] {
		counts[0][i] += n
	}
	return counts[0]
}

// ended says how often an activity is the last one of a case that is open, and of one that is closed, where it is known how often it is of either: the ones
// are looked at that are fewer.
func (v *View) ended(runs []run, closed uint32, last []uint32) [][2]uint32 {
	cases, all := v.log.cases, uint32(0)
	for _, r := range runs {
		all += r.behind - r.first
	}
	fewer := bitIf(closed <= all/2) // 1: those that are closed
	out := make([][2]uint32, len(last))
	for code, n := range last {
		out[code][1-fewer] = n
	}
	if min(closed, all-closed) == 0 {
		return out
	}
	for _, r := range runs {
		for c := r.first; c < r.behind; c++ {
			if at := &cases[c]; v.closes(at) == fewer {
				code := v.log.codes[at.from+at.n-1]
				out[code][fewer]++
				out[code][1-fewer]--
			}
		}
	}
	return out
}

// manyLinks are so many that it pays to count in two tables by turns, since a place that was just written takes longer to be read.
const manyLinks = 64

func countEach(a, b []uint32, links []uint16) {
	if len(links) < manyLinks {
		for _, link := range links {
			a[link]++
		}
		return
	}
	for ; len(links) >= 4; links = links[4:] {
		a[links[0]]++
		b[links[1]]++
		a[links[2]]++
		b[links[3]]++
	}
	for _, link := range links {
		a[link]++
	}
}

// spreads are those of the times along each edge. They stand in order where events are linked; of few events it is not looked for.
func (v *View) spreads(f *following) []*Spread {
	if len(f.edges) == 0 { // of nobody there are no runs, which stands for all of them below
		return nil
	}
	n, runs := 0, f.runs
	for _, h := range f.nodes {
		n += int(h.events)
	}
	if v.in == nil && v.def.From == nil && v.def.To == nil {
		runs = nil
	}
	if f.linked == nil || runs != nil && n < len(v.log.codes)/mostChanged {
		return v.gather(f)
	}
	of := v.log.spreads(runs)
	if of == nil {
		return v.gather(f)
	}
	out := make([]*Spread, len(f.edges))
	for pair, e := range f.linked {
		if e > 0 {
			out[e-1] = of[pair]
		}
	}
	return out
}

// gather puts the times along each edge one behind the other.
func (v *View) gather(f *following) []*Spread {
	first := make([]int, len(f.edges)+1)
	for e, h := range f.edges {
		if first[e+1] = first[e]; f.pairs[e][1] < v.start() {
			first[e+1] += int(h.events)
		}
	}
	next, gaps := slices.Clone(first), make([]int64, first[len(f.edges)])
	v.population(func(s *sequence) {
		codes, times, x := s.codes, s.times[:len(s.codes)], f.index
		for i := 1; i < len(codes); i++ {
			e := x.known(codes[i-1], codes[i]) - 1
			gaps[next[e]] = times[i] - times[i-1]
			next[e]++
		}
	})
	out := make([]*Spread, len(f.edges))
	for e, pair := range f.pairs {
		if pair[0] != v.start() && pair[1] < v.start() {
			out[e] = spread(gaps[first[e]:next[e]])
		}
	}
	return out
}

// Ends are with which activities cases begin, or end: as the map's edges at Start, and at End or Open together.
func (m Map) Ends(first bool) map[string]int {
	out := map[string]int{}
	for _, e := range m.Edges {
		switch {
		case first && e.From == Start:
			out[e.To] += e.Events
		case !first && (e.To == End || e.To == Open):
			out[e.From] += e.Events
		}
	}
	return out
}
