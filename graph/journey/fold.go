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

// enough reports whether enough persons stand behind a part of a whole, and beside it. Nobody behind the whole: nothing is withheld.
func enough(n, total, fewest int) bool {
	return fewest == 0 || total == 0 || n >= fewest && total-n >= fewest
}

// Folded is a map of which too few persons are told nothing: those of its activities, and of its edges, that are left, and how much was
// left out. No sum of what is told says how many went along an edge that is left out since too few did.
type Folded struct {
	Map
	Other struct{ Activities, Edges, Events int }
}

// Fold leaves out of a map what too few stand behind, of persons in all, and all edges but those that come first.
func (m Map) Fold(total, first, fewest int) Folded {
	if total == 0 {
		fewest = 0
	}
	out := Folded{}
	persons := make([]int, len(m.Activities))
	for i, a := range m.Activities {
		persons[i] = a.Persons
	}
	apart := Shown(persons, total, len(persons), fewest, false)
	told := map[string]bool{}
	left := map[string]bool{} // though enough stand behind them: so that others cannot be worked out
	for i, a := range m.Activities {
		enough := enough(a.Persons, total, fewest)
		told[a.Name] = apart[i] && enough
		left[a.Name] = !told[a.Name] && enough
	}
	isFew := func(e Edge) bool { return !enough(e.Persons, total, fewest) }
	shown := make([]bool, len(m.Edges))
	for i, e := range m.Edges {
		shown[i] = !isFew(e) && !left[e.From] && !left[e.To]
	}
	if fewest > 0 {
		m.protect(told, shown, fewest, isFew)
	}
	for _, a := range m.Activities {
		if told[a.Name] {
			out.Map.Activities = append(out.Map.Activities, a)
		} else {
			out.Other.Activities++
		}
	}
	n := 0
	for i, e := range m.Edges {
		if shown[i] && n < first {
			n++
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

// A FoldedFunnel is a funnel of which too few persons are told nothing. Matured are the entries whose windows are over, and Through those of
// them that took all steps; nil: too few stand behind one of the cohorts.
type FoldedFunnel struct {
	Steps            []Ledger
	Matured, Through *Count
	*Spread                  // from the entry to the last step
	Curve            []Point // by how long after the entry; nil: too few took them
}

// apart has each status be counted for itself.
var apart = func() (as [statuses]Status) {
	for st := range as {
		as[st] = Status(st)
	}
	return as
}()

// folded counts a funnel, of which a status that too few stand behind is counted in Other, of persons in all.
func (v *View) folded(f Funnel, total, fewest int) (*FoldedFunnel, error) {
	out, _, err := v.joined(f, total, fewest)
	return out, err
}

// joined is that, and as which status each is counted, step by step.
func (v *View) joined(f Funnel, total, fewest int) (*FoldedFunnel, [][statuses]Status, error) {
	as := make([][statuses]Status, len(f.Steps))
	for k := range as {
		as[k] = apart
	}
	got, err := v.count(f, as)
	if err != nil {
		return nil, nil, err
	}
	if total == 0 {
		fewest = 0
	}
	entered := enough(got.Steps[0].Entered.Persons, total, fewest)
	if fewest > 0 && entered {
		again := false
		for k := range got.Steps {
			s := &got.Steps[k]
			persons := make([]int, statuses)
			for st := range s.Statuses {
				persons[st] = s.Statuses[st].Persons
			}
			for st, told := range Shown(persons, s.Entered.Persons, int(statuses), fewest, bool(v.log.personal) && f.Entry != Each) {
				if !told {
					as[k][st] = Other
					again = again || s.Statuses[st].Entries > 0 && Status(st) != Other
				}
			}
			// One that is told joins the others, if Other is not told by itself.
			if as[k][Continued] == Other {
				break
			}
		}
		if again {
			if got, err = v.count(f, as); err != nil {
				return nil, nil, err
			}
		}
	}
	return got.ledgers(as, entered, got.fewInCohort(fewest), fewest), as, nil
}

// ledgers are what is told of a funnel: nothing unless enough have entered, and of steps and cohorts what enough stand behind.
func (got *Funneled) ledgers(as [][statuses]Status, entered, fewInCohort bool, fewest int) *FoldedFunnel {
	out := &FoldedFunnel{}
	through := entered
	for k := range got.Steps {
		s := &got.Steps[k]
		l := Ledger{Activities: s.Activities}
		if entered {
			l.Entered, l.Spread = &s.Entered, s.Spread
			for st := range s.Statuses {
				if as[k][st] == Status(st) {
					l.Statuses[st] = &s.Statuses[st]
				}
			}
			through = as[k][Continued] == Continued
			entered = through
		}
		out.Steps = append(out.Steps, l)
	}
	if !through {
		return out
	}
	if out.Spread, out.Curve = got.Spread, got.curve(fewest); !fewInCohort {
		out.Matured, out.Through = &got.Matured, &got.Cohorts[MaturedThrough]
	}
	return out
}

// fewInCohort reports whether too few stand behind one of the cohorts.
func (got *Funneled) fewInCohort(fewest int) bool {
	for i, c := range got.Cohorts {
		if fewest > 0 && c.Persons < fewest && (c.Persons > 0 || i == MaturedThrough || i == MaturedNot) {
			return true
		}
	}
	return false
}
