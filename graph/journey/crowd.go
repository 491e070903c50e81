package journey

import "slices"

// A crowd is how many persons stand behind each activity, and each edge; nil: each case is one person.
type crowd [][]int

// of counts what stands behind one of several.
func (c crowd) of(what, i int, h hits) Tally {
	if c == nil {
		return Tally{int(h.cases), int(h.cases)}
	}
	return Tally{int(h.cases), c[what][i]}
}

// behind counts the persons behind activities, and edges.
func (v *View) behind(f *following) crowd {
	if v.log.personal {
		return nil
	}
	nodes, edges := newGroups(f.nodes, 1), newGroups(f.edges, 2)
	v.population(func(s *sequence) {
		x, before, last := f.index, v.start(), uint32(0)
		for i, code := range s.codes {
			who, e := s.who[i], int(x.known(before, code)-1)
			nodes.put(int(code), who)
			edges.put(e, last)
			edges.put(e, who)
			before, last = code, who
		}
		edges.put(int(x.known(before, v.ends(s))-1), last)
	})
	seen := make([]uint32, v.log.persons.most(v.log.who)+1)
	return crowd{nodes.persons(v.log.persons, seen, 0), edges.persons(v.log.persons, seen, len(f.nodes))}
}

// groups gather whom the events of each of several are about.
type groups struct {
	first []int // where each has its room, and behind them the end
	next  []int
	who   []uint32
}

// newGroups has room for so many of each event.
func newGroups(of []hits, each int) *groups {
	g := &groups{first: make([]int, len(of)+1)}
	for i, h := range of {
		g.first[i+1] = g.first[i] + each*int(h.events)
	}
	g.next, g.who = slices.Clone(g.first), make([]uint32, g.first[len(of)])
	return g
}

func (g *groups) put(i int, who uint32) {
	n := g.next[i]
	if who == 0 || n > g.first[i] && g.who[n-1] == who { // most are several times, one behind the other
		return
	}
	g.who[n] = who
	g.next[i] = n + 1
}

// persons are how many different ones each has. seen has a place for each person, and numbers of groups up to before.
func (g *groups) persons(all *persons, seen []uint32, before int) []int {
	out := make([]int, len(g.first)-1)
	for i := range out {
		now := uint32(before + i + 1)
		for _, who := range g.who[g.first[i]:g.next[i]] {
			all.each(who, func(p uint32) {
				if seen[p] != now {
					seen[p] = now
					out[i]++
				}
			})
		}
	}
	return out
}
