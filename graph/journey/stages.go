package journey

import (
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph/stat"
)

// MostStages is how many stages are told apart.
const MostStages = 100

// An Outcome is how a stay in a stage ended: exactly one of these.
type Outcome uint8

// The outcomes.
const (
	Forward Outcome = iota // to the next stage
	Skipped                // to one beyond that
	Back                   // to an earlier one
	Exited                 // by a stated exit
	Ended                  // not, and nothing comes any more
	Staying                // not, as of the horizon
	outcomes
)

// A Stage is one of several in an order. Stays.Entries = the sum of all Outcomes' Entries.
type Stage struct {
	Activities []string
	Stays      *Count // from the first event of the stage to the first of another one, or to an exit; nil: too few persons
	// Outcomes are nil where too few stand behind them, or behind what is left of the stays then.
	Outcomes [outcomes]*Count
	Again    *Count // stays of cases that came back to the stage; nil: too few, or all but too few
	*Spread         // of stays behind which another stage or an exit came; nil: of none, or of too few
	Often    bool   // how many stays is told, and not only in how many cases
	Survival *int64 // after how long half of all stays are over, those that go on included: the median of Kaplan and Meier; nil: more than half go on, or too few are over
}

// Stages tells how long cases stay in each of several stages, and where they go from there. Between the events of stages others may be.
func (t *Telling) Stages(stages [][]string, exits []string) ([]Stage, error) {
	v := t.view
	of, err := v.stagesOf(stages, exits)
	if err != nil {
		return nil, err
	}
	all := v.spent(len(stages))
	v.population(func(s *sequence) { all.take(v, s, of) })
	return all.told(stages, all.shown(t.least()), t.least()), nil
}

// least is how many persons are enough behind a number of the population.
func (t *Telling) least() int {
	if t.Persons == 0 {
		return 0
	}
	return t.fewest
}

// spent are the stays of cases, stage by stage.
type spent struct {
	cases  tally
	stages []spells
}

func (v *View) spent(stages int) *spent {
	out := &spent{v.tally(), make([]spells, stages)}
	for k := range out.stages {
		out.stages[k] = spells{stays: v.countings(1), again: v.countings(1), by: v.countings(int(outcomes)), over: v.tally()}
	}
	return out
}

// take takes in a case.
func (x *spent) take(v *View, s *sequence, of []int) {
	x.cases.add(s.c, s.who...)
	v.stays(s, of, len(x.stages), func(stay stay) { x.stages[stay.stage].take(s, stay) })
}

// shown says what is told of each stage.
func (x *spent) shown(fewest int) []stageShown {
	out := make([]stageShown, len(x.stages))
	for k := range out {
		out[k] = x.stages[k].shown(x.cases.told().Persons, fewest)
	}
	return out
}

func (x *spent) told(stages [][]string, shown []stageShown, fewest int) []Stage {
	out := make([]Stage, len(stages))
	for k := range out {
		out[k] = x.stages[k].told(stages[k], shown[k], fewest)
	}
	return out
}

// stagesOf is the stage of each activity: len(stages) is an exit, -1 none.
func (v *View) stagesOf(stages [][]string, exits []string) ([]int, error) {
	if len(stages) < 2 || len(stages) > MostStages {
		return nil, fmt.Errorf("stages: from 2 to %d stages, not %d", MostStages, len(stages))
	}
	of := slices.Repeat([]int{-1}, len(v.def.Names))
	put := func(what string, names []string, k int) error {
		set, err := v.set(what, names)
		if err != nil {
			return err
		}
		for code, in := range set {
			if in && of[code] >= 0 {
				return fmt.Errorf("%s: %q is of another stage, too", what, v.def.Names[code])
			}
			if in {
				of[code] = k
			}
		}
		return nil
	}
	for k, names := range stages {
		if err := put(fmt.Sprintf("stages[%d]", k), names, k); err != nil {
			return nil, err
		}
	}
	if len(exits) > 0 {
		if err := put("exits", exits, len(stages)); err != nil {
			return nil, err
		}
	}
	return of, nil
}

// spells are the stays in a stage.
type spells struct {
	stays, again []counting
	by           []counting
	over         tally // behind whose stays something came
	times        []int64
	all          []stat.Spell
	last         int // 1 + the case that was in it last
}

// A stay is one in a stage: from an event to another one.
type stay struct {
	stage, since, end int
	how               Outcome
	long              int64
}

// take takes in a stay of a case.
func (x *spells) take(s *sequence, stay stay) {
	x.stays[0].take(s, []int{stay.since})
	x.by[stay.how].take(s, []int{stay.since, stay.end})
	over := stay.how <= Exited
	if over {
		x.over.add(s.c, s.who[stay.since], s.who[stay.end])
		x.times = append(x.times, stay.long)
	}
	x.all = append(x.all, stat.Spell{Long: stay.long, Over: over})
	if x.last == s.c+1 {
		x.again[0].take(s, []int{stay.since})
	}
	x.last = s.c + 1
}

// stays visits those of a case. What comes behind an exit, before a stage, is no stay.
func (v *View) stays(s *sequence, of []int, exit int, visit func(stay)) {
	at, since := -1, 0
	end := func(i int, how Outcome, until int64) {
		visit(stay{at, since, i, how, until - s.times[since]})
	}
	for i, code := range s.codes {
		k := of[code]
		if k < 0 || k == at {
			continue
		}
		if at >= 0 {
			how := Forward
			switch {
			case k == exit:
				how = Exited
			case k < at:
				how = Back
			case k > at+1:
				how = Skipped
			}
			end(i, how, s.times[i])
		}
		if at, since = k, i; k == exit {
			at = -1
		}
	}
	if at < 0 {
		return
	}
	last := len(s.codes) - 1
	if s.closed {
		end(last, Ended, s.times[last])
	} else {
		end(last, Staying, max(v.log.Horizon, s.times[last]))
	}
}

// A stageShown says which numbers of a stage are told.
type stageShown struct {
	stays, again bool
	by           [outcomes]bool
}

// persons are those behind each outcome.
func (x *spells) persons() (out [outcomes]int) {
	for i := range out {
		out[i] = x.by[i].told().Persons
	}
	return out
}

// shown says behind which numbers, of all persons, and beside them, enough stand.
func (x *spells) shown(all, fewest int) (is stageShown) {
	stays, persons := x.stays[0].count(), x.persons()
	if is.stays = enough(stays.Persons, all, fewest) || stays.Entries == 0; !is.stays {
		return is
	}
	for i, shown := range Shown(persons[:], stays.Persons, len(persons), fewest, false) {
		is.by[i] = shown && some(stays.Persons-persons[i], fewest) // who stays twice may be counted with others, too
	}
	is.again = enough(x.again[0].told().Persons, stays.Persons, fewest)
	return is
}

func (x *spells) told(activities []string, is stageShown, fewest int) Stage {
	out := Stage{Activities: activities}
	if !is.stays {
		return out
	}
	stays := x.stays[0].count()
	out.Stays = &stays
	for i, shown := range is.by {
		if shown {
			n := x.by[i].count()
			out.Outcomes[i] = &n
		}
	}
	if is.again {
		again := x.again[0].count()
		out.Again = &again
	}
	out.Often = often(fewest, out.Stays, out.Again) && often(fewest, out.Outcomes[:]...)
	if x.over.told().Persons < fewest {
		return out
	}
	out.Spread = spread(x.times)
	if median, reached := stat.Survival(x.all); reached {
		out.Survival = &median
	}
	return out
}
