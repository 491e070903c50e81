package journey

import (
	"cmp"
	"slices"
)

// A Map says which activity directly follows which.
type Map struct {
	Activities []Activity // those that occur: the most frequent first, then by name
	Edges      []Edge     // the most frequent first, then by the names of both ends
}

// An Activity and how often it occurs.
type Activity struct {
	Name   string
	Events int
	Tally
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
}

// squareLimit is up to how many codes edges are found in a table of all pairs: 4 MB of it.
const squareLimit = 1024

// An index gives each pair of codes that occurs a number.
type index struct {
	width  int
	square []int32 // 1 + the number
	sparse map[uint32]int32
	pairs  [][2]uint16
}

func newIndex(codes int) *index {
	if codes <= squareLimit {
		return &index{width: codes, square: make([]int32, codes*codes)}
	}
	return &index{sparse: map[uint32]int32{}}
}

func (x *index) of(from, to uint16) int {
	if x.square != nil {
		at := &x.square[int(from)*x.width+int(to)]
		if *at == 0 {
			x.pairs = append(x.pairs, [2]uint16{from, to})
			*at = int32(len(x.pairs))
		}
		return int(*at) - 1
	}
	key := uint32(from)<<16 | uint32(to)
	n, ok := x.sparse[key]
	if !ok {
		n = int32(len(x.pairs))
		x.sparse[key] = n
		x.pairs = append(x.pairs, [2]uint16{from, to})
	}
	return int(n)
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
	var events []int
	var tallies []tally
	nodes, nodeEvents := make([]tally, codes), make([]int, codes)
	for i := range nodes {
		nodes[i] = v.tally()
	}
	out := make([]int, codes) // what follows each
	v.population(func(s *sequence) {
		for i, code := range s.codes {
			nodeEvents[code]++
			nodes[code].add(s.c, s.who[i])
		}
		v.edges(s, func(from, to uint16, i, j int) {
			e := x.of(from, to)
			if e == len(events) {
				events, tallies = append(events, 0), append(tallies, v.tally())
			}
			events[e]++
			out[from]++
			tallies[e].add(s.c, s.whoAt(i), s.whoAt(j))
		})
	})
	m := Map{}
	for code, n := range nodeEvents {
		if n > 0 {
			m.Activities = append(m.Activities, Activity{v.name(uint16(code)), n, nodes[code].told()})
		}
	}
	var spreads []*Spread
	if withTimes {
		spreads = v.spreads(x, events)
	}
	for e, pair := range x.pairs {
		edge := Edge{From: v.name(pair[0]), To: v.name(pair[1]), Events: events[e], Tally: tallies[e].told(),
			Share: float64(events[e]) / float64(out[pair[0]]), from: pair[0], to: pair[1]}
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

// whoAt is whom an event is about; nobody at an end of the case.
func (s *sequence) whoAt(i int) uint32 {
	if i < 0 {
		return 0
	}
	return s.who[i]
}

// spreads are those of the times along each edge, which are gathered edge by edge.
func (v *View) spreads(x *index, events []int) []*Spread {
	total, next := 0, make([]int, len(events))
	timed := func(e int) bool { return x.pairs[e][0] != v.start() && x.pairs[e][1] < v.start() }
	for e, n := range events {
		if next[e] = total; timed(e) {
			total += n
		}
	}
	gaps := make([]int64, total)
	v.population(func(s *sequence) {
		for i := 1; i < len(s.codes); i++ {
			e := x.of(s.codes[i-1], s.codes[i])
			gaps[next[e]] = s.times[i] - s.times[i-1]
			next[e]++
		}
	})
	out := make([]*Spread, len(events))
	for e, n := range events {
		if timed(e) {
			out[e] = spread(gaps[next[e]-n : next[e]])
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
