package journey

import (
	"fmt"
	"math"
	"slices"
)

// What stands behind a number: the cases, by their places in the log, in their order.

// BehindActivity are the cases in which an activity occurs.
func (v *View) BehindActivity(name string) (cases []int, err error) {
	return v.behindActivity("activity", name)
}

// behindActivity is BehindActivity. what the activity is called is where an error says that it stands.
func (v *View) behindActivity(what, name string) (cases []int, err error) {
	c, ok := v.code(name)
	if !ok || c >= v.start() {
		return nil, fmt.Errorf("%s: %w", what, v.unknown(name))
	}
	v.population(func(s *sequence) {
		if slices.Contains(s.codes, c) {
			cases = append(cases, s.c)
		}
	}, v.needAll(c)...)
	return cases, nil
}

// BehindEdge are the cases in which one activity directly follows another.
func (v *View) BehindEdge(from, to string) (cases []int, err error) {
	return v.behindEdge("from", from, "to", to)
}

// behindEdge is BehindEdge. What its ends are called is where an error says that they stand.
func (v *View) behindEdge(whatFrom, from, whatTo, to string) (cases []int, err error) {
	f, ok := v.code(from)
	if !ok || from == End || from == Open || from == More {
		return nil, fmt.Errorf("%s: %w", whatFrom, v.unknown(from))
	}
	t, ok := v.code(to)
	if !ok || to == Start || to == More {
		return nil, fmt.Errorf("%s: %w", whatTo, v.unknown(to))
	}
	if v.linked && t < v.start() {
		return v.behindLinks(f, t), nil
	}
	v.population(func(s *sequence) {
		if v.follows(s, f, t) {
			cases = append(cases, s.c)
		}
	}, v.needAll(f, t)...)
	return cases, nil
}

// behindLinks are the cases in which one code directly follows another, where all events have links.
func (v *View) behindLinks(from, to uint16) (cases []int) {
	l := v.log
	var asked []uint16 // pairs: several activities may be called the same
	for pair, p := range l.pairs {
		before := v.start()
		if p[0] != noActivity {
			before = v.def.Named[p[0]]
		}
		if before == from && v.def.Named[p[1]] == to {
			asked = append(asked, uint16(pair))
		}
	}
	of := l.having(v.in, v.needAll(from, to))
	of.keep(func(c int) bool {
		at := &l.cases[c]
		return v.begins(at) && hasLink(l.links[at.from:at.from+at.n], asked)
	})
	return of.all()
}

// hasLink reports whether one of some links is of one of some pairs.
func hasLink(links, pairs []uint16) bool {
	if len(pairs) == 1 {
		for _, link := range links {
			if link>>pairShift == pairs[0] {
				return true
			}
		}
		return false
	}
	return slices.ContainsFunc(links, func(link uint16) bool { return slices.Contains(pairs, link>>pairShift) })
}

// follows reports whether, in a case, one code directly follows another.
func (v *View) follows(s *sequence, from, to uint16) bool {
	codes := s.codes
	switch {
	case from == v.start():
		return codes[0] == to
	case to >= v.start():
		return codes[len(codes)-1] == from && v.ends(s) == to
	}
	for i := 1; i < len(codes); i++ {
		if codes[i] == to && codes[i-1] == from {
			return true
		}
	}
	return false
}

// BehindVariant are the cases that are of a variant: all of its activities with End or Open behind them, as a Path has them.
func (v *View) BehindVariant(activities []string) (cases []int, err error) {
	codes, err := v.asVariant("variant", activities)
	if err != nil {
		return nil, err
	}
	v.population(func(s *sequence) {
		if n := len(s.codes); len(codes) == n+1 && codes[n] == v.ends(s) && slices.Equal(codes[:n], s.codes) {
			cases = append(cases, s.c)
		}
	}, v.needAll(codes...)...)
	return cases, nil
}

// BehindPath are the cases that went a path.
func (v *View) BehindPath(b Between, activities []string) (cases []int, err error) {
	codes, err := v.codesOf("activities", activities)
	if err != nil {
		return nil, err
	}
	err = v.between(b, func(s *sequence, went []uint16, _, _ int) {
		if slices.Equal(codes, went) {
			cases = append(cases, s.c)
		}
	})
	return cases, err
}

// codesOf are those of activities. what they are called is where an error says that they stand.
func (v *View) codesOf(what string, activities []string) (codes []uint16, err error) {
	for i, name := range activities {
		c, ok := v.code(name)
		if !ok {
			return nil, fmt.Errorf("%s[%d]: %w", what, i, v.unknown(name))
		}
		codes = append(codes, c)
	}
	return codes, nil
}

// asVariant are the codes of a variant. Each has End or Open behind it, and there alone: of others no case is.
func (v *View) asVariant(what string, activities []string) ([]uint16, error) {
	codes, err := v.codesOf(what, activities)
	if err != nil {
		return nil, err
	}
	last := len(codes) - 1
	if last < 1 || codes[last] != v.end() && codes[last] != v.open() {
		return nil, fmt.Errorf("%s: a variant is one or several activities with %q or %q behind them", what, End, Open)
	}
	for i, c := range codes[:last] {
		if c >= v.start() {
			return nil, fmt.Errorf("%s[%d]: %q is no activity, and no variant has it there", what, i, activities[i])
		}
	}
	return codes, nil
}

// BehindStep are the cases of which an entry took a step of a funnel, counted from 0, and has one of some statuses behind it; none: any.
func (v *View) BehindStep(f Funnel, step int, of ...Status) (cases []int, err error) {
	return v.behindStep(f, StepNumber{Step: step}, of...)
}

func (v *View) behindStep(f Funnel, n StepNumber, of ...Status) (cases []int, err error) {
	if n.Step < 0 || n.Step >= len(f.Steps) {
		return nil, fmt.Errorf("step: from 1 to %d, not %d", len(f.Steps), n.Step+1)
	}
	err = v.entries(f, func(s *sequence, w way) {
		switch entry := w.at[0]; {
		case n.Row != nil && n.Row.By.Of(s.c, s.times[entry]) != n.Row.Value:
			return
		case n.Matured && !(s.in && v.matures(&f, s, w.at)):
			return
		case n.Step >= len(w.at) || !s.in && n.Step > 0 || len(of) > 0 && !slices.Contains(of, w.statusAt(s, n.Step)):
			return
		}
		if len(cases) == 0 || cases[len(cases)-1] != s.c {
			cases = append(cases, s.c)
		}
	})
	return cases, err
}

// A StepNumber is a number of a funnel's step.
type StepNumber struct {
	Step    int     // counted from 0
	Status  *Status // nil: all who took it
	Matured bool    // only entries that have no time left
	Row     *Row    // nil: all entries
}

// A Row is one of a breakdown that tells the first so many values apart.
type Row struct {
	By    Breakdown
	First int
	Value string // empty: that of what nobody knows
}

// What a Telling tells stands behind its numbers and no others: a number that is not told has nobody behind it.

// Behind are all cases of the population.
func (t *Telling) Behind() (cases []int) {
	t.view.population(func(s *sequence) { cases = append(cases, s.c) })
	return cases
}

// BehindActivity are the cases behind an activity of the map. Not ok: too few persons stand behind it, or what was told else would tell of few.
func (t *Telling) BehindActivity(name string) (cases []int, ok bool, err error) {
	if cases, err = t.view.BehindActivity(name); err != nil || t.fewest == 0 {
		return cases, true, err
	}
	return cases, slices.ContainsFunc(t.Map(math.MaxInt, false).Activities, func(a Activity) bool { return a.Name == name }), nil
}

// BehindEdge are the cases behind an edge of the map. Not ok: too few persons stand behind it, or what was told else would tell of few.
func (t *Telling) BehindEdge(from, to string) (cases []int, ok bool, err error) {
	if cases, err = t.view.BehindEdge(from, to); err != nil || t.fewest == 0 {
		return cases, true, err
	}
	return cases, t.Map(math.MaxInt, false).Has(from, to), nil
}

// BehindVariant are the cases behind a variant.
func (t *Telling) BehindVariant(activities []string) (cases []int, ok bool, err error) {
	if cases, err = t.view.BehindVariant(activities); err != nil || t.fewest == 0 {
		return cases, true, err
	}
	return cases, t.Variants(math.MaxInt).has(activities), nil
}

// BehindPath are the cases behind a path.
func (t *Telling) BehindPath(b Between, activities []string) (cases []int, ok bool, err error) {
	if cases, err = t.view.BehindPath(b, activities); err != nil || t.fewest == 0 {
		return cases, true, err
	}
	told, err := t.Paths(b, math.MaxInt)
	return cases, told.has(activities), err
}

// BehindStep are the cases behind a step of a funnel, or behind one of its statuses. Of groups, those that have no time left are told as the funnel has
// them: who entered, and who took all steps.
func (t *Telling) BehindStep(f Funnel, n StepNumber) (cases []int, ok bool, err error) {
	told, as, err := t.funnelOf(f, n.Row)
	if err != nil {
		return nil, false, err
	}
	ok = told != nil && n.Step >= 0 && n.Step < len(told.Steps) && told.Steps[n.Step].Entered != nil
	if n.Matured && t.fewest > 0 {
		ok = ok && n.Status == nil && (n.Step == 0 && told.Matured != nil || n.Step == len(told.Steps)-1 && told.Through != nil)
	}
	var of []Status
	if ok && n.Status != nil {
		for st, joined := range as[n.Step] {
			if joined == *n.Status {
				of = append(of, Status(st))
			}
		}
		ok = len(of) > 0
	}
	cases, err = t.view.behindStep(f, n, of...)
	return cases, ok, err
}

// funnelOf is what a funnel tells of all entries, or of those of a row, and as which status each is counted, step by step. Nil: there is no such row.
func (t *Telling) funnelOf(f Funnel, row *Row) (*FoldedFunnel, [][statuses]Status, error) {
	if row == nil || t.fewest == 0 { // where all is told, each value is a row
		return t.view.joined(f, t.persons, t.fewest)
	}
	rows, as, err := t.funnelBy(f, row.By, row.First)
	if err != nil || rows == nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(rows.Rows, func(r FunnelRow) bool { return r.Value == row.Value })
	if i < 0 {
		return nil, nil, nil
	}
	return rows.Rows[i].FoldedFunnel, as, nil
}

func (p *Paths) has(activities []string) bool {
	return p != nil && slices.ContainsFunc(p.Rows, func(r Path) bool { return slices.Equal(r.Activities, activities) })
}
