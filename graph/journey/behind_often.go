package journey

import (
	"fmt"
	"math"
	"slices"
)

// BehindAgain are the cases in which an activity comes again, as a rework tells of it; of an empty name those in which any does. Not ok: it is not told.
func (t *Telling) BehindAgain(name string) (cases []int, ok bool, err error) {
	told := t.Rework(math.MaxInt)
	number := told.Again
	if name != "" {
		if c, there := t.view.code(name); !there || c >= t.view.start() {
			return nil, false, fmt.Errorf("again: %w", t.view.unknown(name))
		}
		number = nil
		if i := slices.IndexFunc(told.Rows, func(r Rework) bool { return r.Name == name }); i >= 0 {
			number = told.Rows[i].Again
		}
	}
	if number == nil {
		return nil, t.fewest == 0, nil // nobody has it
	}
	t.view.population(func(s *sequence) {
		seen := map[uint16]bool{}
		for _, code := range s.codes {
			if seen[code] && (name == "" || t.view.def.Names[code] == name) {
				cases = append(cases, s.c)
				return
			}
			seen[code] = true
		}
	})
	return cases, true, nil
}

// BehindPreceded are the cases of a row of what precedes, by its activity, or those of an event that nothing precedes where that is empty. Not ok: it is not told
// in how many cases they are.
func (t *Telling) BehindPreceded(q Preceding, activity string) (cases []int, ok bool, err error) {
	told, err := t.Preceded(q)
	if err != nil || told == nil {
		return nil, false, err
	}
	v, number := t.view, told.NoneCases
	by, err := v.set("by", q.By)
	if err != nil {
		return nil, false, err
	}
	part := len(by)
	if activity != "" {
		c, there := v.code(activity)
		if !there || int(c) >= len(by) || !by[c] {
			return nil, false, fmt.Errorf("activity: %q is none of those by which events are preceded", activity)
		}
		part, number = int(c), nil
		if i := slices.IndexFunc(told.Rows, func(r PrecededRow) bool { return r.Activity == activity }); i >= 0 {
			number = told.Rows[i].Cases
		}
	}
	if number == nil {
		return nil, false, nil
	}
	asked, err := v.set("events", q.Events)
	if err != nil {
		return nil, false, err
	}
	v.population(func(s *sequence) {
		in := false
		v.preceding(s, asked, by, q.Window, func(p int, _ ...int) { in = in || p == part })
		if in {
			cases = append(cases, s.c)
		}
	})
	return cases, true, nil
}

// A StayNumber is one of those that are told of a stage: of all stays, of those that ended in one way, or of those of cases that came back.
type StayNumber struct {
	Stage int // counted from 0
	How   *Outcome
	Again bool
	Row   *Row // of stays by value; nil: of all
}

// BehindStay are the cases behind a number of a stage. Not ok: it is not told.
func (t *Telling) BehindStay(stages [][]string, exits []string, n StayNumber) (cases []int, ok bool, err error) {
	told, err := t.stagesIn(stages, exits, n.Row)
	if err != nil || told == nil {
		return nil, false, err
	}
	if n.Stage < 0 || n.Stage >= len(stages) {
		return nil, false, fmt.Errorf("stage: from 1 to %d, not %d", len(stages), n.Stage+1)
	}
	number := told[n.Stage].Stays
	switch {
	case number == nil:
	case n.Again:
		number = told[n.Stage].Again
	case n.How != nil:
		number = told[n.Stage].Outcomes[*n.How]
	}
	if number == nil {
		return nil, false, nil
	}
	of, err := t.view.stagesOf(stages, exits)
	if err != nil {
		return nil, false, err
	}
	t.view.population(func(s *sequence) {
		if n.Row != nil && n.Row.By.Of(s.c, s.times[0]) != n.Row.Value {
			return
		}
		before, in := 0, false
		t.view.stays(s, of, len(stages), func(stay stay) {
			if stay.stage != n.Stage {
				return
			}
			in = in || (n.How == nil || stay.how == *n.How) && (!n.Again || before > 0)
			before++
		})
		if in {
			cases = append(cases, s.c)
		}
	})
	return cases, true, nil
}

// stagesIn is what is told of stages, of all cases or of those of a row. Nil: there is no such row.
func (t *Telling) stagesIn(stages [][]string, exits []string, row *Row) ([]Stage, error) {
	if row == nil || t.fewest == 0 { // where all is told, each value is a row
		return t.Stages(stages, exits)
	}
	rows, err := t.StagesBy(stages, exits, row.By, row.First)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(rows.Rows, func(r StageRow) bool { return r.Value == row.Value })
	if i < 0 {
		return nil, nil
	}
	return rows.Rows[i].Stages, nil
}

// A Converting is a part of those of whom an attribution tells.
type Converting uint8

// The parts.
const (
	ConvertedBehind Converting = iota // behind a touch
	NotConverted                      // though they were touched, so far
	ConvertedAlone                    // without a touch before
)

// BehindAttributed are the cases behind a number of an attribution: of one of its parts, or, of those that converted behind a touch, with one of a channel. Not ok:
// it is not told, or it is of all that converted but too few, who did without a touch.
func (t *Telling) BehindAttributed(a Attribution, part Converting, channel string) (cases []int, ok bool, err error) {
	a.Models = []Model{Linear}
	of, _, err := t.view.channels(&a)
	if err != nil {
		return nil, false, err
	}
	c := slices.Index(a.Channels, channel)
	if channel != "" && c < 0 {
		return nil, false, fmt.Errorf("channel: %q is none of those that are asked for", channel)
	}
	told, err := t.Attribute(a)
	if err != nil || told == nil {
		return nil, false, err
	}
	number := [...]*Tally{ConvertedBehind: &told.Converted, NotConverted: told.Unconverted, ConvertedAlone: told.Direct}[part]
	if c >= 0 {
		number = told.Channels[c].Touched
	}
	if number == nil || part == ConvertedBehind && c < 0 && !some(told.direct, t.fewest) {
		return nil, false, nil
	}
	err = t.view.touches(&a, func(s *sequence, touches []int, conversion int) {
		is := ConvertedBehind
		switch {
		case len(touches) == 0:
			is = ConvertedAlone
		case conversion < 0:
			is = NotConverted
		}
		if is == part && (c < 0 || slices.ContainsFunc(touches, func(i int) bool { return of[s.codes[i]] == c })) {
			cases = append(cases, s.c)
		}
	})
	return cases, err == nil, err
}
