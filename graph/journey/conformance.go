package journey

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/kithgraph/kith/graph/stat"
)

// A Deviation is one from what is expected, and who deviates so.
type Deviation struct {
	What       Deviating
	Step       int      // from 0 on; of Extra -1
	Activities []string // of the step, or that of the extra event
	Events     int      // how often
	Tally

	again int // persons who deviate so again in a case
}

// An Aligned is a variant, and what it costs without what is late, which is not the same in all its cases.
type Aligned struct {
	Activities    []string
	Cases         int
	Cost, Fitness float64
}

// A Conformed says how far cases are as is expected.
type Conformed struct {
	// Conforming deviate in nothing. Cost is the mean of all, and Fitness that of 1 less its cost by the worst one. Nil: too few persons stand behind
	// them or, of the means, behind a deviation.
	Conforming    *Tally
	Cost, Fitness *float64
	Rows          []Deviation // those of most cases first
	// Other are those that are not told: how many different ones, and how often. Nil: too few deviate, or all but too few.
	Other    *struct{ Deviations, Events int }
	Variants []Aligned // those of most cases first
	Often    bool      // how often is told, and not only in how many cases
}

// conforming counts how cases deviate.
type conforming struct {
	*aligner
	view             *View
	events           []int // by the place of a deviation
	by, again        []tally
	seen             []int // 1 + the case in which a deviation was last seen
	conform, deviate tally
	cost             int64
	fitness          float64
	aligned          map[string]*alignment
	variant          []uint16
	key              []byte
}

// An alignment is that of a variant.
type alignment struct {
	cost  int64
	moves []move
}

// place is that of a deviation among all: by what it is, and by step or activity.
func (a *aligner) place(what Deviating, step int, code uint16) int {
	if what == Extra {
		return int(deviations)*len(a.steps) + int(code)
	}
	return int(what)*len(a.steps) + step
}

func (v *View) conforming(e Expectation, events int) (*conforming, error) {
	a, err := v.aligner(e, events)
	if err != nil {
		return nil, err
	}
	n := int(deviations)*len(a.steps) + len(v.def.Names)
	c := &conforming{aligner: a, view: v, events: make([]int, n), by: v.tallies(n), again: v.tallies(n), seen: make([]int, n), conform: v.tally(), deviate: v.tally(), aligned: map[string]*alignment{}}
	return c, nil
}

// each visits the deviations of a case, with whom they are about, and gives what they cost together. Each variant is aligned once.
func (c *conforming) each(s *sequence, visit func(place int, who ...uint32)) (cost int64) {
	c.variant = append(append(c.variant[:0], s.codes...), c.view.ends(s))
	c.key = appendKey(c.key[:0], c.variant)
	a := c.aligned[string(c.key)]
	if a == nil {
		a = &alignment{}
		a.cost, a.moves = c.align(s.codes, s.closed)
		a.moves = slices.Clip(slices.DeleteFunc(a.moves, c.idle))
		c.aligned[string(c.key)] = a
	}
	cost = a.cost
	last := -1 // event that took a step
	for _, m := range a.moves {
		switch {
		case c.free(m):
		case m.what == Missing:
			visit(c.place(Missing, int(m.step), 0), s.who...)
		case m.what == Extra:
			visit(c.place(Extra, 0, s.codes[m.event]), s.who[m.event])
		default: // the one behind it is the step that it came before
			visit(c.place(Swapped, int(m.step), 0), s.who[m.event], s.who[m.event+1])
		}
		if m.what == Missing || m.what == Extra {
			continue
		}
		if i := int(m.event); last >= 0 && c.late(s.times[i]-s.times[last]) {
			cost += c.costs[Late]
			visit(c.place(Late, int(m.step), 0), s.who[last], s.who[i])
		}
		last = int(m.event)
	}
	return cost
}

// fit is 1 less a cost by the worst one (Adriansyah, van Dongen and van der Aalst 2011).
func (a *aligner) fit(cost int64, events int, closed bool) float64 {
	if worst := a.worst(events, closed); worst > 0 {
		return 1 - float64(cost)/float64(worst)
	}
	return 1
}

// take counts a case.
func (c *conforming) take(s *sequence) {
	deviates := false
	cost := c.each(s, func(place int, who ...uint32) {
		c.events[place]++
		if c.by[place].add(s.c, who...); c.seen[place] == s.c+1 {
			c.again[place].add(s.c, who...)
		}
		c.seen[place], deviates = s.c+1, true
	})
	c.cost += cost
	c.fitness += c.fit(cost, len(s.codes), s.closed)
	if deviates {
		c.deviate.add(s.c, s.who...)
	} else {
		c.conform.add(s.c, s.who...)
	}
}

// rows are all deviations, those of most cases first.
func (c *conforming) rows(e Expectation) (rows []Deviation) {
	for place, n := range c.events {
		if n == 0 {
			continue
		}
		d := Deviation{What: Extra, Step: -1, Events: n, Tally: c.by[place].told(), again: c.again[place].told().Persons}
		if code := place - int(deviations)*len(c.steps); code >= 0 {
			d.Activities = []string{c.view.def.Names[code]}
		} else {
			d.What, d.Step = Deviating(place/len(c.steps)), place%len(c.steps)
			d.Activities = e.Steps[d.Step]
		}
		rows = append(rows, d)
	}
	slices.SortStableFunc(rows, func(a, b Deviation) int {
		return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(b.Events, a.Events), cmp.Compare(a.What, b.What), cmp.Compare(a.Step, b.Step), slices.Compare(a.Activities, b.Activities))
	})
	return rows
}

// Conformance tells how far cases are as is expected, of the first so many deviations and variants. Where persons are not told apart, deviations are told as
// of one table, whose sums tell of nobody; if too few deviate, or conform, each is told by itself.
func (t *Telling) Conformance(e Expectation, first int) (*Conformed, error) {
	c, rows, shown, whole, err := t.conformed(e, first)
	if err != nil {
		return nil, err
	}
	out := &Conformed{}
	rest := struct{ Deviations, Events int }{}
	for i, told := range shown {
		if told {
			out.Rows = append(out.Rows, rows[i])
			continue
		}
		rest.Deviations++
		rest.Events += rows[i].Events
	}
	few := slices.ContainsFunc(rows, func(d Deviation) bool { return !enough(d.Persons, t.Persons, t.fewest) })
	if whole {
		conforming := c.conform.told()
		out.Conforming, out.Other = &conforming, &rest
	}
	out.Often = !slices.ContainsFunc(rows, func(d Deviation) bool { return !some(d.again, t.fewest) })
	if whole && !few && out.Often && t.Cases > 0 {
		cost, fitness := stat.Rounded(float64(c.cost)/1000/float64(t.Cases)), stat.Rounded(c.fitness/float64(t.Cases))
		out.Cost, out.Fitness = &cost, &fitness
	}
	for _, row := range t.Variants(first).Rows {
		codes, _ := t.view.codesOf("activities", row.Activities) // they are the definition's
		a, events := c.aligned[key(codes)], len(codes)-1
		out.Variants = append(out.Variants, Aligned{row.Activities, row.Cases, float64(a.cost) / 1000, stat.Rounded(c.fit(a.cost, events, codes[events] == t.view.end()))})
	}
	return out, nil
}

// conformed are all deviations, and which of them are told. whole: enough persons deviate, and enough do not, so that all that is told has enough beside it.
func (t *Telling) conformed(e Expectation, first int) (c *conforming, rows []Deviation, shown []bool, whole bool, err error) {
	if c, err = t.view.conforming(e, t.Events); err != nil {
		return nil, nil, nil, false, err
	}
	t.view.population(c.take)
	rows = c.rows(e)
	persons := mapped(rows, func(d Deviation) int { return d.Persons })
	whole = enough(c.deviate.told().Persons, t.Persons, t.fewest) && enough(c.conform.told().Persons, t.Persons, t.fewest)
	if whole && len(rows) > 1 { // one stands beside those who conform
		shown = Shown(persons, t.Persons, len(rows), t.fewest, false)
		for i, is := range shown {
			whole = whole && (!is || some(c.deviate.told().Persons-persons[i], t.fewest)) // who deviates otherwise alone
		}
	}
	if !whole || len(rows) < 2 {
		shown = mapped(persons, func(n int) bool { return enough(n, t.Persons, t.fewest) })
	}
	clear(shown[min(first, len(rows)):])
	return c, rows, shown, whole, nil
}

// BehindDeviation are the cases that deviate in one way: at a step or, of Extra, by an activity. Nil: those that do not deviate.
func (t *Telling) BehindDeviation(e Expectation, of *Deviation) (cases []int, ok bool, err error) {
	c, rows, shown, whole, err := t.conformed(e, math.MaxInt)
	if err != nil {
		return nil, false, err
	}
	at := -1
	if of != nil {
		if at, err = c.placeOf(of); err != nil {
			return nil, false, err
		}
		whole = t.fewest == 0
		for i, d := range rows {
			if shown[i] && d.What == of.What && d.Step == of.Step && (d.What != Extra || slices.Equal(d.Activities, of.Activities)) {
				whole = true
			}
		}
	}
	t.view.population(func(s *sequence) {
		is := of == nil
		c.each(s, func(place int, _ ...uint32) { is = of != nil && (is || place == at) })
		if is {
			cases = append(cases, s.c)
		}
	})
	return cases, whole, nil
}

func (c *conforming) placeOf(d *Deviation) (int, error) {
	switch {
	case d.What == Extra && len(d.Activities) == 1:
		code := slices.Index(c.view.def.Names, d.Activities[0])
		if code < 0 {
			return 0, fmt.Errorf("activity: %w", c.view.unknown(d.Activities[0]))
		}
		return c.place(Extra, 0, uint16(code)), nil
	case d.What == Extra:
		return 0, fmt.Errorf("activity: what is extra is to be named")
	case d.Step < 0 || d.Step >= len(c.steps):
		return 0, fmt.Errorf("step: from 1 to %d, not %d", len(c.steps), d.Step+1)
	}
	return c.place(d.What, d.Step, 0), nil
}
