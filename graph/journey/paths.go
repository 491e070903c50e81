package journey

import "fmt"

// MostDepth is how many activities a path may have.
const MostDepth = 1000

// A Between asks for paths from the first event of some activities, to one of others, or both.
type Between struct {
	// From: paths begin at the first event of a case that is one of these. To: they end at one of these, the first behind the beginning or,
	// without From, the first of the case. At least one of them is given.
	From, To []string
	// Depth is how many activities a path has at most, its ends included. One from or to goes no further; of one that has both ends and is
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
		x.add(s, codes, s.times[j]-s.times[i], s.who[i:j+1]...)
	})
	return x, err
}

// between visits each case that has the ends, with its path and the first and the last of its events.
func (v *View) between(b Between, visit func(s *sequence, codes []uint16, i, j int)) error {
	if b.Depth < 2 || b.Depth > MostDepth {
		return fmt.Errorf("depth: from 2 to %d activities, not %d", MostDepth, b.Depth)
	}
	if len(b.From)+len(b.To) == 0 {
		return fmt.Errorf("from and to: at least one of them is to be given")
	}
	var from, to []bool
	var err error
	if len(b.From) > 0 {
		if from, err = v.set("from", b.From); err != nil {
			return err
		}
	}
	if len(b.To) > 0 {
		if to, err = v.set("to", b.To); err != nil {
			return err
		}
	}
	find := func(s *sequence, set []bool, i int) int {
		for ; i < len(s.codes); i++ {
			if set[s.codes[i]] {
				return i
			}
		}
		return -1
	}
	var codes []uint16
	v.population(func(s *sequence) {
		i, j := 0, 0
		if from != nil {
			if i = find(s, from, 0); i < 0 {
				return
			}
		}
		codes = codes[:0]
		switch {
		case to == nil:
			j = min(i+b.Depth-1, len(s.codes)-1)
			if codes = append(codes, s.codes[i:j+1]...); len(codes) < b.Depth {
				codes = append(codes, v.ends(s))
			}
		case from == nil:
			if j = find(s, to, 0); j < 0 {
				return
			}
			i = max(0, j-b.Depth+1)
			if j-i+1 < b.Depth {
				codes = append(codes, v.start())
			}
			codes = append(codes, s.codes[i:j+1]...)
		default:
			if j = find(s, to, i+1); j < 0 {
				return
			}
			if j-i+1 <= b.Depth {
				codes = append(codes, s.codes[i:j+1]...)
				break
			}
			codes = append(append(codes, s.codes[i:i+b.Depth-1]...), v.more(), s.codes[j])
		}
		visit(s, codes, i, j)
	})
	return err
}
