package journey

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// plainly counts a funnel entry by entry: it visits all cases, and puts nobody together with others.
func (v *View) plainly(f Funnel) (*Funneled, error) {
	steps, exits, err := v.steps(f)
	if err != nil {
		return nil, err
	}
	as := make([][statuses]Status, len(f.Steps))
	for k := range as {
		as[k] = apart
	}
	c := v.counter(&f, as)
	c.alike = false
	v.enter(&f, steps, exits, nil, f.Entry == First, c.take)
	return c.told(), nil
}

// TestWhatIsSettledByActivitiesIsWhatEntriesCameTo asks funnels of which much is known by which activities cases have. Numbers of cases are such as fill words, and
// such as do not. Activities whose places are 32 apart stand for each other: then nothing is known.
func TestWhatIsSettledByActivitiesIsWhatEntriesCameTo(t *testing.T) {
	const names = 36
	var activities []string
	for i := range names {
		activities = append(activities, fmt.Sprint("a", i))
	}
	settled, left, filtered, dropped := 0, 0, 0, 0
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 7))
		for _, n := range []int{1, 63, 64, 65, 130} {
			for _, every := range []int{0, 1, 2, 5} { // 0: no case filter
				b, err := NewBuilder(activities, true)
				require.NoError(t, err)
				some := []int{0, 1, 2, 3}
				if rng.IntN(4) == 0 {
					some = append(some, 32, 33)
				}
				for i := range n {
					c := Case{ID: fmt.Sprint(i), Closed: rng.IntN(2) == 0}
					for range rng.IntN(5) {
						c.Events = append(c.Events, Event{At: rng.Int64N(50), Sequence: rng.Int64N(50), Activity: uint16(some[rng.IntN(len(some))])})
					}
					require.NoError(t, b.Put(c))
				}
				v := viewOf(t, b.Log(), func(d *Definition) {
					if d.Idle = []int64{0, 20}[rng.IntN(2)]; every > 0 {
						rest := rng.IntN(every)
						d.Cases = func(c int) bool { return c%every == rest }
					}
				})
				f := Funnel{Entry: Entry(rng.IntN(2)), Window: []int64{0, 10}[rng.IntN(2)], Strict: rng.IntN(3) == 0}
				for range 2 + rng.IntN(2) {
					f.Steps = append(f.Steps, []string{activities[rng.IntN(4)]})
				}
				steps, exits, err := v.steps(f)
				require.NoError(t, err)
				if of := v.counter(&f, nil).settle(steps, exits); of != nil {
					settled++
					left += of.count()
				}
				want, err := v.plainly(f)
				require.NoError(t, err)
				filtered += want.Steps[0].Statuses[Filtered].Entries
				dropped += want.Steps[0].Statuses[Dropped].Entries
				got, err := v.Funnel(f)
				require.NoError(t, err)
				require.Equal(t, want, got, "seed %d, %d cases, of which one of %d is chosen: %+v", seed, n, every, f)
			}
		}
	}
	assert.Greater(t, settled, 300)
	assert.Less(t, settled, 600, "activities that stand for each other are among these")
	assert.Greater(t, min(left, filtered, dropped), 1000)
}

func TestACounterHasRoomForStepsThatSomebodyTook(t *testing.T) {
	f := Funnel{Entry: First}
	for range MostSteps {
		f.Steps = append(f.Steps, []string{"a", "b"})
	}
	for _, entry := range []Entry{First, Each} {
		f.Entry = entry
		v := viewOf(t, logOf(t, "a0 b1 a3", "c4", "b5!"))
		c := v.counter(&f, make([][statuses]Status, MostSteps))
		assert.Zero(t, cap(c.took)+cap(c.ends)+cap(c.entered)+cap(c.by))
		require.NoError(t, v.entries(f, c.take))
		assert.Len(t, c.took, 3)
		assert.Len(t, c.ends, 3*endings)
		got := c.told()
		assert.Len(t, got.Steps, MostSteps)
		assert.Equal(t, 1, got.Steps[2].Entered.Entries)
		assert.Equal(t, Step{Activities: f.Steps[3]}, got.Steps[3], "nobody took it")
	}
}
