package journey

import (
	"math"

	"github.com/kithgraph/kith/graph/stat"
)

// Funnel counts. The population is the log's: whoever the case filter leaves out enters, too, and is Filtered.
func (v *View) Funnel(f Funnel) (*Funneled, error) {
	as := make([][statuses]Status, len(f.Steps))
	for k := range as {
		as[k] = apart
	}
	return v.count(f, as)
}

// A counting counts entries.
type counting struct {
	entries int
	tally
	again tally // of further entries of a case
}

// take counts an entry, of which events took these steps.
func (c *counting) take(s *sequence, steps []int) {
	further := c.last == s.c+1
	if c.entries++; c.persons == nil {
		if further {
			c.again.add(s.c)
		} else {
			c.last = s.c + 1
			c.cases++
		}
		return
	}
	for _, i := range steps {
		if c.add(s.c, s.who[i]); further {
			c.again.add(s.c, s.who[i])
		}
	}
}

func (c *counting) count() Count { return Count{c.entries, c.told(), c.again.told().Persons} }

func (v *View) countings(n int) []counting {
	out := make([]counting, n)
	for i := range out {
		out[i].tally, out[i].again = v.tally(), v.tally()
	}
	return out
}

// count counts. as says, step by step, as which status each is counted.
func (v *View) count(f Funnel, as [][statuses]Status) (*Funneled, error) {
	steps, exits, err := v.steps(f)
	if err != nil {
		return nil, err
	}
	c := v.counter(&f, as)
	left := c.settle(steps, exits)
	any := f.Entry == First || f.Entry == Best && bool(v.log.personal) // a person stands behind it, by whichever event
	v.enter(&f, steps, exits, left, any, c.take)
	return c.told(), nil
}

// settle counts the cases of which it is known what becomes of their one entry by which activities they have: those that enter and are left out by the case filter,
// and those that are closed and enter, and have none for the second step. It gives those that are left; nil: all.
func (c *counter) settle(steps []taking, exits []bool) choice {
	v := c.view
	first, second := uint32(steps[0].need), uint32(steps[1].need)
	if !c.alike || exits != nil || v.def.From != nil || v.def.To != nil || !v.entire || !v.log.tells(steps[0].by, first) {
		return nil
	}
	cases := v.log.cases
	left, filtered, dropped := make(choice, (len(cases)+63)/64), 0, 0
	for w := range left {
		in, some := v.in.word(w), uint64(0)
		for i := range cases[w<<6 : min((w+1)<<6, len(cases))] {
			s := &cases[w<<6+i]
			enters, is := bitIf(s.has&first != 0), in>>(i&63)&1
			drops := enters & is & bitIf(s.closed) & bitIf(s.has&second == 0)
			filtered += int(enters &^ is)
			dropped += int(drops)
			some |= (enters & is &^ drops) << (i & 63)
		}
		left[w] = some
	}
	c.end(end{1, Filtered, false}, filtered)
	c.end(end{1, Dropped, true}, dropped)
	return left
}

// A counter counts entries of a funnel. What it has for each step it has for those alone that somebody took: there is a counter for each value.
type counter struct {
	*Funnel
	view            *View
	as              [][statuses]Status
	entered         []counting
	by              [][]counting
	took            [][]int64
	cohort, matured []counting
	leftover        []counting // who has not taken all steps, and whoever the case filter leaves out
	whole, young    []int64    // how long those took that are through, and how long those have that have time left
	alike           bool       // those that came to one end are: they are counted together, when all came; else each when it comes
	ends            []int      // how many entries came to each end, by its number
}

// An end is what became of an entry: how many steps it took, what its status is behind the last one, and whether it had no time left.
type end struct {
	steps   int
	status  Status
	matured bool
}

// endings are how many ends there are of each number of steps.
const endings = 2 * int(statuses)

func (e end) number() int {
	n := (e.steps-1)*endings + 2*int(e.status)
	if e.matured {
		n++
	}
	return n
}

func endOf(number int) end {
	return end{1 + number/endings, Status(number % endings / 2), number%2 == 1}
}

func (v *View) counter(f *Funnel, as [][statuses]Status) *counter {
	alike := bool(v.log.personal) && f.Entry != Each // a case is one person, and has one entry
	return &counter{Funnel: f, view: v, as: as, alike: alike, cohort: v.countings(cohorts), matured: v.countings(1), leftover: v.countings(leftSteps)}
}

// reach makes room for a step that somebody takes.
func (c *counter) reach(k int) {
	for len(c.entered) <= k {
		c.took, c.ends = append(c.took, nil), append(c.ends, make([]int, endings)...)
		c.entered, c.by, c.leftover = append(c.entered, c.view.countings(1)...), append(c.by, c.view.countings(int(statuses))), append(c.leftover, c.view.countings(2)...)
	}
}

// matures reports whether an entry that took steps by these events has no time left. In a strict funnel the next event decides: who went on, to the last step, and
// who cannot go on any more, are known alike.
func (v *View) matures(f *Funnel, s *sequence, at []int) bool {
	decided := f.Strict && (len(at) == len(f.Steps) || at[len(at)-1]+1 < len(s.codes))
	return decided || s.closed || f.Window > 0 && v.log.Horizon-s.times[at[0]] > f.Window
}

// take counts an entry.
func (c *counter) take(s *sequence, w way) {
	e := end{1, Filtered, false}
	if s.in {
		e = c.times(s, w)
	}
	if c.alike {
		c.end(e, 1)
		return
	}
	c.reach(e.steps - 1)
	c.count(e, func(x *counting, steps int) { x.take(s, w.at[:steps]) })
}

// end takes in that so many entries came to an end.
func (c *counter) end(e end, n int) {
	if n > 0 {
		c.reach(e.steps - 1)
		c.ends[e.number()] += n
	}
}

// times takes in how long an entry took.
func (c *counter) times(s *sequence, w way) end {
	n, entered := len(w.at), s.times[w.at[0]]
	c.reach(n - 1)
	for k := 1; k < n; k++ {
		c.took[k] = push(c.took[k], s.times[w.at[k]]-s.times[w.at[k-1]])
	}
	e := end{n, w.status, c.view.matures(c.Funnel, s, w.at)}
	switch {
	case n == len(c.Steps):
		c.whole = push(c.whole, s.times[w.at[n-1]]-entered)
	case !e.matured:
		c.young = push(c.young, c.view.log.Horizon-entered)
	}
	return e
}

// count visits all in which an entry is counted that came to an end, each with how many of its steps say whose it is.
func (c *counter) count(e end, visit func(x *counting, steps int)) {
	n := e.steps
	for k := range n {
		status := Continued
		if k == n-1 {
			status = e.status
		}
		visit(&c.entered[k], k+1)
		visit(&c.by[k][c.as[k][status]], k+1)
	}
	if e.status == Filtered {
		visit(&c.leftover[leftOut], 1)
		return
	}
	of := YoungNot
	if e.matured {
		of = MaturedNot
		visit(&c.matured[0], 1)
	}
	if n == len(c.Steps) {
		of--
	} else {
		for _, part := range leftOf(e, c.as[n-1][e.status] == e.status) {
			visit(&c.leftover[part], n)
		}
	}
	visit(&c.cohort[of], n)
}

func (c *counter) told() *Funneled {
	for number, n := range c.ends {
		if n > 0 {
			c.count(endOf(number), func(x *counting, _ int) { x.entries, x.cases = x.entries+n, x.cases+n })
		}
	}
	out := &Funneled{Matured: c.matured[0].count(), spells: c.spells(), Spread: spread(c.whole), persons: bool(c.view.log.personal) && c.Entry != Each, strict: c.Strict}
	for k, names := range c.Steps {
		step := Step{Activities: names}
		if k < len(c.entered) {
			step.Entered, step.Spread = c.entered[k].count(), spread(c.took[k])
			for st := range c.by[k] {
				step.Statuses[st] = c.by[k][st].count()
			}
		}
		out.Steps = append(out.Steps, step)
	}
	for i := range c.cohort {
		out.Cohorts[i] = c.cohort[i].count()
	}
	for i := range c.leftover {
		out.leftover = append(out.leftover, c.leftover[i].told().Persons)
	}
	return out
}

// spells are those of entries until the last step.
func (c *counter) spells() []stat.Spell {
	never := c.cohort[MaturedNot].entries
	out := make([]stat.Spell, 0, len(c.whole)+len(c.young)+never)
	for _, long := range c.whole {
		out = append(out, stat.Spell{Long: long, Over: true})
	}
	for _, long := range c.young {
		out = append(out, stat.Spell{Long: long})
	}
	for range never {
		out = append(out, stat.Spell{Long: math.MaxInt64})
	}
	return out
}
