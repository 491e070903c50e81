package journey

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// written is a snapshot of what a Builder has now.
func written(t testing.TB, b *Builder) []byte {
	var out bytes.Buffer
	require.NoError(t, b.Snapshot().Write(&out))
	return out.Bytes()
}

// restored is a Builder from a snapshot.
func restored(snapshot []byte, personal bool) (*Builder, error) {
	b, err := NewBuilder([]string{"a", "b"}, personal)
	if err != nil {
		return nil, err
	}
	b.WithTraits(2)
	return b, b.Restore(bytes.NewReader(snapshot), int64(len(snapshot)))
}

// holds is all that a Builder has of its cases.
func (b *Builder) holds() map[string]string {
	names := append([]string{""}, b.log.persons.names...)
	out := map[string]string{"horizon": fmt.Sprint(b.Log().Horizon), "about": fmt.Sprint(b.Log().AboutSomebody())}
	for i, c := range b.log.cases {
		text := fmt.Sprint(c.closed)
		if b.log.about != nil {
			b.log.persons.each(b.log.about[i], func(p uint32) { text += " about " + names[p] })
		}
		for t := range b.log.traits {
			text += fmt.Sprintf(" %q", b.log.Trait(t, i))
		}
		for j := c.from; j < c.from+c.n; j++ {
			var who []string
			b.log.persons.each(b.log.whoOf(j), func(p uint32) { who = append(who, names[p]) })
			text += fmt.Sprint("; ", b.log.activities[b.log.codes[j]], b.log.times[j], who, b.log.tied[j], b.log.felt[j])
			if came := b.log.outcomeOf(j); came != 0 {
				text += b.log.outcomes[came-1]
			}
		}
		out[b.log.ids[i]] = text
	}
	return out
}

// change puts a random case, or takes one out.
func change(t testing.TB, rng *rand.Rand, into ...*Builder) {
	c := Case{ID: fmt.Sprint("case ", rng.IntN(30)), Closed: rng.IntN(2) == 0}
	names := make([]string, rng.IntN(6))
	for i := range names {
		names[i] = string(rune('a' + rng.IntN(8)))
		var persons []string
		for range rng.IntN(4) {
			persons = append(persons, fmt.Sprint("person ", rng.IntN(12)))
		}
		c.Events = append(c.Events, Event{At: rng.Int64N(10) - 5, Sequence: rng.Int64N(3), ID: fmt.Sprint(i), Persons: persons, Felt: Mood(rng.Int64N(7) - 3), Outcome: []string{"", "paid", "refused"}[rng.IntN(3)]})
	}
	gone := rng.IntN(4) == 0
	if c.Closed && len(names) == 5 {
		c.About = []string{"person 3", fmt.Sprint("person of ", len(c.ID))}[:1+len(c.ID)%2]
	}
	c.Traits = []string{[]string{"", "red", "blue"}[len(names)%3], fmt.Sprint("of ", len(c.ID), len(names))}
	for _, b := range into {
		if gone {
			b.Remove(c.ID)
			continue
		}
		traits := c.Traits
		c.Traits = traits[:len(b.log.traits)]
		for i, name := range names {
			var err error
			c.Events[i].Activity, err = b.Activity(name)
			require.NoError(t, err)
		}
		require.NoError(t, b.Put(c))
		c.Traits = traits
	}
}

func TestARestoredBuilderIsTheOneThatWasWritten(t *testing.T) {
	for seed := range uint64(200) {
		rng := rand.New(rand.NewPCG(seed, 0))
		b, err := NewBuilder([]string{"a", "b"}, seed%2 == 0)
		require.NoError(t, err)
		b.WithTraits(2)
		for range rng.IntN(100) {
			change(t, rng, b)
		}
		got, err := restored(written(t, b), seed%2 == 0)
		require.NoError(t, err, "seed %d", seed)
		require.GreaterOrEqual(t, b.Snapshot().Bytes(), got.Bytes(), "seed %d: what is restored takes no more than was told", seed)
		require.Equal(t, b.holds(), got.holds(), "seed %d", seed)
		require.Equal(t, written(t, got), written(t, got), "one snapshot has one form")
		for range 30 { // and goes on as it would have
			change(t, rng, b, got)
			persons := map[string]bool{fmt.Sprint("person ", rng.IntN(12)): true}
			require.Equal(t, b.CasesOf(persons), got.CasesOf(persons), "seed %d", seed)
		}
		require.Equal(t, b.holds(), got.holds(), "seed %d", seed)
	}
}

// TestALogThatChangesTakesWhatItTookWhenItWasRead puts all cases anew, time and again: columns that are written anew have little more room than those that were read.
func TestALogThatChangesTakesWhatItTookWhenItWasRead(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, true)
	require.NoError(t, err)
	b.WithTraits(2)
	put := func(i int) {
		require.NoError(t, b.Put(Case{ID: fmt.Sprint(i), Events: []Event{{At: 1}, {At: 2, Activity: 1, Felt: Mood(1)}, {At: 3}, {At: 4}}}))
	}
	const cases = 4000
	for i := range cases {
		put(i)
	}
	b.Log()
	read, anew := b.Bytes(), 0
	for i := range 4 * cases {
		put(i % cases)
		gone := b.gone
		if b.Log(); b.gone < gone {
			anew++
			assert.LessOrEqual(t, b.Bytes(), read+read/roomFor)
		}
	}
	assert.Greater(t, anew, 5)
	assert.Equal(t, b.gone > 0, b.Compact())
	assert.False(t, b.Compact(), "all that is there is of cases")
	assert.LessOrEqual(t, b.Bytes(), read+read/roomFor)
}

func TestASnapshotHasNothingOfWhatIsGone(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	b.WithTraits(2)
	told, err := b.Activity("Nora rang")
	require.NoError(t, err)
	event := Event{At: 1, ID: "1", Activity: told, Outcome: "Nora paid", Persons: []string{"Nora", "Olga"}}
	require.NoError(t, b.Put(Case{ID: "hers", Events: []Event{event}}))
	event.Activity, event.Outcome, event.Persons = 0, "", []string{"Olga"}
	require.NoError(t, b.Put(Case{ID: "another's", Events: []Event{event}}))
	require.Contains(t, string(written(t, b)), "Nora rang")
	require.NoError(t, b.Put(Case{ID: "hers", Events: []Event{event}}))
	assert.NotContains(t, string(written(t, b)), "Nora")
	assert.Contains(t, string(written(t, b)), "Olga")
	b.Remove("hers")
	assert.NotContains(t, string(written(t, b)), "hers")
}

// TestADamagedSnapshotIsRefusedOrRead flips and cuts bytes: no error of the program comes of that, and no room is made that the bytes do not fill.
func TestADamagedSnapshotIsRefusedOrRead(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	b.WithTraits(2)
	for range 40 {
		change(t, rng, b)
	}
	whole := written(t, b)
	for n := range whole {
		_, err := restored(whole[:n], false)
		require.Error(t, err, "%d of %d bytes", n, len(whole))
	}
	_, err = restored(append(slices.Clone(whole), 0), false)
	require.Error(t, err, "a byte more")
	for i := range whole {
		for range 8 {
			damaged := slices.Clone(whole)
			damaged[i] ^= byte(1 + rng.IntN(255))
			if got, err := restored(damaged, false); err == nil {
				_ = got.holds() // whatever it is, it can be looked at
			}
		}
	}
}

// TestASetOfFewerThanTwoIsRefused writes sets that no Builder makes: nobody, or one person, is a value of its own.
func TestASetOfFewerThanTwoIsRefused(t *testing.T) {
	for n, want := range []string{"a set has two persons or more, not 0", "a set has two persons or more, not 1", ""} {
		snapshot := []byte{0, 0, 2, 1, 'x', 1, 'y', 1, byte(n)} // no activities, no outcomes, two persons, a set
		for i := range n {
			snapshot = append(snapshot, byte(i))
		}
		b, err := restored(append(snapshot, 0, 0, 0, 0), false) // no cases, two traits of which nothing is kept, no events
		if want != "" {
			require.EqualError(t, err, want)
			continue
		}
		require.NoError(t, err)
		assert.Empty(t, viewOf(t, b.Log()).Map(false).Edges)
	}
}

func FuzzWhatIsNoSnapshotIsRefused(f *testing.F) {
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(f, err)
	rng := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		change(f, rng, b)
	}
	f.Add(written(f, b))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x0f})
	f.Fuzz(func(t *testing.T, snapshot []byte) {
		if got, err := restored(snapshot, false); err == nil {
			_ = got.holds()
			_, err := restored(written(t, got), false)
			require.NoError(t, err)
		}
	})
}

// TestWhatIsLeftOfManyCasesTakesWhatItTells takes most cases out, of which each has a sequence of its own: neither tables nor lists stay as long as they were.
func TestWhatIsLeftOfManyCasesTakesWhatItTells(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, true)
	require.NoError(t, err)
	b.WithTraits(2)
	const cases, stay = 20_000, 50
	for i := range cases {
		c := Case{ID: fmt.Sprint(i)}
		for bit := range 15 {
			c.Events = append(c.Events, Event{At: int64(bit), Activity: uint16(i >> bit & 1)})
		}
		require.NoError(t, b.Put(c))
	}
	before := b.Log()
	most := b.Bytes()
	for i := range cases - stay {
		b.Remove(fmt.Sprint(i))
	}
	assert.Greater(t, b.Bytes(), most/2, "what is not given back yet is told of")
	l := b.Log()
	assert.Less(t, b.Bytes(), 2*most*stay/cases)
	assert.Len(t, b.at.table, placesFor(stay))
	assert.Len(t, b.numbers.table, placesFor(stay))
	assert.LessOrEqual(t, max(cap(b.log.ids), cap(b.log.cases)), 2*stay)
	assert.Equal(t, cases, len(viewOf(t, before).Variants(cases, 0).Rows), "logs of before keep theirs")
	assert.Equal(t, "0", before.ID(0))
	for i := range cases {
		_, known := b.at.find(fmt.Sprint(i), b.log.ids)
		require.Equal(t, i >= cases-stay, known)
	}
	countsAsCasesDo(t, viewOf(t, l))
	for range 3 { // and they grow as they did
		for i := range stay {
			require.NoError(t, b.Put(Case{ID: fmt.Sprint("new ", i), Events: []Event{{At: int64(i)}, {At: 99, Activity: 1}}}))
		}
		countsAsCasesDo(t, viewOf(t, b.Log()))
	}
}

// TestAPersonalLogTakesNobodyFromASnapshot restores one that was written while personal logs had persons, too.
func TestAPersonalLogTakesNobodyFromASnapshot(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	named, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	named.WithTraits(2)
	personal, err := NewBuilder([]string{"a", "b"}, true)
	require.NoError(t, err)
	personal.WithTraits(2)
	for range 100 {
		change(t, rng, named, personal)
	}
	snapshot := written(t, named)
	require.Contains(t, string(snapshot), "person 1")
	require.NotEmpty(t, named.log.persons.of)
	got, err := restored(snapshot, true)
	require.NoError(t, err)
	assert.Empty(t, got.log.persons.names)
	assert.Empty(t, got.log.persons.of)
	assert.Empty(t, got.log.persons.sets)
	assert.Equal(t, personal.holds(), got.holds())
	assert.NotContains(t, string(written(t, got)), "person")
	assert.GreaterOrEqual(t, personal.Snapshot().Bytes(), got.Bytes())
}

// TestWhyASnapshotIsRefusedNamesNoCase damages snapshots in ways whose errors are of one case: whose it is does not come into a log of the program.
func TestWhyASnapshotIsRefusedNamesNoCase(t *testing.T) {
	_, err := restored([]byte{0, 0, 0, 0, 2, 4, 'N', 'o', 'r', 'a', 0, 0, 0, 4, 'N', 'o', 'r', 'a', 0, 0, 0}, false)
	require.EqualError(t, err, "the case at place 1 stands twice among cases: at place 0, too")
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	b.WithTraits(2)
	require.NoError(t, b.Put(Case{ID: "Nora", Events: []Event{{At: 1}, {At: 2}}}))
	b.log.times[0] = 3
	_, err = restored(written(t, b), false)
	require.EqualError(t, err, "the events of the case at place 0 are not in order")
}
