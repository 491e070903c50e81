package journey

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
