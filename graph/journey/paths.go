package journey

import "fmt"

// MostDepth is how many activities a path may have.
const MostDepth = 1000

// A Between asks for paths from the first event of some activities, to one of others, or both; or for what is on both sides of one.
type Between struct {
	// From: paths begin at the first event of a case that is one of these. To: they end at one of these, the first behind the beginning or,
	// without From, the first of the case. Through: they have the first event of a case that is one of these in their middle, and one more behind it than before
	// it where Depth is even. Through is given alone, or else at least one of the others.
	From, To, Through []string
	// Depth is how many activities a path has at most, its ends included. One from, to or through goes no further; of one that has both ends and is
	// longer, More stands for what is between its first ones and its end.
	Depth int
}

// Paths are those of cases that have the ends which are asked for: the first so many are told apart.
func (v *View) Paths(b Between, first, fewest int) (Paths, error) {
	x, err := v.paths(b)
	if err != nil {
		return Paths{}, err
	}
	return x.page(first, fewest), nil
}

func (v *View) paths(b Between) (*collection, error) {
	x := v.collection()
	err := v.between(b, func(s *sequence, codes []uint16, i, j int) {
		x.add(s, codes, i, j, s.who[i:j+1]...)
	})
	return x, err
}

// between visits each case that has the ends, with its path and the first and the last of its events.
func (v *View) between(b Between, visit func(s *sequence, codes []uint16, i, j int)) error {
	if b.Depth < 2 || b.Depth > MostDepth {
		return fmt.Errorf("depth: from 2 to %d activities, not %d", MostDepth, b.Depth)
	}
	if (len(b.From)+len(b.To) == 0) == (len(b.Through) == 0) {
		return fmt.Errorf("from, to and through: at least one of from and to is to be given, or through alone")
	}
	var from, to, through []bool
	var needs []need
	for _, of := range []struct {
		what  string
		names []string
		set   *[]bool
	}{{"from", b.From, &from}, {"to", b.To, &to}, {"through", b.Through, &through}} {
		if len(of.names) == 0 {
			continue
		}
		var err error
		if *of.set, err = v.set(of.what, of.names); err != nil {
			return err
		}
		needs = append(needs, v.needOf(*of.set))
	}
	var codes []uint16
	v.population(func(s *sequence) {
		i, j := 0, 0
		if from != nil {
			if i = s.find(from, 0); i < 0 {
				return
			}
		}
		codes = codes[:0]
		switch {
		case through != nil:
			at := s.find(through, 0)
			if at < 0 {
				return
			}
			codes, i, j = v.around(s, at, b.Depth, codes)
		case to == nil:
			j = min(i+b.Depth-1, len(s.codes)-1)
			if codes = append(codes, s.codes[i:j+1]...); len(codes) < b.Depth {
				codes = append(codes, v.ends(s))
			}
		case from == nil:
			if j = s.find(to, 0); j < 0 {
				return
			}
			i = max(0, j-b.Depth+1)
			if j-i+1 < b.Depth {
				codes = append(codes, v.start())
			}
			codes = append(codes, s.codes[i:j+1]...)
		default:
			if j = s.find(to, i+1); j < 0 {
				return
			}
			if j-i+1 <= b.Depth {
				codes = append(codes, s.codes[i:j+1]...)
				break
			}
			codes = append(append(codes, s.codes[i:i+b.Depth-1]...), v.more(), s.codes[j])
		}
		visit(s, codes, i, j)
	}, needs...)
	return nil
}

// find is the first event, from one on, of activities that are set; below 0: there is none.
func (s *sequence) find(set []bool, i int) int {
	for ; i < len(s.codes); i++ {
		if set[s.codes[i]] {
			return i
		}
	}
	return -1
}

// around is the path that has an event in its middle, and its first and its last event. An end of the case takes a place of it where there is room.
func (v *View) around(s *sequence, at, depth int, codes []uint16) (_ []uint16, i, j int) {
	before := (depth - 1) / 2
	behind := depth - 1 - before
	if i, j = max(0, at-before), min(at+behind, len(s.codes)-1); at < before {
		codes = append(codes, v.start())
	}
	if codes = append(codes, s.codes[i:j+1]...); at+behind >= len(s.codes) {
		codes = append(codes, v.ends(s))
	}
	return codes, i, j
}
