package journey

import (
	"fmt"
	"math"
	"slices"
)

// What stands behind a number: the cases, by their places in the log, in their order.

// BehindActivity are the cases in which an activity occurs.
func (v *View) BehindActivity(name string) (cases []int, err error) {
	c, ok := v.code(name)
	if !ok || c >= v.start() {
		return nil, fmt.Errorf("activity: there is no activity %q in the definition", name)
	}
	v.population(func(s *sequence) {
		if slices.Contains(s.codes, c) {
			cases = append(cases, s.c)
		}
	})
	return cases, nil
}

// BehindEdge are the cases in which one activity directly follows another.
func (v *View) BehindEdge(from, to string) (cases []int, err error) {
	f, ok := v.code(from)
	if !ok || from == End || from == Open || from == More {
		return nil, fmt.Errorf("from: there is no activity %q in the definition", from)
	}
	t, ok := v.code(to)
	if !ok || to == Start || to == More {
		return nil, fmt.Errorf("to: there is no activity %q in the definition", to)
	}
	v.population(func(s *sequence) {
		if v.follows(s, f, t) {
			cases = append(cases, s.c)
		}
	})
	return cases, nil
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
	codes, err := v.codesOf(activities)
	if err != nil {
		return nil, err
	}
	v.population(func(s *sequence) {
		if n := len(s.codes); len(codes) == n+1 && codes[n] == v.ends(s) && slices.Equal(codes[:n], s.codes) {
			cases = append(cases, s.c)
		}
	})
	return cases, nil
}

// BehindPath are the cases that went a path.
func (v *View) BehindPath(b Between, activities []string) (cases []int, err error) {
	codes, err := v.codesOf(activities)
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

func (v *View) codesOf(activities []string) (codes []uint16, err error) {
	for i, name := range activities {
		c, ok := v.code(name)
		if !ok {
			return nil, fmt.Errorf("activities[%d]: there is no activity %q in the definition", i, name)
		}
		codes = append(codes, c)
	}
	return codes, nil
}

// BehindStep are the cases of which an entry took a step of a funnel, counted from 0, and has one of some statuses behind it; none: any.
func (v *View) BehindStep(f Funnel, step int, of ...Status) (cases []int, err error) {
	if step < 0 || step >= len(f.Steps) {
		return nil, fmt.Errorf("step: from 1 to %d, not %d", len(f.Steps), step+1)
	}
	err = v.entries(f, func(s *sequence, w way) {
		if step >= len(w.at) || !s.in && step > 0 || len(of) > 0 && !slices.Contains(of, w.statusAt(s, step)) {
			return
		}
		if len(cases) == 0 || cases[len(cases)-1] != s.c {
			cases = append(cases, s.c)
		}
	})
	return cases, err
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

// BehindStep are the cases behind a step of a funnel, or behind one of its statuses.
func (t *Telling) BehindStep(f Funnel, step int, status *Status) (cases []int, ok bool, err error) {
	told, as, err := t.view.joined(f, t.persons, t.fewest)
	if err != nil {
		return nil, false, err
	}
	if step < 0 || step >= len(told.Steps) || told.Steps[step].Entered == nil || status == nil {
		cases, err = t.view.BehindStep(f, step)
		return cases, err != nil || told.Steps[step].Entered != nil, err
	}
	var of []Status
	for st, joined := range as[step] {
		if joined == *status {
			of = append(of, Status(st))
		}
	}
	cases, err = t.view.BehindStep(f, step, of...)
	return cases, len(of) > 0, err
}

func (p *Paths) has(activities []string) bool {
	return p != nil && slices.ContainsFunc(p.Rows, func(r Path) bool { return slices.Equal(r.Activities, activities) })
}
