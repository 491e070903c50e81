package journey

import (
	"fmt"
	"slices"
)

// What stands behind a number: the cases, by their places in the log, in their order.

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
		v.edges(s, func(a, b uint16, _, _ int) {
			if a == f && b == t && (len(cases) == 0 || cases[len(cases)-1] != s.c) {
				cases = append(cases, s.c)
			}
		})
	})
	return cases, nil
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

// BehindStep are the cases of which an entry took a step of a funnel, counted from 0, and has a status behind it; nil: any.
func (v *View) BehindStep(f Funnel, step int, status *Status) (cases []int, err error) {
	if step < 0 || step >= len(f.Steps) {
		return nil, fmt.Errorf("step: from 0 to %d, not %d", len(f.Steps)-1, step)
	}
	err = v.entries(f, func(s *sequence, w way) {
		if step >= len(w.at) || !s.in && step > 0 || status != nil && w.statusAt(s, step) != *status {
			return
		}
		if len(cases) == 0 || cases[len(cases)-1] != s.c {
			cases = append(cases, s.c)
		}
	})
	return cases, err
}
