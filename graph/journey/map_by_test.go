package journey

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAMapByValueIsThatOfTheCasesOfTheValue(t *testing.T) {
	log := logOf(t, "a0 b5", "a0 b20", "a1", "a3 b4 a5", "b0", "a90!", "a95", "e100")
	const letter = "xxyyx?zz"
	view, err := log.View(log.As())
	require.NoError(t, err)
	telling, ok := view.Tell(0)
	require.True(t, ok)
	for _, first := range []int{2, 200} {
		told, err := telling.MapBy(letters(letter), first, 200)
		require.NoError(t, err)
		of := func(in string) Folded {
			d := log.As()
			d.Cases = func(c int) bool { return strings.Contains(in, letter[c:c+1]) }
			part, err := log.View(d)
			require.NoError(t, err)
			return part.Map(true).Fold(0, 200, 0)
		}
		have := map[string]Folded{}
		cases := 0
		for _, r := range told.Rows {
			have[r.Value] = r.Folded
			cases += starting(r.Folded)
		}
		if first == 2 {
			assert.Equal(t, map[string]Folded{"x": of("x"), "y": of("y")}, have)
			assert.Equal(t, 2, told.Values)
			assert.Equal(t, of("?z"), *told.Other)
			cases += starting(*told.Other)
		} else {
			assert.Equal(t, map[string]Folded{"x": of("x"), "y": of("y"), "z": of("z"), "": of("?")}, have)
			assert.Zero(t, told.Values)
			assert.Nil(t, told.Other)
		}
		assert.Equal(t, telling.Cases, cases, "each case is in one row, or in other")
	}
}

// starting is how many cases a map has.
func starting(m Folded) (cases int) {
	for _, e := range m.Edges {
		if e.From == Start {
			cases += e.Cases
		}
	}
	return cases
}

func TestNoMapByValueIsToldOfGroups(t *testing.T) {
	cases := make([]string, 40)
	for i := range cases {
		cases[i] = "a0 b5"
	}
	log := logOf(t, cases...)
	view, err := log.View(log.As())
	require.NoError(t, err)
	for fewest, told := range map[int]bool{0: true, 5: false} {
		telling, ok := view.Tell(fewest)
		require.True(t, ok)
		rows, err := telling.MapBy(letters(strings.Repeat("x", 20)+strings.Repeat("y", 20)), 20, 20)
		require.NoError(t, err)
		assert.Equal(t, told, rows != nil)
	}
}
