package journey

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// calls is a log of persons who were called, each once, with what came of it, and of whom the last ones have an activity of their own.
func calls(t *testing.T, outcomes ...string) *Log {
	b, err := NewBuilder([]string{Name("INTERACTION", "CALL", "PHONE"), Name("ORDER", "", "")}, true)
	require.NoError(t, err)
	rang, err := b.Activity(Name("INTERACTION", "Rang twice", "PHONE"))
	require.NoError(t, err)
	for i, outcome := range outcomes {
		id := fmt.Sprintf("%03d", i)
		e := Event{At: int64(i), ID: id, Persons: []string{id}, Outcome: outcome}
		if i >= 8 {
			e.Activity = rang
		}
		require.NoError(t, b.Put(Case{ID: id, Events: []Event{e, {At: int64(i) + 1, ID: id + "o", Activity: 1, Persons: []string{id}}}}))
	}
	return b.Log()
}

func TestEventsAreToldApartByWhatCameOfThem(t *testing.T) {
	l := calls(t, "paid", "paid", "paid", "paid", "paid", "", "refused", "no answer", "paid", "refused")
	for _, c := range []struct {
		name   string
		m      Mapping
		fewest int
		want   map[string]int // events of activities
	}{
		{"by what took place and what came of it", Mapping{By: []Part{Kind, Result}}, 0,
			map[string]int{"INTERACTION paid": 6, "INTERACTION refused": 2, "INTERACTION no answer": 1, "INTERACTION": 1, "ORDER": 10}},
		{"by what came of it first, and more closely", Mapping{By: []Part{Result, Detail}}, 0,
			map[string]int{"paid CALL": 5, "refused CALL": 1, "no answer CALL": 1, "CALL": 1, "paid Rang twice": 1, "refused Rang twice": 1, "ORDER": 10}},
		{"those of one outcome alone", Mapping{By: []Part{Kind, Detail}, Only: [parts][]string{Result: {"refused"}}}, 0, map[string]int{"INTERACTION CALL": 1, "INTERACTION Rang twice": 1}},
		{"renamed and left out by it", Mapping{By: []Part{Kind, Result}, Rename: []Rename{{Matching: "(paid|refused)$", To: "$1"}}, Exclude: []string{"ORDER", "refused"}}, 0,
			map[string]int{"paid": 6, "INTERACTION no answer": 1, "INTERACTION": 1}},
		{"what fewer than five had is not told", Mapping{By: []Part{Detail, Result}}, 5, map[string]int{"CALL paid": 5, "CALL ?": 2, "CALL": 1, "? ?": 2, "ORDER": 10}},
		{"nor what was found that fewer than five had", Mapping{By: []Part{Detail}}, 5, map[string]int{"CALL": 8, "?": 2, "ORDER": 10}},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := l
			if c.m.ByOutcome() {
				var err error
				log, err = l.ByOutcome()
				require.NoError(t, err)
			}
			d, err := log.Define(c.m, c.fewest)
			require.NoError(t, err)
			v, err := log.View(d)
			require.NoError(t, err)
			got := map[string]int{}
			v.sequences(func(s *sequence) {
				for _, code := range s.codes {
					got[v.name(code)]++
				}
			})
			assert.Equal(t, c.want, got)
		})
	}
	d, err := l.Define(Mapping{By: []Part{Detail}}, 0)
	require.NoError(t, err)
	assert.Equal(t, []string{"CALL", "ORDER", "Rang twice"}, d.Names, "the log itself is as it was")
	apart, err := l.ByOutcome()
	require.NoError(t, err)
	_, err = apart.Define(Mapping{By: []Part{Kind}, Only: [parts][]string{Result: {"sold"}}}, 0)
	assert.EqualError(t, err, `events.outcomes: no event has "sold"; there are "paid", "refused", "no answer"`)
	_, err = apart.Define(Mapping{By: []Part{Kind}, Only: [parts][]string{Result: {"refused"}}}, 5)
	assert.EqualError(t, err, `events.outcomes: no event has "refused"; there are "paid"`, "one that fewer than five had is as one that nobody had")
}

func TestMoreOutcomesThanActivitiesAreRefusedByName(t *testing.T) {
	outcomes := make([]string, math.MaxUint16)
	for i := range outcomes {
		outcomes[i] = fmt.Sprint(i)
	}
	_, err := calls(t, outcomes[:MostActivities-3]...).ByOutcome()
	require.NoError(t, err)
	l := calls(t, outcomes...)
	_, err = l.ByOutcome()
	require.EqualError(t, err, fmt.Sprintf("by: a log tells %d activities apart, and by what came of events there are more", MostActivities))
	_, err = l.Define(Mapping{By: []Part{Kind, Detail}}, 0)
	require.NoError(t, err, "who does not ask for them is answered")
}

// TestOutcomesMayBeMoreThanActivities gives each event one of its own, and looks for them in the log, in one from a snapshot, and in columns that are written anew.
func TestOutcomesMayBeMoreThanActivities(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, true)
	require.NoError(t, err)
	b.WithTraits(2)
	const cases, each = 7000, 10
	put := func(c int) {
		x := Case{ID: fmt.Sprint(c), Events: make([]Event, each)}
		for j := range x.Events {
			x.Events[j] = Event{At: int64(j), Outcome: fmt.Sprint("outcome ", c, " ", j)}
		}
		require.NoError(t, b.Put(x))
	}
	for c := range cases {
		put(c)
	}
	is := func(l *Log) {
		require.Greater(t, len(l.outcomes), 1<<16)
		for c, s := range l.cases {
			for j := range s.n {
				require.Equal(t, fmt.Sprint("outcome ", l.ids[c], " ", j), l.outcomes[l.outcomeOf(s.from+j)-1])
			}
		}
	}
	before := b.Log()
	is(before)
	got, err := restored(written(t, b), true)
	require.NoError(t, err)
	is(got.Log())
	for c := range cases / 2 {
		put(c)
	}
	require.True(t, b.Compact())
	is(b.Log())
	is(before)
}
