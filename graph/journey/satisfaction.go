package journey

import (
	"cmp"
	"slices"

	"github.com/kithgraph/kith/graph/stat"
)

// A Measured says how cases were felt: one value for each case in which anything says so, the mean of what does.
type Measured struct {
	Cases, Answered int      // of all cases those in which anything says so
	Mean            *float64 // nil: none is
	Low, High       *float64 // within which the true mean lies with 95 % confidence; nil: fewer than two are
}

// MeasuredBy says what tells apart how journeys were felt.
type MeasuredBy uint8

// The rows there may be.
const (
	ByVariant MeasuredBy = iota
	ByStep
	ByWeek // in which a case begins
	ByMonth
)

// calendars cut time for rows that are periods.
var calendars = map[MeasuredBy]Calendar{ByWeek: Weeks, ByMonth: Months}

// A MeasuredRow is that of a variant, of a step, or of a period.
type MeasuredRow struct {
	Activities []string // nil of a period
	Value      string   // the day on which a period begins
	Measured
}

// A Satisfied says how journeys were felt. All cases, and what is said of them, stand in rows and in Other.
type Satisfied struct {
	All   Measured
	Rows  []MeasuredRow // those of most cases first; of periods the newest, in their order
	Other *Measured     // nil: all are told
	Rest  int           // how many are not
}

// A measuring gathers what cases say, by variant, by step or by period.
type measuring struct {
	view *View
	of   Measure
	by   MeasuredBy
	at   map[string]int
	rows []*measuredPart
	key  []byte
}

func (v *View) measuring(of Measure, by MeasuredBy) *measuring {
	return &measuring{view: v, of: of, by: by, at: map[string]int{}}
}

// A measuredPart are the cases of a row.
type measuredPart struct {
	codes         []uint16
	period        string
	all           tally
	with, without tally
	only          tally // who say something of this row alone
	cases         int
	values        []float64
}

func (v *View) measuredPart(codes []uint16) *measuredPart {
	return &measuredPart{codes: codes, all: v.tally(), with: v.tally(), without: v.tally(), only: v.tally()}
}

// A said is what a case says of a row.
type said struct {
	row    int
	sum, n float64
	who    []uint32
}

func (s *said) add(value float64, who uint32) {
	s.sum, s.n, s.who = s.sum+value, s.n+1, append(s.who, who)
}

// take counts what a case says of a row.
func (p *measuredPart) take(s *sequence, what *said) {
	p.cases++
	p.all.add(s.c, s.who...)
	if what.n == 0 {
		p.without.add(s.c, s.who...)
		return
	}
	p.with.add(s.c, what.who...)
	p.values = append(p.values, what.sum/what.n)
}

func (p *measuredPart) told() Measured {
	out := Measured{Cases: p.cases, Answered: len(p.values)}
	if len(p.values) > 0 {
		mean := stat.Rounded(stat.Average(p.values))
		out.Mean = &mean
	}
	if low, high, ok := stat.MeanWithin(p.values); ok {
		low, high = stat.Rounded(low), stat.Rounded(high)
		out.Low, out.High = &low, &high
	}
	return out
}

// few is how many persons, or cases where these are fewer, stand behind what is said, and behind what is not.
func (p *measuredPart) few() (with, without int) {
	a, b := p.with.told(), p.without.told()
	return min(a.Persons, a.Cases), b.Persons
}

// beside reports whether nobody or enough, of all, say nothing in a row, though they do elsewhere; and nobody or enough say something in others.
func (p *measuredPart) beside(row *measuredPart, fewest int) bool {
	all := p.with.told().Persons
	return some(all-row.with.told().Persons, fewest) && some(all-row.only.told().Persons, fewest)
}

// row is the place of a period, or else of a variant, or of a step.
func (x *measuring) row(period string, codes ...uint16) int {
	x.key = append(appendKey(x.key[:0], codes), period...)
	i, known := x.at[string(x.key)]
	if !known {
		i = len(x.rows)
		x.at[string(x.key)] = i
		row := x.view.measuredPart(slices.Clone(codes))
		row.period = period
		x.rows = append(x.rows, row)
	}
	return i
}

// rowOf is the only row of a case.
func (x *measuring) rowOf(s *sequence) int {
	if c, is := calendars[x.by]; is {
		return x.row(c.Name(c.Index(s.times[0])))
	}
	return x.row("", append(slices.Clone(s.codes), x.view.ends(s))...)
}

// says are what a case says of each of its rows: by steps, of the activities that it has, and of what is before the first; else of one.
func (x *measuring) says(s *sequence) (out []said) {
	if x.by != ByStep {
		out = []said{{row: x.rowOf(s)}}
		x.view.felt(s, x.of, func(_ int, value float64, who uint32) { out[0].add(value, who) })
		return out
	}
	of := func(code uint16) *said {
		row := x.row("", code)
		i := slices.IndexFunc(out, func(a said) bool { return a.row == row })
		if i < 0 {
			i = len(out)
			out = append(out, said{row: row})
		}
		return &out[i]
	}
	for _, code := range s.codes {
		of(code)
	}
	x.view.felt(s, x.of, func(i int, value float64, who uint32) {
		if i < 0 {
			of(x.view.start()).add(value, who)
		} else {
			of(s.codes[i]).add(value, who)
		}
	})
	return out
}

// saying is the only one that says something; -1: none does, or several.
func saying(all []said) int {
	out := -1
	for i := range all {
		if all[i].n > 0 && out >= 0 {
			return -1
		}
		if all[i].n > 0 {
			out = i
		}
	}
	return out
}

// joint is what a case says of several rows; nil: it has none of them.
func joint(all []said, in func(row int) bool) (out *said) {
	for _, one := range all {
		if !in(one.row) {
			continue
		}
		if out == nil {
			out = &said{}
		}
		out.sum, out.n, out.who = out.sum+one.sum, out.n+one.n, append(out.who, one.who...)
	}
	return out
}

// Satisfaction tells how journeys were felt, of the first so many rows. Nil: too few persons say so, or say nothing.
func (t *Telling) Satisfaction(of Measure, by MeasuredBy, first int) *Satisfied {
	v := t.view
	x := v.measuring(of, by)
	all := v.measuredPart(nil)
	v.population(func(s *sequence) {
		says := x.says(s)
		for i := range says {
			x.rows[says[i].row].take(s, &says[i])
		}
		if i := saying(says); i >= 0 {
			x.rows[says[i].row].only.add(s.c, says[i].who...)
		}
		all.take(s, joint(says, func(int) bool { return true }))
	})
	fewest := t.fewest
	if t.Persons == 0 {
		fewest = 0
	}
	if with, without := all.few(); fewest > 0 && (with < fewest || !some(without, fewest)) {
		return nil
	}
	order, told := x.choose(t, all, first, fewest)
	if told == nil {
		return nil
	}
	out := &Satisfied{All: all.told()}
	for _, i := range order {
		if told[i] {
			out.Rows = append(out.Rows, x.rows[i].tells(v))
		} else {
			out.Rest++
		}
	}
	if out.Rest > 0 {
		other := x.rest(told).told()
		out.Other = &other
	}
	inOrder(Breakdown{Newest: by >= ByWeek}, out.Rows, func(r MeasuredRow) string { return r.Value })
	return out
}

func (p *measuredPart) tells(v *View) MeasuredRow {
	if p.period != "" {
		return MeasuredRow{Value: p.period, Measured: p.told()}
	}
	return MeasuredRow{Activities: v.names(p.codes), Measured: p.told()}
}

// choose gives the rows in their order, and which of them are told apart: of each, and of all others together, nobody or enough persons say something, and
// nobody or enough say nothing; and where a case may have several rows, nobody or enough say it elsewhere, which is what all say less the row. Nil: nothing
// is told.
func (x *measuring) choose(t *Telling, all *measuredPart, first, fewest int) (order []int, told []bool) {
	order, told = make([]int, len(x.rows)), make([]bool, len(x.rows))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		a, b = b, a // the newest, or else those of most cases
		return cmp.Or(cmp.Compare(x.rows[a].period, x.rows[b].period), cmp.Compare(x.rows[a].cases, x.rows[b].cases), slices.Compare(x.rows[b].codes, x.rows[a].codes))
	})
	persons := mapped(order, func(row int) int { return x.rows[row].all.told().Persons })
	for i, apart := range Shown(persons, t.Persons, first, fewest, x.by != ByStep && bool(x.view.log.personal)) {
		with, without := x.rows[order[i]].few()
		told[order[i]] = apart && some(with, fewest) && some(without, fewest) &&
			(x.by != ByStep || enough(persons[i], t.Persons, fewest) && all.beside(x.rows[order[i]], fewest))
	}
	for last := len(order) - 1; fewest > 0 && slices.Contains(told, false); {
		rest := x.rest(told)
		with, without := rest.few()
		says, silent := some(with, fewest) && all.beside(rest, fewest), some(without, fewest)
		if says && silent {
			break
		}
		for helps := false; !helps; last-- {
			if last < 0 {
				return nil, nil
			}
			row := order[last]
			helps = told[row] && x.helps(row, says, silent)
			told[row] = false
		}
	}
	return order, told
}

// helps reports whether anything is otherwise if a row is told with others, of whom says or silent does not hold: each time all cases are looked at. Rows go one by
// one, the last first, so that those that are told of the first few are told of more.
func (x *measuring) helps(row int, says, silent bool) bool {
	with, without := x.rows[row].few()
	return x.by == ByStep || !says && with > 0 || !silent && without > 0
}

// some reports whether it is nobody, or enough.
func some(n, fewest int) bool { return fewest == 0 || n == 0 || n >= fewest }

// rest is what is said of the rows that are not told, together: a case that says something of none of them says nothing.
func (x *measuring) rest(told []bool) *measuredPart {
	rest := x.view.measuredPart(nil)
	x.view.population(func(s *sequence) {
		says := x.says(s)
		what := joint(says, func(row int) bool { return !told[row] })
		if what == nil {
			return
		}
		rest.take(s, what)
		if apart := joint(says, func(row int) bool { return told[row] }); what.n > 0 && (apart == nil || apart.n == 0) {
			rest.only.add(s.c, what.who...)
		}
	})
	return rest
}
