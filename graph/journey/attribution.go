package journey

import (
	"fmt"
	"math"
	"slices"
)

// A Model says how a conversion is credited to the channels before it.
type Model uint8

// The models.
const (
	FirstTouch Model = iota // all to the first touch
	LastTouch               // all to the last one
	Linear                  // to all alike
	TimeDecay               // half as much for each half-life before the conversion
	Position                // two fifths to the first and to the last, the rest to those between
	Markov                  // by how many conversions a chain of first order loses without a channel
	Shapley                 // by what a channel adds to others on average, in whichever order they come, in that chain
	models
)

const (
	// MostChannels is how many channels are told apart, and MostPlayers how many by Shapley: there are 2 to the power of so many sets of them.
	MostChannels = 200
	MostPlayers  = 16
)

// An Attribution asks which channels conversions are credited to. It is association, and no cause: nobody knows what those who were reached would
// have done if they had not been.
type Attribution struct {
	Channels    []string // activities: touches are their events
	Conversions []string // activities with the first of which, of a case, it converts
	Models      []Model
	Window      int64 // how long before the conversion, or before the last touch where there is none, a touch counts at most; 0: whenever
	HalfLife    int64 // of TimeDecay
}

// A Credit is a channel's by a model.
type Credit struct {
	Conversions, Share float64
}

// A Credited is one of the channels that were asked for, in their order.
type Credited struct {
	Name    string
	Touched *Tally          // converted cases with a touch of it; nil: too few, or all but too few
	Credits [models]*Credit // nil: not asked for, or too few persons stand behind it
	Removal *float64        // of Markov: which share of all conversions is lost without it
	Spread  float64         // between the greatest and the least share that a model gives it
}

// Attributed is the answer.
type Attributed struct {
	Channels    []Credited
	Converted   Tally  // cases that converted behind a touch
	Unconverted *Tally // cases that did not, so far, though they were touched; nil: too few
	Direct      *Tally // cases that converted without a touch before; nil: too few

	direct int // persons behind Direct, told or not
}

// channels checks what is asked for: each activity's channel, or -1.
func (v *View) channels(a *Attribution) (of []int, converts []bool, err error) {
	if len(a.Channels) < 1 || len(a.Channels) > MostChannels {
		return nil, nil, fmt.Errorf("channels: from 1 to %d, not %d", MostChannels, len(a.Channels))
	}
	if slices.Contains(a.Models, Shapley) && len(a.Channels) > MostPlayers {
		return nil, nil, fmt.Errorf("models: SHAPLEY looks at each set of channels, and takes up to %d of them, not %d: name fewer, put several under one name, or leave it out", MostPlayers, len(a.Channels))
	}
	if converts, err = v.set("conversions", a.Conversions); err != nil {
		return nil, nil, err
	}
	of = slices.Repeat([]int{-1}, len(v.def.Names))
	for i, name := range a.Channels {
		set, err := v.set(fmt.Sprintf("channels[%d]", i), []string{name})
		if err != nil {
			return nil, nil, err
		}
		switch code := slices.Index(set, true); {
		case converts[code]:
			return nil, nil, fmt.Errorf("channels[%d]: %q is a conversion, too", i, name)
		case of[code] >= 0:
			return nil, nil, fmt.Errorf("channels[%d]: %q is there twice", i, name)
		default:
			of[code] = i
		}
	}
	return of, converts, nil
}

// touches visits each case that was touched or converted, with its touches and what they lead to: the place of the conversion, or -1.
func (v *View) touches(a *Attribution, visit func(s *sequence, touches []int, conversion int)) error {
	of, converts, err := v.channels(a)
	if err != nil {
		return err
	}
	var at []int
	v.population(func(s *sequence) {
		at = at[:0]
		end := slices.IndexFunc(s.codes, func(c uint16) bool { return converts[c] })
		for i, code := range s.codes {
			if i == end {
				break
			}
			if of[code] >= 0 {
				at = append(at, i)
			}
		}
		if a.Window > 0 && len(at) > 0 {
			until := s.times[at[len(at)-1]]
			if end >= 0 {
				until = s.times[end]
			}
			at = slices.DeleteFunc(at, func(i int) bool { return until-s.times[i] > a.Window })
		}
		if end >= 0 || len(at) > 0 {
			visit(s, at, end)
		}
	})
	return err
}

// Attribute tells which channels conversions are credited to. Nil: too few persons converted, or all but too few.
func (t *Telling) Attribute(a Attribution) (*Attributed, error) {
	v := t.view
	of, _, err := v.channels(&a)
	if err != nil {
		return nil, err
	}
	n := len(a.Channels)
	sums := newCredits(n, a.HalfLife)
	var tallies [3]tally // converted, unconverted, direct
	for i := range tallies {
		tallies[i] = v.tally()
	}
	first, last, touched := v.tallies(n), v.tallies(n), v.tallies(n)
	var path []int
	var ages []int64
	err = v.touches(&a, func(s *sequence, touches []int, end int) {
		path, ages = path[:0], ages[:0]
		for _, i := range touches {
			path = append(path, of[s.codes[i]])
			if end >= 0 {
				ages = append(ages, s.times[end]-s.times[i])
			}
		}
		switch {
		case len(path) == 0:
			tallies[2].add(s.c, s.who[end])
			return
		case end < 0:
			for _, i := range touches {
				tallies[1].add(s.c, s.who[i])
			}
			sums.add(path, nil, 0, 1)
			return
		}
		for k, i := range touches {
			who := []uint32{s.who[i], s.who[end]}
			tallies[0].add(s.c, who...)
			touched[path[k]].add(s.c, who...)
			if k == 0 {
				first[path[k]].add(s.c, who...)
			}
			if k == len(path)-1 {
				last[path[k]].add(s.c, who...)
			}
		}
		sums.add(path, ages, 1, 0)
	})
	if err != nil {
		return nil, err
	}
	out, fewest := &Attributed{Converted: tallies[0].told(), direct: tallies[2].told().Persons}, t.fewest
	if t.Persons == 0 {
		fewest = 0
	}
	if !enough(out.Converted.Persons, t.Persons, fewest) {
		return nil, nil
	}
	some := func(n Tally) *Tally {
		if !enough(n.Persons, t.Persons, fewest) {
			return nil
		}
		return &n
	}
	out.Unconverted, out.Direct = some(tallies[1].told()), some(tallies[2].told())
	shown := shownCredits(personsOf(first), personsOf(last), personsOf(touched), out.Converted.Persons, fewest, bool(v.log.personal))
	if not := tallies[1].told().Persons; not > 0 && not < fewest {
		shown[Markov], shown[Shapley] = make([]bool, n), make([]bool, n)
	}
	removal := sums.settle(a.Models)
	for c, name := range a.Channels {
		out.Channels = append(out.Channels, Credited{Name: name})
		one := &out.Channels[c]
		if shown[Linear][c] {
			cases := touched[c].told()
			one.Touched = &cases
		}
		if removal != nil && shown[Markov][c] {
			one.Removal = &removal[c]
		}
		least, most := math.Inf(1), math.Inf(-1)
		for _, m := range a.Models {
			if !shown[m][c] {
				continue
			}
			credit := &Credit{Conversions: sums.of[m][c]}
			if sums.converted > 0 {
				credit.Share = credit.Conversions / sums.converted
			}
			one.Credits[m] = credit
			least, most = min(least, credit.Share), max(most, credit.Share)
		}
		one.Spread = max(0, most-least)
	}
	return out, nil
}

func (v *View) tallies(n int) []tally {
	out := make([]tally, n)
	for i := range out {
		out[i] = v.tally()
	}
	return out
}

// personsOf are the persons behind several numbers.
func personsOf(all []tally) []int {
	return mapped(all, func(t tally) int { return t.told().Persons })
}

// shownCredits says of each model which channels it is told of: enough persons stand behind the credit and beside it. That of a position is made of
// the first, the last and others.
func shownCredits(first, last, touched []int, total, fewest int, personal bool) (shown [models][]bool) {
	n := len(touched)
	shown[FirstTouch], shown[LastTouch] = Shown(first, total, n, fewest, personal), Shown(last, total, n, fewest, personal)
	any := Shown(touched, total, n, fewest, false)
	for c := range any {
		any[c] = any[c] && enough(touched[c], total, fewest)
	}
	for m := Linear; m < models; m++ {
		shown[m] = any
	}
	all := make([]bool, n)
	for c := range all {
		all[c] = any[c] && shown[FirstTouch][c] && shown[LastTouch][c]
	}
	shown[Position] = all
	return shown
}
