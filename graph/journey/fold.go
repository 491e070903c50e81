package journey

import (
	"cmp"
	"slices"
)

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
	defer func() { clear(shown[min(first, len(persons)):]) }() // what else is told apart does not hang on how many come first
	all := crowded{disjoint: disjoint}
	for _, p := range persons {
		all.add(p)
	}
	together := crowded{disjoint: disjoint}
	for i, p := range persons {
		if shown[i] = p >= fewest && all.without(p) >= fewest; !shown[i] {
			together.add(p)
		}
	}
	for {
		n := together.n()
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
		together.add(persons[least])
	}
}

// A crowded says how many persons stand at least behind several parts together.
type crowded struct {
	disjoint          bool
	sum, most, second int
}

func (c *crowded) add(persons int) {
	c.sum += persons
	if persons > c.most {
		c.most, c.second = persons, c.most
	} else {
		c.second = max(c.second, persons)
	}
}

func (c *crowded) n() int {
	if c.disjoint {
		return c.sum
	}
	return c.most
}

// without is that of all but one, behind which so many stand.
func (c *crowded) without(persons int) int {
	switch {
	case c.disjoint:
		return c.sum - persons
	case persons == c.most:
		return c.second
	}
	return c.most
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
	Often bool // how often is told, and not only in how many cases
}

// Fold leaves out of a map what too few stand behind, of persons in all, and all edges but those that come first.
func (m Map) Fold(total, first, fewest int) Folded {
	if total == 0 {
		fewest = 0
	}
	out := Folded{}
	told := m.activities(total, fewest)
	behind := map[string]int{}
	for _, a := range m.Activities {
		behind[a.Name] = a.Persons
	}
	isFew := func(e Edge) bool { // behind it, beside it, or beside it behind an activity that is told
		for _, end := range []string{e.From, e.To} {
			if told[end] && !some(behind[end]-e.Persons, fewest) {
				return true
			}
		}
		return !enough(e.Persons, total, fewest)
	}
	// One that is told says who has its activities.
	shown := mapped(m.Edges, func(e Edge) bool { return !isFew(e) && isTold(told, e.From) && isTold(told, e.To) })
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
	for i, e := range m.Edges {
		if shown[i] {
			out.Map.Edges = append(out.Map.Edges, e)
		} else {
			out.leave(e)
		}
	}
	if out.Often = !m.seldom && out.often(fewest); !out.Often { // nor is it told by an order
		slices.SortStableFunc(out.Map.Activities, func(a, b Activity) int { return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Name, b.Name)) })
		slices.SortStableFunc(out.Map.Edges, func(a, b Edge) int {
			return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
		})
	}
	for _, e := range out.Map.Edges[min(first, len(out.Map.Edges)):] {
		out.leave(e)
	}
	out.Map.Edges = out.Map.Edges[:min(first, len(out.Map.Edges))]
	return out
}

// activities says which are told. One alone that is not told is what is left of all events; where each of these is of another case, that says in how many cases
// it is not, too.
func (m Map) activities(total, fewest int) map[string]bool {
	persons := mapped(m.Activities, func(a Activity) int { return a.Persons })
	shown := Shown(persons, total, len(persons), fewest, false)
	hidden, rarest := 0, -1
	for i, n := range persons {
		if shown[i] = shown[i] && enough(n, total, fewest); !shown[i] {
			hidden++
		} else if rarest < 0 || n <= persons[rarest] {
			rarest = i
		}
	}
	if m.once && hidden == 1 && rarest >= 0 {
		shown[rarest] = false
	}
	told := map[string]bool{}
	for i, a := range m.Activities {
		told[a.Name] = shown[i]
	}
	return told
}

// isTold reports whether an activity is told, or it is an end, which is no activity.
func isTold(told map[string]bool, name string) bool {
	is, known := told[name]
	return is || !known
}

// mapped is what is made of each element of a list, in its order.
func mapped[T, U any](of []T, made func(T) U) []U {
	out := make([]U, len(of))
	for i, v := range of {
		out[i] = made(v)
	}
	return out
}

// leave counts an edge with the others.
func (f *Folded) leave(e Edge) {
	f.Other.Edges++
	f.Other.Events += e.Events
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
// them that took all steps; nil: too few stand behind one of the cohorts, or would be told by them.
type FoldedFunnel struct {
	Steps            []Ledger
	Matured, Through *Count
	*Spread                  // from the entry to the last step
	Curve            []Point // by how long after the entry; nil: Matured is, or entries are not persons
	Often            bool    // how many entries is told, and not only in how many cases
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
		disjoint := bool(v.log.personal) && f.Entry != Each
		if got.join(as, fewest, disjoint) {
			if got, err = v.count(f, as); err != nil {
				return nil, nil, err
			}
		}
		if !disjoint && got.overlap(as, fewest) {
			if got, err = v.count(f, as); err != nil {
				return nil, nil, err
			}
		}
	}
	out := got.ledgers(as, entered, got.tellsMatured(fewest), fewest)
	out.Often = out.often(fewest)
	return out, as, nil
}

// join has statuses of too few be counted as Other, and reports whether there are any. At the last step all are Continued, which says nothing of anybody.
func (got *Funneled) join(as [][statuses]Status, fewest int, disjoint bool) (joined bool) {
	for k := range got.Steps[1:] {
		s := &got.Steps[k]
		persons := make([]int, statuses)
		for st := range s.Statuses {
			persons[st] = s.Statuses[st].Persons
		}
		for st, told := range Shown(persons, s.Entered.Persons, int(statuses), fewest, disjoint) {
			if !told {
				as[k][st] = Other
				joined = joined || s.Statuses[st].Entries > 0 && Status(st) != Other
			}
		}
		// One that is told joins the others, if Other is not told by itself.
		if as[k][Continued] == Other {
			break
		}
	}
	return joined
}

// overlap has all statuses of a step be counted as Other where too few entered who are not behind one of them: a person may stand behind several. It reports
// whether there are such.
func (got *Funneled) overlap(as [][statuses]Status, fewest int) (few bool) {
	for k := range got.Steps[1:] {
		s := &got.Steps[k]
		for st := range s.Statuses {
			if as[k][st] == Status(st) && !some(s.Entered.Persons-s.Statuses[st].Persons, fewest) {
				for all := range as[k] {
					as[k][all] = Other
				}
				few = true
			}
		}
		if as[k][Continued] == Other {
			break
		}
	}
	return few
}

// often reports whether it is told how many entries there are.
func (f *FoldedFunnel) often(fewest int) bool {
	for k := range f.Steps {
		if s := &f.Steps[k]; !often(fewest, s.Entered) || !often(fewest, s.Statuses[:]...) {
			return false
		}
	}
	return often(fewest, f.Matured, f.Through)
}

// ledgers are what is told of a funnel: nothing unless enough have entered, and of steps and cohorts what enough stand behind.
func (got *Funneled) ledgers(as [][statuses]Status, entered, matured bool, fewest int) *FoldedFunnel {
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
	if out.Spread = got.Spread; matured {
		out.Matured, out.Through, out.Curve = &got.Matured, &got.Cohorts[MaturedThrough], got.curve(fewest)
	}
	return out
}
