package journey

// A crowd is how many persons stand behind each activity, and each edge; nil: each case is one person.
type crowd [][]int

// of counts what stands behind one of several.
func (c crowd) of(what, i int, h hits) Tally {
	if c == nil {
		return Tally{int(h.cases), int(h.cases)}
	}
	return Tally{int(h.cases), c[what][i]}
}

// mostWords is how many words of 64 bits a crowd is counted in, 64 MB, however many events there are; or one for each person.
const mostWords = 1 << 23

// behind counts the persons behind activities, and edges. Each person has a bit for each of them, or, where that takes too much memory, for so many at a time.
func (v *View) behind(f *following) crowd {
	if v.log.personal {
		return nil
	}
	return v.crowd(f, mostWords)
}

// crowd is behind in so many words.
func (v *View) crowd(f *following, most int) crowd {
	nodes, all := len(f.nodes), len(f.nodes)+len(f.edges)
	persons := int(v.log.persons.most) + 1
	each := max(1, min((all+63)/64, most/persons))
	p := present{of: v.log.persons, words: make([]uint64, each*persons), each: each, counts: make([]int, all)}
	if persons == 1 { // all is about nobody
		p.from = all
	}
	for ; p.from < all; p.from += 64 * each {
		if p.from > 0 {
			clear(p.words)
		}
		v.population(func(s *sequence) {
			x, before, last := f.index, v.start(), uint32(0)
			for i, code := range s.codes {
				who, e := s.who[i], nodes+int(x.known(before, code)-1)
				p.add(int(code), who)
				if last != who {
					p.add(e, last)
				}
				p.add(e, who)
				before, last = code, who
			}
			p.add(nodes+int(x.known(before, v.ends(s))-1), last)
		})
	}
	return crowd{p.counts[:nodes], p.counts[nodes:]}
}

// A present counts different persons behind each of several, of which it looks at so many, from one on.
type present struct {
	of         *persons
	words      []uint64 // of each person so many, one behind the other
	each, from int
	counts     []int
}

// add has whom an event is about stand behind one of several.
func (p *present) add(i int, who uint32) {
	at := i - p.from
	if who == 0 || at < 0 || at >= 64*p.each {
		return
	}
	if who&several == 0 {
		p.one(i, at, who)
		return
	}
	for _, w := range p.of.of[who&^several] {
		p.one(i, at, w)
	}
}

func (p *present) one(i, at int, who uint32) {
	if word, bit := &p.words[int(who)*p.each+at>>6], uint64(1)<<(at&63); *word&bit == 0 {
		*word |= bit
		p.counts[i]++
	}
}
