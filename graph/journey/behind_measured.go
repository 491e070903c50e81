package journey

import (
	"fmt"
	"slices"
)

// A Fate is what became of a case of a cohort in a period.
type Fate uint8

// The fates, as a Return counts them.
const (
	CameAgain Fate = iota
	WentAway
	MayCome
)

// BehindReturn are the cases behind what a retention tells of a period, counted from that of the first event, of one of its cohorts by its value, or of all where
// that is empty. No fate: all cases of the cohort. q.Periods does not count. Not ok: it is not told.
func (t *Telling) BehindReturn(q Returning, cohort string, period int, fate *Fate) (cases []int, ok bool, err error) {
	if period < 0 || period > MostPeriods {
		return nil, false, fmt.Errorf("period: from 0 to %d, not %d", MostPeriods, period)
	}
	q.Periods = max(1, period)
	told, err := t.Retention(q, MostValues)
	if err != nil || told == nil {
		return nil, false, err
	}
	row := &told.All
	if cohort != "" {
		i := slices.IndexFunc(told.Rows, func(c Cohort) bool { return c.Value == cohort })
		if i < 0 { // nobody is in it, or too few are
			return nil, t.fewest == 0, nil
		}
		row = &told.Rows[i]
	}
	if fate != nil && row.Periods[period] == nil {
		return nil, false, nil
	}
	from, err := t.view.set("from", q.From)
	if err != nil {
		return nil, false, err
	}
	again, err := t.view.set("again", q.Again)
	if err != nil {
		return nil, false, err
	}
	t.view.returning(&q, from, again, func(s *sequence, at int, came []bool) {
		if cohort != "" && q.Unit.Name(at) != cohort {
			return
		}
		if fate == nil || fatesOf[t.view.fate(s, q.Unit, at, period, came[period])] == *fate {
			cases = append(cases, s.c)
		}
	})
	return cases, true, nil
}

// fatesOf are what a Return tells of what becomes of a case.
var fatesOf = [fates]Fate{cameOver: CameAgain, cameYoung: CameAgain, gone: WentAway, open: MayCome}

// BehindMeasured are the cases behind a row of a satisfaction, by variant or by step, or behind all where no activities are given: those in which something is said of
// it, or nothing. Neither asked for: both. Not ok: it is not told.
func (t *Telling) BehindMeasured(of Measure, steps bool, activities []string, answered *bool) (cases []int, ok bool, err error) {
	codes, err := t.view.codesOf(activities)
	if err != nil {
		return nil, false, err
	}
	told := t.Satisfaction(of, steps, MostValues)
	if told == nil {
		return nil, false, nil
	}
	if len(activities) > 0 && !slices.ContainsFunc(told.Rows, func(r MeasuredRow) bool { return slices.Equal(r.Activities, activities) }) {
		return nil, t.fewest == 0, nil
	}
	x := &measuring{view: t.view, of: of, steps: steps, at: map[string]int{}}
	row := -1
	if len(activities) > 0 {
		row = x.row(codes...)
	}
	t.view.population(func(s *sequence) {
		what := joint(x.says(s), func(one int) bool { return row < 0 || one == row })
		if what != nil && (answered == nil || *answered == (what.n > 0)) {
			cases = append(cases, s.c)
		}
	})
	return cases, true, nil
}
