package journey

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// MostPeriods is how many periods behind the first one are told.
const MostPeriods = 60

// A Returning asks who comes again.
type Returning struct {
	From    []string // a case begins to count with its first event of these
	Again   []string // and comes again by an event of these behind it
	Unit    Calendar
	Periods int // how many are told behind that of the first event
}

// A Return says how many cases of a cohort came again in a period: cases = Came + Gone + Open.
type Return struct {
	Came  int
	Gone  int      // did not, and the period is over, or the case has ended
	Open  int      // have not so far
	Share *float64 // of those whose period is over those that came; nil: none is
}

// A Cohort are the cases whose first event was in a period.
type Cohort struct {
	Value   string // the day on which it begins; empty of several
	Cases   int
	Periods []*Return // from that of the first event on; nil: too few persons stand behind what it says
}

// A Retained says who came again. Cases of All are those of the rows and of Other, period by period.
type Retained struct {
	All    Cohort
	Rows   []Cohort // the oldest first
	Other  *Cohort  // nil: all are told
	Values int      // how many are not
}

// What becomes of a case in a period.
const (
	cameOver  = iota // it came, and the period is over
	cameYoung        // it came, and the period is not
	gone
	open
	fates
)

// A cohort counts cases by period and fate.
type cohort struct {
	cases   tally
	periods [][fates]tally
}

func (v *View) cohort(periods int) *cohort {
	out := &cohort{cases: v.tally(), periods: make([][fates]tally, periods+1)}
	for k := range out.periods {
		for f := range out.periods[k] {
			out.periods[k][f] = v.tally()
		}
	}
	return out
}

func (c *cohort) told(k int) *Return {
	n := func(fate int) int { return c.periods[k][fate].cases }
	out := &Return{Came: n(cameOver) + n(cameYoung), Gone: n(gone), Open: n(open)}
	if over := n(cameOver) + n(gone); over > 0 {
		share := float64(n(cameOver)) / float64(over)
		out.Share = &share
	}
	return out
}

// persons are those behind what a cohort says of a period, by fate.
func (c *cohort) persons(k int) (out [fates]int) {
	for f := range out {
		out[f] = c.periods[k][f].told().Persons
	}
	return out
}

// Retention tells who came again, of the newest so many cohorts apart. Nil: too few persons have a first event, or have none.
func (t *Telling) Retention(q Returning, first int) (*Retained, error) {
	out, err := t.retention(q, first)
	if err != nil || out == nil {
		return nil, err
	}
	return out, fits("first", len(out.Rows)*(q.Periods+1), "periods of cohorts", MostCells)
}

func (t *Telling) retention(q Returning, first int) (*Retained, error) {
	v := t.view
	from, err := v.set("from", q.From)
	if err != nil {
		return nil, err
	}
	again, err := v.set("again", q.Again)
	if err != nil {
		return nil, err
	}
	if q.Periods < 1 || q.Periods > MostPeriods {
		return nil, fmt.Errorf("periods: from 1 to %d, not %d", MostPeriods, q.Periods)
	}
	all, by := v.cohort(q.Periods), map[int]*cohort{}
	visit := func(take func(s *sequence, at int, came []bool)) { v.returning(&q, from, again, take) }
	visit(func(s *sequence, at int, came []bool) {
		if by[at] == nil && len(by) <= MostValues {
			by[at] = v.cohort(q.Periods)
		}
		if c := by[at]; c != nil {
			c.take(v, s, q.Unit, at, came)
		}
		all.take(v, s, q.Unit, at, came)
	})
	if len(by) > MostValues {
		return nil, fmt.Errorf("unit: more than %d periods have a first event, which are too many to be told apart: bound them by the definition, or choose a longer one", MostValues)
	}
	fewest := t.fewest
	if t.Persons == 0 {
		fewest = 0
	}
	persons := all.cases.told().Persons
	if everybody := !slices.Contains(from, false); fewest > 0 && (persons < fewest || !everybody && !enough(persons, t.Persons, fewest)) {
		return nil, nil
	}
	values := slices.SortedFunc(maps.Keys(by), func(a, b int) int { return cmp.Compare(b, a) })
	apart := v.cohorts(by, values, persons, first, fewest)
	other, out := v.cohort(q.Periods), &Retained{}
	for _, at := range values {
		if !apart[at] {
			out.Values++
		}
	}
	if out.Values > 0 {
		visit(func(s *sequence, at int, came []bool) {
			if !apart[at] {
				other.take(v, s, q.Unit, at, came)
			}
		})
	}
	out.tell(q, all, other, by, values, apart, fewest, bool(v.log.personal))
	return out, nil
}

// returning visits the cases that have a first event, with its period and in which periods they came again.
func (v *View) returning(q *Returning, from, again []bool, take func(s *sequence, at int, came []bool)) {
	v.population(func(s *sequence) {
		if i := slices.IndexFunc(s.codes, func(code uint16) bool { return from[code] }); i >= 0 {
			at := q.Unit.Index(s.times[i])
			take(s, at, q.came(s, again, i, at))
		}
	})
}

// came says in which periods a case came again behind its first event.
func (q *Returning) came(s *sequence, again []bool, first, at int) []bool {
	came := make([]bool, q.Periods+1)
	for i := first + 1; i < len(s.codes); i++ {
		if k := q.Unit.Index(s.times[i]) - at; again[s.codes[i]] && k <= q.Periods {
			came[k] = true
		}
	}
	return came
}

// take counts a case of a cohort that begins with a period.
func (c *cohort) take(v *View, s *sequence, unit Calendar, at int, came []bool) {
	c.cases.add(s.c, s.who...)
	for k, is := range came {
		c.periods[k][v.fate(s, unit, at, k, is)].add(s.c, s.who...)
	}
}

// fate is what became of a case in a period behind that of its first event.
func (v *View) fate(s *sequence, unit Calendar, at, k int, came bool) int {
	over := v.log.Horizon >= unit.Start(at+k+1)
	switch {
	case came && (over || s.closed):
		return cameOver
	case came:
		return cameYoung
	case over || s.closed:
		return gone
	}
	return open
}

// cohorts says which are told apart.
func (v *View) cohorts(by map[int]*cohort, values []int, total, first, fewest int) map[int]bool {
	persons, out := make([]int, len(values)), map[int]bool{}
	for i, at := range values {
		persons[i] = by[at].cases.told().Persons
	}
	for i, told := range Shown(persons, total, first, fewest, bool(v.log.personal)) {
		out[values[i]] = told
	}
	return out
}

// tell tells of each period those cohorts behind whose fates, and beside whom, enough persons stand.
func (out *Retained) tell(q Returning, all, other *cohort, by map[int]*cohort, values []int, apart map[int]bool, fewest int, disjoint bool) {
	var parts []*cohort
	for _, at := range slices.Backward(values) {
		if apart[at] {
			parts = append(parts, by[at])
			out.Rows = append(out.Rows, Cohort{Value: q.Unit.Name(at), Cases: by[at].cases.cases})
		}
	}
	if out.Values > 0 {
		parts = append(parts, other)
		out.Other = &Cohort{Cases: other.cases.cases}
	}
	out.All.Cases = all.cases.cases
	for k := range q.Periods + 1 {
		told := make([]*Return, len(parts))
		for i, is := range returnsShown(parts, k, fewest, disjoint) {
			if is {
				told[i] = parts[i].told(k)
			}
		}
		for i := range out.Rows {
			out.Rows[i].Periods = append(out.Rows[i].Periods, told[i])
		}
		if out.Other != nil {
			out.Other.Periods = append(out.Other.Periods, told[len(parts)-1])
		}
		var whole *Return
		if enoughFates(all.persons(k), fewest) {
			whole = all.told(k)
		}
		out.All.Periods = append(out.All.Periods, whole)
	}
}

// enoughFates reports whether enough came, and enough did not, and of each fate there is nobody or enough.
func enoughFates(of [fates]int, fewest int) bool {
	for _, n := range of {
		if !some(n, fewest) {
			return false
		}
	}
	return max(of[cameOver], of[cameYoung]) >= fewest && max(of[gone], of[open]) >= fewest
}

// returnsShown says of which cohorts a period is told, so that no difference from the whole is of too few.
func returnsShown(parts []*cohort, k, fewest int, disjoint bool) []bool {
	shown, persons := make([]bool, len(parts)), make([][fates]int, len(parts))
	for i, c := range parts {
		persons[i] = c.persons(k)
		shown[i] = enoughFates(persons[i], fewest)
	}
	for fewest > 0 {
		var rest [fates]int
		least, hidden := -1, false
		for i := range parts {
			if shown[i] {
				if least < 0 || parts[i].cases.cases <= parts[least].cases.cases {
					least = i
				}
				continue
			}
			hidden = true
			for f, n := range persons[i] {
				if disjoint {
					rest[f] += n
				} else {
					rest[f] = max(rest[f], n)
				}
			}
		}
		if !hidden || least < 0 || enoughFates(rest, fewest) {
			break
		}
		shown[least] = false
	}
	return shown
}
