package journey

import "slices"

// Numbers behind which too few persons stand are not told where a purpose looks at groups alone: at least fewest stand behind each that is
// told, beside it, and behind what is told together because it is not told apart.

// Shown says which parts of a whole are told apart, of those that come first; all others are told together. persons stand behind each part,
// and total behind the whole. Nobody behind the whole: nothing is withheld. disjoint: each person stands behind one part, so that several can
// be added up; else it is only known of several that as many stand behind them as behind the one with most.
func Shown(persons []int, total, first, fewest int, disjoint bool) []bool {
	shown := make([]bool, len(persons))
	if fewest == 0 || total == 0 {
		for i := range shown {
			shown[i] = i < first
		}
		return shown
	}
	behind := func(in func(i int) bool) (n int) {
		for i, p := range persons {
			switch {
			case !in(i):
			case disjoint:
				n += p
			default:
				n = max(n, p)
			}
		}
		return n
	}
	for i := range min(first, len(persons)) {
		shown[i] = persons[i] >= fewest && behind(func(j int) bool { return j != i }) >= fewest
	}
	together := func(i int) bool { return !shown[i] }
	for {
		n := behind(together)
		if n >= fewest || n == 0 {
			return shown
		}
		least := -1
		for i := range persons {
			if shown[i] && (least < 0 || persons[i] <= persons[least]) {
				least = i
			}
		}
		if least < 0 {
			return shown
		}
		shown[least] = false
	}
}

// Folded is a map of which too few persons are told nothing: those of its activities, and of its edges, that are left, and how much was
// left out. What follows an activity is a whole, and so is what comes before one: of each of them at least fewest persons stand behind what
// is left out, so that it cannot be worked out from the rest.
type Folded struct {
	Map
	Other struct{ Activities, Edges, Events int }
}

// Fold leaves out of a map what too few stand behind, of persons in all, and all edges but those that come first.
func (m Map) Fold(total, first, fewest int) Folded {
	if fewest == 0 || total == 0 {
		fewest = 0
	}
	out := Folded{}
	few := func(n int) bool { return fewest > 0 && (n < fewest || total-n < fewest) }
	for _, a := range m.Activities {
		if few(a.Persons) {
			out.Other.Activities++
		} else {
			out.Map.Activities = append(out.Map.Activities, a)
		}
	}
	shown := make([]bool, len(m.Edges))
	for i := range m.Edges {
		shown[i] = !few(m.Edges[i].Persons)
	}
	// Behind what is left out of a whole stand at least as many as behind that of its edges that has most.
	for again := fewest > 0; again; {
		again = false
		for _, whole := range []func(Edge) uint16{func(e Edge) uint16 { return e.from }, func(e Edge) uint16 { return e.to }} {
			most, least := map[uint16]int{}, map[uint16]int{}
			for i, e := range m.Edges {
				k := whole(e)
				if !shown[i] {
					most[k] = max(most[k], e.Persons)
				} else if j, ok := least[k]; !ok || e.Persons <= m.Edges[j].Persons {
					least[k] = i
				}
			}
			for k, n := range most {
				if i, ok := least[k]; ok && n < fewest {
					shown[i], again = false, true
				}
			}
		}
	}
	told := 0
	for i, e := range m.Edges {
		if shown[i] && told < first {
			told++
			out.Map.Edges = append(out.Map.Edges, e)
			continue
		}
		out.Other.Edges++
		out.Other.Events += e.Events
	}
	return out
}

// Has reports whether an edge is among those that are left.
func (f Folded) Has(from, to string) bool {
	return slices.ContainsFunc(f.Edges, func(e Edge) bool { return e.From == from && e.To == to })
}

// A Ledger is a step of a funnel, without what too few persons stand behind.
type Ledger struct {
	Activities []string
	Entered    *Count
	Statuses   [statuses]*Count // nil: those that are not told are in Other
	*Spread
}

// Fold takes out of a funnel what too few stand behind, of persons in all: its steps, and which entries are matured and which of these are
// through, which is not told where too few stand behind one of the cohorts. A status of too few is counted in Other.
func (f *Funneled) Fold(total, fewest int, disjoint bool) (steps []Ledger, matured, through *Count) {
	if total == 0 {
		fewest = 0
	}
	entered := fewest == 0 || f.Steps[0].Entered.Persons >= fewest && total-f.Steps[0].Entered.Persons >= fewest
	whole := entered
	for i := range f.Steps {
		s := &f.Steps[i]
		l := Ledger{Activities: s.Activities}
		if !entered {
			steps = append(steps, l)
			continue
		}
		l.Entered, l.Spread = &s.Entered, s.Spread
		persons := make([]int, statuses)
		for st := range s.Statuses {
			persons[st] = s.Statuses[st].Persons
		}
		shown := Shown(persons, s.Entered.Persons, int(statuses), fewest, disjoint)
		other := Count{}
		for st := range s.Statuses {
			c := &s.Statuses[st]
			if shown[st] && Status(st) != Other {
				l.Statuses[st] = c
				continue
			}
			other.Entries, other.Cases, other.Persons = other.Entries+c.Entries, other.Cases+c.Cases, other.Persons+c.Persons
		}
		l.Statuses[Other] = &other
		steps = append(steps, l)
		entered = l.Statuses[Continued] != nil
	}
	for _, c := range f.Cohorts {
		whole = whole && (fewest == 0 || c.Persons == 0 || c.Persons >= fewest)
	}
	if whole {
		t, n := f.Cohorts[MaturedThrough], f.Cohorts[MaturedNot]
		matured, through = &Count{t.Entries + n.Entries, Tally{t.Cases + n.Cases, t.Persons + n.Persons}}, &t
	}
	return steps, matured, through
}
