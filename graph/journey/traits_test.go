package journey

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestALogHasTheTraitsThatItsCasesHad puts cases with some events, changes and removes them, and looks at each log once more at the end.
func TestALogHasTheTraitsThatItsCasesHad(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	b, err := NewBuilder([]string{"a"}, false)
	require.NoError(t, err)
	b.WithTraits(2)
	has := map[string][]string{}
	traitsOf := func(l *Log) map[string][]string {
		out := map[string][]string{}
		for c := range l.Cases() {
			out[l.ID(c)] = []string{l.Trait(0, c), l.Trait(1, c), fmt.Sprint(l.cases[c].n)}
		}
		return out
	}
	type kept struct {
		log *Log
		has map[string][]string
	}
	var logs []kept
	for range 3000 {
		id := fmt.Sprint(rng.IntN(150))
		if rng.IntN(3) == 0 {
			b.Remove(id)
			delete(has, id)
		} else {
			traits := []string{[]string{"", "red", "blue"}[rng.IntN(3)], fmt.Sprint(rng.IntN(30))}
			events := make([]Event, rng.IntN(5))
			require.NoError(t, b.Put(Case{ID: id, Traits: traits, Events: events}))
			has[id] = append(traits, fmt.Sprint(len(events)))
		}
		if rng.IntN(40) == 0 {
			logs = append(logs, kept{b.Log(), maps.Clone(has)})
		}
	}
	for _, k := range logs {
		require.Equal(t, k.has, traitsOf(k.log))
		red := k.log.Having(0, func(value string) bool { return value == "red" })
		few := k.log.Having(1, func(value string) bool { return len(value) == 1 })
		n := 0
		for c := range k.log.Cases() {
			isRed, isOfFew := k.has[k.log.ID(c)][0] == "red", len(k.has[k.log.ID(c)][1]) == 1
			require.Equal(t, isRed, red.Has(c))
			require.Equal(t, isRed && isOfFew, red.And(few).Has(c))
			require.Equal(t, isRed || isOfFew, red.Or(few).Has(c))
			require.Equal(t, !isRed, red.Not().Has(c))
			n += int(bitIf(!isRed))
		}
		require.Equal(t, n, red.Not().Count())
		require.Equal(t, k.log.Cases(), k.log.Every().Count())
		require.Zero(t, k.log.Having(0, func(string) bool { return true }).And(k.log.Having(0, func(value string) bool { return strings.HasPrefix(value, "gr") })).Count())
	}
}

// TestOfATraitOfTooManyValuesNothingIsKept gives each case a value of its own.
func TestOfATraitOfTooManyValuesNothingIsKept(t *testing.T) {
	b, err := NewBuilder([]string{"a"}, false)
	require.NoError(t, err)
	b.WithTraits(2)
	put := func(i int) {
		require.NoError(t, b.Put(Case{ID: fmt.Sprint(i), Traits: []string{fmt.Sprint("value ", i), "same"}}))
	}
	for i := range mostValues - 1 {
		put(i)
	}
	before := b.Log()
	require.True(t, before.Known(0))
	assert.Equal(t, "value 65534", before.Trait(0, mostValues-2))
	put(mostValues)
	after := b.Log()
	assert.False(t, after.Known(0))
	assert.True(t, after.Known(1))
	assert.False(t, after.Known(2))
	assert.True(t, before.Known(0), "a log of before stays as it is")
	put(0)
	got, err := restored(written(t, b), false)
	require.NoError(t, err)
	assert.False(t, got.Log().Known(0))
	assert.Equal(t, "same", got.Log().Trait(1, 7))
	assert.EqualError(t, b.Put(Case{ID: "x", Traits: []string{"a"}}), "a case has 2 traits, not 1")
}

// TestASnapshotHasNoTraitThatNoCaseHas looks for what somebody has been called once.
func TestASnapshotHasNoTraitThatNoCaseHas(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	b.WithTraits(2)
	require.NoError(t, b.Put(Case{ID: "1", Traits: []string{"purple", "large"}}))
	require.NoError(t, b.Put(Case{ID: "1", Traits: []string{"green", ""}}))
	require.NoError(t, b.Put(Case{ID: "2", Traits: []string{"", "orange"}}))
	b.Remove("2")
	snapshot := written(t, b)
	for _, gone := range []string{"purple", "large", "orange"} {
		assert.NotContains(t, string(snapshot), gone)
	}
	assert.Contains(t, string(snapshot), "green")
	got, err := restored(snapshot, false)
	require.NoError(t, err)
	assert.Equal(t, b.holds(), got.holds())
}
