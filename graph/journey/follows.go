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

// edges visits all edges of a sequence, those at its ends included: which events they lead between, -1 at an end.
func (v *View) edges(s *sequence, visit func(from, to uint16, i, j int)) {
	before := v.start()
	for i, code := range s.codes {
		visit(before, code, i-1, i)
		before = code
	}
	visit(before, v.ends(s), len(s.codes)-1, -1)
}

// Map is the directly-follows map. Without times, no Spread is worked out.
func (v *View) Map(withTimes bool) Map {
	codes := int(v.open()) + 1
	x := newIndex(codes)
	nodes, edges := v.hits(x, codes)
	persons := v.behind(x, nodes, edges)
	out := make([]int, codes) // what follows each
	for e, pair := range x.pairs {
		out[pair[0]] += int(edges[e].events)
	}
	m := Map{}
	for code, n := range nodes {
		if n.events > 0 {
			m.Activities = append(m.Activities, Activity{Name: v.name(uint16(code)), Events: int(n.events), Tally: persons.of(0, code, n)})
		}
	}
	var spreads []*Spread
	if withTimes {
		spreads = v.spreads(x, edges)
	}
	for e, pair := range x.pairs {
		edge := Edge{From: v.name(pair[0]), To: v.name(pair[1]), Events: int(edges[e].events), Tally: persons.of(1, e, edges[e]),
			Share: float64(edges[e].events) / float64(out[pair[0]]), from: pair[0], to: pair[1]}
		if withTimes {
			edge.Spread = spreads[e]
		}
		m.Edges = append(m.Edges, edge)
	}
	slices.SortFunc(m.Activities, func(a, b Activity) int { return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.Name, b.Name)) })
	slices.SortFunc(m.Edges, func(a, b Edge) int {
		return cmp.Or(cmp.Compare(b.Events, a.Events), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
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

// hits counts activities, and edges. The loop over events is that of all that is asked most: it calls nothing that is not inlined.
func (v *View) hits(x *index, codes int) (nodes, edges []hits) {
	nodes = make([]hits, codes)
	v.population(func(s *sequence) {
		nodes, found, before, next := nodes, edges, v.start(), uint32(s.c+1)
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
		edges = found
	})
	return nodes, edges
}

// A crowd is the persons behind each of several hits; nil: each case is one person.
type crowd [][]tally

// of counts what stands behind one of several.
func (c crowd) of(what, i int, h hits) Tally {
	if c == nil {
		return Tally{int(h.cases), int(h.cases)}
	}
	return c[what][i].told()
}

// behind counts the persons behind activities, and edges.
func (v *View) behind(x *index, nodes, edges []hits) crowd {
	if v.log.personal {
		return nil
	}
	out := crowd{make([]tally, len(nodes)), make([]tally, len(edges))}
	for _, all := range out {
		for i := range all {
			all[i] = v.tally()
		}
	}
	v.population(func(s *sequence) {
		for i, code := range s.codes {
			out[0][code].add(s.c, s.who[i])
		}
		v.edges(s, func(from, to uint16, i, j int) { out[1][x.of(from, to)].add(s.c, s.whoAt(i), s.whoAt(j)) })
	})
	return out
}

// whoAt is whom an event is about; nobody at an end of the case.
func (s *sequence) whoAt(i int) uint32 {
	if i < 0 {
		return 0
	}
	return s.who[i]
}

// mostSpreads is of how many edges times are counted by buckets: 16 MB of them.
const mostSpreads = 4096

// spreads are those of the times along each edge, of which each pass over the events keeps what it needs: how many are in each bucket, and then those
// that are in the buckets of quantiles.
func (v *View) spreads(x *index, edges []hits) []*Spread {
	out := make([]*Spread, len(edges))
	for first := 0; first < len(edges); first += mostSpreads {
		v.spreadsOf(x, edges, first, out[first:min(first+mostSpreads, len(edges))])
	}
	return out
}

// spreadsOf are those of so many edges, from one on. The times between events are from 0 on, since these are in order.
func (v *View) spreadsOf(x *index, edges []hits, first int, out []*Spread) {
	counts := make([]uint32, len(out)*buckets)
	v.population(func(s *sequence) {
		counts, codes, times := counts, s.codes, s.times
		for i := 1; i < len(codes); i++ {
			if e := int(x.known(codes[i-1], codes[i])) - 1 - first; e >= 0 && e < len(out) {
				counts[e*buckets+bucketOf(times[i]-times[i-1])]++
			}
		}
	})
	found := make([]quantiles, len(out))
	for e := range found {
		if pair := x.pairs[first+e]; pair[0] != v.start() && pair[1] < v.start() {
			found[e].seek(int(edges[first+e].events), counts[e*buckets:(e+1)*buckets])
		}
	}
	v.population(func(s *sequence) {
		found, codes, times := found, s.codes, s.times
		for i := 1; i < len(codes); i++ {
			if e := int(x.known(codes[i-1], codes[i])) - 1 - first; e >= 0 && e < len(found) {
				gap := times[i] - times[i-1]
				found[e].take(bucketOf(gap), gap)
			}
		}
	})
	for e := range found {
		out[e] = found[e].spread()
	}
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
