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
	told, err := t.retention(q, MostValues)
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

// A MeasuredNumber is one that a satisfaction tells: of a row, by its activities, or by the value of its period, or of all where neither is given.
type MeasuredNumber struct {
	Activities []string
	Value      string
	Answered   *bool // those in which something is said of it, or nothing; nil: both
}

// BehindMeasured are the cases behind a number of a satisfaction. Not ok: it is not told.
func (t *Telling) BehindMeasured(of Measure, by MeasuredBy, n MeasuredNumber) (cases []int, ok bool, err error) {
	codes, err := t.view.codesOf("activities", n.Activities)
	_, periods := calendars[by]
	switch {
	case err != nil:
	case periods && len(codes) > 0:
		err = fmt.Errorf("activities: of a week, or month, the value is given")
	case !periods && n.Value != "":
		err = fmt.Errorf("value: of a variant, or step, the activities are given")
	case by == ByVariant && len(codes) > 0:
		_, err = t.view.asVariant("activities", n.Activities)
	case by == ByStep && (len(codes) > 1 || len(codes) == 1 && codes[0] > t.view.start()):
		err = fmt.Errorf("activities: a step is one activity, or %q", Start)
	}
	if err != nil {
		return nil, false, err
	}
	told := t.Satisfaction(of, by, MostValues)
	if told == nil {
		return nil, false, nil
	}
	all := len(codes) == 0 && n.Value == ""
	if !all && !slices.ContainsFunc(told.Rows, func(r MeasuredRow) bool { return r.Value == n.Value && slices.Equal(r.Activities, n.Activities) }) {
		return nil, t.fewest == 0, nil
	}
	x := t.view.measuring(of, by)
	row := x.row(n.Value, codes...)
	t.view.population(func(s *sequence) {
		what := joint(x.says(s), func(one int) bool { return all || one == row })
		if what != nil && (n.Answered == nil || *n.Answered == (what.n > 0)) {
			cases = append(cases, s.c)
		}
	})
	return cases, true, nil
}
